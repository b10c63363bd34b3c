import type { PlainDate } from '../../domain/calendar.ts';
import { type Application, type ApplicationState, papersOpen } from '../../domain/grants/application.ts';
import type { JurisdictionCode, PersonKey } from '../../domain/ids.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { ApplicationListing, GrantApplicationStore } from '../adapters/grant-application-store.ts';
import type { GrantMarks } from '../adapters/grant-marks.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import { type Keyed, type Page, type PageRequest, pageOf } from '../run/pages.ts';

export type ApplicationFilter = {
  readonly street?: string | undefined;
  readonly state?: ApplicationState | undefined;
  /** Of the day of the decision, both included. */
  readonly decided?: { readonly from: PlainDate; readonly to: PlainDate };
};
type Ports = { readonly applications: GrantApplicationStore };

/** One page of the applications that a filter keeps, in the order of the day of application. */
export function applicationsPage(
  ports: Ports,
  scope: Scope,
  filter: ApplicationFilter,
  page: PageRequest,
): Promise<Page<ApplicationListing>> {
  return pageOf(page, filtered(ports, scope, filter, page.startAfter));
}

/** All of them. Refusal: `limit/application-list` where there are more than a number. */
export async function applicationsUpTo(
  ports: Ports,
  scope: Scope,
  filter: ApplicationFilter,
  max: number,
): Promise<Result<readonly ApplicationListing[]>> {
  const found: ApplicationListing[] = [];
  for await (const { item } of filtered(ports, scope, filter, undefined)) {
    if (item === undefined) continue;
    if (found.length === max) return refuse(tooMany(max));
    found.push(item);
  }
  return ok(found);
}

async function* filtered(
  { applications }: Ports,
  scope: Scope,
  { street, state, decided }: ApplicationFilter,
  startAfter: string | undefined,
): AsyncGenerator<Keyed<ApplicationListing>, void, undefined> {
  for await (const { key, listing } of applications.listings(scope, startAfter)) {
    const on = listing.decidedOn ?? '';
    const wanted =
      (street === undefined || listing.street === street) &&
      (state === undefined || listing.state === state) &&
      (decided === undefined || (on >= decided.from && on <= decided.to));
    yield { key, ...(wanted && { item: listing }) };
  }
}

/** Applications whose papers are overdue on a day, by the day on which they were due. */
export async function overduePapers(
  { applications, marks }: Ports & { readonly marks: GrantMarks },
  jurisdiction: JurisdictionCode,
  today: PlainDate,
): Promise<Application[]> {
  const overdue: Application[] = [];
  for (const application of await marks.papersDueBefore(jurisdiction, today)) {
    const found = await applications.load(application);
    if (found && papersOpen(found).length > 0) overdue.push(found);
  }
  return overdue;
}

/** What a person applied for, or what was applied for them, latest first. */
export async function applicationsOf({ applications }: Ports, person: PersonKey): Promise<Application[]> {
  const found: Application[] = [];
  for (const application of await applications.ofPerson(person)) {
    const one = await applications.load(application);
    if (one?.applied.subject === person) found.push(one);
  }
  return found.toSorted((a, b) => (a.applied.appliedOn < b.applied.appliedOn ? 1 : -1));
}

const tooMany = (max: number) =>
  refusal(
    'limit/application-list',
    `符合条件的申请超过 ${max} 份：请按街道或更短的时段分别打印`,
    `more than ${max} applications: take the list by street or for fewer days`,
    { max },
  );
