import { subjectOf } from '../../../domain/ids.ts';
import type { Case, CaseId } from '../../../domain/matching/case.ts';
import { caseState } from '../../../domain/matching/case.ts';
import { programmeById } from '../../../domain/programmes/index.ts';
import { ok, type Result, refusal, refuse } from '../../../domain/result.ts';
import { streetsOn } from '../../../domain/street/street-history.ts';
import { noCase } from '../../adapters/case-store.ts';
import { type CaseFilter, casesPage, casesUpTo, dating } from '../../matching/case-list.ts';
import {
  actOnCase,
  type CaseCommand,
  type CasePorts,
  caseScope,
  readCase,
  reportCase,
} from '../../matching/cases.ts';
import { declareRelative } from '../../matching/relatives.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { SHEET_STYLE } from '../approval-sheet.ts';
import { caseNotice, caseSheet, caseTable } from '../case-pages.ts';
import type { caseContracts } from '../contracts/cases.ts';
import type { staffContracts } from '../contracts/staff.ts';
import { LIST_STYLE } from '../list-style.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { type CaseBody, caseSummary, caseView } from '../views/case-view.ts';
import { allMasked, maskedPersons } from '../views/masked-persons.ts';
import { pageAsked } from './page-asked.ts';
import { enrolmentInReach, seesPersons } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Shown = Promise<Result<{ readonly body: CaseBody }>>;

/** More cases than this are taken street by street. */
const SHEET_CASES_MAX = 2_000;
const EXPORTS_SHOWN = 200;

export const cases: Pick<StaffOperations, keyof typeof caseContracts> = {
  async reportCase({ actor, body, effectId }, services) {
    const { enrolmentId, ...report } = body;
    const enrolment = await enrolmentInReach(services.register, actor, enrolmentId);
    if (!enrolment.ok) return enrolment;
    const { jurisdiction, programme, id } = enrolment.value;
    const address = { jurisdiction, programme, id };
    const opened = await reportCase(services.matching, address, report, {
      by: actor.id,
      request: effectId,
      ...(actor.street !== undefined && { street: actor.street }),
    });
    return opened.ok ? view(services, actor, opened.value.caseId) : opened;
  },

  async listCases({ actor, query }, services) {
    const { programme } = query;
    const known = programmeById(programme);
    if (!known.ok) return known;
    const filter = filterFor(actor, query);
    const scope = { jurisdiction: actor.jurisdiction, programme };
    const asked = pageAsked([actor.id, 'listCases', programme, describe(filter)], query);
    if (!asked.ok) return asked;
    const page = await casesPage(services.matching, scope, filter, asked.value.request);
    const persons = seesPersons(actor)
      ? await maskedPersons(
          services.register,
          page.items.map(({ enrolment }) => subjectOf(enrolment)),
        )
      : undefined;
    const found = page.items.map((one) =>
      caseSummary(programme, one, persons?.get(subjectOf(one.enrolment))),
    );
    return ok({ body: { cases: found, ...asked.value.next(page) } });
  },

  getCase: ({ actor, params }, services) => view(services, actor, params.caseId),
  async assignCase({ actor, params, body, effectId }, services) {
    if (!(await isStreetOf(services, actor.jurisdiction, body.street))) return refuse(noStreet(body.street));
    return act(services, actor, params.caseId, { kind: 'assign', ...body }, effectId);
  },
  verifyCase: ({ actor, params, body, effectId }, services) =>
    act(services, actor, params.caseId, { kind: 'verify', ...body }, effectId),
  notifyCase: ({ actor, params, body, effectId }, services) =>
    act(services, actor, params.caseId, { kind: 'notice', ...body }, effectId),
  decideCase: ({ actor, params, body: { from, ...wish }, effectId }, services) =>
    act(
      services,
      actor,
      params.caseId,
      { kind: 'decide', ...wish, ...(from !== undefined && { from }) },
      effectId,
    ),

  async getCaseNotice({ actor, params }, services) {
    const read = await inReach(services.matching, actor, params.caseId);
    if (!read.ok) return read;
    const { found } = read.value;
    if (!found.verified) return refuse(notVerified(caseState(found)));
    const subject = subjectOf(found.opened.enrolment);
    const persons = await maskedPersons(services.register, [subject]);
    const streets = await services.register.streetNames(actor.jurisdiction);
    const page = caseNotice(found, {
      name: persons.get(subject)?.name ?? '',
      style: SHEET_STYLE,
      streetName: streets.get(found.street ?? '') ?? '',
    });
    return ok(htmlPage(page, SHEET_STYLE));
  },

  async getCaseSheet({ actor, query }, services) {
    const taken = await takeList(services, actor, query, 'html');
    return taken.ok ? ok(htmlPage(caseSheet(taken.value, LIST_STYLE), LIST_STYLE)) : taken;
  },

  async getCaseTable({ actor, query }, services) {
    const taken = await takeList(services, actor, query, 'csv');
    return taken.ok ? ok({ body: caseTable(taken.value), contentType: 'text/csv; charset=utf-8' }) : taken;
  },

  async listCaseExports({ actor }, { matching }) {
    return ok({ body: { exports: await matching.cases.exports(actor.jurisdiction, EXPORTS_SHOWN) } });
  },

  async declareRelative({ actor, body }, { matching }) {
    const declared = await declareRelative(matching, actor.jurisdiction, actor.id, body);
    if (!declared.ok) return declared;
    const { staff, person, relation, declaredOn, at } = declared.value;
    return ok({ body: { staffId: staff, personKey: person, relation, declaredOn, declaredAt: at } });
  },

  async listRelatives({ actor }, { matching, staff }) {
    const all = actor.roles.includes('administrator') || actor.roles.includes('auditor');
    const declared = await matching.relatives.declared(actor.jurisdiction, all ? undefined : actor.id);
    const names = await staff.namesOf(actor.jurisdiction);
    const relatives = declared.map(({ staff: staffId, person, relation, declaredOn, at }) => {
      const staffName = names.get(staffId);
      return {
        staffId,
        ...(staffName !== undefined && { staffName }),
        personKey: person,
        relation,
        declaredOn,
        declaredAt: at,
      };
    });
    return ok({ body: { relatives } });
  },
};

type Query = {
  readonly programme: string;
  readonly enrolmentId?: string | undefined;
  readonly kind?: CaseFilter['kind'];
  readonly street?: string | undefined;
  readonly state?: CaseFilter['state'];
  readonly overdue?: 'true' | undefined;
};

/** Staff of a street see their own, whatever they ask for. */
function filterFor(actor: StaffActor, { enrolmentId, kind, street, state, overdue }: Query): CaseFilter {
  return { enrolment: enrolmentId, kind, street: actor.street ?? street, state, overdue: overdue === 'true' };
}

const describe = (filter: CaseFilter): string =>
  Object.entries(filter)
    .flatMap(([name, value]) => (value === undefined || value === false ? [] : [`${name}=${String(value)}`]))
    .join(' ');

/** A case that the actor may see, carried out as far as it was decided. Refusal: `missing/case`. */
async function inReach(ports: CasePorts, actor: StaffActor, caseId: CaseId) {
  const scope = caseScope(actor.jurisdiction, caseId);
  if (!scope.ok) return scope;
  const read = await readCase(ports, scope.value, caseId);
  if (!read.ok) return read;
  return isKeptFor(actor, read.value.found) ? ok({ ...read.value, scope: scope.value }) : refuse(noCase());
}

/** Somebody works there, or the register or a change of streets names it. */
async function isStreetOf({ staff, register, streets, clock }: StaffServices, place: string, street: string) {
  if (!street.startsWith(place)) return false;
  const named = await register.streetNames(place);
  const standing = streetsOn(await streets.changes.changes(place), clock.today());
  return (
    named.has(street) ||
    standing.includes(street) ||
    (await staff.staffOf(place)).some((member) => member.street === street)
  );
}

const noStreet = (street: string) =>
  refusal(
    'invalid/street',
    `本区没有街道 ${street}：请核对街道代码，交错了就没有人核查，款项会一直暂缓`,
    `there is no street ${street} here: check the code, nobody would verify the case and the money would wait`,
    { street },
  );

const isKeptFor = ({ street }: StaffActor, found: Case): boolean =>
  street === undefined || found.street === street;

async function act(
  services: StaffServices,
  actor: StaffActor,
  caseId: CaseId,
  command: CaseCommand,
  request: string,
): Shown {
  const read = await inReach(services.matching, actor, caseId);
  if (!read.ok) return read;
  const done = await actOnCase(services.matching, read.value.scope, caseId, command, {
    by: actor.id,
    request,
  });
  return done.ok ? view(services, actor, caseId) : done;
}

async function view(services: StaffServices, actor: StaffActor, caseId: CaseId): Shown {
  const read = await inReach(services.matching, actor, caseId);
  if (!read.ok) return read;
  const { found, acts, scope } = read.value;
  const subject = subjectOf(found.opened.enrolment);
  const persons = seesPersons(actor) ? await maskedPersons(services.register, [subject]) : undefined;
  const names = await services.staff.namesOf(actor.jurisdiction);
  const dated = (await dating(services.matching, scope))({
    state: caseState(found),
    waitsSince: found.waitsSince,
  });
  return ok({ body: caseView(found, acts, dated, { person: persons?.get(subject), names }) });
}

/** The cases of a list, and that it was taken: that stands before the list is handed over. */
async function takeList(services: StaffServices, actor: StaffActor, query: Query, format: 'html' | 'csv') {
  const { matching, register, clock } = services;
  const { programme } = query;
  // A list of nothing, because the programme was misspelt, would read as if there were no case.
  const known = programmeById(programme);
  if (!known.ok) return known;
  const filter = filterFor(actor, query);
  const filters = describe(filter);
  const scope = { jurisdiction: actor.jurisdiction, programme };
  const cases = await casesUpTo(matching, scope, filter, SHEET_CASES_MAX);
  if (!cases.ok) return cases;
  const found = cases.value;
  const subjects = found.map(({ enrolment }) => subjectOf(enrolment));
  const persons = seesPersons(actor) ? await allMasked(register, subjects) : new Map();
  await matching.cases.logExport(actor.jurisdiction, {
    at: clock.now(),
    by: actor.id,
    programme,
    format,
    filters,
    cases: found.length,
  });
  const names = new Map([...persons].map(([key, { name }]) => [key as string, name as string]));
  const { jurisdiction } = actor;
  const streets = await register.streetNames(jurisdiction);
  return ok({ programme, jurisdiction, today: clock.today(), filter, cases: found, names, streets });
}

const notVerified = (state: string) =>
  refusal(
    'conflict/case-state',
    '街道核查之后才有告知书：请先登记核查结果',
    'there is a notice only once the street has verified: record what it found first',
    { state },
  );
