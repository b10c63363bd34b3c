import type { Citation } from '../citation.ts';
import { type Fen, fen, sumFen, toYuan, writtenFen } from '../money.ts';
import type { Component, GrantProposal, Step } from '../programmes/programme.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import type { GrantStepCode } from './labels.ts';

/** An amount in fen and the steps that found it. */
export type Priced = { readonly fen: Fen; readonly steps: readonly Step[] };

const step = (
  code: GrantStepCode,
  inputs: Step['inputs'],
  result: Fen,
  citation: Citation | undefined,
): Step => ({ code, inputs, result: toYuan(result), ...(citation && { citation }) });

/** A flat amount by its category (分类定额). */
export function flatAmount(item: string, yuan: string, citation: Citation): Priced {
  const amount = writtenFen(yuan);
  return { fen: amount, steps: [step('flat-amount', { item }, amount, citation)] };
}

/** So many of something at an amount each, e.g. persons, or persons × days. */
export function countTimesRate(item: string, count: number, yuan: string, citation: Citation): Priced {
  const amount = fen(writtenFen(yuan) * count);
  const inputs = { item, count: String(count), rate: yuan };
  return { fen: amount, steps: [step('count-times-rate', inputs, amount, citation)] };
}

/** At most the limit (据实，以标准为限); unchanged and without a step where the limit is `none`. */
export function limitedTo(item: string, priced: Priced, limit: string, citation: Citation): Priced {
  if (limit === 'none') return priced;
  const amount = toYuan(priced.fen);
  const least = fen(Math.min(priced.fen, writtenFen(limit)));
  const limited = step('limited-to', { item, amount, limit }, least, citation);
  return { fen: least, steps: [...priced.steps, limited] };
}

export type Worth = {
  readonly components: readonly Component[];
  readonly decidedAt: GrantProposal['decidedAt'];
  readonly persons: number;
  readonly derivation: readonly Step[];
  readonly sample: boolean;
};

/** A proposal that pays in the month of its decision. Refusal: `invalid/nothing-due`. */
export function payAtOnce({ components, ...rest }: Worth): Result<GrantProposal> {
  const due = components.filter((one) => one.fen > 0);
  if (due.length === 0) return refuse(NOTHING_DUE);
  return ok({ ...rest, parts: [{ monthsAfter: 0, components: due }] });
}

/** One component in equal payments, one every so many months; what does not divide is paid with the last. */
export function payInParts(
  component: string,
  total: Fen,
  { count, everyMonths }: { readonly count: number; readonly everyMonths: number },
  citation: Citation,
): Pick<GrantProposal, 'parts'> & { readonly steps: readonly Step[] } {
  if (count === 1 || total < count)
    return { parts: [{ monthsAfter: 0, components: [{ component, fen: total }] }], steps: [] };
  const each = fen(Math.floor(total / count));
  const parts = Array.from({ length: count }, (_, index) => {
    const amount = index === count - 1 ? fen(total - each * (count - 1)) : each;
    return { monthsAfter: index * everyMonths, components: [{ component, fen: amount }] };
  });
  const inputs = { total: toYuan(total), count: String(count), every: String(everyMonths) };
  return { parts, steps: [step('paid-in-parts', inputs, each, citation)] };
}

/** What a proposal gives in all its months. */
export const proposedFen = ({ parts }: Pick<GrantProposal, 'parts'>): Fen =>
  sumFen(parts.flatMap(({ components }) => components.map((one) => one.fen)));

const NOTHING_DUE = refusal(
  'invalid/nothing-due',
  '按所填情况没有应给付的金额：请核对填报的项目和数量',
  'nothing is due for what was stated: check the items and counts',
);
