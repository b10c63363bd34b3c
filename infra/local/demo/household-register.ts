import type { PlainDate } from '../../../domain/calendar.ts';
import type { Fen } from '../../../domain/money.ts';
import { mapBounded } from '../../../functions/concurrency.ts';
import type { SampleHousehold } from '../sample/families.ts';
import type { HouseholdDistrict, HouseholdSheet } from '../sample/households.ts';
import { SAMPLE_STREETS } from '../sample/streets.ts';
import type { Call, ResponseOf } from './api-client.ts';
import { errorRows } from './error-file.ts';
import { type Desk, fenOf } from './payment-run.ts';
import { type Import, importDifferences, importSheet, personOf } from './prepare.ts';

/** Households that are proposed and decided at the same time: a whole office at work. */
const AT_ONCE = 8;

/** What a proposal asks for. */
export type Asked = NonNullable<Call<'proposeDetermination'>['body']>['asked'];
export type Determination = ResponseOf<'decideDetermination'>;
/** A household of the sample as the register knows it, with what was decided about it last. */
export type Enrolled = {
  readonly household: SampleHousehold;
  readonly enrolmentId: string;
  readonly determination: Determination;
};

/** The streets of 示例区 with their codes and the day from which they stand. */
export async function openStreets({ api, key }: Desk): Promise<void> {
  for (const { code, name } of SAMPLE_STREETS) {
    const body = {
      kind: 'opened',
      place: { code, name },
      from: '2020-01-01',
      document: '示政发〔2019〕30号（样例）',
    } as const;
    await api.call('approver', 'recordStreetChange', { body, key: key(`street-${code}`) });
  }
}

/** The sheets of all streets, each with exactly the planted rows sent back. */
export async function importHouseholds(
  desk: Desk,
  sheets: readonly HouseholdSheet[],
): Promise<readonly Import[]> {
  const imports: Import[] = [];
  for (const sheet of sheets) imports.push(await importHouseholdSheet(desk, sheet));
  return imports;
}

async function importHouseholdSheet(
  { api, key, programme }: Desk,
  { street, fileName: name, bytes, expected, rejected }: HouseholdSheet,
): Promise<Import> {
  const sheet = { kind: 'households', name, bytes } as const;
  const done = await importSheet(api, programme, sheet, key(`households-${street.code}`));
  const errors = await errorRows(api, done);
  const wrong = importDifferences(done, expected, errors, rejected);
  if (wrong.length > 0)
    throw new Error(`${name}: 导入结果与预设不符 / not what was planted:\n  ${wrong.join('\n  ')}`);
  return done;
}

/** The first decision of every household: proposed by one person, decided by another. */
export async function decideFirst(
  desk: Desk,
  households: readonly SampleHousehold[],
): Promise<readonly Enrolled[]> {
  return await mapBounded(households, AT_ONCE, async (household) => {
    const enrolmentId = await enrolmentOf(desk, household.members[0]?.idNumber ?? '');
    const { document, decidedOn } = household.decision;
    const asked = { kind: 'initial', appliedOn: household.appliedOn } as const;
    const determination = await decide(desk, enrolmentId, asked, { document, decidedOn });
    return { household, enrolmentId, determination };
  });
}

/** The enrolment of the household that somebody belongs to. */
export async function enrolmentOf({ api, programme }: Desk, idNumber: string): Promise<string> {
  const { enrolments } = await personOf(api, idNumber);
  const found = enrolments.findLast((each) => each.programme === programme);
  if (!found) throw new Error('不在保障对象中 / a person without an enrolment');
  return found.enrolmentId;
}

/** 测算 by the preparer and 核定 by the approver, on what was read; asked again, it is the same decision. */
export async function decide(
  { api, key }: Desk,
  enrolmentId: string,
  asked: Asked,
  { document, decidedOn }: { readonly document: string; readonly decidedOn: PlainDate },
): Promise<Determination> {
  const params = { enrolmentId };
  const day = earlier(decidedOn, todayInChina());
  const name = key(`${enrolmentId}-${asked.kind}-${document.replace(/\D/g, '')}`);
  const proposal = await api.call('preparer', 'proposeDetermination', {
    params,
    body: { asked, plannedFor: day },
    key: name,
  });
  return await api.call('approver', 'decideDetermination', {
    params: { ...params, proposalId: proposal.proposalId },
    body: { hash: proposal.hash, document, decidedOn: day },
    key: `${name}-2`,
  });
}

/** Yuan of a month by the spans of a determination. */
export const determinedFen = ({ spans }: Determination, month: string): Fen =>
  fenOf(spans.findLast(({ from }) => from <= month)?.amount ?? '0.00');

/** Whether somebody heads a household of the sample. */
export const isHead = ({ members }: SampleHousehold, idNumber: string): boolean =>
  members[0]?.idNumber === idNumber;

/** The household of the sample that somebody heads. */
export function headedBy(enrolled: readonly Enrolled[], idNumber: string): Enrolled {
  const found = enrolled.find(({ household }) => isHead(household, idNumber));
  if (!found) throw new Error('样例中没有此户 / no household of the sample has this head');
  return found;
}

/** Who belongs to the district's roll: the rows of all streets are as many as their members. */
export const memberCount = ({ households }: HouseholdDistrict): number =>
  households.reduce((sum, { members }) => sum + members.length, 0);

export const todayInChina = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
/** No day that has not come yet can be that of a decision. */
export const earlier = (one: PlainDate, other: PlainDate): PlainDate => (one < other ? one : other);
