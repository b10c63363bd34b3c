import type { PlainDate } from '../../../domain/calendar.ts';
import { type Application, type ApplicationId, papersOpen } from '../../../domain/grants/application.ts';
import type { Decider } from '../../../domain/grants/application-commands.ts';
import { relativesAmong } from '../../../domain/matching/relatives.ts';
import { currentAccount } from '../../../domain/register/account.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../../domain/result.ts';
import { noApplication } from '../../adapters/grant-application-store.ts';
import { applicationsPage, applicationsUpTo, overduePapers } from '../../grants/application-list.ts';
import { applyForGrant, readApplication, restate, withdraw } from '../../grants/apply-for-grant.ts';
import { askToStop, grant, papersReceived, reject, stop } from '../../grants/decide-application.ts';
import { grantProgramme, workedOutApplication } from '../../grants/work-out-grant.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { SHEET_STYLE } from '../approval-sheet.ts';
import type { grantApplicationContracts } from '../contracts/grant-applications.ts';
import type { staffContracts } from '../contracts/staff.ts';
import { applicationSheet, grantPublicity, overduePapersSheet, rejectionNotice } from '../grant-pages.ts';
import { LIST_STYLE } from '../list-style.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import {
  type ApplicationBody,
  applicationSummary,
  applicationView,
  proposalBody,
} from '../views/grant-application-view.ts';
import { allMasked, maskedPersons } from '../views/masked-persons.ts';
import { disclose } from './disclose.ts';
import { assessGrantOperation, listGrantProgrammesOperation } from './grant-programmes.ts';
import { grantRequestOf, statedOf } from './grant-request.ts';
import { pageAsked } from './page-asked.ts';
import { seesPersons } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Shown = Promise<Result<{ readonly body: ApplicationBody }>>;

/** More grants than this are printed street by street, or for fewer days. */
const NOTICE_MAX = 2_000;

export const grantApplications: Pick<StaffOperations, keyof typeof grantApplicationContracts> = {
  listGrantProgrammes: listGrantProgrammesOperation,
  assessGrant: assessGrantOperation,

  async createGrantApplication({ actor, body, effectId }, services) {
    if (actor.street !== undefined && actor.street !== body.street) return refuse(otherStreet());
    const request = grantRequestOf(body, actor.jurisdiction, services.clock.today());
    if (!request.ok) return request;
    const applied = await applyForGrant(services.grants, request.value, { by: actor.id, request: effectId });
    if (!applied.ok) return applied;
    const { found, accountDiffers } = applied.value;
    return view(services, actor, found, { accountDiffers });
  },

  async listGrantApplications({ actor, query }, services) {
    const { programme, state } = query;
    // A list of nothing, because the programme was misspelt, would read as if nobody had applied.
    const known = grantProgramme(programme);
    if (!known.ok) return known;
    const street = actor.street ?? query.street;
    const filter = { street, state };
    const named = [actor.id, 'listGrantApplications', programme, street ?? '', state ?? ''];
    const asked = pageAsked(named, query);
    if (!asked.ok) return asked;
    const scope = { jurisdiction: actor.jurisdiction, programme };
    const page = await applicationsPage(services.grants, scope, filter, asked.value.request);
    const subjects = page.items.map(({ subject }) => subject);
    const persons = seesPersons(actor) ? await maskedPersons(services.register, subjects) : undefined;
    const applications = page.items.map((one) =>
      applicationSummary(programme, one, persons?.get(one.subject)),
    );
    return ok({ body: { applications, ...asked.value.next(page) } });
  },

  async getGrantApplication({ actor, params, query }, services) {
    const found = await inReach(services, actor, params.applicationId);
    if (!found.ok) return found;
    const { decidedOn } = query;
    const day = decidedOn !== undefined && { decidedOn };
    return view(services, actor, found.value, { whole: true, ...day });
  },

  async restateGrantApplication({ actor, params, body, effectId }, services) {
    const found = await inReach(services, actor, params.applicationId);
    if (!found.ok) return found;
    const { reason, ...rest } = body;
    const stated = statedOf(found.value.applied.programme, rest, services.clock.today());
    if (!stated.ok) return stated;
    const by = { by: actor.id, request: effectId };
    return shown(
      services,
      actor,
      await restate(services.grants, found.value, { ...stated.value, reason }, by),
    );
  },

  async withdrawGrantApplication({ actor, params, body, effectId }, services) {
    const found = await inReach(services, actor, params.applicationId);
    if (!found.ok) return found;
    const by = { by: actor.id, request: effectId };
    return shown(services, actor, await withdraw(services.grants, found.value, body.reason, by));
  },

  async grantApplication({ actor, params, body, effectId }, services) {
    const found = await unbiased(services, actor, params.applicationId);
    if (!found.ok) return found;
    const { minutes, ...wish } = body;
    const said = { ...wish, ...(minutes !== undefined && { minutes }) };
    const by = { by: deciderOf(actor), request: effectId };
    return shown(services, actor, await grant(services.grants, params.applicationId, said, by));
  },

  async rejectGrantApplication({ actor, params, body, effectId }, services) {
    const found = await unbiased(services, actor, params.applicationId);
    if (!found.ok) return found;
    const by = { by: deciderOf(actor), request: effectId };
    return shown(services, actor, await reject(services.grants, params.applicationId, body, by));
  },

  async receiveGrantPapers({ actor, params, body, effectId }, services) {
    const found = await inReach(services, actor, params.applicationId);
    if (!found.ok) return found;
    const by = { by: deciderOf(actor), request: effectId };
    return shown(services, actor, await papersReceived(services.grants, params.applicationId, body, by));
  },

  async proposeGrantStop({ actor, params, body, effectId }, services) {
    const found = await inReach(services, actor, params.applicationId);
    if (!found.ok) return found;
    const by = { by: deciderOf(actor), request: effectId };
    return shown(services, actor, await askToStop(services.grants, params.applicationId, body, by));
  },

  async decideGrantStop({ actor, params, body, effectId }, services) {
    const found = await unbiased(services, actor, params.applicationId);
    if (!found.ok) return found;
    const by = { by: deciderOf(actor), request: effectId };
    return shown(services, actor, await stop(services.grants, params.applicationId, body, by));
  },

  async getGrantApplicationSheet({ actor, params }, services) {
    const found = await inReach(services, actor, params.applicationId);
    if (!found.ok) return found;
    const { body } = await viewed(services, actor, found.value, { whole: true });
    const streets = await services.register.streetNames(actor.jurisdiction);
    const page = applicationSheet(body, SHEET_STYLE, streets.get(body.street) ?? '');
    return ok(htmlPage(page, SHEET_STYLE));
  },

  async getGrantRejectionNotice({ actor, params }, services) {
    const found = await inReach(services, actor, params.applicationId);
    if (!found.ok) return found;
    if (!found.value.rejected) return refuse(notRejected());
    const { body } = await viewed(services, actor, found.value, {});
    return ok(htmlPage(rejectionNotice(body, SHEET_STYLE), SHEET_STYLE));
  },

  async listOverdueGrantPapers({ actor }, services) {
    const overdue = await overdueFor(services, actor);
    const subjects = overdue.map(({ applied }) => applied.subject);
    const persons = seesPersons(actor) ? await maskedPersons(services.register, subjects) : undefined;
    const applications = overdue.map((found) =>
      applicationSummary(
        found.applied.programme,
        services.grants.applications.listingOf(found),
        persons?.get(found.applied.subject),
      ),
    );
    return ok({ body: { applications } });
  },

  async getOverdueGrantPapersSheet({ actor }, services) {
    const overdue = await overdueFor(services, actor);
    const subjects = overdue.map(({ applied }) => applied.subject);
    const names = await namesOf(services, subjects);
    const facts = {
      style: LIST_STYLE,
      today: services.clock.today(),
      place: actor.street ?? actor.jurisdiction,
    };
    const open = overdue.map((found) => ({ ...found, open: papersOpen(found) }));
    return ok(htmlPage(overduePapersSheet(open, names, facts), LIST_STYLE));
  },

  async getGrantPublicity({ actor, query }, services) {
    const { programme, street, from, to } = query;
    const known = grantProgramme(programme);
    if (!known.ok) return known;
    if (actor.street !== undefined && actor.street !== street) return refuse(otherStreet());
    const scope = { jurisdiction: actor.jurisdiction, programme };
    const filter = { street, decided: { from, to } };
    const found = await applicationsUpTo(services.grants, scope, filter, NOTICE_MAX);
    if (!found.ok) return found;
    // Nobody is published who was turned down, or whose grant was stopped altogether.
    const listings = found.value.filter(({ level, fen }) => level !== undefined && fen > 0);
    const subjects = listings.map(({ subject }) => subject);
    const names = await namesOf(services, subjects);
    const streets = await services.register.streetNames(actor.jurisdiction);
    const streetName = streets.get(street) ?? street;
    const facts = { style: SHEET_STYLE, programme, streetName, from, to };
    await disclose(services, actor, 'notice-list', `${programme} ${street} ${from}–${to}`);
    return ok(htmlPage(grantPublicity(listings, names, facts), SHEET_STYLE));
  },
};

async function namesOf({ register }: StaffServices, subjects: readonly string[]) {
  const persons = await allMasked(register, subjects);
  return new Map([...persons].map(([key, { name }]) => [key as string, name]));
}

const deciderOf = ({ id, street, roles }: StaffActor): Decider => ({
  id,
  roles,
  ...(street !== undefined && { street }),
});

async function overdueFor({ grants, clock }: StaffServices, { jurisdiction, street }: StaffActor) {
  const overdue = await overduePapers(grants, jurisdiction, clock.today());
  return overdue.filter(({ applied }) => street === undefined || applied.street === street);
}

/** An application of the actor's place, and street. Refusal: `missing/grant-application`. */
async function inReach(
  { grants }: StaffServices,
  { jurisdiction, street }: StaffActor,
  application: ApplicationId,
): Promise<Result<Application>> {
  const found = await readApplication(grants, jurisdiction, application);
  if (!found.ok) return found;
  return street === undefined || found.value.applied.street === street ? found : refuse(noApplication());
}

/** The same, for who decides: nobody decides about relatives of their own. */
async function unbiased(
  services: StaffServices,
  actor: StaffActor,
  application: ApplicationId,
): Promise<Result<Application>> {
  const found = await inReach(services, actor, application);
  if (!found.ok) return found;
  const declared = await services.matching.relatives.declared(actor.jurisdiction, actor.id);
  const { stated, applied } = found.value;
  const concerned = [...stated.members, applied.subject, applied.payee?.payee ?? ''];
  const related = relativesAmong(declared, concerned, services.clock.now()).length > 0;
  return related ? refuse(ownRelative()) : found;
}

type Extra = {
  readonly accountDiffers?: boolean;
  readonly decidedOn?: PlainDate;
  /** With what is stated, in clear: only for answers that are not kept, as those to requests with a key are. */
  readonly whole?: boolean;
};

async function shown(services: StaffServices, actor: StaffActor, done: Result<Application>): Shown {
  return done.ok ? view(services, actor, done.value, {}) : done;
}

const view = async (services: StaffServices, actor: StaffActor, found: Application, extra: Extra): Shown =>
  ok(await viewed(services, actor, found, extra));

async function viewed(
  { grants, register, staff, clock }: StaffServices,
  actor: StaffActor,
  found: Application,
  { accountDiffers, decidedOn = clock.today(), whole = false }: Extra,
): Promise<{ readonly body: ApplicationBody }> {
  const { application, applied, stated } = found;
  const open = !found.granted && !found.rejected && !found.withdrawn;
  const worked = open ? await workedOutApplication(grants, found, decidedOn) : undefined;
  const sees = seesPersons(actor);
  const people = [applied.subject, ...(applied.payee ? [applied.payee.payee] : [])];
  const body = applicationView(found, {
    acts: await grants.applications.acts(application),
    today: clock.today(),
    staff: await staff.namesOf(actor.jurisdiction),
    ...(sees && {
      persons: await maskedPersons(register, people),
      account: await accountOf(register, applied.payee?.payee ?? applied.subject),
    }),
    ...(sees && whole && { stated: await grants.facts.read(application, stated.facts) }),
    ...(worked?.ok && {
      proposal: proposalBody(applied.programme, worked.value, decidedOn),
    }),
    ...(worked && !worked.ok && { problem: worked.error }),
    ...(accountDiffers !== undefined && { accountDiffers }),
  });
  return { body };
}

async function accountOf(register: StaffServices['register'], payee: string) {
  const person = await register.person(payee);
  return person && currentAccount(person.record);
}

const otherStreet = (): Refusal =>
  refusal(
    'forbidden/street-scope',
    '街道工作人员只能办理本街道的申请',
    'staff of a street work on applications of their own street',
  );
const ownRelative = (): Refusal =>
  refusal(
    'forbidden/relative',
    '您已备案与申请家庭有近亲属关系，请由他人审批',
    'you declared a relative in this family: somebody else decides',
  );
const notRejected = (): Refusal =>
  refusal(
    'conflict/application-state',
    '不予批准后才有告知书',
    'there is a notice only once an application was turned down',
  );
