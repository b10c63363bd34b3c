import { createHash } from 'node:crypto';
import {
  type Application,
  type ApplicationAct,
  type ApplicationActBody,
  applyApplicationAct,
  foldApplication,
} from '../../../domain/grants/application.ts';
import {
  type Decider,
  type GrantWish,
  grantFor,
  type WorkedOutGrant,
} from '../../../domain/grants/application-commands.ts';
import { fen } from '../../../domain/money.ts';
import type { GrantProposal } from '../../../domain/programmes/programme.ts';
import type { Result } from '../../../domain/result.ts';

/** An application without any store: acts are appended to what is there. */
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const STREET = '110199001';
export const TODAY = '2026-11-22';
export const CLERK = 'clerk';
export const EAST: Decider = { id: 'east', street: STREET, roles: ['reviewer'] };
export const WEST: Decider = { id: 'west', street: '110199002', roles: ['reviewer', 'approver'] };
export const SECTION: Decider = { id: 'section', roles: ['reviewer'] };
export const BUREAU: Decider = { id: 'bureau', roles: ['approver'] };

export const APPLIED: ApplicationAct = {
  kind: 'applied',
  application: 'ga-1',
  sequence: 1,
  at: '2026-11-21T02:00:00.000Z',
  by: CLERK,
  jurisdiction: '110199',
  programme: 'temporary-aid',
  subject: 'AAAAAAAAAAAA',
  street: STREET,
  appliedOn: '2026-11-20',
  facts: 'f1',
  members: ['AAAAAAAAAAAA', 'BBBBBBBBBBBB'],
};
export const opened = (more: object = {}): Application => foldApplication([{ ...APPLIED, ...more }])!;

export function acted(found: Application, body: ApplicationActBody, by: string): Application {
  const { application, sequence } = found;
  return applyApplicationAct(found, {
    ...body,
    application,
    sequence: sequence + 1,
    at: `2026-11-22T02:00:${String(sequence).padStart(2, '0')}.000Z`,
    by,
  });
}
/** What follows from a command that must not be refused. */
export function done(found: Application, decision: Result<ApplicationActBody>, by: string): Application {
  if (!decision.ok) throw new Error(`refused: ${decision.error.code}`);
  return acted(found, decision.value, by);
}
export const codeOf = (decision: Result<unknown>): string => (decision.ok ? 'accepted' : decision.error.code);

export const proposal = (
  amounts: readonly number[],
  decidedAt: GrantProposal['decidedAt'] = 'township',
): GrantProposal => ({
  parts: amounts.map((amount, monthsAfter) => ({
    monthsAfter,
    components: amount > 0 ? [{ component: 'urgent', fen: fen(amount) }] : [],
  })),
  decidedAt,
  persons: 2,
  derivation: [{ code: 'standard', inputs: {}, result: '1.00' }],
  sample: false,
});
export const worked = (
  found: Application,
  of: GrantProposal,
  earlier: Parameters<typeof grantFor>[3] = [],
): WorkedOutGrant => grantFor(sha256, found, of, earlier, TODAY);
export const wish = (now: WorkedOutGrant, more: Partial<GrantWish> = {}): GrantWish => ({
  hash: now.hash,
  document: '示民临〔2026〕1号',
  decidedOn: TODAY,
  means: { kind: 'account' },
  ...more,
});
