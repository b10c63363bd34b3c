import { parseBankAccount } from '../../../domain/bank-account.ts';
import { maskAccount, maskName } from '../../../domain/mask.ts';
import { ok, refusal, refuse } from '../../../domain/result.ts';
import type { AccountChangeState } from '../../adapters/account-changes.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { personView } from '../views/person-view.ts';
import { personInReach } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const persons: Pick<
  StaffOperations,
  'searchPersons' | 'getPerson' | 'proposeAccountChange' | 'confirmAccountChange'
> = {
  async searchPersons({ actor, body }, { register }) {
    const [key] = await register.personKeysByIdNumber([body.idNumber.toUpperCase()]);
    const found = key === undefined ? undefined : await personInReach(register, actor, key);
    // Someone registered elsewhere and someone registered nowhere look the same from here.
    if (!found?.ok) return ok({ body: { persons: [] } });
    const { document, enrolments } = found.value;
    return ok({ body: { persons: [personView(document.record, enrolments)] } });
  },

  async getPerson({ actor, params, query }, { register }) {
    const person = await personInReach(register, actor, params.personKey, query.enrolmentId);
    if (!person.ok) return person;
    return ok({ body: personView(person.value.document.record, person.value.enrolments) });
  },

  async proposeAccountChange({ actor, params, query, body }, { register, accountChanges, clock }) {
    const person = await personInReach(register, actor, params.personKey, query.enrolmentId);
    if (!person.ok) return person;
    const account = parseBankAccount(body.account);
    if (!account.ok) return account;
    const proposed = await accountChanges.propose(params.personKey, {
      ...body,
      account: account.value.account,
      validFrom: clock.today(),
      by: actor.id,
      at: clock.now(),
    });
    if (!proposed.ok) return proposed;
    return changeAnswer(
      await accountChanges.list(params.personKey),
      params.personKey,
      proposed.value.change.changeId,
    );
  },

  async confirmAccountChange({ actor, params, query }, { register, accountChanges, clock }) {
    const person = await personInReach(register, actor, params.personKey, query.enrolmentId);
    if (!person.ok) return person;
    const { personKey, changeId } = params;
    const confirmed = await accountChanges.confirm(personKey, changeId, actor.id, clock.now());
    if (!confirmed.ok) return confirmed;
    return changeAnswer(await accountChanges.list(personKey), personKey, changeId);
  },
};

function changeAnswer(changes: readonly AccountChangeState[], personKey: string, changeId: string) {
  const found = changes.find(({ change }) => change.changeId === changeId);
  if (!found) {
    return refuse(
      refusal('missing/account-change', '没有这项账户变更', 'there is no such account change', { changeId }),
    );
  }
  const { change, confirmedBy } = found;
  return ok({
    body: {
      changeId,
      personKey,
      state: confirmedBy === undefined ? ('proposed' as const) : ('confirmed' as const),
      account: maskAccount(change.account),
      holderName: maskName(change.holderName),
      proposedBy: change.proposedBy,
      proposedAt: change.proposedAt,
      ...(confirmedBy !== undefined && { confirmedBy }),
    },
  });
}
