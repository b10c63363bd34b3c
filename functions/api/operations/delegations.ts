import type * as z from 'zod/mini';
import type { PlainDate } from '../../../domain/calendar.ts';
import { liesWithin } from '../../../domain/policy/jurisdiction.ts';
import { programmeById } from '../../../domain/programmes/index.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../../domain/result.ts';
import { type Delegation, grantDelegation, revokeDelegation } from '../../../domain/run/delegation.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import type { DelegationView } from '../contracts/delegations.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const delegations: Pick<StaffOperations, 'grantDelegation' | 'listDelegations' | 'revokeDelegation'> =
  {
    async grantDelegation({ actor, body, effectId }, { authorities, staff, clock }) {
      const { principal = actor.id, jurisdiction = actor.jurisdiction, programmes = [] } = body;
      const mayAsk = mayGrant(actor, principal, jurisdiction);
      if (!mayAsk.ok) return mayAsk;
      const { deputy, from, to, reason, document } = body;
      for (const id of programmes) {
        const programme = programmeById(id);
        if (!programme.ok) return programme;
      }
      for (const staffId of [principal, deputy]) {
        if (!(await staff.memberOf(jurisdiction, staffId))) return refuse(notOfHere(staffId, jurisdiction));
      }
      const wish = {
        jurisdiction,
        principal,
        deputy,
        from,
        to,
        reason,
        ...(body.programmes && { programmes }),
        ...(document !== undefined && { document }),
      };
      const today = clock.today();
      const granted = grantDelegation(wish, actor.id, await authorities.rolesOf(principal), today);
      if (!granted.ok) return granted;
      const stamp = { at: clock.now(), by: actor.id };
      return ok({ body: delegationView(await authorities.grant(granted.value, stamp, effectId), today) });
    },

    async listDelegations({ actor, query }, { authorities, clock }) {
      const { jurisdiction = actor.jurisdiction } = query;
      if (!seesDelegations(actor, jurisdiction)) return ok({ body: { delegations: [] } });
      const found = await authorities.delegationsOf(jurisdiction);
      return ok({ body: { delegations: found.map((one) => delegationView(one, clock.today())) } });
    },

    async revokeDelegation({ actor, params, body, effectId }, { authorities, clock }) {
      const delegation = await authorities.delegation(params.delegationId);
      if (!delegation || !seesDelegations(actor, delegation.jurisdiction)) return refuse(noDelegation());
      const decided = revokeDelegation(
        delegation,
        actor.id,
        isAdministratorOf(actor, delegation.jurisdiction),
      );
      // A request that was taken over after a crash finds its own revocation.
      if (!decided.ok && decided.error.code !== 'conflict/delegation-revoked') return decided;
      const stamp = { at: clock.now(), by: actor.id };
      const revoked = await authorities.revoke(delegation, body.reason, stamp, effectId);
      return revoked.ok ? ok({ body: delegationView(revoked.value, clock.today()) }) : revoked;
    },
  };

const isAdministratorOf = ({ roles, jurisdiction }: StaffActor, place: string): boolean =>
  roles.includes('administrator') && liesWithin(place, jurisdiction);

/** One's own jurisdiction; administrators and auditors also see those inside it. */
const seesDelegations = (actor: StaffActor, place: string): boolean =>
  place === actor.jurisdiction ||
  ((actor.roles.includes('administrator') || actor.roles.includes('auditor')) &&
    liesWithin(place, actor.jurisdiction));

function mayGrant(actor: StaffActor, principal: string, jurisdiction: string): Result<true> {
  const own = principal === actor.id && jurisdiction === actor.jurisdiction;
  if (own || isAdministratorOf(actor, jurisdiction)) return ok(true);
  return refuse(
    refusal(
      'forbidden/not-your-authority',
      '只能授出本人的签批权；他人的授权由其本人或本区划（或上级）的管理员登记',
      'you can only delegate your own authority: that of others is for themselves or an administrator of the place',
      { jurisdiction },
    ),
  );
}

const notOfHere = (staffId: string, jurisdiction: string): Refusal =>
  refusal(
    'missing/staff',
    `区划 ${jurisdiction} 没有登记这名工作人员：${staffId}`,
    `no such member of staff is registered in ${jurisdiction}: ${staffId}`,
    { staffId, jurisdiction },
  );

const noDelegation = (): Refusal =>
  refusal('missing/delegation', '没有这项授权', 'there is no such delegation');

function delegationView(delegation: Delegation, today: PlainDate): z.input<typeof DelegationView> {
  const { programmes, ...rest } = delegation;
  return { ...rest, ...(programmes && { programmes: [...programmes] }), state: stateOf(delegation, today) };
}

function stateOf({ revoked, from, to }: Delegation, today: PlainDate) {
  if (revoked) return 'revoked';
  if (today < from) return 'not-begun';
  return today > to ? 'expired' : 'in-force';
}
