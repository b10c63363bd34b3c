import { monthsOfPeriod } from '../../domain/calendar.ts';
import { paymentId } from '../../domain/ids.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { maskAccount } from '../../domain/mask.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import type { Run } from '../../domain/run/run.ts';
import type { Span } from '../../domain/statement/payments.ts';
import {
  buildStatement,
  type SignedDraft,
  type Statement,
  type StatementSource,
} from '../../domain/statement/statement.ts';
import type { RecoveryStore } from '../adapters/recovery-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import { ledgerPeriods } from '../go-live/posted-openings.ts';
import { bucketOfEnrolment } from '../run/buckets.ts';
import type { RunStores } from '../run/ports.ts';
import { findDraft } from '../run/read-drafts.ts';

export type StatementPorts = Pick<RunStores, 'runs' | 'ledger' | 'drafts' | 'followUps' | 'clock'> & {
  readonly recoveries: RecoveryStore;
  readonly register: RegisterStore;
};
/** A statement with the accounts that its payments went to, masked, by "<payee>.<n>". */
export type LoadedStatement = {
  readonly statement: Statement;
  readonly accounts: ReadonlyMap<string, string>;
};

const READS_AT_ONCE = 8;

/** The statement of enrolments over some months, from the ledger and the drafts that were signed: nothing is assessed again. */
export async function loadStatement(
  ports: StatementPorts,
  enrolments: readonly EnrolmentDocument[],
  span: Span,
): Promise<LoadedStatement> {
  const sources = await mapBounded(enrolments, 2, (enrolment) => sourceOf(ports, enrolment, span));
  const statement = buildStatement(
    sources.toSorted((a, b) => (a.enrolment < b.enrolment ? -1 : 1)),
    span,
  );
  return { statement, accounts: await accountsOf(ports, statement) };
}

async function sourceOf(
  ports: StatementPorts,
  document: EnrolmentDocument,
  span: Span,
): Promise<StatementSource> {
  const { id: enrolment, programme, jurisdiction } = document;
  const scope = { jurisdiction, programme };
  const periods = await ledgerPeriods(ports, scope);
  const found = await mapBounded(periods, READS_AT_ONCE, (period) =>
    ports.ledger.ofEnrolment(scope, period, enrolment),
  );
  const entries = found.flat();
  return {
    enrolment,
    programme,
    entries,
    drafts: await draftsOf(ports, document, entries, span),
    recoveries: await ports.recoveries.of({ ...scope, enrolment }),
    proposals: await proposalsOf(ports, document),
  };
}

/** What runs found overpaid, with the moment up to which each of them knew the books. */
async function proposalsOf(
  ports: Pick<StatementPorts, 'followUps' | 'runs'>,
  { id: enrolment, programme, jurisdiction }: EnrolmentDocument,
): Promise<StatementSource['proposals']> {
  const scope = { jurisdiction, programme };
  const found = await ports.followUps.recoveries(scope, bucketOfEnrolment(enrolment));
  const mine = found.filter((one) => one.enrolment === enrolment);
  const cutOffs = new Map<string, string | undefined>();
  for (const runId of new Set(mine.map((one) => one.runId)))
    cutOffs.set(runId, (await ports.runs.load(runId))?.manifest.cutOff);
  return mine.map((one) => ({ ...one, lookedAt: cutOffs.get(one.runId) ?? one.at }));
}

/** What released runs of the months signed about an enrolment: their own payment of it, and those that they sent or took back. */
async function draftsOf(
  ports: Pick<StatementPorts, 'runs' | 'drafts'>,
  { id: enrolment, programme, jurisdiction }: EnrolmentDocument,
  entries: readonly Entry[],
  { from, through }: Span,
): Promise<SignedDraft[]> {
  const pointers = (await ports.runs.livePointers({ jurisdiction, programme })).filter(({ period }) =>
    monthsOfPeriod(period).some((month) => month >= from && month <= through),
  );
  const found = await mapBounded(pointers, READS_AT_ONCE, async ({ runId, period, round }) => {
    const run = await ports.runs.load(runId);
    if (!run || !isReleased(run)) return [];
    const named = entries.flatMap(({ payment, run: of, decidedIn }) =>
      of === runId || decidedIn === runId ? [payment] : [],
    );
    const payments = new Set([paymentId(period, round, enrolment), ...named]);
    const drafts = await Promise.all([...payments].map((payment) => findDraft(ports, run, payment)));
    const at = run.manifest.cutOff;
    return drafts.flatMap((draft): SignedDraft[] => (draft ? [{ runId, at, draft }] : []));
  });
  return found.flat();
}

const isReleased = ({ state, manifest }: Run): boolean =>
  !manifest.opening && !manifest.parallel && (state === 'dispatched' || state === 'closed');

async function accountsOf(
  { register }: Pick<StatementPorts, 'register'>,
  { enrolments }: Statement,
): Promise<ReadonlyMap<string, string>> {
  const names = new Set(enrolments.flatMap(({ payments }) => payments.flatMap(({ paidTo }) => paidTo ?? [])));
  const payees = [...new Set([...names].map((name) => name.split('.')[0] ?? ''))];
  const persons = await register.persons(payees);
  return new Map(
    [...names].map((name) => {
      const [payee = '', place = ''] = name.split('.');
      const account = persons.get(payee)?.record.accounts[Number(place)]?.account ?? '';
      return [name, maskAccount(account)];
    }),
  );
}
