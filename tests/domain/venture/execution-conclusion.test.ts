import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import { proposeTermination, proposeUnused } from '../../../domain/venture/execution-conclusion.ts';
import { desk, spent } from './execution-desk.ts';
import { TODAY, yuan } from './execution-samples.ts';

describe('the settlement', () => {
  it.each([
    ['48000.00', 480_000],
    ['60000.00', 480_000],
    ['45000.00', 180_000],
    ['43200.00', 0],
    ['30000.00', -1_320_000],
    ['0.00', -4_320_000],
  ])('of %s spent, 43,200.00 of 48,000.00 released: %d fen', (text, expected) => {
    const project = desk();
    project.release(1);
    project.evaluate('mid-term', '85');
    project.release(2);
    project.evaluate('final', '85');
    expect([project.settle(text), project.balance]).toEqual(['done', expected]);
    expect(project.propose(3)).toBe('conflict/project-concluded');
    expect(project.agree('payer')).toBe('forbidden/same-person');
    expect(project.agree()).toBe('done');
    const last = project.effects.slice(2);
    expect(last.map(({ kind }) => kind)).toEqual(
      expected === 0 ? [] : [expected > 0 ? 'grant' : 'grant-withdrawn'],
    );
  });

  it('pays nothing after a failed evaluation, and not before the final one that its plan waits for', () => {
    const project = desk();
    project.release(1);
    project.evaluate('mid-term', '85');
    project.release(2);
    expect(project.settle('48000.00')).toBe('conflict/not-evaluated');
    project.evaluate('final', '30');
    expect([project.settle('48000.00'), project.balance]).toEqual(['done', 0]);
  });

  it('is paid to an organisation in good standing alone; money comes back from any', () => {
    const project = desk();
    project.release(1);
    project.settle('30000.00');
    expect(project.balance).toBeUndefined();
    project.evaluate('mid-term', '85');
    project.evaluate('final', '85');
    project.settle('30000.00');
    expect(project.agree('head', { status: 'cancelled', bans: [] })).toBe('forbidden/organisation-status');
    const back = desk();
    back.release(1);
    back.settle('1000.00');
    expect(back.agree('head', { status: 'cancelled', bans: [] })).toBe('done');
  });

  it('says of interest that is more than what was released that no order takes it back', () => {
    const project = desk();
    project.release(1);
    expect(project.settle('0.00', { interest: yuan('100.00') })).toBe('done');
    expect(project.balance).toBe(-2_400_000);
    const { steps = [] } = project.project.execution.conclusion?.proposed ?? {};
    expect(steps.at(-1)).toMatchObject({ code: 'interest-apart', result: '100.00' });
    for (const step of steps) expect(renderStep({ id: 'venture-fund' }, step).zh).not.toContain('{');
    const some = desk();
    some.release(1);
    some.settle('24000.00', { interest: yuan('100.00') });
    expect(some.balance).toBe(-10_000);
    expect(some.project.execution.conclusion?.proposed.steps.at(-1)?.code).toBe('settled');
  });

  it('asks for a day, and for instalments that come to the sum', () => {
    const project = desk();
    project.release(1);
    const part = (dueOn: string, text: string) => ({ dueOn, fen: yuan(text) });
    const last = part('2026-12-31', '10000.00');
    expect(project.settle('10000.00', { dueOn: TODAY })).toBe('invalid/due-missing');
    expect(project.settle('10000.00', { instalments: [last] })).toBe('invalid/instalments');
    expect(project.settle('10000.00', { instalments: [part('2026-09-30', '4000.00'), last] })).toBe('done');
  });
});

describe('a project that is ended', () => {
  const ended = (rules: Record<string, unknown>, failed = false) => {
    const project = desk({ rules });
    project.release(1);
    if (failed) project.evaluate('mid-term', '10');
    const wish = {
      reason: '转包',
      evidence: '查1',
      spend: spent('9000.00'),
      dueOn: '2026-12-31',
      breachOn: TODAY,
    };
    return { project, done: project.say(proposeTermination(project.project, wish, TODAY), 'payer') };
  };
  it.each([
    [{ termination: 'none' }, false, 0],
    [{ termination: 'unspent' }, false, -1_500_000],
    [{ termination: 'all' }, false, -2_400_000],
    [
      {
        termination: 'none',
        failure: { midTerm: { next: 'terminated', recover: 'all', publicNotice: true } },
      },
      true,
      -2_400_000,
    ],
    // One that failed gives back no less than one that did not.
    [
      {
        termination: 'all',
        failure: { midTerm: { next: 'stopped', recover: 'none', publicNotice: false } },
      },
      true,
      -2_400_000,
    ],
    [{ termination: 'unspent', failure: {} }, true, -1_500_000],
  ])('by the rules %j gives back %s %d fen, and its organisation is banned', (rules, failed, balance) => {
    const { project, done } = ended(rules, failed);
    expect([done, project.balance]).toEqual(['done', balance]);
    expect(project.project.execution.conclusion?.proposed.bannedUntil).toBe('2029-06-15');
    expect(project.milestone(2)).toBe('conflict/project-concluded');
  });

  it('for money that lay unused beyond its time, the oldest spent first', () => {
    const project = desk({ rules: { unusedAfterYears: 2 } });
    project.release(1);
    project.spend('4000.00');
    const paid = (paidOn: string) => [{ paidOn, fen: yuan('24000.00') }];
    const said = { reason: '逾期未用', evidence: '查1', dueOn: '2026-12-31' };
    const propose = (paidOn: string) =>
      project.say(proposeUnused(project.project, said, paid(paidOn), TODAY), 'payer');
    expect(propose('2024-06-15')).toBe('conflict/nothing-unused');
    expect([propose('2024-06-14'), project.balance]).toEqual(['done', -2_000_000]);
    project.agree();
    expect(project.effects[1]?.spans[0]?.components).toEqual([{ component: 'tranche', fen: fen(2_000_000) }]);
  });
});
