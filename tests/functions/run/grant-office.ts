import { fen } from '../../../domain/money.ts';
import type { Determination } from '../../../domain/register/determination.ts';
import type { EnrolmentAddress } from '../../../functions/adapters/register-store.ts';
import { enrolForGrant } from '../../../functions/grants/enrol.ts';
import { ensurePerson } from '../../../functions/grants/ensure-person.ts';
import { type GrantDecision, recordGrant } from '../../../functions/grants/record-grant.ts';
import { policyFile } from '../../policy-files.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import { DISTRICT, LINES, type Office, openOffice, value } from './office.ts';

export const AID = { jurisdiction: DISTRICT, programme: 'temporary-aid' } as const;
export const NOVEMBER = { ...AID, period: '2026-11', round: 'S' } as const;

/** A bureau without anybody in its register that gives temporary aid. */
export async function grantOffice(
  options: { readonly grantRuns?: 'daily' | 'at-once' } = {},
): Promise<Office> {
  const own = policyFile(DISTRICT, 'temporary-aid');
  const { grantRuns } = options;
  const like = own.values.find(({ parameter }) => parameter === 'historyFrom')!;
  const starts = grantRuns ? [{ ...like, parameter: 'grantRuns', value: grantRuns }] : [];
  const packs = [
    policyFile('110000', 'temporary-aid'),
    { ...own, values: [...own.values.filter(({ parameter }) => parameter !== 'grantRuns'), ...starts] },
  ];
  const bureau = await openOffice({ people: 0, quickReads: true, packs });
  value(await bureau.office.setBudget({ ...AID, fiscalYear: '2026', lines: LINES, by: 'staff-finance' }));
  return bureau;
}

/** The n-th person, known to no register before, enrolled for aid. */
export async function grantee(bureau: Office, n: number): Promise<EnrolmentAddress> {
  const { personKey } = value(
    await ensurePerson(bureau.ports, {
      idNumber: idNumber(n, '19800115'),
      legalName: `张${String.fromCharCode(0x4e00 + n)}`,
      account: {
        account: `6217${String(n).padStart(12, '0')}`,
        holderName: `张${String.fromCharCode(0x4e00 + n)}`,
      },
      source: 'grant-application',
      by: 'staff-clerk',
    }),
  );
  return enrolForGrant(bureau.ports, {
    ...AID,
    subject: personKey,
    street: '110199001',
    source: 'grant-application',
    by: 'staff-clerk',
    appliedOn: '2026-11-20',
  });
}

/** What was decided, for one month. */
export const decision = (
  basis: string,
  yuan: number,
  changes: Partial<GrantDecision> & { readonly month?: string; readonly component?: string } = {},
): GrantDecision => {
  const { month = '2026-11', component = 'urgent', ...rest } = changes;
  return {
    basis,
    spans: [{ from: month, components: [{ component, fen: fen(yuan * 100) }], derivation: [] }],
    document: `示民救〔2026〕${basis}号`,
    decidedOn: '2026-11-20',
    sample: false,
    proposedBy: 'staff-clerk',
    decidedBy: 'staff-head',
    ...rest,
  };
};

export const granted = async (
  bureau: Office,
  address: EnrolmentAddress,
  ...said: Parameters<typeof decision>
): Promise<Determination> => value(await recordGrant(bureau.ports, address, decision(...said)));
