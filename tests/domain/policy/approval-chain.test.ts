import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { fen } from '../../../domain/money.ts';
import { ApprovalChain, frozenChain } from '../../../domain/policy/approval-chain.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { policyFile } from '../../policy-files.ts';

const step = (code: string, role = 'approver', above?: unknown) => ({
  code,
  role,
  office: { zh: code, en: code },
  ...(above !== undefined && { above }),
});
type Step = ReturnType<typeof step>;

/** What the import of a pack says to a chain: path, Chinese and English; "ok" when it is taken. */
function answerTo(...steps: Step[]): string {
  const file = policyFile('110199', 'high-age');
  file.values = file.values.filter((row) => row.parameter === 'approvalChain');
  file.values[0]!.value = steps;
  const parsed = parsePolicyPack(file);
  return parsed.ok ? 'ok' : `${parsed.error.zh} ${parsed.error.en}`;
}

it('takes chains of two to five steps, with amounts in the middle and at the end', () => {
  const full = [
    step('section', 'reviewer'),
    step('finance', 'reviewer', '100000.00'),
    step('deputy-director'),
    step('director', 'approver', '500000'),
    step('committee', 'approver', '2000000.01'),
  ];
  expect(answerTo(...full)).toBe('ok');
  expect(answerTo(...full.slice(0, 3))).toBe('ok');
  expect(answerTo(step('a', 'reviewer'), step('b'))).toBe('ok');
});

it('says what is wrong with a chain, and where', () => {
  const at = 'values[0].value';
  const one = answerTo(step('a'));
  expect([one.includes('二至五步，现为 1 步'), one.includes('two to five steps, not 1')]).toEqual([
    true,
    true,
  ]);
  expect(answerTo(...'abcdef'.split('').map((code) => step(code)))).toContain('现为 6 步');
  expect(answerTo()).toContain('现为 0 步');
  const twice = answerTo(step('a', 'reviewer'), step('a'));
  expect(twice).toContain(`${at}[1].code`);
  expect(twice).toContain('步骤代码不得重复：a');
  // One person would sign alone below the amount.
  const alone = answerTo(step('a', 'reviewer', '1.00'), step('b'));
  expect(alone).toContain('至少两步不带金额条件');
  expect(alone).toContain('at least two steps without an amount');
  const reviewerLast = answerTo(step('a'), step('b', 'reviewer'));
  expect(reviewerLast).toContain(`${at}[1].role`);
  expect(reviewerLast).toContain('最后一步须由审批人签批');
  // Below the amount the reviewer would be the last one; above it, in the second.
  expect(answerTo(step('a'), step('b', 'reviewer'), step('c', 'approver', '5'))).toContain(`${at}[1].role`);
  expect(answerTo(step('a', 'reviewer'), step('b'), step('c', 'reviewer', '5'))).toContain(`${at}[2].role`);
});

it.each(['0', '0.00', '-1.00', '1,000.00', '１.00', '1.001', 'x', 1000, null])(
  'refuses the amount %s',
  (above) => {
    expect(answerTo(step('a', 'reviewer'), step('b'), step('c', 'approver', above))).toContain(
      'values[0].value[2].above',
    );
  },
);

it('freezes amounts in fen, and steps without one as they always were', () => {
  const [first, plain, dear] = [step('a', 'reviewer'), step('b'), step('c', 'approver', '5000.5')];
  const { office } = dear;
  expect(frozenChain(z.parse(ApprovalChain, [first, plain, dear]))).toStrictEqual([
    first,
    plain,
    { code: 'c', role: 'approver', office, aboveFen: fen(500_050) },
  ]);
});
