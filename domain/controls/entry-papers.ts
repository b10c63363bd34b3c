import type { Bilingual } from '../bilingual.ts';
import { monthsLater, type PlainDate } from '../calendar.ts';
import type { ControlPolicy } from '../policy/control-parameters.ts';
import { type Fact, latestFact } from '../register/facts.ts';
import { objectionOf } from '../street/publicity-objection.ts';
import type { Control, ControlInput } from './control.ts';

/** The facts of a newcomer of whom policy asks the paper; undefined of everybody else. */
function newcomer(
  { enrolment, policy }: ControlInput,
  paper: 'publicity' | 'check-report',
): readonly Fact[] | undefined {
  const asked = policy?.entryPapers;
  if (!asked?.papers.includes(paper) || !enrolment?.isNew) return undefined;
  const applied = latestFact(enrolment.facts, 'application')?.value ?? '';
  return applied >= asked.since ? enrolment.facts : undefined;
}

const NO_PUBLICITY: Bilingual = {
  zh: '新增对象尚未登记公示：请公示期满后登记，下一批次发放',
  en: 'a newcomer without publicity on record: record it once it is over, and the next run pays',
};
const STILL_PUBLIC: Bilingual = {
  zh: '公示期未满：期满无异议后下一批次发放',
  en: 'publicity is not over: the next run pays after it ends without objection',
};
const OBJECTION: Bilingual = {
  zh: '公示期间有异议尚未处理：请核查处理并由第二人确认，下一批次发放',
  en: 'an objection from the publicity is open: look into it and have a second person confirm the result, and the next run pays',
};
const UPHELD: Bilingual = {
  zh: '公示异议成立：不予发放；重新审核并重新公示后再发',
  en: 'an objection from the publicity was upheld: nothing is paid until it was decided and published anew',
};

/** What keeps the publicity on record from being enough; undefined when it is over and nobody's objection stands. */
function publicityFault(facts: readonly Fact[], knownOn: PlainDate): Bilingual | undefined {
  const publicity = latestFact(facts, 'publicity');
  const [, end] = publicity?.value.split('/') ?? [];
  const applied = latestFact(facts, 'application')?.value ?? '';
  // What ended before the application was the publicity of an earlier one.
  if (!publicity || end === undefined || end < applied) return NO_PUBLICITY;
  if (end >= knownOn) return STILL_PUBLIC;
  const objection = objectionOf(facts);
  if (!objection) return undefined;
  if (objection.state !== 'resolved') return OBJECTION;
  return objection.result === 'upheld' && objection.at >= publicity.recordedAt ? UPHELD : undefined;
}

/** 公示未完: nobody is paid for the first time before publicity has ended without an open objection. */
export const publicityOpen: Control = {
  code: 'publicity-open',
  names: { zh: '新增对象公示未完成', en: 'publicity of a newcomer not over' },
  basis: '最低生活保障审核确认办法（民发〔2021〕57号）第二十一条：公示7天，有异议的重新调查',
  findings: ['C8', 'C15'],
  needs: { zh: '公示期和异议记录', en: 'publicity and objections on record' },
  explanation: {
    zh: '新增对象须公示期满且无未结异议才首次发放',
    en: 'a newcomer is paid for the first time after publicity has ended with no open objection',
  },
  parameter: 'entryPapers',
  severity: 'hold',
  owner: 'street',
  check: (input) => {
    const facts = newcomer(input, 'publicity');
    return facts && publicityFault(facts, input.period?.knownOn ?? '');
  },
};

const NO_REPORT: Bilingual = {
  zh: '新增对象没有核对报告：请核对家庭经济状况并登记报告编号，下一批次发放',
  en: 'a newcomer without a check report on the economic situation: record its number, and the next run pays',
};
const REPORT_EXPIRED: Bilingual = {
  zh: '核对报告在审核确认时已过有效期：请重新核对并登记，下一批次发放',
  en: 'the check report was no longer valid when it was decided: check anew and record it, and the next run pays',
};

/** @param months for which a report is valid; for good where the place does not say. */
function reportFault(
  facts: readonly Fact[],
  months: number | undefined,
  knownOn: PlainDate,
): Bilingual | undefined {
  const report = latestFact(facts, 'check-report');
  if (!report || report.value === '') return NO_REPORT;
  if (months === undefined) return undefined;
  const decidedOn = latestFact(facts, 'decision')?.value.slice(0, 10) ?? knownOn;
  return monthsLater(report.validFrom, months) < decidedOn ? REPORT_EXPIRED : undefined;
}

/** 逢进必核: nobody is paid for the first time without a check report that was valid when the decision was made. */
export const checkReportMissing: Control = {
  code: 'check-report-missing',
  names: { zh: '新增对象缺有效核对报告', en: 'newcomer without a valid check report' },
  basis: '最低生活保障审核确认办法（民发〔2021〕57号）第十五条：申请家庭经济状况核对；逢进必核',
  findings: ['C8', 'C16'],
  needs: { zh: '核对报告和审核确认日期', en: 'check reports and dates of decision' },
  explanation: {
    zh: '新增对象须有审核确认时仍在有效期内的核对报告才首次发放',
    en: 'a newcomer is paid for the first time with a check report that was valid on the day of the decision',
  },
  parameter: 'entryPapers',
  severity: 'hold',
  owner: 'street',
  check: (input) => {
    const facts = newcomer(input, 'check-report');
    return facts && reportFault(facts, input.policy?.checkReportValid, input.period?.knownOn ?? '');
  },
};

/** By the code of either control, whether what it held for is on record by now: then the next run pays. */
export function entryPapersSettled(
  facts: readonly Fact[],
  policy: ControlPolicy | undefined,
  knownOn: PlainDate,
): Readonly<Record<string, boolean>> {
  return {
    [publicityOpen.code]: publicityFault(facts, knownOn) === undefined,
    [checkReportMissing.code]: reportFault(facts, policy?.checkReportValid, knownOn) === undefined,
  };
}
