import { jurisdictionChain, liesWithin } from '../../../domain/policy/jurisdiction.ts';
import { ok, type Result, refusal, refuse } from '../../../domain/result.ts';
import type { StaffMember } from '../../adapters/staff-store.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import type { PolicyPackListing } from '../../run/service.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { personInReach } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const administration: Pick<
  StaffOperations,
  'createStaffMember' | 'listStaff' | 'createBeneficiaryLink' | 'createPolicyPack' | 'listPolicyPacks'
> = {
  async createStaffMember({ actor, body }, { staff, clock }) {
    const identity = { issuer: body.issuer ?? actor.identity.issuer, subject: body.subject };
    const { jurisdiction, name, street } = body;
    if (street !== undefined && !street.startsWith(jurisdiction)) return refuse(notItsStreet(street));
    const stamp = { at: clock.now(), by: actor.id };
    const staffId = staff.staffIdOf(identity);
    const allowed = mayRegister(actor, staffId, jurisdiction);
    if (!allowed.ok) return allowed;
    if (!actor.registered && !(await staff.claimFirst({ staffId, jurisdiction }, stamp)))
      return refuse(notTheFirst());
    const member = await staff.register(
      identity,
      { jurisdiction, name, ...(street !== undefined && { street }) },
      stamp,
    );
    return member.ok ? ok({ body: staffView(member.value) }) : member;
  },

  async listStaff({ actor }, { staff }) {
    return ok({ body: { staff: (await staff.staffOf(actor.jurisdiction)).map(staffView) } });
  },

  async createBeneficiaryLink({ actor, body }, { staff, register, clock }) {
    const person = await personInReach(register, actor, body.personKey);
    if (!person.ok) return person;
    const identity = { issuer: body.issuer ?? actor.identity.issuer, subject: body.subject };
    const link = await staff.link(
      identity,
      { personKey: body.personKey, jurisdiction: actor.jurisdiction },
      { at: clock.now(), by: actor.id },
    );
    if (!link.ok) return link;
    return ok({ body: { personKey: link.value.personKey, linkedAt: link.value.linkedAt } });
  },

  async createPolicyPack({ actor, body }, { runs }) {
    if (!liesWithin(body.jurisdiction, actor.jurisdiction)) {
      return refuse(
        refusal(
          'forbidden/jurisdiction',
          '只能导入本区划或下级区划的政策包；上级政策由上级管理员导入',
          'only packs of your jurisdiction and those inside it: those above are for their own administrators',
          { jurisdiction: body.jurisdiction },
        ),
      );
    }
    const pack = await runs.importPolicyPack(body, actor.id);
    return pack.ok ? ok({ body: packView(pack.value) }) : pack;
  },

  async listPolicyPacks({ actor }, { runs }) {
    const places = jurisdictionChain(actor.jurisdiction);
    const packs = (await runs.listPolicyPacks()).filter(
      ({ jurisdiction }) => places.includes(jurisdiction) || liesWithin(jurisdiction, actor.jurisdiction),
    );
    return ok({ body: { packs: packs.map(packView) } });
  },
};

/**
 * An administrator registers people of his own jurisdiction and those inside it; one who is registered nowhere yet, only
 * himself, and only if he is the first of all: then nobody else could.
 */
function mayRegister(actor: StaffActor, wanted: string, jurisdiction: string): Result<true> {
  const allowed = actor.registered ? liesWithin(jurisdiction, actor.jurisdiction) : wanted === actor.id;
  if (allowed) return ok(true);
  return refuse(
    actor.registered
      ? refusal(
          'forbidden/jurisdiction',
          '只能登记本区划或下级区划的人员',
          'only people of your jurisdiction and those inside it',
          { jurisdiction },
        )
      : refusal('forbidden/register-yourself-first', '请先登记您本人', 'register yourself first'),
  );
}

const notTheFirst = () =>
  refusal(
    'forbidden/administrator-exists',
    '本系统已有首位管理员，不能自行登记：请由本区划或上级的管理员登记您',
    'the first administrator is registered already: ask an administrator of your jurisdiction or above to register you',
  );

const notItsStreet = (street: string) =>
  refusal(
    'invalid/street',
    `街道代码 ${street} 不属于该区划：前六位应为区划代码`,
    `street ${street} is not of this jurisdiction: its first six digits are the code of the district`,
    { street },
  );

const staffView = ({ staffId, jurisdiction, street, name, registeredAt }: StaffMember) => ({
  staffId,
  jurisdiction,
  ...(street !== undefined && { street }),
  name,
  registeredAt,
});

const packView = ({ jurisdiction, programme, values, hash, warnings }: PolicyPackListing) => ({
  jurisdiction,
  programme,
  values,
  ...(hash !== undefined && { hash }),
  ...(warnings && { warnings: warnings.map(({ zh, en }) => ({ zh, en })) }),
});
