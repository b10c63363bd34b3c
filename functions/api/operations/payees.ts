import type * as z from 'zod/mini';
import type { PlainDate } from '../../../domain/calendar.ts';
import { parseIdentityNumber } from '../../../domain/identity-number.ts';
import { parsePersonName } from '../../../domain/person-name.ts';
import type { WantedPayee } from '../../../domain/register/payee-change.ts';
import { invariant, ok, type Result } from '../../../domain/result.ts';
import { PayeeChanges } from '../../adapters/payee-changes.ts';
import { payeeEndings } from '../../adapters/payee-endings.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { pageOf } from '../../run/pages.ts';
import type { payeeContracts } from '../contracts/payees.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { payeeChangeView, payeeEndingView, payeeView } from '../views/payee-view.ts';
import { pageAsked } from './page-asked.ts';
import { enrolmentInReach } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type WantedBody = z.output<(typeof payeeContracts)['proposePayeeChange']['request']>;

/** Whoever's authority ends within so many days is on the list. */
const WARNED_DAYS_AHEAD = 60;

export const payees: Pick<
  StaffOperations,
  'listPayees' | 'proposePayeeChange' | 'confirmPayeeChange' | 'listPayeeChanges' | 'listPayeeEndings'
> = {
  async listPayees({ actor, params }, { register }) {
    const found = await enrolmentInReach(register, actor, params.enrolmentId);
    if (!found.ok) return found;
    const changes = await new PayeeChanges(register).ofEnrolment(found.value);
    return ok({ body: { payees: found.value.payees.map(payeeView), changes: changes.map(payeeChangeView) } });
  },

  async proposePayeeChange({ actor, params, body }, { register, clock }) {
    const found = await enrolmentInReach(register, actor, params.enrolmentId);
    if (!found.ok) return found;
    const wanted = wantedOf(body, clock.today());
    if (!wanted.ok) return wanted;
    const proposed = await new PayeeChanges(register).propose(found.value, wanted.value, {
      by: actor.id,
      at: clock.now(),
      today: clock.today(),
    });
    if (!proposed.ok) return proposed;
    return changeAnswer(register, actor, params.enrolmentId, proposed.value.change.changeId);
  },

  async confirmPayeeChange({ actor, params }, { register, clock }) {
    const { changeId, enrolmentId } = params;
    const found = await enrolmentInReach(register, actor, enrolmentId);
    if (!found.ok) return found;
    const confirmed = await new PayeeChanges(register).confirm(found.value, changeId, {
      by: actor.id,
      at: clock.now(),
      today: clock.today(),
    });
    return confirmed.ok ? changeAnswer(register, actor, enrolmentId, changeId) : confirmed;
  },

  async listPayeeChanges({ actor, query }, { register }) {
    const asked = pageAsked([actor.id, 'listPayeeChanges', actor.jurisdiction], query);
    if (!asked.ok) return asked;
    const { request, next } = asked.value;
    const from = new PayeeChanges(register).waitingFrom(actor.jurisdiction, request.startAfter);
    const page = await pageOf(request, from);
    const changes = page.items.map(({ id, programme, changeId }) => ({
      enrolmentId: id,
      programme,
      changeId,
    }));
    return ok({ body: { changes, ...next(page) } });
  },

  async listPayeeEndings({ actor }, { register, clock }) {
    const today: PlainDate = clock.today();
    const found = await payeeEndings(register, actor.jurisdiction, daysAfter(today, WARNED_DAYS_AHEAD));
    return ok({ body: { endings: found.map((one) => payeeEndingView(one, today)) } });
  },
};

const daysAfter = (date: PlainDate, days: number): PlainDate =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

async function changeAnswer(
  register: StaffServices['register'],
  actor: StaffActor,
  enrolmentId: string,
  changeId: string,
) {
  const enrolment = await enrolmentInReach(register, actor, enrolmentId);
  if (!enrolment.ok) return enrolment;
  const changes = await new PayeeChanges(register).ofEnrolment(enrolment.value);
  const state = changes.find(({ change }) => change.changeId === changeId);
  invariant(state, 'a change of payee that was just written vanished');
  return ok({ body: payeeChangeView(state) });
}

function wantedOf(body: WantedBody, today: PlainDate): Result<WantedPayee> {
  if (body.kind === 'self' || body.kind === 'head') return ok(body);
  if (body.kind === 'organisation') {
    const { organisation, ...rest } = body;
    const { name, creditCode, ...account } = organisation;
    return ok({ ...rest, named: { legalName: name.normalize('NFC'), number: creditCode, ...account } });
  }
  const { person, ...rest } = body;
  const { name, idNumber, ...account } = person;
  const number = parseIdentityNumber(idNumber, { today });
  if (!number.ok) return number;
  const legalName = parsePersonName(name);
  return legalName.ok
    ? ok({ ...rest, named: { legalName: legalName.value, number: number.value.number, ...account } })
    : legalName;
}
