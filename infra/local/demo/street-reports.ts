import { createHash } from 'node:crypto';
import { addMonths, type Month, monthRange, type PlainDate } from '../../../domain/calendar.ts';
import type { HouseholdDistrict } from '../sample/households.ts';
import { cardNumber, NumberSource } from '../sample/numbers.ts';
import { SAMPLE_JURISDICTION, SAMPLE_STREETS } from '../sample/streets.ts';
import { type Call, type ResponseOf, waitFor } from './api-client.ts';
import {
  type Determination,
  decide,
  type Enrolled,
  enrolmentOf,
  todayInChina,
} from './household-register.ts';
import type { Desk } from './payment-run.ts';
import { changePolicy } from './propose-policy.ts';

type Report = ResponseOf<'prepareStreetReport'>;
type Row = NonNullable<NonNullable<Call<'prepareStreetReport'>['body']>['rows']>[number];
/** Somebody whom a street reported and the district then decided about. */
export type Newcomer = { readonly enrolmentId: string; readonly determination: Determination };
export type Reports = {
  readonly newcomer: Newcomer;
  /** Head of the household that the second street stops. */
  readonly stopped: Enrolled;
  /** By street, as the district left them. */
  readonly reports: readonly Report[];
};

/** Cards of those whom streets report: of a range that no sheet reaches. */
const REPORTED_CARDS = 499_000;

/**
 * The month's change reports of all streets but the late one: prepared by one and signed by another person of the street, accepted
 * row by row by the district. The first street has a new household, the second one stops another, one has nothing to report, and
 * one row comes back.
 */
export async function reportStreets(
  desk: Desk,
  { planted, month }: HouseholdDistrict & { readonly month: Month },
  enrolled: readonly Enrolled[],
): Promise<Reports> {
  await cutOffAt(desk, month, dayFrom(todayInChina(), 1), dayFrom(todayInChina(), -1));
  const quiet = enrolled.filter(({ household }) => !isPlanned(planted, household.members));
  const ofStreet = (code: string) => quiet.filter(({ household }) => household.street.code === code);
  const reports: Report[] = [];
  const [first, second] = SAMPLE_STREETS;
  const stopped = ofStreet(second?.code ?? '')[0];
  if (!first || !stopped) throw new Error('the district is too small');
  const newHead = newcomerOf(month, 0);
  const rowsOf = (code: string): Row[] => {
    if (code === planted.nilStreet) return [];
    if (code === first.code) return [newHead, { ...newcomerOf(month, 1), cause: '材料不全，待补正' }];
    const [some] = ofStreet(code);
    if (code === second?.code)
      return [{ ...headOf(stopped), change: '停发', stopMonth: addMonths(month, -1), cause: '收入超过标准' }];
    return some ? [{ ...headOf(some), change: '变更', cause: '家庭情况有变化，请复核' }] : [];
  };
  for (const { code } of SAMPLE_STREETS) {
    if (code === planted.lateStreet) continue;
    const returned = code === first.code ? [{ row: 2, reason: '公示材料未附' }] : [];
    reports.push(await report(desk, code, { period: month, round: 'R', rows: rowsOf(code), returned }));
  }
  return { reports, stopped, newcomer: await decideNewcomer(desk, newHead, month, 16) };
}

/** The late street reports after the cut-off day, in a supplementary round of its own. */
export async function reportLate(
  desk: Desk,
  { planted, month }: HouseholdDistrict & { readonly month: Month },
): Promise<Newcomer> {
  await cutOffAt(desk, month, dayFrom(todayInChina(), -1), todayInChina());
  const row = newcomerOf(month, 2);
  await report(desk, planted.lateStreet, { period: month, round: 'S1', rows: [row], returned: [] });
  return await decideNewcomer(desk, row, month, 20);
}

type Content = {
  readonly period: Month;
  readonly round: string;
  readonly rows: readonly Row[];
  readonly returned: readonly { readonly row: number; readonly reason: string }[];
};

async function report(
  { api, key, programme }: Desk,
  street: string,
  { period, round, rows, returned }: Content,
): Promise<Report> {
  const clerk = `street-${SAMPLE_STREETS.findIndex(({ code }) => code === street) + 1}`;
  const name = key(`report-${street}-${round}`);
  const content = rows.length === 0 ? { nil: true as const } : { rows: [...rows] };
  const body = { programme, period, round, ...content };
  const prepared = await api.call(`${clerk}-preparer`, 'prepareStreetReport', { body, key: name });
  const params = { reportId: prepared.reportId };
  const { version = 1, hash = '' } = prepared.versions.at(-1) ?? {};
  const seen = { version, hash };
  await api.call(`${clerk}-signer`, 'signStreetReport', { params, body: seen, key: `${name}-2` });
  await api.call('reviewer', 'decideStreetReport', {
    params,
    body: { ...seen, returned: [...returned] },
    key: `${name}-3`,
  });
  return await waitFor(`report of ${street}`, async () => {
    const found = await api.call('reviewer', 'getStreetReport', { params });
    const entered = found.versions.at(-1)?.register;
    const refused = entered?.rows.find(({ outcome }) => outcome === 'rejected');
    if (refused) throw new Error(`${found.reportId} ${refused.row}: ${refused.words?.zh}`);
    return entered || rows.length === 0 ? found : undefined;
  });
}

/** A household of one person without income; the same for the same number. */
function newcomerOf(month: Month, number: number): Row {
  const before = addMonths(month, -2);
  return {
    change: '新增',
    name: ['钱新民', '孙待补', '李迟报'][number] ?? '',
    idNumber: new NumberSource(2).identityNumber(`198${number}-03-17`, 'male'),
    appliedOn: `${before}-10`,
    account: cardNumber(REPORTED_CARDS + number),
    bankName: '示例银行',
    residence: '城镇',
    acceptedOn: `${before}-11`,
    checkReport: `核对〔${month.slice(0, 4)}〕${number + 1}号`,
    checkedOn: `${before}-16`,
    publicityFrom: `${before}-18`,
    publicityTo: `${before}-24`,
    cause: '新申请',
  };
}

/** @param day of the month before: decided before a new standard was issued or after it */
async function decideNewcomer(desk: Desk, row: Row, month: Month, day: number): Promise<Newcomer> {
  const enrolmentId = await enrolmentOf(desk, row.idNumber ?? '');
  const before = addMonths(month, -1);
  const asked = { kind: 'initial', appliedOn: row.appliedOn ?? '' } as const;
  const document = `示民救〔${month.slice(0, 4)}〕新${row.checkReport?.replace(/^.*〕/, '')}`;
  const determination = await decide(desk, enrolmentId, asked, { document, decidedOn: `${before}-${day}` });
  return { enrolmentId, determination };
}

const headOf = ({ household: { members } }: Enrolled): Row => ({
  name: members[0]?.name ?? '',
  idNumber: members[0]?.idNumber ?? '',
});

function isPlanned(planted: HouseholdDistrict['planted'], members: readonly { readonly idNumber: string }[]) {
  const texts = JSON.stringify(planted);
  return members.some(({ idNumber }) => texts.includes(idNumber));
}

/** 截止日: the day on which the reports of a month are locked, as decided on a day. A later decision takes its place. */
async function cutOffAt(
  { api, key, programme }: Desk,
  month: Month,
  cutOff: PlainDate,
  decidedOn: PlainDate,
): Promise<void> {
  const document = '示例区街道月报办法（样例）';
  const body = {
    jurisdiction: SAMPLE_JURISDICTION,
    programme,
    values: [
      {
        parameter: 'reportCutOff',
        value: {
          mode: 'advance',
          dueDay: Number(cutOff.slice(8)),
          monthsOffset: monthsBetween(month, cutOff.slice(0, 7)),
        },
        inForceFrom: month,
        decidedOn,
        citation: { document, title: document },
        retroactivity: {
          months: 'from-in-force' as const,
          persons: 'entitled-in-month' as const,
          components: 'all' as const,
        },
        sample: true as const,
      },
    ],
  };
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 12);
  const proposed = { packs: [body], reason: '调整月报截止日' };
  await changePolicy(api, proposed, '示民政发〔2026〕月报1号', key(`cut-off-${hash}`));
}

const monthsBetween = (from: Month, to: Month): number =>
  to < from ? 1 - monthRange(to, from).length : monthRange(from, to).length - 1;

const dayFrom = (date: PlainDate, days: number): PlainDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
