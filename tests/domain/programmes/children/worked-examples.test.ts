// Goal: the worked examples of the programmes for children come out to the fen, on the packs of the policy book.
import { describe, expect, it } from 'vitest';
import type { ChildCase } from '../../../../domain/children/case.ts';
import { toYuan } from '../../../../domain/money.ts';
import { CHILD_IN_NEED_CASES } from '../../../../domain/programmes/child-in-need/cases.ts';
import { PROGRAMMES } from '../../../../domain/programmes/index.ts';
import { ORPHAN_CASES } from '../../../../domain/programmes/orphan/cases.ts';
import { renderStep } from '../../../../domain/programmes/sentences.ts';
import { UNATTENDED_CHILD_CASES } from '../../../../domain/programmes/unattended-child/cases.ts';
import { codeOf, must } from '../samples.ts';
import { childBook, childFacts, monthOf, monthsOf } from './samples.ts';

const CASES: readonly (ChildCase & { readonly programme: string })[] = [
  ...ORPHAN_CASES.map((one) => ({ ...one, programme: 'orphan' })),
  ...UNATTENDED_CHILD_CASES.map((one) => ({ ...one, programme: 'unattended-child' })),
  ...CHILD_IN_NEED_CASES.map((one) => ({ ...one, programme: 'child-in-need' })),
];

describe('worked examples', () => {
  it.each(CASES)('$programme: $row', (one) => {
    const given = { ...one, facts: childFacts(one.facts) };
    for (const [month, yuan] of Object.entries(one.months)) {
      const entitlement = must(monthOf(given, month, undefined, one.knownOn));
      expect(`${month} ${toYuan(entitlement.fen)}`).toBe(`${month} ${yuan}`);
      expect(entitlement.sample).toBe(false);
      expect(entitlement.components.reduce((sum, { fen }) => sum + fen, 0)).toBe(entitlement.fen);
      for (const step of entitlement.derivation) {
        const { zh, en } = renderStep(PROGRAMMES[one.programme]!, step);
        expect(`${zh}${en}`).not.toMatch(/[{}]/);
      }
      for (const { component } of entitlement.components)
        expect(PROGRAMMES[one.programme]!.components).toHaveProperty([component]);
    }
    const month = Object.keys(one.months)[0]!;
    expect(monthsOf(given, month, month).first).toBe(one.first ?? monthsOf(given, month, month).first);
  });

  it('D3, the reading of 2026 (本人分类救助资金额度): 2850 less the own top-up of 362.50', () => {
    const rules = [{ with: 'dibao', of: 'household', action: 'top-up', reference: 'own-top-up' }];
    const book = childBook({ '110000/unattended-child': { stacking: rules } });
    const d3 = CASES.find(({ row }) => row.startsWith('D3'))!;
    const { fen, derivation } = must(monthOf({ ...d3, facts: childFacts(d3.facts) }, '2025-07', book));
    expect(toYuan(fen)).toBe('2487.50');
    expect(derivation.at(-1)?.code).toBe('stacking-topped-up');
  });

  it('D1: before the document was issued nobody knew of it, and a place’s lapsed standard pays nothing', () => {
    const [d1, gz] = [CASES[0]!, CASES.find(({ jurisdiction }) => jurisdiction === '440100')!];
    const before = must(monthOf({ ...d1, facts: childFacts(d1.facts) }, '2025-07', undefined, '2026-01-13'));
    expect([before.fen, before.sample]).toEqual([245000, true]);
    expect(codeOf(monthOf({ ...gz, facts: childFacts(gz.facts) }, '2026-06'))).toBe('policy/gap');
    expect(codeOf(monthOf({ ...gz, facts: childFacts(gz.facts) }, '2024-12'))).toBe('policy/gap');
  });

  it('D2: 1140 beside 低保, which keeps every fen', () => {
    const d2 = CASES.find(({ row }) => row.startsWith('D2'))!;
    const { fen, derivation } = must(monthOf({ ...d2, facts: childFacts(d2.facts) }, '2025-07'));
    expect(fen).toBe(114000);
    expect(derivation.some(({ code }) => code.startsWith('stacking'))).toBe(false);
  });
});
