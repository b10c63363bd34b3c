import { subjectOf } from '../../../domain/ids.ts';
import { writtenFen } from '../../../domain/money.ts';
import { programmeById } from '../../../domain/programmes/index.ts';
import type { Instalment } from '../../../domain/recovery/recovery.ts';
import { ok, type Result, refuse } from '../../../domain/result.ts';
import { whyAside } from '../../matching/relatives.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import type { KnownRecovery } from '../../recovery/propose-recovery.ts';
import { recoverables } from '../../recovery/recoverables.ts';
import {
  decideRecovery,
  decideRecoveryRelief,
  deliverRecovery,
  getRecovery,
  type OnOrder,
  pauseRecovery,
  proposeOverpaid,
  proposeRecoveryRelief,
  receiveRecovery,
  recoveryAddress,
  refuseRecovery,
  resumeRecovery,
} from '../../recovery/recoveries.ts';
import { type ListedRecovery, listed, recoveryList, totalsOf } from '../../recovery/recovery-list.ts';
import { SHEET_STYLE } from '../approval-sheet.ts';
import type { recoveryContracts } from '../contracts/recoveries.ts';
import type { staffContracts } from '../contracts/staff.ts';
import { LIST_STYLE } from '../list-style.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { recoverablesSheet } from '../recoverables-page.ts';
import { recoveryNotice, recoverySheet } from '../recovery-pages.ts';
import { allMasked, maskedPersons } from '../views/masked-persons.ts';
import { recoverablesView } from '../views/recoverables-view.ts';
import { figuresView, type RecoveryBody, recoverySummary, recoveryView } from '../views/recovery-view.ts';
import { pageAsked } from './page-asked.ts';
import { enrolmentInReach, seesPersons } from './scope.ts';
import type { StaffServices } from './services.ts';
import { statements } from './statements.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Shown = Promise<Result<{ readonly body: RecoveryBody }>>;

export const recoveries: Pick<StaffOperations, keyof typeof recoveryContracts> = {
  ...statements,

  async proposeRecovery({ actor, body, effectId }, services) {
    const { enrolmentId, instalments, months, components, of = 'overpaid', ...wish } = body;
    const found = await enrolmentInReach(services.register, actor, enrolmentId);
    if (!found.ok) return found;
    const { jurisdiction, programme, id } = found.value;
    const aside = await whyAside(services.matching, found.value, actor.id);
    if (aside) return refuse(aside);
    const asked = {
      ...wish,
      broughtIn: of === 'brought-in',
      ...(months && { months }),
      ...(components && { components }),
      ...(instalments && { instalments: instalments.map(planned) }),
    };
    const address = { jurisdiction, programme, enrolment: id };
    return shown(
      services,
      actor,
      await proposeOverpaid(services.recoveries, address, asked, { by: actor.id, request: effectId }),
    );
  },

  async listRecoveries({ actor, query }, services) {
    const known = programmeById(query.programme);
    if (!known.ok) return known;
    const { programme, state = '', overdue = '' } = query;
    const asked = pageAsked([actor.id, 'listRecoveries', programme, state, overdue], query);
    if (!asked.ok) return asked;
    const list = await listFor(services, actor, query);
    const { startAfter = '', limit } = asked.value.request;
    const rest = list.filter((one) => placeOf(one) > startAfter);
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    const next = rest.length > page.length && last ? { next: placeOf(last) } : {};
    const subjects = page.map(({ address }) => subjectOf(address.enrolment));
    const persons = seesPersons(actor) ? await maskedPersons(services.register, subjects) : new Map();
    return ok({
      body: {
        asOf: services.clock.today(),
        recoveries: page.map((one) => recoverySummary(one, persons.get(subjectOf(one.address.enrolment)))),
        totals: { count: list.length, ...figuresView(totalsOf(list)) },
        ...asked.value.next(next),
      },
    });
  },

  async getRecovery({ actor, params }, services) {
    return shown(services, actor, await found(services, actor, params));
  },

  async decideRecovery({ actor, params, body, effectId }, services) {
    const on = await onOrder(services, actor, params, effectId);
    if (!on.ok) return on;
    if (body.decision === 'refuse')
      return shown(services, actor, await refuseRecovery(services.recoveries, on.value, body.reason));
    const { document, decidedOn, dueOn, instalments, means } = body;
    const wish = {
      document,
      decidedOn,
      ...(dueOn !== undefined && { dueOn }),
      ...(instalments && { instalments: instalments.map(planned) }),
      ...(means && { means }),
    };
    const { policies } = services.recoveries;
    return shown(services, actor, await decideRecovery(services.recoveries, on.value, wish, policies));
  },

  async deliverRecovery({ actor, params, body, effectId }, services) {
    const on = await onOrder(services, actor, params, effectId);
    if (!on.ok) return on;
    return shown(services, actor, await deliverRecovery(services.recoveries, on.value, body));
  },

  async receiveRecovery({ actor, params, body, effectId }, services) {
    const { amount, ...receipt } = body;
    const on = await onOrder(services, actor, params, effectId);
    if (!on.ok) return on;
    return shown(
      services,
      actor,
      await receiveRecovery(services.recoveries, on.value, { ...receipt, fen: writtenFen(amount) }),
    );
  },

  async proposeRecoveryRelief({ actor, params, body, effectId }, services) {
    const { amount, ...wish } = body;
    const asked = { ...wish, ...(amount !== undefined && { fen: writtenFen(amount) }) };
    const on = await onOrder(services, actor, params, effectId);
    if (!on.ok) return on;
    return shown(services, actor, await proposeRecoveryRelief(services.recoveries, on.value, asked));
  },

  async decideRecoveryRelief({ actor, params, body, effectId }, services) {
    const on = await onOrder(services, actor, params, effectId);
    if (!on.ok) return on;
    return shown(services, actor, await decideRecoveryRelief(services.recoveries, on.value, body));
  },

  async pauseRecovery({ actor, params, body, effectId }, services) {
    const on = await onOrder(services, actor, params, effectId);
    if (!on.ok) return on;
    return shown(services, actor, await pauseRecovery(services.recoveries, on.value, body));
  },

  async resumeRecovery({ actor, params, body, effectId }, services) {
    const on = await onOrder(services, actor, params, effectId);
    if (!on.ok) return on;
    return shown(services, actor, await resumeRecovery(services.recoveries, on.value, body.reason));
  },

  async getRecoveryNotice({ actor, params }, services) {
    const known = await found(services, actor, params);
    if (!known.ok) return known;
    const subject = subjectOf(known.value.address.enrolment);
    const name = (await maskedPersons(services.register, [subject])).get(subject)?.name ?? '';
    return ok(
      htmlPage(
        recoveryNotice(listed(known.value, services.clock.today()), { name, style: SHEET_STYLE }),
        SHEET_STYLE,
      ),
    );
  },

  async listRecoverables({ actor, query }, services) {
    const known = programmeById(query.programme);
    if (!known.ok) return known;
    const { open, settled } = await recoverablesFor(services, actor, query.programme);
    const subjects = open.map(({ enrolment }) => subjectOf(enrolment));
    const persons = seesPersons(actor) ? await allMasked(services.register, subjects) : new Map();
    return ok({ body: recoverablesView(open, settled, services.clock.today(), persons) });
  },

  async getRecoverablesSheet({ actor, query }, services) {
    const known = programmeById(query.programme);
    if (!known.ok) return known;
    const { open, settled } = await recoverablesFor(services, actor, query.programme);
    const masked = await allMasked(
      services.register,
      open.map(({ enrolment }) => subjectOf(enrolment)),
    );
    const names = new Map([...masked].map(([key, { name }]) => [key, name]));
    const { jurisdiction } = actor;
    const facts = { ...query, jurisdiction, today: services.clock.today(), open, settled, names };
    return ok(htmlPage(recoverablesSheet(facts, LIST_STYLE), LIST_STYLE));
  },

  async getRecoverySheet({ actor, query }, services) {
    const known = programmeById(query.programme);
    if (!known.ok) return known;
    const list = await listFor(services, actor, query);
    const subjects = list.map(({ address }) => subjectOf(address.enrolment));
    const masked = await allMasked(services.register, subjects);
    const names = new Map([...masked].map(([key, { name }]) => [key, name]));
    const { jurisdiction } = actor;
    const facts = { programme: query.programme, jurisdiction, today: services.clock.today(), list, names };
    return ok(htmlPage(recoverySheet(facts, LIST_STYLE), LIST_STYLE));
  },
};

const recoverablesFor = (
  { recoveries: ports, clock }: StaffServices,
  { jurisdiction }: StaffActor,
  programme: string,
) => recoverables(ports, { jurisdiction, programme }, clock.today());

type Filter = {
  readonly programme: string;
  readonly state?: Parameters<typeof recoveryList>[2]['state'];
  readonly overdue?: 'true' | undefined;
};

const listFor = (
  { recoveries: ports, clock }: StaffServices,
  { jurisdiction }: StaffActor,
  { programme, state, overdue }: Filter,
): Promise<ListedRecovery[]> =>
  recoveryList(ports, { jurisdiction, programme }, { state, overdue: overdue === 'true' }, clock.today());

const placeOf = ({ address, order }: KnownRecovery): string =>
  `${address.enrolment}#${String(order.order).padStart(3, '0')}`;

const found = (
  { recoveries: ports }: StaffServices,
  { jurisdiction }: StaffActor,
  { recoveryId }: { readonly recoveryId: string },
) => getRecovery(ports, jurisdiction, recoveryId);

/** Who acts on which order; nobody acts on one about a relative of their own (回避). */
async function onOrder(
  { matching }: StaffServices,
  { id: by, jurisdiction }: StaffActor,
  { recoveryId }: { readonly recoveryId: string },
  request: string,
): Promise<Result<OnOrder>> {
  const known = recoveryAddress(jurisdiction, recoveryId);
  if (!known.ok) return known;
  const { programme, enrolment } = known.value.address;
  const aside = await whyAside(matching, { jurisdiction, programme, id: enrolment }, by);
  return aside ? refuse(aside) : ok({ jurisdiction, recoveryId, by, request });
}

async function shown(
  services: Pick<StaffServices, 'register' | 'clock'>,
  actor: StaffActor,
  known: Result<KnownRecovery>,
): Shown {
  if (!known.ok) return known;
  const subject = subjectOf(known.value.address.enrolment);
  const persons = seesPersons(actor) ? await maskedPersons(services.register, [subject]) : undefined;
  return ok({ body: recoveryView(listed(known.value, services.clock.today()), persons?.get(subject)) });
}

const planned = ({ dueOn, amount }: { dueOn: string; amount: string }): Instalment => ({
  dueOn,
  fen: writtenFen(amount),
});
