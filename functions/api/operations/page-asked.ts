import { ok, type Result } from '../../../domain/result.ts';
import { type CursorScope, decodeCursor, encodeCursor } from '../../adapters/cursor.ts';
import type { Page, PageRequest } from '../../run/pages.ts';

const PAGE_SIZE = 50;

/** The page that a query asks for, and how the answer says where the next one begins. */
export type PageAsked = {
  readonly request: PageRequest;
  readonly next: (page: Pick<Page<unknown>, 'next'>) => { readonly next?: string };
};

/**
 * @param scope caller, operation and filters: a cursor of another list is refused
 */
export function pageAsked(
  scope: CursorScope,
  query: { readonly limit?: string | undefined; readonly cursor?: string | undefined },
): Result<PageAsked> {
  const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor);
  if (after && !after.ok) return after;
  return ok({
    request: { limit: Number(query.limit ?? PAGE_SIZE), ...(after && { startAfter: after.value }) },
    next: ({ next }) => (next === undefined ? {} : { next: encodeCursor(scope, next) }),
  });
}
