import { monthOf, type PlainDate } from '../../domain/calendar.ts';
import { type CaseDeadlines, caseDue } from '../../domain/matching/case-deadline.ts';
import type { CaseKind } from '../../domain/matching/list-kinds.ts';
import { matchingPolicy } from '../../domain/policy/matching-parameters.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { WorkingDays } from '../../domain/working-days.ts';
import type { CaseListing } from '../adapters/case-store.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import { type Keyed, type Page, type PageRequest, pageOf } from '../run/pages.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import type { CasePorts } from './cases.ts';

export type CaseFilter = {
  readonly enrolment?: string | undefined;
  readonly kind?: CaseKind | undefined;
  readonly street?: string | undefined;
  readonly state?: CaseListing['state'] | 'open' | undefined;
  readonly overdue?: boolean | undefined;
};
/** `due`: by when the next step is to be done; absent where policy sets no deadline, or the calendar does not reach so far. */
export type DatedListing = CaseListing & { readonly due?: PlainDate; readonly overdue: boolean };
type ListPorts = CasePorts & { readonly workingDays: () => Promise<WorkingDays> };

/** One page of the cases that a filter keeps, in the order of their ids. */
export async function casesPage(
  ports: ListPorts,
  scope: Scope,
  filter: CaseFilter,
  page: PageRequest,
): Promise<Page<DatedListing>> {
  return pageOf(page, filtered(ports, scope, filter, page.startAfter));
}

/** All of them. Refusal: `limit/case-list` where there are more than a number; a list that ends early would pass for the whole. */
export async function casesUpTo(
  ports: ListPorts,
  scope: Scope,
  filter: CaseFilter,
  max: number,
): Promise<Result<readonly DatedListing[]>> {
  const found: DatedListing[] = [];
  let startAfter: string | undefined;
  do {
    const request = { limit: max + 1 - found.length, ...(startAfter !== undefined && { startAfter }) };
    const page = await casesPage(ports, scope, filter, request);
    found.push(...page.items);
    if (found.length > max) return refuse(tooMany(max));
    startAfter = page.next;
  } while (startAfter !== undefined);
  return ok(found);
}

const tooMany = (max: number) =>
  refusal(
    'limit/case-list',
    `符合条件的疑点超过 ${max} 件：请按街道、事项或状态分别导出`,
    `more than ${max} cases: take the list by street, kind or state`,
    { max },
  );

/** How cases of a programme are dated today. */
export async function dating(
  { policies, clock, workingDays }: ListPorts,
  scope: Scope,
): Promise<(listing: Pick<CaseListing, 'state' | 'waitsSince'>) => Pick<DatedListing, 'due' | 'overdue'>> {
  const today = clock.today();
  const book = await policies.current();
  const deadlines: CaseDeadlines | undefined = book.ok
    ? matchingPolicy(book.value, { ...scope, knownOn: today }, monthOf(today)).deadlines
    : undefined;
  if (!deadlines) return () => ({ overdue: false });
  const days = await workingDays();
  return ({ state, waitsSince }) => {
    const due = caseDue(state, shanghaiDate(waitsSince), deadlines, days);
    return { ...(due !== undefined && { due }), overdue: due !== undefined && due < today };
  };
}

async function* filtered(
  ports: ListPorts,
  scope: Scope,
  { enrolment, kind, street, state, overdue }: CaseFilter,
  startAfter: string | undefined,
): AsyncGenerator<Keyed<DatedListing>, void, undefined> {
  // Whoever asks for one enrolment looks for what holds it.
  if (enrolment !== undefined) await ports.cases.finishOpenings(scope, enrolment);
  const dated = await dating(ports, scope);
  for await (const listing of ports.cases.listings(scope, { startAfter, enrolment })) {
    const item = { ...listing, ...dated(listing) };
    const wanted =
      (enrolment === undefined || listing.enrolment === enrolment) &&
      (kind === undefined || listing.kind === kind) &&
      (street === undefined || listing.street === street) &&
      (state === undefined || (state === 'open' ? listing.state !== 'closed' : listing.state === state)) &&
      (overdue !== true || item.overdue);
    yield { key: listing.caseId, ...(wanted && { item }) };
  }
}
