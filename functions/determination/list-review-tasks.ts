import type { ReviewTask } from '../../domain/determination/review.ts';
import { keeperOn } from '../../domain/street/kept-street.ts';
import type { StreetCode } from '../../domain/street/report.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { ReviewStore, StoredTask } from '../adapters/review-store.ts';
import type { StreetStore } from '../adapters/street-store.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import { inParts } from '../concurrency.ts';
import { type Keyed, type Page, type PageRequest, pageOf } from '../run/pages.ts';
import type { Clock } from '../wiring.ts';

export type ListTasksPorts = {
  readonly reviews: Pick<ReviewStore, 'tasksFrom'>;
  readonly register: Pick<RegisterStore, 'enrolments'>;
  readonly streets: Pick<StreetStore, 'changes'>;
  readonly clock: Pick<Clock, 'today'>;
};

/** Enrolments are read so many at a time. */
const PART = 100;

/**
 * Open review tasks in order of enrolments, each with the street that keeps the enrolment today, by whose code it is also found:
 * whoever has moved since the task was opened is looked at where they are. Empty where no street, or more than one, keeps it.
 */
export async function openTasks(
  ports: ListTasksPorts,
  scope: Scope,
  asked: PageRequest & { readonly street?: StreetCode | undefined },
): Promise<Page<ReviewTask>> {
  return pageOf(asked, tasksWithStreet(ports, scope, asked));
}

async function* tasksWithStreet(
  { reviews, register, streets, clock }: ListTasksPorts,
  scope: Scope,
  { startAfter, street }: { readonly startAfter?: string; readonly street?: StreetCode | undefined },
): AsyncGenerator<Keyed<ReviewTask>, void, undefined> {
  const [changes, today] = [await streets.changes(scope.jurisdiction), clock.today()];
  for await (const part of inParts(reviews.tasksFrom(scope, startAfter), PART)) {
    const open = part.filter(({ closed }) => !closed);
    const enrolments = await register.enrolments(open.map(({ enrolment: id }) => ({ ...scope, id })));
    const keepers = new Map(
      open.map(({ enrolment }, index) => [
        enrolment,
        keeperOn(enrolments[index]?.facts ?? [], changes, today) ?? '',
      ]),
    );
    for (const stored of part) {
      const keeper = keepers.get(stored.enrolment);
      const listed = keeper !== undefined && (street === undefined || keeper === street);
      yield { key: stored.enrolment, ...(listed && { item: { ...bare(stored), street: keeper } }) };
    }
  }
}

function bare({ version: _version, ...task }: StoredTask): ReviewTask {
  return task;
}
