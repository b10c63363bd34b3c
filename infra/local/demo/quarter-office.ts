import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapBounded } from '../../../functions/concurrency.ts';
import { NEW_DISTRICT_ACCOUNTS } from '../accounts.ts';
import { PRICE_INDICES } from '../sample/expected-quarter.ts';
import {
  NEW_DISTRICT,
  NEW_ORGANISATIONS,
  NEW_PEOPLE,
  NEW_STREETS,
  type NewPerson,
  newPerson,
  newRegister,
} from '../sample/new-district.ts';
import { NEW_HOUSEHOLDS, newHouseholdSheet } from '../sample/new-households.ts';
import { SAMPLE_JURISDICTION } from '../sample/streets.ts';
import { ApiClient, type ApiClientOptions, type Call } from './api-client.ts';
import { errorRows } from './error-file.ts';
import { decide, enrolmentOf, todayInChina } from './household-register.ts';
import type { Desk } from './payment-run.ts';
import { csvSheet, importSheet, personOf, type Sheet } from './prepare.ts';

const PACKS = join(import.meta.dirname, '../../../domain/policy-book', SAMPLE_JURISDICTION);
/** Stands above districts. */
const SHARED = ['admin'];
/** Paid by single grants: beds and orders of services for the aged. */
export const SETTLED = ['elderly-orders', 'elderly-institution'] as const;
/** Programmes that pay by the month, in the order in which a person's sheets come in. */
export const MONTHLY_PROGRAMMES = [
  'dibao',
  'tekun',
  'tekun-care',
  'orphan',
  'unattended-child',
  'child-in-need',
  'disability-living',
  'disability-nursing',
  'veterans-care',
  'high-age',
] as const;
/** Nobody enrols in it: it follows the rolls of others. */
export const PRICE_SUBSIDY = 'price-subsidy';
const AT_ONCE = 3;

/** The desk of 示例新区: the same service, other people. */
export function newDistrictApi(options: ApiClientOptions): ApiClient {
  return new ApiClient({
    ...options,
    accountOf: (office) => (SHARED.includes(office) ? office : `new-${office}`),
  });
}

export const deskOf = (desk: Desk, programme: string, period = 'any'): Desk => ({
  ...desk,
  programme,
  key: (name) => desk.key(`${programme}-${period}-${name}`),
});

/** Staff, the packs of the sample district as those of the new one, streets and budgets. */
export async function openNewBureau(desk: Desk): Promise<void> {
  const { api, key } = desk;
  const staff = NEW_DISTRICT_ACCOUNTS.filter(({ roles }) => !roles.includes('beneficiary'));
  await mapBounded(staff, AT_ONCE, async ({ sub: subject, name }) => {
    const body = { subject, jurisdiction: NEW_DISTRICT, name };
    await api.call('admin', 'createStaffMember', { body, key: key(`staff-${subject}`) });
  });
  await mapBounded(newDistrictPacks(), AT_ONCE, async (pack) => {
    await api.call('admin', 'createPolicyPack', { body: pack, key: key(`pack-${pack.programme}`) });
  });
  for (const { code, name } of NEW_STREETS) {
    const body = {
      kind: 'opened',
      place: { code, name },
      from: '2020-01-01',
      document: '示新政发〔2019〕1号（样例）',
    } as const;
    await api.call('approver', 'recordStreetChange', { body, key: key(`street-${code}`) });
  }
  const years = [...new Set(['2026', `${new Date().getFullYear()}`, `${new Date().getFullYear() + 1}`])];
  await setBudgets(desk, [...MONTHLY_PROGRAMMES, PRICE_SUBSIDY, ...SETTLED], years);
}

/** One line of the district's own money for each programme and year. */
export async function setBudgets(
  { api, key }: Desk,
  programmes: readonly string[],
  fiscalYears: readonly string[],
): Promise<void> {
  const budgets = programmes.flatMap((programme) => fiscalYears.map((year) => [programme, year] as const));
  await mapBounded(budgets, AT_ONCE, async ([programme, fiscalYear]) => {
    const line = {
      line: `${fiscalYear}-0901`,
      level: 'district',
      fund: 'general',
      appropriated: '900000.00',
    } as const;
    const body = { programme, fiscalYear, lines: [line] };
    await api.call('finance', 'setBudget', { body, key: key(`budget-${programme}-${fiscalYear}`) });
  });
}

type Pack = NonNullable<Call<'createPolicyPack'>['body']>;

/** 示例新区 has the policy of the sample district, with accounts of its own. */
function newDistrictPacks(): Pack[] {
  return readdirSync(PACKS).map((file) => {
    const text = readFileSync(join(PACKS, file), 'utf8')
      .replaceAll(`"${SAMPLE_JURISDICTION}"`, `"${NEW_DISTRICT}"`)
      .replaceAll(`"${SAMPLE_JURISDICTION}000000`, `"${NEW_DISTRICT}000000`);
    const pack: Pack = JSON.parse(text);
    return pack.programme === PRICE_SUBSIDY ? pricedAtOnce(pack) : pack;
  });
}

/** A quarter is paid on one day: the index of all its months is known, and a month is paid within itself. */
function pricedAtOnce(pack: Pack): Pack {
  const months = Object.entries(PRICE_INDICES);
  const values = pack.values.flatMap((value) => {
    if (value.parameter === 'payTiming')
      return [{ ...value, value: { mode: 'advance', dueDay: 1, monthsOffset: 0 } }];
    if (value.parameter !== 'indices') return [value];
    const own = months.find(([month]) => month === value.inForceFrom);
    if (!own) return [value];
    const indices = { cpi: '3.0', food: '6.5', scpi: own[1], publishedOn: todayInChina() };
    return [{ ...value, value: indices, decidedOn: todayInChina() }];
  });
  return { ...pack, values };
}

/** Imports a sheet of which every row has to be taken. @returns how many rows there were */
export async function importAll(desk: Desk, sheet: Sheet, key: string): Promise<number> {
  const done = await importSheet(desk.api, desk.programme, sheet, desk.key(key));
  const [refused] = await errorRows(desk.api, done);
  if (refused) throw new Error(`${desk.programme} ${refused.row}: ${refused.reason}`);
  return done.counts?.accepted ?? 0;
}

/** Enrolment ids by programme and person of the sample (a household by its head's identity number). */
export type Enrolments = ReadonlyMap<string, string>;
export const enrolmentKey = (programme: string, who: string): string => `${programme}/${who}`;

/** The registers of all programmes, who is paid by the account of an institution, and the decisions. */
export async function fillNewRegister(
  desk: Desk,
): Promise<{ readonly rows: number; readonly enrolments: Enrolments }> {
  let rows = 0;
  for (const programme of MONTHLY_PROGRAMMES) {
    const sheet =
      programme === 'dibao'
        ? csvSheet('households', newHouseholdSheet())
        : csvSheet('register', newRegister(programme));
    rows += await importAll(deskOf(desk, programme), sheet, 'register');
  }
  rows += await importAll(
    deskOf(desk, 'elderly-service'),
    csvSheet('register', newRegister('elderly-service')),
    'register',
  );
  const enrolments = await allEnrolments(desk);
  await nameInstitutions(desk, enrolments);
  await decideAll(desk, enrolments);
  return { rows, enrolments };
}

/** The enrolments of people of a sample. */
export async function enrolmentsOf(desk: Desk, people: readonly NewPerson[]): Promise<Enrolments> {
  const found = await mapBounded(people, AT_ONCE, async (person) => {
    const { enrolments } = await personOf(desk.api, person.idNumber);
    return enrolments.map((one) => [enrolmentKey(one.programme, person.id), one.enrolmentId] as const);
  });
  return new Map(found.flat());
}

async function allEnrolments(desk: Desk): Promise<Enrolments> {
  const persons = await enrolmentsOf(desk, NEW_PEOPLE);
  const heads = await mapBounded(NEW_HOUSEHOLDS, AT_ONCE, async ({ members: [first] }) => {
    const idNumber = first?.idNumber ?? '';
    return [enrolmentKey('dibao', idNumber), await enrolmentOf(deskOf(desk, 'dibao'), idNumber)] as const;
  });
  return new Map([...persons, ...heads]);
}

export function idOf(enrolments: Enrolments, programme: string, who: string): string {
  const id = enrolments.get(enrolmentKey(programme, who));
  if (id === undefined) throw new Error(`${who} is not enrolled in ${programme}`);
  return id;
}

/** 集中供养 and 机构养育: the institution is paid for them. */
async function nameInstitutions(desk: Desk, enrolments: Enrolments): Promise<void> {
  const kept = ['kept-1', 'kept-2'].flatMap((who) =>
    ['tekun', 'tekun-care'].map((programme) => [programme, who, NEW_ORGANISATIONS.nursingHome] as const),
  );
  const children = ['orphan-home-1', 'orphan-home-2'].map(
    (who) => ['orphan', who, NEW_ORGANISATIONS.childrensHome] as const,
  );
  for (const [programme, who, [name, creditCode, account]] of [...kept, ...children]) {
    const organisation = { name, creditCode, account };
    await namePayee(deskOf(desk, programme), idOf(enrolments, programme, who), {
      kind: 'organisation',
      organisation,
      document: '示新代养〔2026〕1号',
      evidence: '登记证书和代养协议复印件存档',
    });
  }
}

/** Proposed by one person, confirmed by another who signs nothing. */
export async function namePayee(
  { api, key }: Desk,
  enrolmentId: string,
  body: NonNullable<Call<'proposePayeeChange'>['body']>,
): Promise<void> {
  const params = { enrolmentId };
  const name = key(`payee-${enrolmentId}-${body.kind}`);
  const { changeId } = await api.call('preparer', 'proposePayeeChange', { params, body, key: name });
  await api.call('approver-2', 'confirmPayeeChange', { params: { ...params, changeId }, key: `${name}-2` });
}

/** 低保 and 特困供养 are paid by decision; what is decided of somebody's basic living covers his care. */
async function decideAll(desk: Desk, enrolments: Enrolments): Promise<void> {
  await mapBounded(NEW_HOUSEHOLDS, AT_ONCE, async ({ members: [first], appliedOn, decision }) => {
    const id = idOf(enrolments, 'dibao', first?.idNumber ?? '');
    await decide(deskOf(desk, 'dibao'), id, { kind: 'initial', appliedOn }, decision);
  });
  await decideKept(desk, NEW_PEOPLE, (who) => idOf(enrolments, 'tekun', who));
}

/** The first decision about everybody in 特困供养. */
export async function decideKept(
  desk: Desk,
  people: readonly NewPerson[],
  enrolmentIdOf: (who: string) => string,
): Promise<void> {
  const kept = people
    .filter((person) => 'tekun' in person.in)
    .map(({ id }, index) => [id, index + 1] as const);
  await mapBounded(kept, AT_ONCE, async ([id, number]) => {
    const asked = { kind: 'initial', appliedOn: '2026-09-01' } as const;
    const decision = { document: `示民救〔2026〕特困${number}号`, decidedOn: '2026-09-18' };
    await decide(deskOf(desk, 'tekun'), enrolmentIdOf(id), asked, decision);
  });
}

export const personKeyOf = async (desk: Desk, who: NewPerson['id']): Promise<string> =>
  (await personOf(desk.api, newPerson(who).idNumber)).personKey;
