import type { ControlInput } from '../../../domain/controls/control.ts';
import { findingsOn } from '../../../domain/controls/index.ts';
import { fen } from '../../../domain/money.ts';
import type { ControlPolicy } from '../../../domain/policy/control-parameters.ts';
import type { PaymentLine } from '../../../domain/run/draft.ts';

export const HEAD = '7Z3K9QX2M4BT';
export const OTHER = 'AAAAAAAAAAAA';

export const line = (month: string, changes: Partial<PaymentLine> = {}): PaymentLine => ({
  month,
  component: 'allowance',
  fen: fen(10000),
  kind: 'entitlement',
  ...changes,
});

type Changes = Omit<Partial<ControlInput>, 'payee' | 'subject'> & {
  readonly payee?: Partial<ControlInput['payee']>;
  readonly subject?: Partial<ControlInput['subject']>;
};

/** A payment of December 2026, looked at on 25 November, that no control has anything against. */
export function payment({ payee, subject, ...changes }: Changes = {}): ControlInput {
  return {
    lines: [line('2026-12')],
    subject: { key: HEAD, facts: [], ...subject },
    payee: { key: HEAD, facts: [], account: { holderMatches: true, sharedWith: 0 }, ...payee },
    period: { first: '2026-12', knownOn: '2026-11-25' },
    sample: false,
    demoMode: false,
    ...changes,
  };
}

/** Codes of what is found where policy says this. */
export const codesUnder = (policy: ControlPolicy, changes: Changes): string[] =>
  findingsOn(payment({ policy, ...changes })).map(({ control }) => control);
