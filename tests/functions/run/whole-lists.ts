import type { Result } from '../../../domain/result.ts';
import type { Page, PageRequest } from '../../../functions/run/pages.ts';
import type { FollowUp, RunViews } from '../../../functions/run/service.ts';

/** So few to a page that most lists of a test take several. */
const LIMIT = 2;

/** A list to its end, page by page. */
export async function allPages<T>(
  read: (page: PageRequest) => Promise<Page<T>>,
  limit = LIMIT,
): Promise<T[]> {
  const items: T[] = [];
  let startAfter: string | undefined;
  do {
    const page: Page<T> = await read({ limit, ...(startAfter !== undefined && { startAfter }) });
    items.push(...page.items);
    if (page.next !== undefined && page.next === startAfter) throw new Error(`no further than ${page.next}`);
    startAfter = page.next;
  } while (startAfter !== undefined);
  return items;
}

/** The lists that staff of a district read in pages, whole. */
export function wholeLists(
  follow: FollowUp,
  views: RunViews,
  scope: { readonly jurisdiction: string; readonly programme: string },
) {
  const { jurisdiction, programme } = scope;
  const answered = <T>(read: (page: PageRequest) => Promise<Result<Page<T>>>) =>
    allPages(async (page) => {
      const answer = await read(page);
      if (!answer.ok) throw new Error(answer.error.code);
      return answer.value;
    });
  return {
    unsettled: (runId: string) => answered((page) => follow.listUnsettled(runId, page)),
    exceptions: (runId: string) => answered((page) => follow.listExceptions(runId, page)),
    holds: () => allPages((page) => follow.listHolds(jurisdiction, programme, page)),
    proposals: () => allPages((page) => follow.listRecoveryProposals(jurisdiction, programme, page)),
    /** By programme, the newest period first. */
    runs: (of = jurisdiction) => allPages((page) => views.listRuns(of, page)),
  };
}
