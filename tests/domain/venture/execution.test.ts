import { describe, expect, it } from 'vitest';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import { proposeChange } from '../../../domain/venture/execution-change.ts';
import { hoursDue } from '../../../domain/venture/execution-effects.ts';
import {
  closeRectification,
  excuseLateness,
  openRectification,
  receiveFile,
  reportHours,
  setFileDue,
} from '../../../domain/venture/execution-evidence.ts';
import {
  latePayments,
  overdueFiles,
  type SignedProject,
} from '../../../domain/venture/execution-standing.ts';
import type { Project } from '../../../domain/venture/project.ts';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';
import { type Desk, DONE, desk } from './execution-desk.ts';
import { NORMAL, TODAY, yuan } from './execution-samples.ts';

describe('a tranche is released', () => {
  it('in its turn, with its papers, after the money before was spent', () => {
    const project = desk({
      rules: { release: { previousSpendPercent: '60', papers: ['invoice', 'spend-report'] } },
    });
    project.milestone(1);
    project.milestone(2);
    expect(project.propose(2, { invoice: '票1' })).toBe('conflict/tranche-order');
    expect(project.propose(1, {})).toBe('missing/paper');
    project.spend('0.00');
    expect([project.propose(1, { invoice: '票1' }), project.decide(1)]).toEqual(['done', 'done']);
    project.evaluate('mid-term', '85');
    project.spend('14399.99');
    expect(project.propose(2, { invoice: '票2' })).toBe('limit/spend-ratio');
    project.spend('14400.00');
    expect(project.propose(2, { invoice: '票2' })).toBe('done');
  });

  it('only to an organisation in good standing, when it is proposed and when it is decided', () => {
    const project = desk();
    project.milestone(1);
    const listed = { status: 'abnormal', bans: [] } as const;
    const ban = { from: '2026-06-01', until: TODAY, reason: '违约', document: '罚1', by: 'x', at: '' };
    expect(project.propose(1, {}, listed)).toBe('forbidden/organisation-status');
    expect(project.propose(1, {}, { ...NORMAL, bans: [ban] })).toBe('forbidden/organisation-banned');
    expect(project.propose(1, {}, { ...NORMAL, bans: [{ ...ban, until: '2026-06-14' }] })).toBe('done');
    expect(project.decide(1, listed)).toBe('forbidden/organisation-status');
    expect(project.decide(1)).toBe('done');
  });

  it('after the evaluation that it waits for, and the rectification that somebody ordered', () => {
    const project = desk();
    expect(project.release(1)).toBe(DONE);
    project.milestone(2);
    expect(project.propose(2)).toBe('conflict/not-evaluated');
    project.evaluate('mid-term', '59.99');
    expect(project.propose(2)).toBe('conflict/evaluation-failed');
    project.say(openRectification(project.project, '台账不全', '2026-07-01'), 'inspector');
    expect(project.propose(2)).toBe('conflict/rectification-open');
    const accept = (by: string) => project.say(closeRectification(project.project, 1, '整1', by), by);
    expect(accept('inspector')).toBe('forbidden/same-person');
    expect(accept('other')).toBe('done');
    project.evaluate('mid-term', '60');
    expect(project.propose(2)).toBe('done');
  });

  it('in part, with a bonus on top of the grant, as the band of the evaluation says', () => {
    const band = { zh: '良', en: 'good', passes: true };
    const bands = [
      { ...band, grade: 'A', from: '90', pays: '100', bonusPercent: '5' },
      { ...band, grade: 'B', from: '60', pays: '70', rectification: true },
      { ...band, grade: 'C', from: '0', passes: false, pays: '0' },
    ];
    const rules = { evaluation: { scores: 'half-open', most: '100', bands } };
    const best = desk({ rules });
    best.release(1);
    best.evaluate('mid-term', '90');
    expect(best.release(2)).toBe(DONE);
    expect(best.effects[1]?.spans[0]?.components).toEqual([
      { component: 'bonus', fen: yuan('2400.00') },
      { component: 'tranche', fen: yuan('19200.00') },
    ]);
    for (const step of best.effects.flatMap(({ spans }) => spans.flatMap(({ derivation }) => derivation)))
      expect(renderStep({ id: 'venture-fund' }, step).zh).not.toContain('{');
    const middling = desk({ rules });
    middling.release(1);
    middling.evaluate('mid-term', '89.99');
    middling.milestone(2);
    expect(middling.propose(2)).toBe('conflict/rectification-open');
    middling.say(openRectification(middling.project, '按评估', '2026-07-01'), 'x');
    middling.say(closeRectification(middling.project, 1, '整1', 'y'), 'y');
    expect([middling.propose(2), middling.decide(2)]).toEqual(['done', 'done']);
    expect(middling.effects[1]?.spans[0]?.components).toEqual([
      { component: 'tranche', fen: yuan('13440.00') },
    ]);
  });

  it('the last one by the mid-term evaluation where the plan says so (海曙), and a failed one stops any', () => {
    const tranches = [
      { share: '60', milestone: 'signed' },
      { share: '40', milestone: 'mid-term-passed' },
    ];
    const passed = desk({ tranches });
    passed.release(1);
    passed.evaluate('mid-term', '85');
    expect(passed.release(2)).toBe(DONE);
    const failed = desk({
      tranches: [
        { share: '60', milestone: 'signed' },
        { share: '40', milestone: 'progress' },
      ],
    });
    failed.release(1);
    failed.evaluate('mid-term', '20');
    failed.milestone(2);
    expect(failed.propose(2)).toBe('conflict/evaluation-failed');
  });
});

describe('a file that is late or does not come', () => {
  const due = { file: 'mid-term', dueOn: '2026-06-14T17:00', document: '函1' } as const;
  const late = (lateFiles: string, filedOn?: string) => {
    const project = desk({ rules: { lateFiles } });
    project.release(1);
    project.say(setFileDue(project.project, due, TODAY), 'clerk');
    if (filedOn !== undefined)
      project.say(
        receiveFile(project.project, { file: 'mid-term', filedOn, evidence: '收1' }, TODAY),
        'clerk',
      );
    return project;
  };
  it.each([
    ['fail', '2026-06-14T17:00', 'done', 0],
    ['fail', '2026-06-14T17:01', 'conflict/file-late', 1],
    ['fail', undefined, 'conflict/file-late', 1],
    ['fail-unless-reason', undefined, 'conflict/file-late', 1],
    ['allowed', '2026-06-15', 'done', 0],
    ['allowed', undefined, 'done', 1],
  ])('where late is "%s", filed %s: %s', (rule, filedOn, outcome, listed) => {
    const project = late(rule, filedOn);
    expect(project.evaluate('mid-term', '90')).toBe(outcome);
    expect(overdueFiles(project.project, TODAY)).toHaveLength(listed);
    expect(overdueFiles(project.project, '2026-06-14')).toHaveLength(filedOn === '2026-06-14T17:01' ? 1 : 0);
  });

  it('is excused by another person than who received it, where a reason may count', () => {
    const excuse = (project: Desk, by: string) => {
      const said = { file: 'mid-term', reason: '台风停工', document: '函2' } as const;
      return project.say(excuseLateness(project.project, said, by, TODAY), by);
    };
    expect(excuse(late('fail', '2026-06-15'), 'head')).toBe('policy/late-is-fail');
    const project = late('fail-unless-reason', '2026-06-15');
    expect(excuse(project, 'clerk')).toBe('forbidden/same-person');
    expect(excuse(project, 'head')).toBe('done');
    expect(project.evaluate('mid-term', '90')).toBe('done');
    expect(overdueFiles(project.project, TODAY)).toEqual([]);
  });
});

describe('a change', () => {
  it('leaves what was released, and is refused below it', () => {
    const project = desk();
    project.release(1);
    const change = (grant: string) => proposeChange(project.project, { grant: yuan(grant), reason: '缩减' });
    expect(change('23999.99')).toMatchObject({ error: { code: 'limit/below-paid' } });
    const changed = change('36000.00');
    expect(changed).toMatchObject({
      value: { contract: { tranches: [{ fen: 2_400_000 }, { fen: 960_000 }, { fen: 240_000 }] } },
    });
    // A higher grant needs a budget that lacks so much, and stays under the cap of the place.
    expect(change('48000.01')).toMatchObject({ error: { code: 'limit/grant-over-cap' } });
    const raise = (text: string) => {
      const lines = [{ category: 'activities', item: '活动', fen: yuan(text) }];
      return proposeChange(project.project, { grant: yuan(text), lines, reason: '增加活动' });
    };
    expect(raise('80000.00')).toMatchObject({ value: { contract: { grant: 8_000_000 } } });
    expect(raise('80000.01')).toMatchObject({ error: { code: 'limit/grant-over-cap' } });
    expect(proposeChange(project.project, { reason: '无' })).toMatchObject({
      error: { code: 'invalid/nothing-changed' },
    });
  });
});

describe('hours of service', () => {
  it('are due for the money that was released before: none on signing, all of them with the settlement', () => {
    const project = desk({ serviceHours: 100 });
    const due = () => hoursDue(project.project as SignedProject);
    expect(due()).toBe(0);
    project.release(1);
    expect(due()).toBe(0);
    project.evaluate('mid-term', '85');
    project.release(2);
    expect(due()).toBe(50);
    project.evaluate('final', '85');
    project.settle('48000.00');
    project.agree();
    expect(due()).toBe(100);
    expect(hoursDue(desk().project as SignedProject)).toBe(0);
  });

  it('are reported through later and later days: an older report never takes the place of a newer one', () => {
    const project = desk({ serviceHours: 100 });
    const report = (upTo: string, hours: number) =>
      project.say(reportHours(project.project, { upTo, hours, evidence: '时1' }, TODAY), 'clerk');
    expect([report('2026-06-10', 40), report('2026-06-09', 60)]).toEqual(['done', 'invalid/hours-earlier']);
    expect([report('2026-06-10', 38), report(TODAY, 41)]).toEqual(['done', 'done']);
  });
});

describe('the time to pay', () => {
  const within = { workingDays: 15 };
  const tranches = [
    { share: '60', milestone: 'signed', within },
    { share: '40', milestone: 'progress', within: { months: 1 } },
  ];
  it('is counted from the signature in working days, and from a milestone in months', async () => {
    const days = await loadWorkingDays();
    const log = desk({ tranches });
    const signed = { ...log.project.signed, signedOn: '2026-09-22' } as Project['signed'];
    const late = (today: string) => latePayments({ ...log.project, ...(signed && { signed }) }, today, days);
    expect(late('2026-10-20')).toEqual([]);
    expect(late('2026-10-21')).toEqual([{ tranche: 1, payBy: '2026-10-20' }]);
    log.release(1);
    expect(late('2026-10-21')).toEqual([]);
    log.milestone(2);
    expect(late('2026-07-15')).toEqual([]);
    expect(late('2026-07-16')).toEqual([{ tranche: 2, payBy: '2026-07-15' }]);
  });
});
