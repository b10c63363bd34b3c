import type { JurisdictionCode } from '../../../domain/ids.ts';
import { bodyCheck, wholeCheck } from '../../../domain/organisation-code.ts';
import type { ImprestStore } from '../../../functions/adapters/imprest-store.ts';
import { grant } from '../../../functions/grants/decide-application.ts';
import { confirmImprest, openImprest } from '../../../functions/imprest/fund-service.ts';
import type { ImprestPorts } from '../../../functions/imprest/ports.ts';
import { policyFile } from '../../policy-files.ts';
import {
  aidOffice,
  applied,
  asked,
  nextRequest,
  PORTS,
  TOWNSHIP,
  URGENT,
  wishFor,
  yuan,
} from '../grants/aid-office.ts';
import { DISTRICT, LINES, type Office, value } from '../run/office.ts';

export const EAST = '110199001';
export const WEST = '110199002';

/** The sample district with the rules of its imprest funds. */
export async function fundOffice(): Promise<Office> {
  const bureau = await aidOffice({ quickReads: true });
  value(await bureau.office.importPolicyPack(policyFile(DISTRICT, 'imprest'), 'staff-admin'));
  const budget = { jurisdiction: DISTRICT, programme: 'imprest', fiscalYear: '2026' };
  value(await bureau.office.setBudget({ ...budget, lines: LINES, by: 'staff-finance' }));
  return bureau;
}

export function fundPorts({ ports }: Office): ImprestPorts {
  const { imprest, ledger, policies, register, runs, sweeps, clock, grants } = ports;
  return {
    imprest,
    ledger,
    policies,
    register,
    runs,
    sweeps,
    clock,
    grants,
    applications: grants.applications,
    recovery: ports,
  };
}

const seventeen = (body: string) => `11110199${body}${bodyCheck(body)}`;
const codeOf = (body: string) => `${seventeen(body)}${wholeCheck(seventeen(body))}`;

/** A fund of two townships with so much cash in it, confirmed by a second person. */
export async function openedFund(
  bureau: Office,
  fund: string,
  broughtIn: number,
  body = 'MB000001',
): Promise<{ readonly jurisdiction: JurisdictionCode; readonly fund: string }> {
  const ports = fundPorts(bureau);
  const organisation = {
    code: codeOf(body),
    name: `${body}镇人民政府`,
    account: `330199000000000${body.slice(-5)}`,
  };
  const opening = { fund, name: `${fund}备用金`, streets: [EAST, WEST], organisation };
  const request = { ...opening, broughtIn: yuan(broughtIn), document: '示民救〔2026〕1号' };
  const by = (who: string) => ({ by: who, request: nextRequest() });
  value(await openImprest(ports, DISTRICT, request, by('staff-preparer')));
  const address = { jurisdiction: DISTRICT, fund };
  value(await confirmImprest(ports, address, by('staff-cashier')));
  return address;
}

/** Takes in an application of the n-th person at a township, and returns what decides it with cash from a fund. */
export async function cashFor(
  bureau: Office,
  n: number,
  { fund, street = EAST, facts = {} }: { fund: string; street?: string; facts?: object },
) {
  const ports = PORTS(bureau);
  const application = await applied(ports, asked(n, { ...URGENT, persons: 1, ...facts }, { street }));
  const wish = await wishFor(ports, application, {
    means: { kind: 'imprest-cash', fund, receipt: `LK-${n}` },
  });
  const request = nextRequest();
  const by = { by: { ...TOWNSHIP, id: `head-${street}`, street }, request };
  return { application, decide: () => grant(ports, application, wish, by) };
}

export const storeOf = ({ ports }: Office): ImprestStore => ports.imprest;
