import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fen, sumFen } from '../../../domain/money.ts';
import { type Result, unreachable } from '../../../domain/result.ts';
import type { ExecutionActBody } from '../../../domain/venture/execution-acts.ts';
import { decideChange, proposeChange } from '../../../domain/venture/execution-change.ts';
import {
  closeProject,
  decideConclusion,
  proposeSettlement,
  proposeTermination,
  proposeUnused,
} from '../../../domain/venture/execution-conclusion.ts';
import { type GrantEffect, grantEffects } from '../../../domain/venture/execution-effects.ts';
import { evaluateProject } from '../../../domain/venture/execution-evaluation.ts';
import {
  closeRectification,
  openRectification,
  recordMilestone,
  reportSpend,
  withdrawMilestone,
} from '../../../domain/venture/execution-evidence.ts';
import { decideRelease, proposeRelease } from '../../../domain/venture/execution-release.ts';
import { releasesOf, type SignedProject } from '../../../domain/venture/execution-standing.ts';
import type { Project } from '../../../domain/venture/project.ts';
import { contractOf, Log, NORMAL, TODAY, yuan } from './execution-samples.ts';

const PEOPLE = ['an', 'bo', 'cai', 'du'] as const;
const DATED = { document: '民〔2026〕9号', decidedOn: TODAY } as const;

/** Any of the commands of execution, on any tranche and amount, by anybody. */
const anyStep = fc.record({
  by: fc.constantFrom(...PEOPLE),
  tranche: fc.integer({ min: 1, max: 3 }),
  amount: fc.oneof(fc.integer({ min: 0, max: 6_000_000 }), fc.constantFrom(0, 1, 2_400_000, 4_800_000)),
  agree: fc.boolean(),
  // Weighted: a release takes three steps in a row, and the end of a project is to come late.
  what: fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom('milestone', 'propose', 'decide') },
    { weight: 6, arbitrary: fc.constantFrom('evaluate', 'spend', 'change', 'decide-change') },
    { weight: 2, arbitrary: fc.constantFrom('withdraw', 'fail', 'open', 'close-one') },
    { weight: 1, arbitrary: fc.constantFrom('settle', 'terminate', 'unused') },
    { weight: 4, arbitrary: fc.constantFrom('conclude', 'close') },
  ),
});
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

function decisionOf(
  project: Project,
  { what, by, tranche: any, amount, agree }: Step,
): Result<ExecutionActBody> {
  // Mostly the tranche whose turn it is.
  const tranche = amount % 4 === 0 ? any : releasesOf(project.execution).length + 1;
  const sum = fen(amount);
  const lines = [{ category: 'activities', item: '活动', fen: sum }];
  const said = { reason: '理由', evidence: '审字1号', dueOn: '2026-12-31' };
  const outcome = agree ? 'agreed' : 'refused';
  const wish = { outcome, ...DATED, reason: '理由' } as const;
  switch (what) {
    case 'milestone':
      return recordMilestone(project, { tranche, evidence: '卷1', reachedOn: TODAY }, TODAY);
    case 'withdraw':
      return withdrawMilestone(project, tranche, '登记有误');
    case 'propose':
      return proposeRelease(project, { tranche, papers: {} }, by, TODAY, NORMAL);
    case 'decide': {
      const released = agree ? 'released' : 'refused';
      return decideRelease(
        project,
        { tranche, outcome: released, ...DATED, reason: '理由' },
        by,
        TODAY,
        NORMAL,
      );
    }
    case 'evaluate':
    case 'fail': {
      const stage = any > 1 ? 'final' : 'mid-term';
      const score = what === 'fail' ? '59' : '85';
      return evaluateProject(project, { stage, score, evidence: '评1', on: TODAY }, by, TODAY);
    }
    case 'spend':
      return reportSpend(project, { upTo: TODAY, lines, evidence: '支1' }, TODAY);
    case 'change':
      return proposeChange(project, { grant: sum, reason: '理由' });
    case 'decide-change':
      return decideChange(project, wish, by, TODAY);
    case 'open':
      return openRectification(project, '理由', '2026-07-01');
    case 'close-one':
      return closeRectification(project, tranche, '整1', by);
    case 'settle':
      return proposeSettlement(project, { ...said, spend: lines }, TODAY);
    case 'terminate':
      return proposeTermination(project, { ...said, spend: lines }, TODAY);
    case 'unused':
      return proposeUnused(project, said, [{ paidOn: '2024-01-01', fen: releasedOf(project) }], TODAY);
    case 'conclude': {
      const cause = project.execution.conclusion?.proposed.cause ?? 'settlement';
      return decideConclusion(project, cause, wish, by, TODAY, NORMAL);
    }
    case 'close':
      return closeProject(project, fen(0));
    default:
      return unreachable(what);
  }
}

const releasedOf = ({ execution }: Project) =>
  sumFen(releasesOf(execution).map(({ proposed }) => proposed.fen));
const effectsOf = (project: Project) => grantEffects(project as SignedProject);
const totalOf = (effects: readonly GrantEffect[], kind: GrantEffect['kind']) =>
  sumFen(
    effects
      .filter((effect) => effect.kind === kind)
      .flatMap(({ spans }) => spans.flatMap(({ components }) => components.map((one) => one.fen))),
  );

/** What must be true of a project after every step. */
function check(project: Project, before: readonly GrantEffect[]): void {
  const { contract, execution } = project;
  const effects = effectsOf(project);
  expect(sumFen((contract?.tranches ?? []).map((one) => one.fen))).toBe(contract?.grant);
  for (const { proposed, decided } of releasesOf(execution)) {
    const recorded = execution.recordedBy[proposed.tranche] ?? [];
    expect(execution.milestones[proposed.tranche]).toBeDefined();
    expect(recorded).not.toContain(proposed.by);
    expect(recorded).not.toContain(decided.by);
    expect(proposed.by).not.toBe(decided.by);
  }
  const [given, taken] = [totalOf(effects, 'grant'), totalOf(effects, 'grant-withdrawn')];
  expect(given).toBeLessThanOrEqual(contract?.grant ?? 0);
  expect(taken).toBeLessThanOrEqual(given);
  const { conclusion } = execution;
  const balance = conclusion?.decided ? conclusion.proposed.balance : 0;
  expect(taken).toBe(Math.max(0, 0 - balance));
  expect(conclusion?.decided?.by ?? 'nobody').not.toBe(conclusion?.proposed.by);
  expect(new Set(effects.map(({ basis }) => basis)).size).toBe(effects.length);
  for (const { proposedBy, decidedBy, evidenceBy } of effects) {
    expect(proposedBy).not.toBe(decidedBy);
    expect(evidenceBy).not.toBe(decidedBy);
  }
  // What was decided stays as it was: nothing that is recorded again differs from what was recorded first.
  for (const effect of before) expect(effects).toContainEqual(effect);
}

describe('any acts of any people on a project', () => {
  const rules = { evaluation: contractOf().rules.evaluation, termination: 'all' };
  it.each<[string, Parameters<typeof contractOf>[0]]>([
    ['in three tranches by milestone and evaluation', {}],
    [
      'the last tranche on the mid-term evaluation',
      {
        tranches: [
          { share: '30', milestone: 'signed' },
          { share: '30', milestone: 'progress' },
          { share: '40', milestone: 'mid-term-passed' },
        ],
      },
    ],
    [
      'the rest after the audit, all back at termination',
      {
        rules,
        tranches: [
          { share: '1/3', milestone: 'signed' },
          { share: '1/3', milestone: 'progress' },
          { share: '1/3', milestone: 'audited' },
        ],
      },
    ],
  ])(
    '%s: three persons per tranche, never above the grant, never below zero without an order',
    (_, options) => {
      const contract = contractOf({ grant: '33333.33', ...options });
      const seen = { released: 0, paid: 0, back: 0, changed: 0 };
      fc.assert(
        fc.property(fc.boolean(), fc.array(anyStep, { minLength: 20, maxLength: 120 }), (passed, steps) => {
          const log = new Log(contract);
          // Half of them begin with what a settlement waits for.
          for (const stage of passed ? (['mid-term', 'final'] as const) : []) {
            const wish = { stage, score: '85', evidence: '评1', on: TODAY };
            log.say(evaluateProject(log.project, wish, 'eva', TODAY), 'eva');
          }
          let before: readonly GrantEffect[] = [];
          for (const step of steps) {
            const done = log.say(decisionOf(log.project, step), step.by);
            if (done !== 'done') continue;
            check(log.project, before);
            before = effectsOf(log.project);
          }
          const { execution } = log.project;
          seen.released += releasesOf(execution).length;
          seen.changed += execution.changes.length;
          const balance = execution.conclusion?.decided ? execution.conclusion.proposed.balance : 0;
          if (balance > 0) seen.paid += 1;
          if (balance < 0) seen.back += 1;
        }),
        { numRuns: 1_000, seed: 20261122 },
      );
      // The walk went everywhere.
      expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
    },
  );
});

describe('a milestone', () => {
  const ready = () => {
    const log = new Log(contractOf());
    const record = { tranche: 1, evidence: '协议1', reachedOn: '2026-04-01' };
    expect(log.say(recordMilestone(log.project, record, TODAY), 'recorder')).toBe('done');
    return { log, record };
  };
  const propose = (log: Log, by: string) =>
    log.say(proposeRelease(log.project, { tranche: 1, papers: {} }, by, TODAY, NORMAL), by);
  const decide = (log: Log, by: string) =>
    log.say(decideRelease(log.project, { tranche: 1, outcome: 'released', ...DATED }, by, TODAY, NORMAL), by);

  it('recorded twice releases nothing: the second record is refused, before and after the release', () => {
    const { log, record } = ready();
    const again = () => log.say(recordMilestone(log.project, record, TODAY), 'other');
    expect(again()).toBe('conflict/milestone-recorded');
    expect(propose(log, 'payer')).toBe('done');
    expect(again()).toBe('conflict/milestone-recorded');
    expect(decide(log, 'decider')).toBe('done');
    expect(again()).toBe('conflict/milestone-recorded');
    expect(propose(log, 'payer')).toBe('conflict/tranche-released');
    expect(totalOf(effectsOf(log.project), 'grant')).toBe(yuan('24000.00'));
  });

  it('written twice into the log all the same, past the command, releases nothing more and frees nobody', () => {
    const { log, record } = ready();
    const second = { ok: true, value: { kind: 'milestone', milestone: 'signed', ...record } } as const;
    expect(log.say(second, 'payer')).toBe('done');
    expect(propose(log, 'payer')).toBe('forbidden/same-person');
    expect(log.project.execution.milestones[1]?.by).toBe('recorder');
  });

  it('recorded by the payer releases nothing: who records neither proposes nor decides', () => {
    const { log } = ready();
    expect(propose(log, 'recorder')).toBe('forbidden/same-person');
    expect(propose(log, 'payer')).toBe('done');
    expect(decide(log, 'recorder')).toBe('forbidden/same-person');
    expect(decide(log, 'payer')).toBe('forbidden/same-person');
    expect(effectsOf(log.project)).toEqual([]);
    expect(decide(log, 'decider')).toBe('done');
    expect(effectsOf(log.project)).toMatchObject([
      { proposedBy: 'payer', decidedBy: 'decider', evidenceBy: 'recorder' },
    ]);
  });

  it('that was withdrawn and recorded anew by another bars both recorders', () => {
    const { log, record } = ready();
    expect(log.say(withdrawMilestone(log.project, 1, '登记有误'), 'x')).toBe('done');
    expect(propose(log, 'payer')).toBe('missing/milestone');
    expect(log.say(recordMilestone(log.project, record, TODAY), 'second')).toBe('done');
    expect(propose(log, 'recorder')).toBe('forbidden/same-person');
    expect(propose(log, 'second')).toBe('forbidden/same-person');
    expect(propose(log, 'payer')).toBe('done');
  });
});
