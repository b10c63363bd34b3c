import type { PersonKey } from '../../../domain/ids.ts';
import type { Draft } from '../../../domain/run/draft.ts';
import type { RunIdentity } from '../../../domain/run/manifest.ts';
import type { Run } from '../../../domain/run/run.ts';
import type { Item } from '../../../functions/adapters/dynamo-table.ts';
import type { Delivery } from '../../engines.ts';
import { policyFile } from '../../policy-files.ts';
import { idNumber, row } from '../register/sheet-fixture.ts';
import {
  type Answer,
  approved,
  bankAnswer,
  closed,
  computed,
  dispatched,
  type Office,
  type OfficeOptions,
  openOffice,
  pack,
  REGULAR,
  reconciled,
  value,
} from './office.ts';

/** A bureau of a few people whose every write passes through its own ports. */
export const smallOffice = (options: OfficeOptions = {}): Promise<Office> =>
  openOffice({ people: 3, quickReads: true, ...options });

/** Holidays are published for one year at a time: what goes on into the next pays on the days that its policy says. */
export function unshiftedPacks(): readonly unknown[] {
  const own = policyFile('110199', 'high-age');
  return [
    pack('110000'),
    { ...own, values: own.values.filter(({ parameter }) => parameter !== 'payDayShift') },
  ];
}

type Month = { readonly identity?: RunIdentity; readonly answer?: Answer; readonly delivery?: Delivery };

/** From start to dispatch. */
export async function sentMonth(bureau: Office, { identity = REGULAR, delivery }: Month = {}): Promise<Run> {
  const review = await computed(bureau, identity, delivery);
  return dispatched(bureau, await approved(bureau, review), delivery);
}

/** From start until the bank has answered every line. */
export async function answeredMonth(bureau: Office, month: Month = {}): Promise<Run> {
  const sent = await sentMonth(bureau, month);
  for (const bytes of await bankAnswer(bureau, sent, month.answer))
    await reconciled(bureau, sent, bytes, month.delivery);
  return runNow(bureau, sent);
}

/** From start to close, with the bank answering every line. */
export async function wholeMonth(bureau: Office, month: Month = {}): Promise<Run> {
  return closed(bureau, await answeredMonth(bureau, month), month.delivery);
}

/** A run as it stands now. */
export const runNow = async (bureau: Office, { runId }: Pick<Run, 'runId'>): Promise<Run> =>
  value(await bureau.views.getRun(runId));

/** Seals of the bureau, as items. */
export const sealsOf = async (bureau: Office): Promise<Item[]> =>
  (await bureau.engines.scan('operations')).filter(({ pk }) => pk === `SEAL#${REGULAR.jurisdiction}`);

/** A second answer of the bank, of one line alone: its money came back. */
export const comingBack =
  (sequence: number): Answer =>
  (line) =>
    line.sequence === sequence
      ? { ...line, status: 'returned', reason: '账户已销户', bookedOn: '2026-11-30' }
      : [];

/** What the ledger says: content hash by key. Instants, people and order of writing are not in it. */
export async function entriesOf(bureau: Office): Promise<Record<string, unknown>> {
  const items = await bureau.engines.scan('ledger');
  return Object.fromEntries(
    items
      .map((item) => [`${item.pk} ${item.sk}`, `${String(item['kind'])} ${String(item['c'])}`] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

export async function draftsOf(bureau: Office, run: Run): Promise<Draft[]> {
  return [...value(await bureau.views.listDrafts(run.runId, { filter: 'all', limit: 500 })).drafts];
}

/** Debit less credit of every account over the whole ledger; accounts at zero are left out. */
export async function balances(bureau: Office): Promise<Record<string, number>> {
  const totals: Record<string, number> = {};
  for (const item of await bureau.engines.scan('ledger')) {
    for (const posting of item['postings'] as { account: string; side: string; fen: number }[]) {
      const change = posting.side === 'debit' ? posting.fen : 0 - posting.fen;
      totals[posting.account] = (totals[posting.account] ?? 0) + change;
    }
  }
  return Object.fromEntries(Object.entries(totals).filter(([, balance]) => balance !== 0));
}

/** Changes the account of a payee, with two people; the first account of someone who has none, too. */
export async function changedAccount(bureau: Office, payee: PersonKey, account: string): Promise<void> {
  const person = await bureau.register.person(payee);
  const { change } = value(
    await bureau.accountChanges.propose(payee, {
      account,
      holderName: person!.record.legalName,
      validFrom: '2026-12-01',
      evidence: '存折复印件',
      by: 'staff-preparer',
      at: bureau.clock.now(),
    }),
  );
  value(await bureau.accountChanges.confirm(payee, change.changeId, 'staff-reviewer-2', bureau.clock.now()));
}

/** Enrols the n-th person with a guardian as payee of whom no account is on record. */
export async function wardWithoutAccount(bureau: Office, n: number) {
  await bureau.importRows(`ward-${n}`, [row(n)]);
  const { register } = bureau;
  const ward = (await register.personByIdNumber(idNumber(n)))!.record.personKey;
  const number = idNumber(900 + n, '19700101');
  const payee = await register.assignPersonKey(number);
  const at = bureau.clock.now();
  const guardian = { personKey: payee, legalName: '王儿', idNumber: number, facts: [], accounts: [] };
  await register.savePerson(guardian, undefined, at);
  const [enrolment] = await register.enrolmentsOfPerson(ward);
  const recorded = { payee, recordedAt: at, source: 'desk', by: 'staff-preparer' };
  await register.saveEnrolment(
    {
      ...enrolment!,
      payees: [...enrolment!.payees, recorded],
      version: enrolment!.version + 1,
      changedAt: at,
    },
    enrolment,
  );
  return { payee, enrolment: enrolment!.id };
}

let lists = 0;
/** Records the death of the n-th person of the register, certified or as a list reports it. */
export async function died(
  bureau: Office,
  n: number,
  diedOn: string,
  source: '认证' | '比对',
): Promise<void> {
  lists += 1;
  const [name, id] = row(n).split(',');
  await bureau.importRows(`deaths-${lists}`, [`${id},${name},${diedOn},${source},民政殡葬`], 'deaths');
  const status = await bureau.imports.get(`deaths-${lists}`);
  if (status?.counts.changed !== 1)
    throw new Error(`the death was not recorded: ${JSON.stringify(status?.counts)}`);
}

/** A linear congruential generator: the same seed gives the same order. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
