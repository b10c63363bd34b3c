import { parsePaymentId, type RunId } from '../../domain/ids.ts';
import { type Attempt, foldAttempts, lastWord, latestAttempts } from '../../domain/ledger/attempts.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { noLongerOwed } from '../../domain/run/outside-payment.ts';
import { draftedBuckets, type Run } from '../../domain/run/run.ts';
import { alreadySurrendered } from '../../domain/unpaid/unclaimed.ts';
import type { OpenAttempt } from '../adapters/follow-up-store.ts';
import { entriesOf } from '../audit/run-entries.ts';
import { mapBounded } from '../concurrency.ts';
import { bucketOfEnrolment } from './buckets.ts';
import type { OutsideView } from './outside-service.ts';
import { type Keyed, type Page, type PageRequest, pageOfBuckets } from './pages.ts';
import type { RunPorts } from './ports.ts';
import type { FollowUp, UnsettledAttempt } from './service.ts';

const READS_AT_ONCE = 16;

/**
 * Attempts of a run that failed or came back, as they stand in the ledger now; and, once the bank has answered, those it left out.
 * Of each bucket the first come before the second.
 */
export async function listUnsettled(
  ports: RunPorts,
  runId: RunId,
  page: PageRequest,
): Promise<Result<Page<UnsettledAttempt>>> {
  const found = await ports.runs.get(runId);
  if (!found.ok) return found;
  const run = found.value;
  const answered = run.state === 'dispatched' && (await isAnswered(ports, runId));
  const listed = await pageOfBuckets(page, draftedBuckets(run), (bucket, after) =>
    listedOf(ports, run, { bucket, answered, ...placeIn(after) }),
  );
  const views = await mapBounded(listed.items, READS_AT_ONCE, async (one) =>
    'open' in one ? await unsettledView(ports, run, one.open) : one.inTransit,
  );
  return ok({ ...listed, items: views.flatMap((view) => view ?? []) });
}

const nameOf = ({ payment, attempt }: Attempt): string => `${payment}#${String(attempt).padStart(2, '0')}`;

type ListedAttempt = { readonly open: OpenAttempt } | { readonly inTransit: UnsettledAttempt };
/** Within a bucket: the key on the list of open money, or the attempt in transit. */
type Place = { readonly open?: string; readonly inTransit?: string };

const placeIn = (after: string | undefined): Place => {
  const [list, key = ''] = after?.split(/:(.*)/s) ?? [];
  return list === 'open' ? { open: key } : list === 'in-transit' ? { inTransit: key } : {};
};

async function* listedOf(
  ports: RunPorts,
  run: Run,
  {
    bucket,
    answered,
    open: afterOpen,
    inTransit: afterInTransit,
  }: Place & {
    readonly bucket: string;
    readonly answered: boolean;
  },
): AsyncGenerator<Keyed<ListedAttempt>> {
  if (afterInTransit === undefined) {
    for await (const { key, item } of ports.followUps.openAfter(run.manifest, bucket, afterOpen)) {
      const place = `open:${key}`;
      yield item.runId === run.runId ? { key: place, item: { open: item } } : { key: place };
    }
  }
  if (!answered) return;
  const entries: Entry[] = [];
  for await (const entry of entriesOf(ports, run, bucket)) if (entry.run === run.runId) entries.push(entry);
  const attempts = new Map(foldAttempts(entries).map((each) => [nameOf(each), each]));
  for (const [name, attempted] of [...attempts].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    if (afterInTransit !== undefined && name <= afterInTransit) continue;
    const { state } = attempted;
    const key = `in-transit:${name}`;
    if (state !== 'in-transit') {
      yield { key };
      continue;
    }
    const said = await ports.progress.of(run.runId, attempted);
    const progress = said?.progress && { progress: said.progress };
    yield { key, item: { inTransit: { ...attemptView(attempted), state, ...progress } } };
  }
}

/** The bank has answered something, and every answer is matched: what is in transit now it has left out. */
async function isAnswered(ports: RunPorts, runId: RunId): Promise<boolean> {
  const results = await ports.results.results(runId);
  const done = await Promise.all(results.map(({ sha256 }) => ports.results.chunksDone(runId, sha256)));
  return results.length > 0 && results.every((result, index) => done[index]?.size === result.chunks);
}

async function unsettledView(
  ports: RunPorts,
  run: Run,
  open: OpenAttempt,
): Promise<UnsettledAttempt | undefined> {
  const { period, round } = parsePaymentId(open.payment);
  const entries = await ports.ledger.ofEnrolment(run.manifest, period, open.enrolment);
  const attempts = foldAttempts(entries.filter((entry) => parsePaymentId(entry.payment).round === round));
  const mine = attempts.find((candidate) => candidate.attempt === open.attempt);
  const [latest] = latestAttempts(attempts);
  if (!mine || mine.state === 'settled') return undefined;
  return {
    ...attemptView(mine),
    state: mine.state,
    ...(latest && latest.attempt > open.attempt && since(latest)),
    ...(open.clearance && { clearance: open.clearance }),
  };
}

function since({ release, state }: Attempt): Pick<UnsettledAttempt, 'sentAgain' | 'paidOutside'> {
  const outside = outsideView(release);
  return outside ? { paidOutside: { ...outside, state } } : { sentAgain: state };
}

/** What stands on paper of an attempt that was made by hand; undefined for one that was sent to the bank. */
export function outsideView({ outside, bankDate = '' }: Entry): OutsideView | undefined {
  return outside && { means: outside.means, voucher: outside.voucher, paidOn: bankDate };
}

/** What stands on paper of an attempt that was given back to the treasury. */
const surrenderView = ({ surrender, bankDate = '' }: Entry) => ({
  voucher: surrender?.voucher ?? '',
  paidInOn: bankDate,
});

function attemptView(attempted: Attempt) {
  const { payment, attempt, fen, release } = attempted;
  const last = lastWord(attempted);
  return {
    payment,
    attempt,
    fen,
    file: release.file,
    line: release.line,
    ...(last?.reason !== undefined && { reason: last.reason }),
    ...(last?.bankDate !== undefined && { bankDate: last.bankDate }),
    ...(attempted.reversed && { cancelledFen: attempted.reversed.fen }),
    ...(attempted.surrendered && { surrendered: surrenderView(attempted.surrendered) }),
  };
}

/**
 * 准予重发: a person's word, with a reason, that the bank or the payee has put things right. The same word again changes nothing.
 * Refusals: `missing/unsettled`, `conflict/paid-outside`, `conflict/sent-again`, `conflict/cleared`,
 * `conflict/no-longer-owed`, `conflict/surrendered`.
 */
export async function clearUnsettled(
  ports: RunPorts,
  request: Parameters<FollowUp['clearUnsettled']>[0],
): Promise<Result<UnsettledAttempt>> {
  const { runId, payment, reason, by } = request;
  const run = await ports.runs.get(runId);
  if (!run.ok) return run;
  // The last of them: a transfer by hand after a failure may have come back, too.
  const bucket = bucketOfEnrolment(parsePaymentId(payment).enrolment);
  const open = (await ports.followUps.open(run.value.manifest, bucket))
    .filter((attempt) => attempt.runId === runId && attempt.payment === payment)
    .reduce<OpenAttempt | undefined>(
      (last, one) => (last && last.attempt > one.attempt ? last : one),
      undefined,
    );
  const view = open && (await unsettledView(ports, run.value, open));
  if (!open || !view) {
    return refuse(
      refusal(
        'missing/unsettled',
        '本批次没有这笔失败或退回',
        'this run has no such failed or returned payment',
        { payment },
      ),
    );
  }
  if (view.surrendered) return refuse(alreadySurrendered(payment));
  if (view.cancelledFen === view.fen) return refuse(noLongerOwed(payment));
  if (view.paidOutside) {
    return refuse(
      refusal('conflict/paid-outside', '该笔已在系统外发放', 'it is already paid outside the system', {
        state: view.paidOutside.state,
      }),
    );
  }
  if (view.sentAgain) {
    return refuse(
      refusal('conflict/sent-again', '该笔已在后续批次重发', 'a later run has sent it again', {
        state: view.sentAgain,
      }),
    );
  }
  const clearance = { by, reason, at: ports.clock.now() };
  const stands = open.clearance ?? (await ports.followUps.clear(run.value.manifest, open, clearance));
  if (stands.by === by && stands.reason === reason) return ok({ ...view, clearance: stands });
  return refuse(
    refusal('conflict/cleared', '该笔已由他人准予重发', 'somebody else has cleared it to be sent again', {
      at: stands.at,
    }),
  );
}
