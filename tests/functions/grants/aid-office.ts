import type { GrantWish } from '../../../domain/grants/application-commands.ts';
import { fen } from '../../../domain/money.ts';
import type { ApplicationPorts } from '../../../functions/grants/application-ports.ts';
import { applyForGrant, type GrantRequest } from '../../../functions/grants/apply-for-grant.ts';
import { workedOutApplication } from '../../../functions/grants/work-out-grant.ts';
import { type PolicyFile, policyFile } from '../../policy-files.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import { DISTRICT, LINES, type Office, type OfficeOptions, openOffice, value } from '../run/office.ts';

/** The sample district, which pays 临时救助 out of its own budget; a family gets at most so much a year. */
export async function aidOffice(options: OfficeOptions = {}, cap = '100000.00'): Promise<Office> {
  const own = policyFile(DISTRICT, 'temporary-aid');
  const set = (parameter: string, of: unknown): PolicyFile['values'][number] => ({
    ...own.values[0]!,
    parameter,
    value: of,
  });
  const values = [
    ...own.values.filter(
      ({ parameter }) => !['yearCap', 'urgentPapersDays', 'sameCause', 'historyFrom'].includes(parameter),
    ),
    set('yearCap', { amount: cap }),
    set('urgentPapersDays', 10),
    set('sameCause', 'none'),
    set('historyFrom', '2026-11'),
  ];
  const packs = [
    policyFile('110000', 'dibao'),
    policyFile('110000', 'temporary-aid'),
    policyFile(DISTRICT, 'dibao'),
    { ...own, values },
    policyFile(DISTRICT, 'disaster-relief'),
    policyFile(DISTRICT, 'funeral'),
  ];
  const bureau = await openOffice({ people: 0, packs, ...options });
  for (const programme of ['temporary-aid', 'funeral']) {
    const budget = { jurisdiction: DISTRICT, programme, fiscalYear: '2026' };
    value(await bureau.office.setBudget({ ...budget, lines: LINES, by: 'staff-finance' }));
  }
  return bureau;
}

export const PORTS = (bureau: Office): ApplicationPorts => bureau.ports.grants;
export const TOWNSHIP = { id: 'town-head', street: '110199001', roles: ['reviewer'] } as const;
export const APPROVER = { id: 'staff-approver', roles: ['approver'] } as const;
export const URGENT = {
  kind: 'urgent',
  persons: 2,
  residence: 'urban',
  registration: 'visitor',
  family: 'other',
  cause: 'fire',
  eventOn: '2026-11-20',
  months: 1,
} as const;

/** An application of the n-th person, whom no sheet ever named, for a family of those numbered. */
export function asked(
  n: number,
  facts: object = URGENT,
  others: Partial<GrantRequest> & { readonly with?: readonly number[] } = {},
): GrantRequest {
  const { with: family = [], ...rest } = others;
  return {
    jurisdiction: DISTRICT,
    programme: 'temporary-aid',
    street: '110199001',
    appliedOn: '2026-11-21',
    subject: {
      idNumber: idNumber(n),
      legalName: '林来',
      account: { account: `6217${String(n).padStart(12, '0')}`, holderName: '林来' },
    },
    family: family.map((one) => ({ name: '林家', idNumber: idNumber(one) })),
    facts: { ...facts },
    ...rest,
  };
}

let requests = 0;
export const nextRequest = (): string => `request-${(requests += 1)}`;

/** Takes an application in, and returns its id. */
export async function applied(ports: ApplicationPorts, request: GrantRequest): Promise<string> {
  const by = { by: 'town-clerk', request: nextRequest() };
  return value(await applyForGrant(ports, request, by)).found.application;
}

/** What somebody who looks at it now would sign. */
export async function wishFor(
  ports: ApplicationPorts,
  application: string,
  said: Partial<GrantWish> = {},
): Promise<GrantWish> {
  const decidedOn = said.decidedOn ?? '2026-11-22';
  const found = await ports.applications.load(application);
  const { hash } = value(await workedOutApplication(ports, found!, decidedOn));
  return { hash, document: '示民临〔2026〕1号', decidedOn, means: { kind: 'account' }, ...said };
}

export const yuan = (amount: number) => fen(amount * 100);
