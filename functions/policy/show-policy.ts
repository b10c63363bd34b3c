import { IN_ORDER } from '../../domain/budget/funding-rule.ts';
import { chinaDate } from '../../domain/calendar.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import { BUDGET_PARAMETERS } from '../../domain/policy/budget-parameters.ts';
import { costOf } from '../../domain/policy/effect.ts';
import { type CostByLevel, costByLevel } from '../../domain/policy/effect-budget.ts';
import { lookupOption } from '../../domain/policy/lookup.ts';
import type { PolicyPack } from '../../domain/policy/pack.ts';
import {
  isOpen,
  type PolicyProposal,
  type PolicyProposalAct,
  type ScopeEffect,
  type Standing,
  staleBecause,
} from '../../domain/policy/proposal.ts';
import { fullEffect } from './effect-conclude.ts';
import type { PolicyDeskPorts } from './ports.ts';

/** The effect on a programme of a place, beside the budget of the year. */
export type ShownEffect = ScopeEffect & { readonly budget: CostByLevel };
export type ShownProposal = {
  readonly scopes: readonly ShownEffect[];
  readonly packs: readonly PolicyPack[];
  readonly acts: readonly PolicyProposalAct[];
  /** The book that the effect was worked out beside; absent before it was begun. */
  readonly before?: PolicyBook;
};

/** How far the work of the round is, and whether its result still stands; nothing is stale once it was decided on. */
export async function effectStanding(
  { policyProposals }: Pick<PolicyDeskPorts, 'policyProposals'>,
  found: PolicyProposal,
  standing: Standing,
): Promise<{ readonly done: number; readonly of: number; readonly stale: readonly ('book' | 'register')[] }> {
  const { effect, manifest, proposal } = found;
  const of = (manifest?.scopes.length ?? 0) * (manifest?.shards.length ?? 0);
  const done = effect || !manifest ? of : (await policyProposals.shards(proposal.id, manifest.round)).size;
  return { done, of, stale: isOpen(found) ? staleBecause(found, standing, chinaDate) : [] };
}

/** Everything that is shown of one proposal, by reads alone. */
export async function shownProposal(ports: PolicyDeskPorts, found: PolicyProposal): Promise<ShownProposal> {
  const { manifest } = found;
  const before = manifest && (await ports.policies.book(manifest.policyHash));
  const effects = await fullEffect(ports, found);
  const scopes = await Promise.all(effects.map((effect) => withBudget(ports, found, before, effect)));
  const [packs, acts] = [
    await ports.policyProposals.packs(found),
    await ports.policyProposals.acts(found.proposal.id),
  ];
  return { scopes, packs, acts, ...(before && { before }) };
}

async function withBudget(
  { budgets }: PolicyDeskPorts,
  { manifest }: PolicyProposal,
  book: PolicyBook | undefined,
  effect: ScopeEffect,
): Promise<ShownEffect> {
  const { jurisdiction, programme, totals } = effect;
  const fiscalYear = manifest?.through.slice(0, 4) ?? '';
  const { budget } = await budgets.load({ jurisdiction, programme, fiscalYear });
  const scope = { jurisdiction, programme, knownOn: manifest?.knownOn ?? '' };
  const query = { ...scope, parameter: 'funding', month: manifest?.month ?? '' };
  const rule = book && lookupOption(book, query, BUDGET_PARAMETERS.funding);
  // Where the rule lapsed, nobody can say who pays; the lines in their order are what a run would be refused for.
  const funding = rule?.ok ? (rule.value ?? IN_ORDER) : IN_ORDER;
  return { ...effect, budget: costByLevel(costOf(totals), budget, funding) };
}
