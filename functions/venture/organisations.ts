import type { PersonKey } from '../../domain/ids.ts';
import type { OrganisationKind } from '../../domain/programmes/venture-fund/options.ts';
import { currentAccount } from '../../domain/register/account.ts';
import { appendFact } from '../../domain/register/append-fact.ts';
import { latestFact } from '../../domain/register/facts.ts';
import { isOrganisationStatus, type OrganisationStatus } from '../../domain/register/organisation-status.ts';
import { lookupNumber, type PersonDocument } from '../../domain/register/person.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { type Ban, isCorporateAccount, readOrganisation } from '../../domain/venture/organisation.ts';
import { laterOf } from '../adapters/register-store.ts';
import { ensurePerson } from '../grants/ensure-person.ts';
import type { By, FilingPorts } from './ports.ts';

/** An organisation as a certificate and an account permit name it. */
export type NamedOrganisation = {
  readonly code: string;
  readonly name: string;
  readonly phone?: string;
  readonly account?: { readonly account: string; readonly holderName: string; readonly bankName?: string };
};
export type StatusWish = {
  readonly status: OrganisationStatus;
  /** The day as of which the source says so. */
  readonly on: string;
  /** e.g. the register's website, or a document. */
  readonly source: string;
};
export type Organisation = {
  readonly personKey: PersonKey;
  readonly name: string;
  readonly code: string;
  readonly kind: OrganisationKind | undefined;
  readonly status?: StatusWish;
  /** Holder's name equals the registered name. */
  readonly account?: string;
  readonly bankName?: string;
};

const ATTEMPTS = 10;

/** What is wrong with an organisation as named, without a look at the register; the kind and normalised code of a sound one. */
export function checkOrganisation({
  code: text,
  name,
  account,
}: NamedOrganisation): Result<{ readonly code: string; readonly kind: OrganisationKind }> {
  const read = readOrganisation(text);
  if (!read.ok || !account || isCorporateAccount(account.holderName, name)) return read;
  return refuse(
    refusal(
      'policy/not-corporate-account',
      '收款账户的户名与单位登记名称不一致：只能付到本单位的对公账户，不得使用个人账户',
      'the account is not held in the registered name: only the organisation’s own corporate account is paid, never a person’s',
    ),
  );
}

/** The key that the organisation has, or would be given. */
export async function keyOfOrganisation(
  ports: Pick<FilingPorts, 'register'>,
  code: string,
): Promise<PersonKey> {
  const number = lookupNumber({ idNumber: code, organisation: true });
  const [known] = await ports.register.personKeysByIdNumber([number]);
  return known ?? ports.register.personalData.personKeyFor(number);
}

/**
 * The organisation in the register, entered when it is not there; another account than the one in use is only proposed, a second person
 * confirms it. Refusals: those of `checkOrganisation`, `conflict/person-name`.
 */
export async function ensureOrganisation(
  ports: FilingPorts,
  named: NamedOrganisation,
  { jurisdiction, by }: By,
  evidence: string,
): Promise<Result<{ readonly personKey: PersonKey; readonly accountProposed: boolean }>> {
  const checked = checkOrganisation(named);
  if (!checked.ok) return checked;
  const { account, name, phone } = named;
  const ensured = await ensurePerson(ports, {
    idNumber: checked.value.code,
    legalName: name,
    organisation: true,
    ...(phone !== undefined && { phone }),
    ...(account && {
      account: {
        account: account.account,
        holderName: account.holderName,
        ...(account.bankName !== undefined && { bank: account.bankName }),
      },
    }),
    source: 'venture-fund',
    by,
  });
  if (!ensured.ok) return ensured;
  const { personKey, accountDiffers } = ensured.value;
  await ports.calls.addOrganisation(jurisdiction, personKey);
  if (!accountDiffers || !account) return ok({ personKey, accountProposed: false });
  const proposed = await ports.accountChanges.propose(personKey, {
    ...account,
    validFrom: ports.clock.today(),
    evidence,
    by,
    at: ports.clock.now(),
  });
  return ok({ personKey, accountProposed: proposed.ok && proposed.value.change.evidence === evidence });
}

/** Registers an organisation, and how it stands where that was looked up. */
export async function registerOrganisation(
  ports: FilingPorts,
  named: NamedOrganisation & { readonly status?: StatusWish },
  stamp: By,
): Promise<Result<Organisation>> {
  const ensured = await ensureOrganisation(ports, named, stamp, `venture-fund:${stamp.request ?? 'counter'}`);
  if (!ensured.ok) return ensured;
  const { personKey } = ensured.value;
  return named.status ? recordStatus(ports, personKey, named.status, stamp) : organisation(ports, personKey);
}

/** Records how an organisation stands. Refusals: `missing/organisation`, `invalid/date-future`. */
export async function recordStatus(
  { register, clock }: Pick<FilingPorts, 'register' | 'clock'>,
  personKey: PersonKey,
  { status, on, source }: StatusWish,
  { by }: By,
): Promise<Result<Organisation>> {
  if (on > clock.today()) {
    return refuse(refusal('invalid/date-future', '查询日期不能晚于今天', 'the day cannot lie after today'));
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await register.person(personKey);
    if (!before?.record.organisation) return refuse(noOrganisation());
    const at = laterOf(clock.now(), before.changedAt);
    const said = { kind: 'organisation-status', value: status, validFrom: on, source, by } as const;
    const facts = appendFact(before.record.facts, { ...said, recordedAt: at });
    if (facts === before.record.facts) return ok(viewOf(before));
    const outcome = await register.putPerson({ ...before.record, facts }, before, at);
    if (outcome === 'written') return organisation({ register }, personKey);
  }
  throw new Error('the standing of an organisation lost every race against other writers');
}

/** Refusal: `missing/organisation`. */
export async function organisation(
  { register }: Pick<FilingPorts, 'register'>,
  personKey: PersonKey,
): Promise<Result<Organisation>> {
  const found = await register.person(personKey);
  return found?.record.organisation ? ok(viewOf(found)) : refuse(noOrganisation());
}

export async function organisations(
  { register }: Pick<FilingPorts, 'register'>,
  keys: readonly PersonKey[],
): Promise<ReadonlyMap<PersonKey, Organisation>> {
  const found = await register.persons([...new Set(keys)]);
  return new Map([...found].map(([key, document]) => [key, viewOf(document)]));
}

/** 禁止申报: from a day to a day, both included. Refusals: `missing/organisation`, `invalid/ban`. */
export async function banOrganisation(
  ports: FilingPorts,
  personKey: PersonKey,
  wish: Pick<Ban, 'from' | 'until' | 'reason' | 'document'>,
  { jurisdiction, by }: By,
): Promise<Result<Organisation>> {
  const found = await organisation(ports, personKey);
  if (!found.ok) return found;
  if (wish.until < wish.from) {
    return refuse(
      refusal(
        'invalid/ban',
        '禁止申报的截止日早于起始日：请核对',
        'the ban ends before it begins: check the dates',
      ),
    );
  }
  await ports.calls.ban(jurisdiction, personKey, { ...wish, by, at: ports.clock.now() });
  return found;
}

function viewOf({ record }: PersonDocument): Organisation {
  const said = latestFact(record.facts, 'organisation-status');
  const account = currentAccount(record);
  const isOwn = account && isCorporateAccount(account.holderName, record.legalName);
  const read = readOrganisation(record.idNumber);
  return {
    personKey: record.personKey,
    name: record.legalName,
    code: record.idNumber,
    kind: read.ok ? read.value.kind : undefined,
    ...(said &&
      isOrganisationStatus(said.value) && {
        status: { status: said.value, on: said.validFrom, source: said.source },
      }),
    ...(isOwn && { account: account.account }),
    ...(isOwn && account.bankName !== undefined && { bankName: account.bankName }),
  };
}

const noOrganisation = () => refusal('missing/organisation', '没有这个单位', 'there is no such organisation');
