import { decideConclusion, proposeSettlement } from '../../../domain/venture/execution-conclusion.ts';
import { grantEffects } from '../../../domain/venture/execution-effects.ts';
import { evaluateProject } from '../../../domain/venture/execution-evaluation.ts';
import { recordMilestone, reportSpend } from '../../../domain/venture/execution-evidence.ts';
import {
  decideRelease,
  type OrganisationStanding,
  proposeRelease,
} from '../../../domain/venture/execution-release.ts';
import type { SignedProject } from '../../../domain/venture/execution-standing.ts';
import { contractOf, Log, NORMAL, TODAY, yuan } from './execution-samples.ts';

const DECIDED = { document: '民〔2026〕9号', decidedOn: TODAY } as const;
export const spent = (text: string) => [{ category: 'activities', item: '活动', fen: yuan(text) }];

/** A project in the hands of its bureau: every step by the people who usually do it. */
export class Desk extends Log {
  milestone = (tranche: number) =>
    this.say(
      recordMilestone(this.project, { tranche, evidence: '卷1', reachedOn: TODAY }, TODAY),
      'recorder',
    );
  propose = (tranche: number, papers = {}, organisation: OrganisationStanding = NORMAL) =>
    this.say(proposeRelease(this.project, { tranche, papers }, 'payer', TODAY, organisation), 'payer');
  decide = (tranche: number, organisation: OrganisationStanding = NORMAL) => {
    const wish = { tranche, outcome: 'released', ...DECIDED } as const;
    return this.say(decideRelease(this.project, wish, 'head', TODAY, organisation), 'head');
  };
  release = (tranche: number): string =>
    [this.milestone(tranche), this.propose(tranche), this.decide(tranche)].join(' ');
  evaluate = (stage: 'mid-term' | 'final', score: string, today = TODAY) =>
    this.say(
      evaluateProject(this.project, { stage, score, evidence: '评1', on: today }, 'judge', today),
      'judge',
    );
  spend = (text: string) =>
    this.say(reportSpend(this.project, { upTo: TODAY, lines: spent(text), evidence: '支1' }, TODAY), 'clerk');
  settle = (text: string, more = {}) => {
    const wish = { reason: '结算', evidence: '审1', spend: spent(text), dueOn: '2026-12-31', ...more };
    return this.say(proposeSettlement(this.project, wish, TODAY), 'payer');
  };
  agree = (by = 'head', organisation: OrganisationStanding = NORMAL) => {
    const wish = { outcome: 'agreed', ...DECIDED } as const;
    const cause = this.project.execution.conclusion?.proposed.cause ?? 'settlement';
    return this.say(decideConclusion(this.project, cause, wish, by, TODAY, organisation), by);
  };
  get effects() {
    return grantEffects(this.project as SignedProject);
  }
  get balance() {
    return this.project.execution.conclusion?.proposed.balance;
  }
}
export const desk = (options: Parameters<typeof contractOf>[0] = {}) => new Desk(contractOf(options));
export const DONE = 'done done done';
