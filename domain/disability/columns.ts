import { parseDate } from '../calendar.ts';
import { parseDocumentNumber } from '../document-number.ts';
import { EMPLOYMENT, INCOMES } from '../household/fact-values.ts';
import type { Income } from '../household/household-case.ts';
import { parseYuan, toYuan, writtenFen } from '../money.ts';
import { oneOf, pastDate } from '../register/column-words.ts';
import type { Column } from '../register/columns.ts';
import type { ProgrammeColumns } from '../register/fact-columns.ts';
import { HOUSEHOLD_COLUMNS } from '../register/household-columns.ts';
import type { RowValues } from '../register/sheets.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';

const CARD_STATES: Readonly<Record<string, string>> = {
  长期: 'valid:-',
  长期有效: 'valid:-',
  冻结: 'frozen',
  注销: 'cancelled',
  'long-term': 'valid:-',
  frozen: 'frozen',
  cancelled: 'cancelled',
};

/** 有效期至: a day, 长期, or that the card is 冻结 or 注销. */
const card: Column['parse'] = (cell) => {
  const state = Object.hasOwn(CARD_STATES, cell) ? CARD_STATES[cell] : undefined;
  if (state !== undefined) return ok(state);
  const through = parseDate(cell);
  if (through.ok) return ok(`valid:${through.value}`);
  return refuse(
    refusal(
      'invalid/disability-card',
      '残疾人证有效期应为日期，或“长期”“冻结”“注销”',
      'validity of the card is a date, "long-term", "frozen" or "cancelled"',
    ),
  );
};

const GRADES = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const serviceGrade = oneOf(
  'invalid/service-grade',
  Object.fromEntries(
    GRADES.flatMap((word, index) => [
      [`${word}级`, `${index + 1}`],
      [`${index + 1}`, `${index + 1}`],
    ]),
  ),
);

const yesNo = (code: `invalid/${string}`, yes: string) =>
  oneOf(code, { 是: yes, 有: yes, 否: '', 无: '', yes, no: '' });

const amount: Column['parse'] = (cell) => {
  const yuan = parseYuan(cell);
  if (!yuan.ok) return yuan;
  return yuan.value >= 0
    ? ok(toYuan(yuan.value))
    : refuse(refusal('invalid/amount', '金额不为负数', 'an amount is not negative'));
};

/** Two cells that only make sense together. */
const both = (zh: string, en: string): Result<never> =>
  refuse(refusal('invalid/incomplete', `须同时填写${zh}`, `${en} must be given together`));

function grade(cells: RowValues): Result<string> {
  const [degree, kind] = [cells['disabilityGrade'], cells['disabilityKind']];
  if (kind === '') return ok('');
  return degree && kind ? ok(`${degree}:${kind}`) : both('残疾类别和残疾等级', 'kind and grade');
}

function serviceCard(cells: RowValues): Result<string> {
  const [degree, service] = [cells['serviceGrade'], cells['serviceCard']];
  if (service === '') return ok('');
  return degree && service
    ? ok(`${degree}:${service}`)
    : both('伤残证件和伤残等级', 'service card and its grade');
}

function work(cells: RowValues): Result<string> {
  const [kind, monthly] = [cells['employment'], cells['wage']];
  if (kind === 'none') return ok(EMPLOYMENT.write({ kind: 'none' }));
  if (monthly === undefined) return both('就业状况和月工资收入', 'employment and wage');
  return ok(EMPLOYMENT.write({ kind: kind === 'flexible' ? 'flexible' : 'employed', monthly }));
}

/** 本人月稳定收入, of whatever kind; zero is no income. */
function incomes(cells: RowValues): Result<string> {
  const monthly = cells['ownIncome'] ?? '0.00';
  const stated: Income[] =
    writtenFen(monthly) > 0 ? [{ kind: 'other', amount: monthly, basis: 'month' }] : [];
  return ok(INCOMES.write(stated));
}

const review = (cells: RowValues): Result<string> => {
  const [number, on] = [cells['federationReview'], cells['federationReviewedOn']];
  return number && on
    ? ok(`${on}/${number}`)
    : both('残联审核文号和日期', "federation's document and its date");
};

/** Columns of the register sheet of both disability subsidies. All of them may be left out. */
export const DISABILITY_COLUMNS: ProgrammeColumns = {
  disabilityKind: { ...HOUSEHOLD_COLUMNS.disabilityKind, example: '肢体' },
  disabilityGrade: {
    ...HOUSEHOLD_COLUMNS.disabilityGrade,
    example: '一级',
    fact: { of: 'person', kind: 'disability', from: { column: 'cardOn' }, value: grade },
  },
  card: {
    zh: '残疾人证有效期至',
    en: 'Card valid through',
    aliases: ['有效期至', '残疾人证状态'],
    example: '2031-05-20',
    parse: card,
    fact: { of: 'person', kind: 'disability-card', from: { column: 'cardOn' } },
  },
  cardOn: {
    zh: '残疾人证签发日期',
    en: 'Card issued on',
    aliases: ['签发日期', '证件状态自'],
    content: 'date',
    example: '2021-05-21',
    parse: pastDate,
  },
  regrading: {
    zh: '等级重新评定中',
    en: 'Grade assessed again',
    parse: yesNo('invalid/regrading', 'open'),
    fact: { of: 'person', kind: 'regrading', from: 'stated' },
  },
  serviceCard: {
    zh: '伤残证件',
    en: 'Service card',
    parse: oneOf('invalid/service-card', {
      残疾军人证: 'military',
      伤残人民警察证: 'police',
      无: '',
      military: 'military',
      police: 'police',
    }),
    fact: { of: 'person', kind: 'service-disability', from: 'first-known', value: serviceCard },
  },
  serviceGrade: { zh: '伤残等级', en: 'Service grade', parse: serviceGrade },
  employment: {
    ...HOUSEHOLD_COLUMNS.employment,
    fact: { of: 'person', kind: 'employment', from: 'first-known', value: work },
  },
  wage: { ...HOUSEHOLD_COLUMNS.wage, parse: amount },
  ownIncome: {
    zh: '本人月稳定收入',
    en: 'Own stable income a month',
    aliases: ['月稳定收入', '月养老金'],
    content: 'amount',
    parse: amount,
    fact: { of: 'person', kind: 'incomes', from: 'first-known', value: incomes },
  },
  registrationKind: {
    zh: '户籍性质',
    en: 'Urban or rural',
    example: '城镇',
    parse: HOUSEHOLD_COLUMNS.residence.parse,
    fact: { of: 'person', kind: 'registration-kind', from: 'first-known' },
  },
  hardship: {
    zh: '家庭困难情形',
    en: 'Hardship of the family',
    parse: oneOf('invalid/hardship', {
      一户多残: 'several-disabled',
      依老养残: 'cared-for-by-elderly',
      '一户多残、依老养残': 'cared-for-by-elderly;several-disabled',
      无: '',
      none: '',
    }),
    fact: { of: 'person', kind: 'disability-hardship', from: 'first-known' },
  },
  selfCare: {
    zh: '生活自理能力',
    en: 'Self-care',
    parse: oneOf('invalid/self-care', {
      全自理: 'full',
      半护理: 'half',
      全护理: 'none',
      full: 'full',
      half: 'half',
      none: 'none',
    }),
    fact: { of: 'person', kind: 'self-care', from: 'first-known' },
  },
  workInjury: {
    zh: '领取工伤生活护理费',
    en: 'Work injury care allowance',
    parse: yesNo('invalid/work-injury', 'yes'),
    fact: { of: 'person', kind: 'work-injury-care', from: 'first-known' },
  },
  federationReview: {
    zh: '残联审核文号',
    en: "Federation's document",
    example: '示例残联〔2026〕3号',
    parse: (cell) => parseDocumentNumber(cell, 60),
    fact: {
      of: 'enrolment',
      kind: 'federation-review',
      from: { column: 'federationReviewedOn' },
      value: review,
    },
  },
  federationReviewedOn: {
    zh: '残联审核日期',
    en: 'Reviewed by the federation on',
    content: 'date',
    example: '2026-03-18',
    parse: pastDate,
  },
  incomeReport: {
    zh: '收入核对报告日期',
    en: 'Income report of',
    content: 'date',
    parse: pastDate,
    fact: { of: 'enrolment', kind: 'income-report', from: { column: 'incomeReport' } },
  },
  reapplication: {
    zh: '重新申请日期',
    en: 'Applied anew on',
    content: 'date',
    parse: pastDate,
    fact: { of: 'enrolment', kind: 'reapplication', from: { column: 'reapplication' } },
  },
};
