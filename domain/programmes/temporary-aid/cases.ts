import type { PlainDate } from '../../calendar.ts';
import type { JurisdictionCode } from '../../ids.ts';
import type { EarlierGrant, GrantProposal } from '../programme.ts';
import type { TemporaryAidFacts } from './facts.ts';

/**
 * Worked examples (算例). `derived` applies an official text to invented inputs; `field` is what a system in use pays.
 */
export type TemporaryAidCase = {
  readonly row: string;
  readonly basis: 'derived' | 'field';
  readonly jurisdiction: JurisdictionCode;
  readonly appliedOn: PlainDate;
  readonly decidedOn: PlainDate;
  readonly facts: TemporaryAidFacts;
  readonly earlier?: readonly EarlierGrant[];
  /** Yuan, of all months together; or the code of the refusal. */
  readonly due: string;
  readonly decidedAt?: GrantProposal['decidedAt'];
  /** Whether it rests on an amount that was not read in an official text. */
  readonly sample: boolean;
};

const GUANGZHOU = { jurisdiction: '440100', appliedOn: '2025-06-10', decidedOn: '2025-06-16' } as const;
const BEIJING = { jurisdiction: '110000', appliedOn: '2024-10-10', decidedOn: '2024-10-18' } as const;
const TAIZHOU = { jurisdiction: '321281', appliedOn: '2025-06-10', decidedOn: '2025-06-16' } as const;

const urgent: TemporaryAidFacts = {
  kind: 'urgent',
  persons: 1,
  residence: 'urban',
  registration: 'local',
  family: 'other',
  cause: 'fire',
  eventOn: '2025-06-01',
};
const spending: TemporaryAidFacts = {
  kind: 'spending',
  persons: 1,
  residence: 'urban',
  registration: 'local',
  family: 'other',
  cause: 'illness',
  eventOn: '2024-09-01',
};

export const TEMPORARY_AID_CASES: readonly TemporaryAidCase[] = [
  {
    row: 'F1 急难 广州, three persons, two months: 7854.00, the township may decide',
    basis: 'derived',
    ...GUANGZHOU,
    facts: { ...urgent, persons: 3, months: 2 },
    due: '7854.00',
    decidedAt: 'township',
    sample: false,
  },
  {
    row: 'F3 支出型 广州, one person, spend 20000: 15708.00',
    basis: 'derived',
    ...GUANGZHOU,
    facts: { ...spending, spend: '20000.00' },
    due: '15708.00',
    decidedAt: 'district',
    sample: false,
  },
  {
    row: 'F6 支出型 北京, a family on 低保, spend 45000: 19500.00',
    basis: 'derived',
    ...BEIJING,
    facts: { ...spending, family: 'dibao', spend: '45000.00' },
    due: '19500.00',
    decidedAt: 'township',
    sample: false,
  },
  {
    row: 'F7 支出型 北京, another family with a severely disabled member, spend 20000: 40%, 8000.00',
    basis: 'derived',
    ...BEIJING,
    facts: { ...spending, severelyDisabled: true, spend: '20000.00' },
    due: '8000.00',
    decidedAt: 'township',
    sample: false,
  },
  {
    row: 'F9 因病 泰州, spend up to 20000: 1065.00',
    basis: 'field',
    ...TAIZHOU,
    facts: { ...spending, spend: '20000.00' },
    due: '1065.00',
    decidedAt: 'district',
    sample: true,
  },
];
