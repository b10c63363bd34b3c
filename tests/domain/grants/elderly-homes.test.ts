// Goal: months of beds and new beds come out to the fen on the sample district, and each option of policy does what it says. Method:
// worked examples, then the same days under every option against an independent count.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ELDERLY_HOME_CASES, type ElderlyHomeCase } from '../../../domain/grants/elderly-cases.ts';
import { sumFen, toYuan } from '../../../domain/money.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import type { GrantProposal } from '../../../domain/programmes/programme.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import type { Result } from '../../../domain/result.ts';
import { type PolicyFile, policyFile } from '../../policy-files.ts';
import { bookOf, codeOf, fact } from '../programmes/samples.ts';

const DISTRICT = '110199';

function workOut(
  { programme, facts, died }: Omit<ElderlyHomeCase, 'row' | 'due'>,
  options: Record<string, unknown> = {},
  known: readonly Fact[] = [],
): Result<GrantProposal> {
  const file: PolicyFile = policyFile(DISTRICT, programme);
  for (const value of file.values) if (value.parameter in options) value.value = options[value.parameter];
  const { schema, workOut: rules } = PROGRAMMES[programme]!.grant!;
  const scope = { jurisdiction: DISTRICT, programme, knownOn: '2026-11-20' };
  return rules({
    facts: z.parse(schema, facts),
    appliedOn: '2026-11-05',
    decidedOn: '2026-11-20',
    view: { book: bookOf(file), scope },
    earlier: [],
    subject: [...known, ...(died === undefined ? [] : [fact('death-certified', died)])],
  });
}
const paid = (proposal: GrantProposal) =>
  proposal.parts.map(({ components }) => toYuan(sumFen(components.map((one) => one.fen))));

describe('worked examples', () => {
  it.each(ELDERLY_HOME_CASES)('$programme: $row', (one) => {
    const worked = workOut(one);
    expect(worked.ok ? paid(worked.value) : worked.error.code).toEqual(one.due);
    if (!worked.ok) return;
    expect(worked.value).toMatchObject({ persons: 1, sample: true, decidedAt: 'district' });
    for (const step of worked.value.derivation) {
      expect(step.citation).toBeDefined();
      expect(renderStep({ id: one.programme }, step).zh).not.toContain('{');
    }
  });
});

describe('options', () => {
  const bed = ELDERLY_HOME_CASES[0]!;

  it.each([
    ['by-days', ['300.00']],
    ['whole', ['600.00']],
    ['none', 'policy/died-in-month'],
  ])('a month in which the resident died on the 15th, %s', (deathMonth, expected) => {
    const worked = workOut({ ...bed, died: '2026-10-15' }, { deathMonth });
    expect(worked.ok ? paid(worked.value) : worked.error.code).toEqual(expected);
  });

  it('the level is what the register has on the last day, where policy asks for it', () => {
    const options = { levelProof: 'register' };
    expect(codeOf(workOut(bed, options))).toBe('missing/care-level');
    const assessed = fact('care-level', '2026-10-31', 'severe');
    expect(codeOf(workOut(bed, options, [assessed]))).toBe('ok');
    const from = (day: string, level: string) => [
      fact('care-level', '2026-01-01', 'severe'),
      fact('care-level', day, level),
    ];
    expect(codeOf(workOut(bed, options, from('2026-10-31', 'moderate')))).toBe('conflict/care-level');
    expect(codeOf(workOut(bed, options, from('2026-11-01', 'moderate')))).toBe('ok');
  });

  it('whole, half or none follow from the days alone', () => {
    const days = fc.integer({ min: 1, max: 31 });
    const bedMonth = fc.record({
      fullFromDays: days,
      halfFromDays: fc.oneof(fc.constant('none' as const), fc.integer({ min: 1, max: 30 })),
      leavingDay: fc.constantFrom('counted', 'not-counted'),
    });
    fc.assert(
      fc.property(days, days, bedMonth, (one, other, option) => {
        const [first, last] = [Math.min(one, other), Math.max(one, other)];
        const dayOf = (n: number) => `2026-10-${String(n).padStart(2, '0')}`;
        const worked = workOut(
          { ...bed, facts: { ...bed.facts, from: dayOf(first), to: dayOf(last) } },
          { bedMonth: option },
        );
        let count = 0;
        for (let day = first; day <= last; day += 1)
          if (day < last || last === 31 || option.leavingDay === 'counted') count += 1;
        const half = option.halfFromDays !== 'none' && count >= option.halfFromDays;
        const expected =
          count >= option.fullFromDays ? ['600.00'] : half ? ['300.00'] : 'policy/too-few-days';
        expect(worked.ok ? paid(worked.value) : worked.error.code).toEqual(expected);
      }),
    );
  });
});
