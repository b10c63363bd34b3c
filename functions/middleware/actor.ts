import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { BeneficiaryLink, Identity, StaffMember } from '../adapters/staff-store.ts';
import { type Audience, type OperationId, ROLES, ROUTES, type Role, type Route } from '../api/routes.ts';

/** A member of staff or an auditor who signed in: roles from the token, scope from the staff item. */
export type StaffActor = {
  readonly kind: 'staff';
  /** Opaque id, as written into acts. */
  readonly id: string;
  readonly identity: Identity;
  readonly roles: readonly Role[];
  readonly jurisdiction: string;
  /** The street that they work for and see nothing beyond; absent for staff of the district. */
  readonly street?: string;
  /** False only for an administrator who asks to be the first to register; then the jurisdiction is empty. */
  readonly registered: boolean;
};
/** Someone who receives a benefit: the person is known from the binding and from nothing in the request. */
export type BeneficiaryActor = {
  readonly kind: 'beneficiary';
  readonly id: string;
  readonly identity: Identity;
  readonly personKey: string;
};
export type ActorOf<A extends Audience> = A extends 'beneficiary'
  ? BeneficiaryActor
  : A extends 'public'
    ? undefined
    : StaffActor;
export type Actor = StaffActor | BeneficiaryActor;

/** The part of the stores that tells who someone is. */
export type People = {
  readonly staffIdOf: (identity: Identity) => string;
  readonly staffMember: (identity: Identity) => Promise<StaffMember | undefined>;
  readonly beneficiaryLink: (identity: Identity) => Promise<BeneficiaryLink | undefined>;
};

export type Claims = Readonly<Record<string, unknown>>;

/**
 * Roles of a claim in every way a gateway may render one: an array, a JSON array, "[a b]" as API Gateway writes arrays,
 * or names with spaces or commas between. Names that are no role of ours are left out.
 */
export function rolesFrom(claim: unknown): Role[] {
  const names = Array.isArray(claim) ? claim.map(String) : typeof claim === 'string' ? namesIn(claim) : [];
  return ROLES.filter((role) => names.includes(role));
}

function namesIn(text: string): string[] {
  // Quotes of a JSON array, brackets of a rendered one: none of them belongs to a role's name.
  return text.split(/[\s,"[\]]+/).filter((name) => name !== '');
}

/** Who the token says this is. Undefined when issuer or subject is missing: the gateway then let something through. */
export function identityFrom(claims: Claims): Identity | undefined {
  const [issuer, subject] = [claims['iss'], claims['sub']];
  return typeof issuer === 'string' && typeof subject === 'string' && issuer !== '' && subject !== ''
    ? { issuer, subject }
    : undefined;
}

/** Operations that an administrator without a staff item may call: the first of all registers himself, once per deployment. */
const BEFORE_REGISTRATION: ReadonlySet<OperationId> = new Set(['createStaffMember']);

/** Who calls, and whether they may call this operation at all. Refusals: `forbidden/...`. */
export async function actorFor(
  operation: OperationId,
  claims: Claims,
  roleClaim: string,
  people: People,
): Promise<Result<Actor>> {
  const route: Route = ROUTES[operation];
  const identity = identityFrom(claims);
  if (!identity)
    return refuse(refusal('forbidden/no-identity', '登录凭证没有身份信息', 'the token names nobody'));
  const roles = rolesFrom(claims[roleClaim]);
  if (!route.roles.some((role) => roles.includes(role))) {
    return refuse(
      refusal(
        'forbidden/role',
        '您的岗位不能进行此操作，请由有相应岗位的人员办理',
        'your role does not allow this: ask someone who has one of the roles named',
        { operation, needed: route.roles.join(' ') },
      ),
    );
  }
  return route.audience === 'beneficiary'
    ? beneficiary(identity, people)
    : staff(operation, identity, roles, people);
}

async function staff(
  operation: OperationId,
  identity: Identity,
  roles: readonly Role[],
  people: People,
): Promise<Result<StaffActor>> {
  const member = await people.staffMember(identity);
  if (!member && !BEFORE_REGISTRATION.has(operation)) {
    return refuse(
      refusal(
        'forbidden/unknown-staff',
        '您的账号尚未登记所属区划，请联系系统管理员登记',
        'your account has no jurisdiction yet: ask an administrator to register you',
      ),
    );
  }
  const { street } = member ?? {};
  const route: Route = ROUTES[operation];
  if (street !== undefined && route.streets === undefined) {
    return refuse(
      refusal(
        'forbidden/street-scope',
        '街道工作人员只能办理本街道的月度变动表和复核，此操作由区民政局办理',
        'staff of a street work on the reports and reviews of their street only: this is for the district',
        { operation },
      ),
    );
  }
  const registered = member !== undefined;
  const [id, jurisdiction] = [member?.staffId ?? people.staffIdOf(identity), member?.jurisdiction ?? ''];
  return ok({
    kind: 'staff',
    id,
    identity,
    roles,
    jurisdiction,
    ...(street !== undefined && { street }),
    registered,
  });
}

async function beneficiary(identity: Identity, people: People): Promise<Result<BeneficiaryActor>> {
  const link = await people.beneficiaryLink(identity);
  if (!link) {
    return refuse(
      refusal(
        'forbidden/unknown-beneficiary',
        '您的账号尚未与享受对象绑定，请到所属街道窗口办理绑定',
        'your account is not linked to a beneficiary yet: ask at your street office',
      ),
    );
  }
  return ok({ kind: 'beneficiary', id: people.staffIdOf(identity), identity, personKey: link.personKey });
}
