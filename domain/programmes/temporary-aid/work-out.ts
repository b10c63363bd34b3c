import { sumFen, toYuan, writtenFen, ZERO } from '../../money.ts';
import { ok, type Result, refuse } from '../../result.ts';
import type { GrantInput, GrantProposal, Step } from '../programme.ts';
import { type AidAmount, spendingAmount, urgentAmount } from './amounts.ts';
import { TemporaryAidFacts } from './facts.ts';
import { barred, decidedAt, withinYear } from './limits.ts';
import { TEMPORARY_AID_PARAMETERS, type TemporaryAidParameters } from './parameters.ts';
import { type AidPolicy, readPolicy } from './read-parameter.ts';
import { notAboveOrdinary, notCaseByCase, nothingDue } from './refusals.ts';

/** 急难型 and 支出型; `imprest` where it was handed over in cash from a township's fund (备用金). */
export const URGENT = 'urgent';
export const SPENDING = 'spending';
export const IMPREST_CASH = 'imprest';

/**
 * Works out one application for 临时救助 by the policy in force in the month of the decision. `earlier` are grants of any member of the
 * family, of the last twelve months at least; their `cause` is that of the application. An amount above the caps (`specialAmount`) is decided
 * case by case (一事一议).
 *
 * Refusals: `policy/…` (registration, event-window, same-cause, months, spend-below-least, spend-above-bands, year-cap, family-class, cause,
 * kind-not-offered, case-by-case, nothing-due, gap, no-rule), `invalid/…` (months, spend, event-date, special-amount).
 */
export function workOut(input: GrantInput): Result<GrantProposal> {
  const facts = TemporaryAidFacts.parse(input.facts);
  const read = readPolicy(input.view, input.decidedOn, facts.residence);
  if (!read.ok) return read;
  const policy = read.value;
  const no = barred(facts, input, policy);
  if (no) return refuse(no);
  const worked = facts.kind === 'urgent' ? urgentAmount(facts, policy) : spendingAmount(facts, policy);
  if (!worked.ok) return worked;
  const capped = withinYear(worked.value, input, policy);
  if (facts.specialAmount !== undefined) return special(facts.specialAmount, facts, policy, capped);
  if (!capped.ok) return capped;
  const { byMonth, steps } = capped.value;
  if (byMonth.every((amount) => amount === 0)) return refuse(nothingDue());
  const { level, step } = decidedAt(sumFen(byMonth), facts, policy);
  return ok({
    parts: byMonth.map((fen, monthsAfter) => ({
      monthsAfter,
      components: [{ component: facts.kind === 'urgent' ? URGENT : SPENDING, fen }],
    })),
    decidedAt: level,
    persons: facts.persons,
    derivation: [standardStep(facts, policy), ...steps, step],
    sample: isSample(policy),
  });
}

/** 一事一议: the amount that people set, above what the rates and caps give. */
function special(
  text: string,
  facts: TemporaryAidFacts,
  policy: AidPolicy,
  ordinary: Result<AidAmount>,
): Result<GrantProposal> {
  const { value: offered, citation, sample } = policy.caseByCase;
  if (!offered) return refuse(notCaseByCase());
  const amount = writtenFen(text);
  const due = ordinary.ok ? sumFen(ordinary.value.byMonth) : ZERO;
  if (amount <= due) return refuse(notAboveOrdinary(text, toYuan(due)));
  const inputs = { ordinary: toYuan(due) };
  const set: Step = { code: 'case-by-case', inputs, result: toYuan(amount), citation };
  const component = facts.kind === 'urgent' ? URGENT : SPENDING;
  return ok({
    parts: [{ monthsAfter: 0, components: [{ component, fen: amount }] }],
    decidedAt: 'special',
    persons: facts.persons,
    derivation: [standardStep(facts, policy), ...(ordinary.ok ? ordinary.value.steps : []), set],
    sample: isSample(policy) || sample === true,
  });
}

function standardStep({ residence, kind }: TemporaryAidFacts, { standard }: AidPolicy): Step {
  return {
    code: 'standard',
    inputs: { residence, kind },
    result: standard.yuan,
    citation: standard.citation,
  };
}

/** Rests on an amount that no authority published. */
function isSample(policy: AidPolicy): boolean {
  const names = Object.keys(TEMPORARY_AID_PARAMETERS) as (keyof TemporaryAidParameters)[];
  return (
    policy.standard.sample ||
    names.some((name) => TEMPORARY_AID_PARAMETERS[name].bearsAmount && policy[name].sample === true)
  );
}
