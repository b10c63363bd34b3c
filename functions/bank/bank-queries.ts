import type { BankProgress } from '../../domain/bank/answer.ts';
import type { ReturnCode } from '../../domain/bank/return-codes.ts';
import { chinaDate, type PlainDate } from '../../domain/calendar.ts';
import { endToEndId, type PaymentId, type RunId } from '../../domain/ids.ts';
import { type Attempt, foldAttempts, latestAttempts } from '../../domain/ledger/attempts.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { Fen } from '../../domain/money.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { ExceptionDecision } from '../../domain/run/reconcile.ts';
import { draftedBuckets, type Run } from '../../domain/run/run.ts';
import { isOutcomeUnknown } from '../../domain/run/send-again.ts';
import { entriesOf } from '../audit/run-entries.ts';
import { type Keyed, type Page, type PageRequest, pageOfBuckets } from '../run/pages.ts';
import type { RunPorts } from '../run/ports.ts';

/** Why nobody knows what became of an attempt: no answer, an answer that is none yet, or a reason that says nothing. */
export const QUERY_KINDS = ['unanswered', 'pending', 'unclear'] as const;
export type QueryKind = (typeof QUERY_KINDS)[number];

/** An attempt whose outcome the bank has to say (查询). Names no person and no account. */
export type BankQuery = {
  readonly kind: QueryKind;
  readonly payment: PaymentId;
  readonly attempt: number;
  readonly endToEndId: string;
  readonly fen: Fen;
  readonly file: string;
  readonly line: number;
  /** The day on which it was sent, or on which the unclear answer came. */
  readonly since: PlainDate;
  readonly progress?: BankProgress;
  readonly reason?: ReturnCode;
  /** What somebody reported after asking, and what another person decided. */
  readonly reported?: { readonly by: string; readonly note: string; readonly decision?: ExceptionDecision };
};
type QueryPorts = Pick<RunPorts, 'runs' | 'ledger' | 'results' | 'progress' | 'followUps'>;

/**
 * 查询清单: the attempts of a run whose outcome is unknown. They are asked about and never sent again as something new: while one is in
 * transit no next attempt exists, and one that failed for a reason to investigate waits for a person's word.
 */
export async function listBankQueries(
  ports: QueryPorts,
  runId: RunId,
  page: PageRequest,
): Promise<Result<Page<BankQuery>>> {
  const found = await ports.runs.get(runId);
  if (!found.ok) return found;
  const reported = await reportsOf(ports, runId);
  return ok(
    await pageOfBuckets(page, draftedBuckets(found.value), (bucket, after) =>
      queriesOf(ports, found.value, reported, bucket, after),
    ),
  );
}

type Reports = ReadonlyMap<string, NonNullable<BankQuery['reported']>>;

async function reportsOf({ results }: QueryPorts, runId: RunId): Promise<Reports> {
  const reports = new Map<string, NonNullable<BankQuery['reported']>>();
  for (const { kind, payment, attempt, reportedBy, note, decision } of await results.exceptions(runId)) {
    if (kind !== 'unanswered' || reportedBy === undefined || note === undefined) continue;
    reports.set(`${payment}#${attempt}`, { by: reportedBy, note, ...(decision && { decision }) });
  }
  return reports;
}

async function* queriesOf(
  ports: QueryPorts,
  run: Run,
  reported: Reports,
  bucket: string,
  after = '',
): AsyncGenerator<Keyed<BankQuery>> {
  const entries: Entry[] = [];
  for await (const entry of entriesOf(ports, run, bucket)) if (entry.run === run.runId) entries.push(entry);
  const mine = latestAttempts(foldAttempts(entries)).filter(({ release }) => release.kind === 'release');
  if (mine.length === 0) return;
  const open = await ports.followUps.open(run.manifest, bucket);
  const answered = new Set(
    open.filter(({ clearance }) => clearance).map((one) => `${one.payment}#${one.attempt}`),
  );
  for (const attempt of mine.toSorted((one, other) => (one.payment < other.payment ? -1 : 1))) {
    const { payment } = attempt;
    if (payment <= after) continue;
    const name = `${payment}#${attempt.attempt}`;
    const query = answered.has(name) ? undefined : await queryOf(ports, run, attempt);
    const said = reported.get(name);
    yield { key: payment, ...(query && { item: said ? { ...query, reported: said } : query }) };
  }
}

async function queryOf(
  ports: QueryPorts,
  { runId }: Run,
  attempted: Attempt,
): Promise<BankQuery | undefined> {
  const { payment, attempt, fen, release, outcome, state } = attempted;
  const common = {
    payment,
    attempt,
    fen,
    endToEndId: endToEndId(payment, attempt),
    file: release.file,
    line: release.line,
  };
  if (state === 'in-transit') {
    const said = await ports.progress.of(runId, { payment, attempt });
    const since = chinaDate(release.at);
    if (!said) return { kind: 'unanswered', ...common, since };
    return { kind: 'pending', ...common, since, ...(said.progress && { progress: said.progress }) };
  }
  const reason = outcome?.reason;
  if (state !== 'failed' || !isOutcomeUnknown(reason)) return undefined;
  return {
    kind: 'unclear',
    ...common,
    since: chinaDate(outcome?.at ?? release.at),
    reason: reason as ReturnCode,
  };
}
