import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod/mini';
import type { PolicyPackFile } from '../../../domain/policy/pack.ts';
import { ACCOUNTS, accountNamed, STREET_ACCOUNTS } from '../accounts.ts';
import type { ExpectedCounts, PlantedRow } from '../sample/district.ts';
import { SAMPLE_JURISDICTION } from '../sample/streets.ts';
import { type ApiClient, Refused, type ResponseOf, waitFor } from './api-client.ts';

export const PROGRAMME = 'high-age';
export const HOUSEHOLD_PROGRAMME = 'dibao';
const POLICY_BOOK = join(import.meta.dirname, '../../../domain/policy-book');
/** The nation: packs of cities and provinces are imported by administrators who stand above them. */
const EVERYWHERE = '000000';
/** Lines are numbered anew in every fiscal year. */
const budgetLines = (fiscalYear: string, programme: string) =>
  programme === PROGRAMME
    ? [
        {
          line: `${fiscalYear}-0815`,
          level: 'district',
          fund: 'general',
          appropriated: '9000000.00',
        } as const,
        {
          line: `${fiscalYear}-0816`,
          level: 'district',
          fund: 'lottery',
          appropriated: '1500000.00',
        } as const,
      ]
    : [
        {
          line: `${fiscalYear}-0819`,
          level: 'district',
          fund: 'general',
          appropriated: '36000000.00',
        } as const,
      ];

/**
 * What a bureau sets up once: who works where, the policy packs, and the budget of the fiscal years. Every step may be
 * repeated: the keys are fixed, and the same content again changes nothing.
 */
export async function prepareBureau(api: ApiClient, fiscalYears: readonly string[]): Promise<void> {
  await registerStaff(api);
  for (const pack of policyPacks()) {
    await installPack(api, pack);
  }
  for (const fiscalYear of fiscalYears) {
    for (const programme of [PROGRAMME, HOUSEHOLD_PROGRAMME]) {
      const body = { programme, fiscalYear, lines: budgetLines(fiscalYear, programme) };
      await api.call('finance', 'setBudget', { body, key: keyOf('budget', body) });
    }
  }
}

/** 首次安装. A place and programme that has its pack keeps it: what changes there is proposed, also where the repository has another by now. */
async function installPack(api: ApiClient, pack: z.input<typeof PolicyPackFile>): Promise<void> {
  try {
    await api.call('admin', 'createPolicyPack', { body: pack, key: keyOf('pack', pack) });
  } catch (cause) {
    if (!(cause instanceof Refused) || cause.code !== 'conflict/policy-installed') throw cause;
  }
}

/** The administrator first, because he registers the others. */
async function registerStaff(api: ApiClient): Promise<void> {
  const staff = ACCOUNTS.filter(({ roles }) => !roles.includes('beneficiary'));
  const streets = STREET_ACCOUNTS.map(({ sub, name, street }) => ({ subject: sub, street, name }));
  const administrators = staff.filter(({ roles }) => roles.includes('administrator'));
  const others = staff.filter(({ roles }) => !roles.includes('administrator'));
  for (const { sub, name, roles } of [...administrators, ...others]) {
    const jurisdiction = roles.includes('administrator') ? EVERYWHERE : SAMPLE_JURISDICTION;
    const body = { subject: sub, jurisdiction, name };
    await api.call('admin', 'createStaffMember', { body, key: keyOf('staff', body) });
  }
  for (const clerk of streets) {
    const body = { ...clerk, jurisdiction: SAMPLE_JURISDICTION };
    await api.call('admin', 'createStaffMember', { body, key: keyOf('staff', body) });
  }
}

function policyPacks(): z.input<typeof PolicyPackFile>[] {
  return readdirSync(POLICY_BOOK).flatMap((jurisdiction) =>
    readdirSync(join(POLICY_BOOK, jurisdiction)).map(
      (file) => JSON.parse(readFileSync(join(POLICY_BOOK, jurisdiction, file), 'utf8')) as never,
    ),
  );
}

export type Import = ResponseOf<'getImport'>;

/** A sheet as it is uploaded. */
export type Sheet = {
  readonly kind: 'register' | 'deaths' | 'households' | 'opening' | 'grant-list';
  readonly name: string;
  readonly bytes: Uint8Array;
};
/** A sheet in CSV. */
export const csvSheet = (kind: Sheet['kind'], csv: string): Sheet => ({
  kind,
  name: `${kind}.csv`,
  bytes: Buffer.from(csv, 'utf8'),
});

/** Uploads a sheet, has it imported and waits until every row is recorded or refused. */
export async function importSheet(
  api: ApiClient,
  programme: string,
  { kind, ...file }: Sheet,
  key: string,
): Promise<Import> {
  const uploadId = await api.upload('preparer', kind, file, `${key}-upload`);
  const body = { uploadId, kind, programme };
  const { importId } = await api.call('preparer', 'createImport', { body, key });
  return await waitFor(`import ${kind}`, async () => {
    const status = await api.call('preparer', 'getImport', { params: { importId } });
    if (status.state === 'refused') throw new Error(`${kind}: ${status.refusal?.zh} / ${status.refusal?.en}`);
    return status.state === 'done' ? status : undefined;
  });
}

/** Differences between what an import reported and what was planted; empty when there are none. */
export function importDifferences(
  done: Import,
  expected: ExpectedCounts,
  errorRows: readonly { readonly row: number; readonly reason: string }[],
  planted: readonly PlantedRow[],
): string[] {
  const counts = Object.entries(expected).flatMap(([name, wanted]) => {
    const found = done.counts?.[name as keyof ExpectedCounts];
    return found === wanted ? [] : [`${done.kind} ${name}: ${found ?? '?'} (${wanted})`];
  });
  const unplanted = errorRows.filter(({ row }) => !planted.some((each) => each.row === row));
  const missed = planted.filter(({ row, columns }) => {
    const found = errorRows.find((each) => each.row === row);
    return !columns.every((column) => found?.reason.includes(`【${column}】`));
  });
  return [
    ...counts,
    ...unplanted.map(({ row, reason }) => `${done.kind} ${row}: ${reason}`),
    ...missed.map(({ row, what }) => `${done.kind} ${row}: ${what}?`),
  ];
}

/** Local sign-ins of beneficiaries: of an old person, and of the head of a household. */
export type BeneficiaryAccount = 'beneficiary' | 'beneficiary-2';

/** Links a local beneficiary sign-in to a person of the register. */
export async function linkBeneficiary(
  api: ApiClient,
  account: BeneficiaryAccount,
  idNumber: string,
  key: string,
): Promise<void> {
  const subject = accountNamed(account)?.sub ?? '';
  const { personKey } = await personOf(api, idNumber);
  await api.call('preparer', 'createBeneficiaryLink', { body: { personKey, subject }, key });
}

/** A person of the register by identity number. */
export async function personOf(
  api: ApiClient,
  idNumber: string,
): Promise<ResponseOf<'searchPersons'>['persons'][number]> {
  const { persons } = await api.call('preparer', 'searchPersons', { body: { idNumber } });
  const [person] = persons;
  if (!person) throw new Error('库中没有此人 / the register does not have this person');
  return person;
}

/**
 * Does something that can be done once. When the answer got lost with the service, the second try is refused although
 * the first one was done: what counts is whether it is done.
 */
export async function achieve(done: () => Promise<boolean>, act: () => Promise<unknown>): Promise<void> {
  if (await done()) return;
  try {
    await act();
  } catch (cause) {
    if (!(cause instanceof Refused) || !(await done())) throw cause;
  }
}

/** A key that is another one for other content. */
const keyOf = (name: string, content: unknown): string =>
  `${name}-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 24)}`;
