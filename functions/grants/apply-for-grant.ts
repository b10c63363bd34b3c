import type { PlainDate } from '../../domain/calendar.ts';
import {
  type Application,
  type ApplicationActBody,
  applicationState,
} from '../../domain/grants/application.ts';
import { restateApplication, withdrawApplication } from '../../domain/grants/application-commands.ts';
import type { JurisdictionCode, PersonKey, ProgrammeId } from '../../domain/ids.ts';
import type { GrantFacts } from '../../domain/programmes/programme.ts';
import type { PayeeGrounds } from '../../domain/register/payee.ts';
import { lookupNumber } from '../../domain/register/person.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { ApplicationPorts } from './application-ports.ts';
import { finishApplication } from './carry-out-grant.ts';
import { ensurePerson, type NamedPerson } from './ensure-person.ts';
import { type GrantProgramme, grantProgramme } from './work-out-grant.ts';

/** Who acts, and the name of the request: asked twice under one name, it is done once. */
export type By = { readonly by: string; readonly request: string };
/** Somebody of the family; numbers were checked. The applicant need not be named again. */
export type FamilyMember = { readonly name: string; readonly idNumber: string };
export type Stated = {
  /** Read by the programme's schema already, kept as given. */
  readonly facts: GrantFacts;
  readonly family: readonly FamilyMember[];
  readonly missingPapers?: readonly string[];
};
type Named = Omit<NamedPerson, 'source' | 'by'>;
export type GrantRequest = Stated & {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly street: string;
  readonly community?: string;
  readonly appliedOn: PlainDate;
  readonly subject: Named;
  /** Who is paid instead of the subject, and on what grounds. */
  readonly payee?: { readonly named: Named; readonly grounds: PayeeGrounds };
};
/** `accountDiffers`: another account is on record for who is paid, and stays until it is changed by two people. */
export type Applied = { readonly found: Application; readonly accountDiffers: boolean };

const SOURCE = 'grant-application';

/**
 * 受理: takes in an application. The applicant need not be registered here, nor be known: persons are entered into the register, the
 * family by opaque keys alone, what is stated is sealed. Refusals: `invalid/not-applied-for`, `invalid/grant-payee`,
 * `invalid/missing-papers`, `invalid/date-future`, `invalid/street`, `conflict/person-name`.
 */
export async function applyForGrant(
  ports: ApplicationPorts,
  request: GrantRequest,
  { by, request: name }: By,
): Promise<Result<Applied>> {
  const application = `ga-${sha256Hex(`grant-application.v1\n${request.jurisdiction}\n${name}`).slice(0, 20)}`;
  const grant = grantProgramme(request.programme);
  if (!grant.ok) return grant;
  const wrong = wrongRequest(grant.value, request, ports.clock.today());
  if (wrong) return refuse(wrong);
  const from = { source: SOURCE, by };
  const subject = await ensurePerson(ports, { ...request.subject, ...from });
  if (!subject.ok) return subject;
  const payee = request.payee && (await ensurePerson(ports, { ...request.payee.named, ...from }));
  if (payee && !payee.ok) return payee;
  const { personKey } = subject.value;
  const stated = await kept(ports, application, personKey, request);
  const { jurisdiction, programme, street, community, appliedOn } = request;
  const body: ApplicationActBody = {
    kind: 'applied',
    jurisdiction,
    programme,
    subject: personKey,
    ...(payee && { payee: { payee: payee.value.personKey, ...request.payee?.grounds } }),
    street,
    ...(community !== undefined && { community }),
    appliedOn,
    ...stated,
  };
  // Where something is to be decided, the sweeper and the daily look go.
  await ports.sweeps.remember({ jurisdiction, programme });
  const stamp = { now: ports.clock.now, by, request: name };
  const found = await ports.applications.act(application, (there) => (there ? undefined : ok(body)), stamp);
  const accountDiffers = (payee?.value ?? subject.value).accountDiffers;
  return found.ok ? ok({ found: found.value, accountDiffers }) : found;
}

/** Seals what is stated, and names it. */
async function kept(
  { register, facts }: ApplicationPorts,
  application: string,
  subject: PersonKey,
  { facts: given, family, missingPapers }: Stated,
) {
  const keys = new Set([subject]);
  for (const { idNumber } of family) keys.add(await register.assignPersonKey(lookupNumber({ idNumber })));
  const people = family.map(({ name, idNumber }) => ({ name, idNumber }));
  return {
    facts: await facts.keep(application, { facts: given, family: people }),
    members: [...keys].sort(),
    ...(missingPapers && { missingPapers: [...new Set(missingPapers)] }),
  };
}

/** 更正 what is stated, while nothing is decided. Refusals: `conflict/application-state`, `invalid/missing-papers`. */
export async function restate(
  ports: ApplicationPorts,
  found: Application,
  stated: Stated & { readonly reason: string },
  { by, request }: By,
): Promise<Result<Application>> {
  const { application, applied } = found;
  const wrong = wrongPapers(stated);
  if (wrong) return refuse(wrong);
  const statement = await kept(ports, application, applied.subject, stated);
  return ports.applications.act(
    application,
    (there) => there && restateApplication(there, statement, stated.reason),
    { now: ports.clock.now, by, request },
  );
}

/** 撤回 by the applicant, before a decision. */
export async function withdraw(
  ports: ApplicationPorts,
  { application }: Application,
  reason: string,
  { by, request }: By,
): Promise<Result<Application>> {
  const stamp = { now: ports.clock.now, by, request };
  return ports.applications.act(application, (there) => there && withdrawApplication(there, reason), stamp);
}

/** The application as it stands; what a decision left undone is done now. Refusal: `missing/grant-application`. */
export async function readApplication(
  ports: ApplicationPorts,
  jurisdiction: JurisdictionCode,
  application: string,
): Promise<Result<Application>> {
  const found = await ports.applications.get(jurisdiction, application);
  if (!found.ok) return found;
  const state = applicationState(found.value);
  if (state !== 'deciding' && state !== 'stopping') return found;
  const done = await finishApplication(ports, found.value);
  // Whatever keeps it from being carried out, it is to be seen: whoever decides is told why.
  return done.ok ? done : ports.applications.get(jurisdiction, application);
}

function wrongRequest(
  { programme, rules }: GrantProgramme,
  request: GrantRequest,
  today: PlainDate,
): Refusal | undefined {
  const { jurisdiction, street, community, appliedOn, subject, payee } = request;
  if (!street.startsWith(jurisdiction) || (community !== undefined && !community.startsWith(street)))
    return wrongStreet();
  if (appliedOn > today) return futureDate();
  const paid = payee?.named ?? subject;
  if (rules.settlement) return onlyByList();
  const ofOrganisation = programme.unit === 'organisation';
  if (ofOrganisation !== (subject.organisation === true)) return wrongSubject(ofOrganisation);
  if ((rules.payee === 'organisation') !== (paid.organisation === true)) return wrongPayee(rules.payee);
  if (programme.afterDeath && paid.idNumber === subject.idNumber) return paidToTheDead();
  return wrongPapers(request);
}

/** Aid comes before its papers exactly where the programme is told so, and then it is said which are missing. */
function wrongPapers({ facts, missingPapers }: Stated): Refusal | undefined {
  return (facts['payFirst'] === true) === (missingPapers !== undefined && missingPapers.length > 0)
    ? undefined
    : refusal(
        'invalid/missing-papers',
        '先行救助须列明待补的材料；其他申请材料齐全后受理，不列待补材料',
        'aid that comes first names the papers that are missing; no other application has any',
      );
}

const onlyByList = (): Refusal =>
  refusal(
    'invalid/only-by-list',
    '本项目按月导入名册结算：请导入名册，由另一人核验审批',
    'this is settled by lists: import the list, to be verified and decided by somebody else',
  );
const wrongStreet = (): Refusal =>
  refusal(
    'invalid/street',
    '街道、社区代码须属于本区、本街道',
    'the street lies in the district, the community in the street',
  );
const futureDate = (): Refusal =>
  refusal('invalid/date-future', '申请日期不能晚于今天', 'the application cannot be dated after today');
const wrongSubject = (organisation: boolean): Refusal =>
  organisation
    ? refusal('invalid/grant-subject', '本项目的申请人是单位', 'the applicant is an organisation')
    : refusal('invalid/grant-subject', '本项目的申请人是个人', 'the applicant is a person');
const paidToTheDead = (): Refusal =>
  refusal(
    'invalid/grant-payee',
    '对象已去世：请填写收款的经办人或单位，不能是逝者本人',
    'the subject has died: name the handler or the organisation that is paid',
  );
const wrongPayee = (payee: 'person' | 'organisation'): Refusal =>
  payee === 'organisation'
    ? refusal(
        'invalid/grant-payee',
        '本项目支付到单位对公账户：请填写收款单位',
        'this is paid to an organisation: name it as the payee',
      )
    : refusal('invalid/grant-payee', '本项目支付给个人，收款人不能是单位', 'this is paid to a person');
