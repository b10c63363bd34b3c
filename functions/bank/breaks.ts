import type { PlainDate } from '../../domain/calendar.ts';
import { chinaDate } from '../../domain/calendar.ts';
import type { JurisdictionCode, PaymentId, RunId } from '../../domain/ids.ts';
import type { Fen } from '../../domain/money.ts';
import type { BreakKind } from '../../domain/reconciliation/breaks.ts';
import { type StatementBreak, statementBreaks } from '../../domain/reconciliation/statement-breaks.ts';
import type { StatementHead } from '../../domain/reconciliation/statement-chain.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import {
  type ExceptionDecision,
  isNoEntry,
  type NoEntryDecision,
  wrongDuplicate,
} from '../../domain/run/reconcile.ts';
import type { StoredException } from '../adapters/bank-result-store.ts';
import type { StatementRecord } from '../adapters/bank-statement-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { mapBounded } from '../concurrency.ts';
import { type Keyed, type Page, type PageRequest, pageOf } from '../run/pages.ts';
import type { RunPorts } from '../run/ports.ts';
import { expectedOf, runsOfAccount, sentFiles } from './account-runs.ts';

/** A break as it is listed, of a run's payment or of an account's statement. Amounts in fen; nothing personal. */
export type BreakListing = {
  readonly breakId: string;
  readonly kind: BreakKind;
  readonly since?: PlainDate;
  /** Of a run: it is decided there. */
  readonly runId?: RunId;
  readonly payment?: PaymentId;
  readonly attempt?: number;
  /** Of an account's statement. */
  readonly account?: string;
  readonly fen?: Fen;
  readonly stated?: Pick<
    StatementBreak,
    'side' | 'serviceRef' | 'endToEndId' | 'batch' | 'file' | 'before' | 'after'
  >;
  readonly decision?: ExceptionDecision;
};
export type BreakFilter = 'open' | 'all';
type BreakPorts = Pick<RunPorts, 'runs' | 'results' | 'statements' | 'outside' | 'unclaimed' | 'clock'>;

const RUNS_AT_ONCE = 16;

/**
 * Every break of a jurisdiction, page by page: those of its accounts' statements first, by account and day, then those of its runs'
 * payments. What is on the statements is worked out anew from all that is known now, so that what is explained since is gone.
 */
export async function listBreaks(
  ports: BreakPorts,
  jurisdiction: JurisdictionCode,
  page: PageRequest & { readonly filter: BreakFilter },
): Promise<Page<BreakListing>> {
  const wanted = (one: BreakListing): boolean => page.filter === 'all' || one.decision === undefined;
  return pageOf(page, only(breaksAfter(ports, jurisdiction, page.startAfter), wanted));
}

async function* only(
  listed: AsyncIterable<Keyed<BreakListing>>,
  wanted: (one: BreakListing) => boolean,
): AsyncGenerator<Keyed<BreakListing>> {
  for await (const { key, item } of listed) yield item && wanted(item) ? { key, item } : { key };
}

/** Keys are "s" and the place on a statement, or "t", the run and the exception. */
async function* breaksAfter(
  ports: BreakPorts,
  jurisdiction: JurisdictionCode,
  after = '',
): AsyncGenerator<Keyed<BreakListing>> {
  if (!after.startsWith('t')) {
    for (const [place, item] of await ofStatements(ports, jurisdiction)) {
      const key = `s${place}`;
      if (key > after) yield { key, item };
    }
  }
  const [, run = '', exception] = after.startsWith('t') ? after.split('|') : [];
  if (run !== '') yield* ofRun(ports, run, exception);
  const options = run === '' ? {} : { after: run };
  let waiting: RunId[] = [];
  for await (const { runId } of ports.runs.listingsAfter(jurisdiction, options)) {
    waiting.push(runId);
    if (waiting.length < RUNS_AT_ONCE) continue;
    yield* ofRuns(ports, waiting);
    waiting = [];
  }
  yield* ofRuns(ports, waiting);
}

async function* ofRuns(ports: BreakPorts, runIds: readonly RunId[]): AsyncGenerator<Keyed<BreakListing>> {
  const found = await mapBounded(runIds, RUNS_AT_ONCE, (runId) => ports.results.exceptions(runId));
  for (const [index, exceptions] of found.entries()) {
    const runId = runIds[index] ?? '';
    for (const exception of exceptions)
      yield { key: `t|${runId}|${exception.exceptionId}`, item: exceptionListing(runId, exception) };
  }
}

async function* ofRun(
  ports: BreakPorts,
  runId: RunId,
  after: string | undefined,
): AsyncGenerator<Keyed<BreakListing>> {
  for await (const { key, item } of ports.results.exceptionsAfter(runId, after))
    yield { key: `t|${runId}|${key}`, item: exceptionListing(runId, item) };
}

function exceptionListing(runId: RunId, found: StoredException): BreakListing {
  const {
    exceptionId,
    kind,
    payment,
    attempt,
    statedFen,
    instructedFen,
    bookedOn,
    raisedAt,
    file,
    decision,
  } = found;
  const since = raisedAt === undefined ? bookedOn : chinaDate(raisedAt);
  const fen = statedFen ?? instructedFen;
  return {
    breakId: exceptionId,
    kind,
    runId,
    ...(since !== undefined && { since }),
    ...(payment !== undefined && { payment }),
    ...(attempt !== undefined && { attempt }),
    ...(fen !== undefined && { fen }),
    ...(file !== '' && { stated: { file } }),
    ...(decision && { decision }),
  };
}

/** With the place of each, in order. */
async function ofStatements(
  ports: BreakPorts,
  jurisdiction: JurisdictionCode,
): Promise<[string, BreakListing][]> {
  const accounts = await ports.statements.accounts(jurisdiction);
  if (accounts.length === 0) return [];
  const decisions = await ports.statements.decisions(jurisdiction);
  const runs = await runsOfAccount(ports, jurisdiction);
  const found: [string, BreakListing][] = [];
  for (const account of accounts) {
    const mine = runs.filter(({ manifest }) => manifest.payerAccount === account);
    const breaks = statementBreaks(
      headsOf(await ports.statements.statements({ jurisdiction, account })),
      await ports.statements.loose({ jurisdiction, account }),
      { files: mine.flatMap(sentFiles), expected: await expectedOf(ports, mine) },
    );
    for (const { kind, key, since, fen, ...stated } of breaks) {
      const breakId = breakIdOf(account, key);
      const decision = decisions.get(breakId);
      found.push([
        `${account}|${since}|${breakId}`,
        {
          breakId,
          kind,
          since,
          account,
          stated,
          ...(fen !== undefined && { fen }),
          ...(decision && { decision }),
        },
      ]);
    }
  }
  return found.sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Names a break of an account's statements: a loose booking by its key. */
export const breakIdOf = (account: string, key: string): string =>
  `b${sha256Hex(`${account}#${key}`).slice(0, 20)}`;

/** Those with balances: an advice of single entries is no link of the chain. */
export function headsOf(records: readonly StatementRecord[]): StatementHead[] {
  return records.flatMap(({ opening, closing, from, to, entries, sequence }) =>
    opening === undefined || closing === undefined
      ? []
      : [{ opening, closing, from, to, entries, ...(sequence !== undefined && { sequence }) }],
  );
}

/**
 * Decides a break of a statement: in words, for no entry of ours is wrong; what our ledger lacks is recorded where it belongs (funding,
 * payment by hand) and explains the booking by itself. The first decision stands. Refusals: `missing/break`, `invalid/decision`,
 * `invalid/duplicate-of`, `forbidden/same-person`, `conflict/break-decided`.
 */
export async function decideBreak(
  ports: BreakPorts,
  request: {
    readonly jurisdiction: JurisdictionCode;
    readonly breakId: string;
    readonly decision: NoEntryDecision;
    readonly reason: string;
    readonly duplicateOf?: string | undefined;
    readonly by: string;
  },
): Promise<Result<BreakListing>> {
  const { jurisdiction, breakId, decision, reason, duplicateOf, by } = request;
  const found = (await ofStatements(ports, jurisdiction)).find(([, one]) => one.breakId === breakId)?.[1];
  if (!found)
    return refuse(
      refusal(
        'missing/break',
        '没有这条差异，或已查明消除',
        'there is no such break, or it is explained by now',
        { breakId },
      ),
    );
  const unnamed = wrongDuplicate(decision, duplicateOf);
  if (unnamed) return refuse(unnamed);
  const records = await ports.statements.statements({ jurisdiction, account: found.account ?? '' });
  const since = found.since ?? '';
  if (records.some((record) => record.by === by && record.from <= since && since <= record.to)) {
    return refuse(
      refusal(
        'forbidden/same-person',
        '上传对账单的人不能自己裁定其中的差异',
        'whoever brought the statement in does not decide its breaks',
        { breakId },
      ),
    );
  }
  const named = duplicateOf === undefined ? {} : { duplicateOf };
  const stands = await ports.statements.decide(jurisdiction, breakId, {
    decision,
    reason,
    ...named,
    by,
    at: ports.clock.now(),
  });
  const same =
    isNoEntry(stands.decision) &&
    stands.decision === decision &&
    stands.by === by &&
    stands.reason === reason;
  if (same && stands.duplicateOf === duplicateOf) return ok({ ...found, decision: stands });
  return refuse(
    refusal('conflict/break-decided', '该差异已处理', 'this break is already decided', {
      decision: stands.decision,
      at: stands.at,
    }),
  );
}
