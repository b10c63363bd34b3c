import { type PersonKey, paymentId } from '../../../../domain/ids.ts';
import { fen } from '../../../../domain/money.ts';
import type { AccountRecord } from '../../../../domain/register/account.ts';
import type { EnrolmentDocument } from '../../../../domain/register/enrolment.ts';
import type { Fact, FactKind } from '../../../../domain/register/facts.ts';
import type { PayeeRecord } from '../../../../domain/register/payee.ts';
import { lookupNumber, type PersonRecord } from '../../../../domain/register/person.ts';
import { idNumber } from '../../../functions/register/sheet-fixture.ts';
import { DISTRICT, type Office } from '../../../functions/run/office.ts';
import type { PolicyFile } from '../../../policy-files.ts';
import { policyFile } from '../../../policy-files.ts';

export const LEARNED = '2026-11-02T01:00:00.000Z';
const STAMP = { recordedAt: LEARNED, source: 'register', by: 'import-1' } as const;
export const fact = (kind: FactKind, validFrom: string, value: string): Fact => ({
  kind,
  value,
  validFrom,
  ...STAMP,
});

/** An account on record; `n` gives the number. */
export const accountOf = (
  n: number,
  holderName: string,
  changes: Partial<AccountRecord> = {},
): AccountRecord => ({
  account: `6217990000${String(n).padStart(6, '0')}`,
  holderName,
  validFrom: '2026-01-01',
  ...STAMP,
  ...changes,
});

type PersonChanges = Partial<Omit<PersonRecord, 'personKey'>>;

/** The n-th planted person: of 86, alone, with an account of their own, unless said otherwise. Put past the register's door. */
export async function plantPerson(
  bureau: Office,
  n: number,
  changes: PersonChanges = {},
): Promise<PersonKey> {
  const number = changes.idNumber ?? idNumber(n, '19400220');
  const legalName = changes.legalName ?? `植${String.fromCodePoint(0x4e00 + n)}`;
  const record = {
    legalName,
    idNumber: number,
    facts: [fact('birth-date', '1940-02-20', '1940-02-20')],
    accounts: [accountOf(n, legalName)],
    ...changes,
  };
  const personKey = await bureau.register.assignPersonKey(lookupNumber(record));
  await bureau.register.savePerson({ personKey, ...record }, undefined, LEARNED);
  return personKey;
}

type Enrolled = { readonly facts?: readonly Fact[]; readonly payee?: Partial<PayeeRecord> };

/** Enrols somebody in 高龄津贴 with a paid application of 2026; the payment of December. */
export async function plantEnrolment(
  bureau: Office,
  person: PersonKey,
  { facts = [], payee }: Enrolled = {},
) {
  const [programme, code] = ['high-age', 'GL'] as const;
  const ids = await bureau.register.enrolmentIds([person], DISTRICT, code);
  const document: EnrolmentDocument = {
    id: ids.get(person) ?? '',
    jurisdiction: DISTRICT,
    programme,
    subject: person,
    payees: [{ payee: person, ...STAMP, ...payee }],
    facts: [
      fact('application', '2026-08-03', '2026-08-03'),
      fact('street', '2026-08-03', '110199001'),
      ...facts,
    ],
    version: 1,
    changedAt: LEARNED,
  };
  await bureau.register.saveEnrolment(document, undefined);
  return { enrolment: document.id, payment: paymentId('2026-12', 'R', document.id) };
}

/** Puts a decision into the register as if it had been taken. */
export async function plantDetermination(
  bureau: Office,
  enrolment: string,
  programme: string,
  departed = false,
): Promise<void> {
  const step = { code: 'departed', inputs: { since: '2026-10', proposed: '612.00' }, result: '500.00' };
  await bureau.register.recordDetermination(
    { jurisdiction: DISTRICT, programme, id: enrolment },
    {
      enrolment,
      number: 1,
      kind: 'initial',
      document: '示民救〔2026〕1号',
      decidedOn: '2026-10-20',
      spans: [
        {
          from: '2026-10',
          components: [{ component: 'base', fen: fen(50_000) }],
          derivation: departed ? [step] : [],
        },
      ],
      sample: false,
      proposedBy: 'a',
      decidedBy: 'b',
      recordedAt: LEARNED,
    },
  );
}

/** The sample district's own pack with other values of some parameters; `undefined` takes one away. */
export function packWith(values: Readonly<Record<string, unknown>>): PolicyFile {
  const file = policyFile(DISTRICT, 'high-age');
  const like = file.values.find(({ parameter }) => parameter === 'payeeWardsMax');
  if (!like) throw new Error('the sample district sets no limit of wards');
  const kept = file.values.filter(({ parameter }) => !Object.hasOwn(values, parameter));
  const set = Object.entries(values).flatMap(([parameter, value]) =>
    value === undefined ? [] : [{ ...like, parameter, value }],
  );
  return { ...file, values: [...kept, ...set] };
}
