import { addMonths, type Month } from '../../../domain/calendar.ts';
import { paymentId } from '../../../domain/ids.ts';
import { csvLine } from '../../../domain/register/csv-cells.ts';
import { HOUSEHOLD_COLUMNS } from '../../../domain/register/household-columns.ts';
import { HOUSEHOLD_SHEET, householdCells, memberCells } from '../sample/household-rows.ts';
import type { HouseholdDistrict } from '../sample/households.ts';
import { INCOME_CORRECTION } from '../sample/planned-events.ts';
import { type Call, waitFor } from './api-client.ts';
import { newCardFor, releaseHold } from './decisions.ts';
import { type Determination, decide, type Enrolled, headedBy } from './household-register.ts';
import type { Desk } from './payment-run.ts';
import { achieve, csvSheet, importSheet, personOf } from './prepare.ts';

type Event = NonNullable<Call<'recordHouseholdEvent'>['body']>;
type District = HouseholdDistrict & { readonly month: Month };

/**
 * An income stated too low since May comes in with the next sheet of the street. It opens a review task; what is in force stays until
 * somebody decides. @returns how many decisions there are then
 */
export async function correctIncome(
  desk: Desk,
  { planted }: District,
  enrolled: readonly Enrolled[],
): Promise<{ readonly determinations: number }> {
  const { api, key, programme } = desk;
  const { household, enrolmentId } = headedBy(enrolled, planted.incomeCorrection);
  const columns = [...HOUSEHOLD_SHEET, 'changedOn'] as const;
  // What the first sheet said holds from the application on.
  const since = household.appliedOn > INCOME_CORRECTION.since ? household.appliedOn : INCOME_CORRECTION.since;
  const rows = household.members.map((member, index) => {
    const isCorrected = member.idNumber === planted.incomeCorrection;
    const work = { kind: member.work?.kind ?? '在职', wage: INCOME_CORRECTION.wage } as const;
    const cells = {
      ...(index === 0 ? householdCells(household) : {}),
      ...memberCells(isCorrected ? { ...member, work } : member),
      ...(isCorrected && { changedOn: since }),
    };
    return csvLine(columns.map((column) => cells[column] ?? ''));
  });
  const csv = csvLine(columns.map((column) => HOUSEHOLD_COLUMNS[column].zh)) + rows.join('');
  const done = await importSheet(api, programme, csvSheet('households', csv), key('income-correction'));
  if (done.counts?.changed !== 1)
    throw new Error(`更正收入 / income correction: ${JSON.stringify(done.counts)}`);
  return { determinations: await decidedBeforeReview(desk, enrolmentId) };
}

/** How often was decided about an enrolment that has an open review task; taken up again later, before it was reviewed. */
async function decidedBeforeReview({ api, programme }: Desk, enrolmentId: string): Promise<number> {
  return await waitFor(`review task of ${enrolmentId}`, async () => {
    const pages = await api.pages('reviewer', 'listReviewTasks', { query: { programme } });
    const isOpen = pages.some(({ tasks }) => tasks.some((task) => task.enrolmentId === enrolmentId));
    const { determinations } = await api.call('preparer', 'listDeterminations', { params: { enrolmentId } });
    if (isOpen) return determinations.length;
    const isReviewed = determinations.some(({ kind }) => kind === 'review');
    return isReviewed ? determinations.filter(({ kind }) => kind === 'initial').length : undefined;
  });
}

/** Households whose amount was decided anew because of what happened, by what happened. */
export type Reviewed = { readonly enrolmentId: string; readonly determination: Determination };
export type EventsBefore = Readonly<Record<'incomeCorrection' | 'split' | 'memberDeath', Reviewed>>;

/** Before the run: a household splits, a member dies, and both amounts and that of the corrected income are decided anew. */
export async function eventsBeforeRun(
  desk: Desk,
  district: District,
  enrolled: readonly Enrolled[],
): Promise<EventsBefore> {
  const { planted, month } = district;
  const splitting = headedBy(enrolled, planted.split.head);
  const leaving = await personOf(desk.api, planted.split.leaving);
  await record(desk, splitting, 'split', {
    event: 'split',
    members: [{ person: leaving.personKey, relation: 'head', covered: true }],
    from: month,
    evidence: '户口簿：已单独立户',
  });
  const losing = withMember(enrolled, planted.memberDeath);
  await record(desk, losing, 'member-death', await death(desk, planted.memberDeath, month));
  return {
    incomeCorrection: await review(desk, headedBy(enrolled, planted.incomeCorrection), month),
    split: await review(desk, splitting, month),
    memberDeath: await review(desk, losing, month),
  };
}

/** The head of a household dies: its payment is held until another head is named. */
export async function headDies(
  desk: Desk,
  { planted, month }: District,
  enrolled: readonly Enrolled[],
): Promise<Enrolled> {
  const household = headedBy(enrolled, planted.headDeath.head);
  await record(desk, household, 'head-death', await death(desk, planted.headDeath.head, month));
  return household;
}

/**
 * The spouse heads the household from then on: a second person confirms that he is paid, and to which account; the amount is decided
 * anew and the enrolment goes on.
 */
export async function nameNewHead(
  desk: Desk,
  { planted, month }: District,
  household: Enrolled,
): Promise<Reviewed> {
  const { api, key } = desk;
  const { enrolmentId } = household;
  const heir = await personOf(api, planted.headDeath.heir);
  await record(desk, household, 'new-head', {
    event: 'new-head',
    person: heir.personKey,
    formerHead: 'spouse',
    from: month,
    evidence: '户口簿：户主已变更',
  });
  await giveAccount(desk, household, heir.personKey);
  const changes = async () => {
    const listed = await api.call('approver-2', 'listPayees', { params: { enrolmentId } });
    return listed.changes;
  };
  for (const { changeId } of await changes()) {
    await achieve(
      async () => (await changes()).every((each) => each.changeId !== changeId || each.state === 'confirmed'),
      () =>
        api.call('approver-2', 'confirmPayeeChange', {
          params: { enrolmentId, changeId },
          key: key(`new-head-${changeId}`),
        }),
    );
  }
  const reviewed = await review(desk, household, month);
  const held = paymentId(month, 'R', enrolmentId);
  await releaseHold(desk, held, '户主已变更，收款人和账户已由另一人确认，恢复发放');
  return reviewed;
}

/** A new head often never had an account: proposed by the preparer, confirmed by who signs nothing. */
async function giveAccount({ api, key }: Desk, household: Enrolled, personKey: string): Promise<void> {
  const query = { enrolmentId: household.enrolmentId };
  const [, heir] = household.household.members;
  const body = {
    account: newCardFor(household.household.account),
    holderName: heir?.name ?? '',
    evidence: '新户主本人持卡到街道窗口登记',
  };
  const params = { personKey };
  const accounts = async () => (await api.call('preparer', 'getPerson', { params, query })).accounts;
  await achieve(
    async () => (await accounts()).some(({ confirmed }) => confirmed),
    async () => {
      const change = await api.call('preparer', 'proposeAccountChange', {
        params,
        query,
        body,
        key: key('heir-account'),
      });
      await api.call('approver-2', 'confirmAccountChange', {
        params: { personKey, changeId: change.changeId },
        query,
        key: key('heir-account-2'),
      });
    },
  );
}

/** 复核: decided in the month before the one paid, due from that month on. */
async function review(desk: Desk, { enrolmentId }: Enrolled, month: Month): Promise<Reviewed> {
  const decision = {
    document: `示民救〔${month.slice(0, 4)}〕复核${month.slice(5)}号`,
    decidedOn: `${addMonths(month, -1)}-20`,
  };
  return { enrolmentId, determination: await decide(desk, enrolmentId, { kind: 'review' }, decision) };
}

async function record(
  { api, key }: Desk,
  { enrolmentId }: Enrolled,
  name: string,
  body: Event,
): Promise<void> {
  const params = { householdKey: enrolmentId.split('-')[1] ?? '' };
  await api.call('preparer', 'recordHouseholdEvent', { params, body, key: key(`event-${name}`) });
}

async function death({ api }: Desk, idNumber: string, month: Month): Promise<Event> {
  const { personKey: person } = await personOf(api, idNumber);
  return { event: 'death', person, date: `${addMonths(month, -1)}-08`, evidence: '死亡证明' };
}

function withMember(enrolled: readonly Enrolled[], idNumber: string): Enrolled {
  const found = enrolled.find(({ household }) =>
    household.members.some((member) => member.idNumber === idNumber),
  );
  if (!found) throw new Error('样例中没有此人 / nobody of the sample has this number');
  return found;
}
