import * as z from 'zod/mini';
import type { PlainDate } from '../../../domain/calendar.ts';
import type { WorkedOutGrant } from '../../../domain/grants/application-commands.ts';
import { grantParts } from '../../../domain/grants/application-commands.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import type { GrantFacts } from '../../../domain/programmes/programme.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { assessGrant, grantProgramme } from '../../grants/work-out-grant.ts';
import { conforming } from '../../middleware/contract-violations.ts';
import type { HttpRefusal } from '../../middleware/problem.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { workedView } from '../views/grant-application-view.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

/** Facts read by the schema of a programme; violations point into `facts`. Refusals: `invalid/request`, `invalid/not-applied-for`. */
export function grantFactsOf(programme: string, facts: GrantFacts): Result<GrantFacts, HttpRefusal> {
  const grant = grantProgramme(programme);
  if (!grant.ok) return grant;
  const read = conforming(z.object({ facts: grant.value.rules.schema }), { facts }, 'body');
  return read.ok ? ok(facts) : read;
}

export const listGrantProgrammesOperation: StaffOperations['listGrantProgrammes'] = async () => {
  const programmes = Object.values(PROGRAMMES).flatMap((programme) =>
    programme?.grant
      ? [
          {
            programme: programme.id,
            names: programme.names,
            payee: programme.grant.payee,
            facts: schemaOf(programme.grant.schema),
          },
        ]
      : [],
  );
  return ok({ body: { programmes } });
};

const schemaOf = (schema: z.ZodMiniType): Record<string, unknown> => ({
  ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
});

export const assessGrantOperation: StaffOperations['assessGrant'] = async ({ actor, body }, services) => {
  const facts = grantFactsOf(body.programme, body.facts);
  if (!facts.ok) return facts;
  const decidedOn: PlainDate = body.decidedOn ?? services.clock.today();
  const { programme } = body;
  const asked = { programme, decidedOn, facts: facts.value };
  const proposal = await assessGrant(services.grants, actor.jurisdiction, asked);
  if (!proposal.ok) return proposal;
  const worked: Omit<WorkedOutGrant, 'hash'> = {
    proposal: proposal.value,
    ...grantParts(proposal.value, decidedOn),
  };
  return ok({ body: { ...workedView(programme, worked), decidedOn } });
};
