import {
  answered,
  closedWithoutChange,
  decideNoChange,
  hasNews,
  lastAssessing,
  type NoChange,
  nextTask,
  noOpenTask,
  type ReviewCause,
  type ReviewTask,
  reviewCauses,
} from '../../domain/determination/review.ts';
import type { EnrolmentId } from '../../domain/ids.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import { latestFact } from '../../domain/register/facts.ts';
import { invariant, ok, type Result, refuse } from '../../domain/result.ts';
import type { EnrolmentAddress, EnrolmentRead } from '../adapters/register-store.ts';
import type { ReviewStore, StoredTask } from '../adapters/review-store.ts';
import type { Clock } from '../wiring.ts';
import { companionsOf } from './companions.ts';
import type { DeterminationPorts } from './ports.ts';
import { noEnrolment } from './refusals.ts';

export type ReviewPorts = Pick<DeterminationPorts, 'register' | 'households' | 'policies' | 'clock'> & {
  readonly reviews: ReviewStore;
};

/** What opening a task for a named cause needs. */
type TaskPorts = Pick<ReviewPorts, 'register' | 'reviews'> & { readonly clock: Pick<Clock, 'now'> };

/** Several messages may speak of one enrolment at once; the loser looks again, this often. */
const TRIES = 10;

/**
 * Looks whether a determined enrolment has to be reviewed, and leaves exactly one open task when it has. Works everything out from
 * the register: asked twice, late or out of order it says the same. Closes the task of an enrolment that was determined since.
 */
export async function reviewEnrolment(ports: ReviewPorts, address: EnrolmentAddress): Promise<void> {
  const read = await ports.register.enrolmentRead(address);
  if (!read) return;
  const book = await ports.policies.current();
  invariant(book.ok, `the policy book cannot be read: ${book.ok ? '' : book.error.code}`);
  const task = await ports.reviews.task(address);
  await reviewReads(ports, book.value, [read], new Set(task && !task.closed ? [address.id] : []));
}

/** The same for enrolments that were read together, as of a bucket; `open` are those that have an open task. */
export async function reviewReads(
  ports: ReviewPorts,
  book: PolicyBook,
  reads: readonly EnrolmentRead[],
  open: ReadonlySet<EnrolmentId>,
): Promise<void> {
  const determined = reads.filter(({ determinations }) => determinations.length > 0);
  const households = await ports.households.of(determined.map(({ document }) => document));
  for (const read of determined) {
    const { jurisdiction, programme: programmeId, id } = read.document;
    const programme = programmeById(programmeId);
    const knowledge = households.get(id);
    invariant(programme.ok, `an enrolment of an unknown programme: ${programmeId}`);
    // A grant was decided on its own application and is over when it is paid; what another decision covers is looked at there.
    if (programme.value.paidBy || programme.value.decidedBy !== undefined) continue;
    const [now, today] = [ports.clock.now(), ports.clock.today()];
    const isNew = knowledge !== undefined && hasNews(knowledge, read.determinations);
    if (!open.has(id) && !isNew) continue;
    const companions = isNew ? await companionsOf(ports.register, read.document) : [];
    const input = knowledge && {
      programme: programme.value,
      determinations: read.determinations,
      companions: companions.map(({ programme: of, read: { determinations } }) => ({
        programme: of,
        determinations,
      })),
      knowledge,
      book,
      scope: { jurisdiction, programme: programmeId, knownOn: today },
      now,
      today,
    };
    // For most nothing was recorded since, and there is nothing to close: no more is read of them.
    if (!open.has(id) && (!input || reviewCauses(input).length === 0)) continue;
    const noChanges = await ports.reviews.noChanges(read.document, id);
    const noChangeUntil = noChanges.at(-1)?.until;
    const causes = input ? reviewCauses({ ...input, noChangeUntil }) : [];
    await settle(ports, read, noChanges, causes);
  }
}

/**
 * Opens the review of an enrolment for a cause that somebody names, such as an event of its household. A task that is open already
 * gets the cause added; where nothing was determined yet, there is nothing to review. Refusal: `missing/enrolment`.
 */
export async function openReviewTask(
  ports: TaskPorts,
  address: EnrolmentAddress,
  cause: ReviewCause,
): Promise<Result<ReviewTask | undefined>> {
  const read = await ports.register.enrolmentRead(address);
  if (!read) return refuse(noEnrolment(address.id));
  return ok(read.determinations.length === 0 ? undefined : await opened(ports, read, [cause]));
}

/** Finishes what was decided or determined, then opens or completes the task for the causes found. */
async function settle(
  ports: ReviewPorts,
  read: EnrolmentRead,
  noChanges: readonly NoChange[],
  causes: readonly ReviewCause[],
): Promise<void> {
  const { document, determinations } = read;
  const stored = await ports.reviews.task(document);
  const decided = stored && !stored.closed && noChanges.find(({ task }) => task === stored.task);
  const closed = decided
    ? closedWithoutChange(bare(stored), decided)
    : answered(stored && bare(stored), determinations);
  // Whoever is faster says the same, and the next look goes on from there.
  if (closed) await ports.reviews.save(document, closed, stored);
  if (causes.length > 0) await opened(ports, read, causes);
}

async function opened(
  ports: TaskPorts,
  { document, determinations }: EnrolmentRead,
  causes: readonly ReviewCause[],
): Promise<ReviewTask> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const stored = await ports.reviews.task(document);
    const before = stored && bare(stored);
    const next = nextTask(before, causes, {
      enrolment: document.id,
      determined: determinations.length,
      assessed: lastAssessing(determinations),
      street: latestFact(document.facts, 'street')?.value ?? '',
      openedAt: ports.clock.now(),
    });
    if (before && !next) return before;
    invariant(next, 'a first cause opens a task');
    if ((await ports.reviews.save(document, next, stored)) === 'written') return next;
  }
  throw new Error('a review task was changed by others too often');
}

function bare({ version: _version, ...task }: StoredTask): ReviewTask {
  return task;
}

/**
 * Closes the open task because somebody looked and nothing changes. The decision is written first and once; then the task is closed,
 * by whoever comes next when its writer died. Refusals: `missing/enrolment`, and those of `decideNoChange`.
 */
export async function closeWithoutChange(
  ports: ReviewPorts,
  address: EnrolmentAddress,
  seen: { readonly task: number; readonly causes: number },
  by: { readonly by: string; readonly reason: string; readonly request?: string },
): Promise<Result<ReviewTask>> {
  const { by: staff, reason, request } = by;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const task = await ports.reviews.task(address);
    const before = (await ports.reviews.noChanges(address, address.id)).at(-1);
    const mine = before !== undefined && before.request !== undefined && before.request === request;
    if (task?.closed && mine && before.task === task.task) return ok(bare(task));
    let decided = task && !task.closed && before?.task === task.task ? before : undefined;
    if (!decided) {
      const at = ports.clock.now();
      const wish = decideNoChange(task && bare(task), seen, {
        staff,
        reason,
        at,
        ...(request && { request }),
      });
      if (!wish.ok) return wish;
      decided = await ports.reviews.decideNoChange(address, address.id, wish.value);
    }
    invariant(task, 'a decision on a task that is there');
    const closed = closedWithoutChange(bare(task), decided);
    if ((await ports.reviews.save(address, closed, task)) === 'conflict') continue;
    return decided.staff === staff ? ok(closed) : refuse(noOpenTask());
  }
  throw new Error('a review task was changed by others too often');
}
