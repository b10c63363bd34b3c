import * as fc from 'fast-check';
import { fen } from '../../../domain/money.ts';
import type { Draft, Severity } from '../../../domain/run/draft.ts';
import { draftOf, findingOf } from './samples.ts';

const CONTROLS: readonly [string, Severity][] = [
  ['deceased', 'hold'],
  ['shared-account', 'hold'],
  ['no-account', 'block'],
  ['note', 'warn'],
];

const some: fc.Arbitrary<(readonly [string, Severity])[]> = fc.subarray([...CONTROLS], { maxLength: 2 });
/** Two in three drafts have none. */
const findings = fc
  .tuple(fc.nat({ max: 2 }), some)
  .map(([chance, list]): (readonly [string, Severity])[] => (chance < 2 ? [] : list));

/** Up to twelve drafts of all kinds; most are payable, some have two findings, some nothing to pay. */
export const anyDrafts: fc.Arbitrary<Draft[]> = fc
  .array(
    fc.record({
      amount: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 80_000 }) }, fc.constant(0)),
      street: fc.constantFrom('110199001', '110199002', ''),
      kind: fc.constantFrom<Draft['kind']>('regular', 'regular', 'difference', 'reissue'),
      findings,
      movement: fc.constantFrom<Draft['movement']>('joined', 'stopped', 'changed', 'same'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) =>
    list.map(({ amount, street, kind, findings, movement }, index) =>
      draftOf(index, {
        fen: fen(amount),
        street,
        kind,
        attempt: kind === 'reissue' ? 2 : 1,
        movement,
        findings: findings.map(([control, severity]) => findingOf(control, severity)),
      }),
    ),
  );
