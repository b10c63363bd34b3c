import { enrolmentId } from '../../../domain/ids.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { type PolicyFile, policyFile } from '../../policy-files.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import { LINES, type Office, openOffice, value } from '../run/office.ts';

export const PLACE = '110199';
export const PROGRAMMES = { basic: 'tekun', care: 'tekun-care', pocket: 'tekun-pocket-money' } as const;
const CODES = { basic: 'TK', care: 'TH', pocket: 'TL' } as const;
export type Part = keyof typeof PROGRAMMES;

/** The sample district's pack; people of one name and birth date are no finding here. */
export function tekunPack(part: Part): PolicyFile {
  const file = policyFile(PLACE, PROGRAMMES[part]);
  const left = ['controlsOn', 'payDayShift'];
  return { ...file, values: file.values.filter(({ parameter }) => !left.includes(parameter)) };
}

/** A small bureau that pays 特困人员救助供养, with a budget for each of its programmes. */
export async function tekunOffice(parts: readonly Part[] = ['basic', 'care']): Promise<Office> {
  const bureau = await openOffice({ people: 0, quickReads: true, packs: parts.map(tekunPack) });
  for (const part of parts) {
    const scope = { jurisdiction: PLACE, programme: PROGRAMMES[part] };
    value(await bureau.office.setBudget({ ...scope, fiscalYear: '2026', lines: LINES, by: 'staff-finance' }));
    await bureau.ports.sweeps.remember(scope);
  }
  return bureau;
}

type Known = readonly (readonly [kind: Fact['kind'], validFrom: string, value: string])[];
const stamped = (bureau: Office, facts: Known): Fact[] => {
  const stamp = { recordedAt: bureau.clock.now(), source: 'counter', by: 'staff-preparer' };
  return facts.map(([kind, validFrom, said]) => ({ kind, validFrom, value: said, ...stamp }));
};

let serial = 0;
/** A person or organisation with an account; the key. */
export async function party(
  bureau: Office,
  legalName: string,
  facts: Known = [],
  organisation = false,
): Promise<string> {
  serial += 1;
  const number = organisation
    ? `5211019900000000${String(serial).padStart(2, '0')}`
    : idNumber(serial, '19480305');
  const { register, clock } = bureau;
  const personKey = await register.assignPersonKey(number);
  const at = clock.now();
  const account = {
    account: `62170000000${String(serial).padStart(5, '0')}`,
    holderName: legalName,
    validFrom: '2026-01-01',
    recordedAt: at,
    source: 'register-sheet',
    by: 'staff-preparer',
  };
  const party = { personKey, legalName, idNumber: number, accounts: [account] };
  await register.savePerson(
    { ...party, facts: stamped(bureau, facts), ...(organisation && { organisation: true as const }) },
    undefined,
    at,
  );
  return personKey;
}

export const addressOf = (part: Part, person: string) => ({
  jurisdiction: PLACE,
  programme: PROGRAMMES[part],
  id: enrolmentId(CODES[part], person, 1),
});

/** Enrols a person in one of the programmes, with who receives for it. */
export async function enrol(
  bureau: Office,
  part: Part,
  person: string,
  payee: string,
  facts: Known = [],
): Promise<void> {
  const { id, jurisdiction, programme } = addressOf(part, person);
  const stamp = { recordedAt: bureau.clock.now(), source: 'counter', by: 'staff-preparer' };
  const known: Known = [
    ['application', '2026-11-03', '2026-11-03'],
    ['street', '2026-11-03', '110199001'],
    ...facts,
  ];
  await bureau.register.saveEnrolment(
    {
      id,
      jurisdiction,
      programme,
      subject: person,
      payees: [{ payee, ...stamp }],
      facts: stamped(bureau, known),
      version: 1,
      changedAt: stamp.recordedAt,
    },
    undefined,
  );
}

/** What the register learns of a person now. */
export async function learned(
  bureau: Office,
  person: string,
  kind: Fact['kind'],
  validFrom: string,
  said: string,
): Promise<void> {
  const before = await bureau.register.person(person);
  const facts = [...before!.record.facts, ...stamped(bureau, [[kind, validFrom, said]])];
  await bureau.register.savePerson({ ...before!.record, facts }, before, bureau.clock.now());
}
