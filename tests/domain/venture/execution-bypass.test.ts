import { describe, expect, it } from 'vitest';
import { evaluateProject } from '../../../domain/venture/execution-evaluation.ts';
import {
  closeRectification,
  openRectification,
  setFileDue,
} from '../../../domain/venture/execution-evidence.ts';
import { type Desk, DONE, desk } from './execution-desk.ts';
import { TODAY } from './execution-samples.ts';

/** No way around what a release waits for. */
const rectify = (project: Desk, number = 1) => [
  project.say(openRectification(project.project, '台账不全', '2026-07-01'), 'inspector'),
  project.say(closeRectification(project.project, number, '整1', 'other'), 'other'),
];

describe('a settlement pays', () => {
  it('no tranche of a mid-term evaluation that nobody made (海曙: the last one waits for it)', () => {
    const tranches = [
      { share: '60', milestone: 'signed' },
      { share: '40', milestone: 'mid-term-passed' },
    ];
    const project = desk({ tranches });
    project.release(1);
    expect(project.settle('48000.00')).toBe('conflict/not-evaluated');
    project.evaluate('mid-term', '85');
    expect([project.settle('48000.00'), project.balance]).toEqual(['done', 1_920_000]);
  });

  it('nothing while an evaluation asks for rectification that nobody accepted', () => {
    const band = { zh: '良', en: 'good', passes: true, pays: '100' };
    const bands = [
      { ...band, grade: 'B', from: '60', rectification: true },
      { ...band, grade: 'C', from: '0', passes: false, pays: '0' },
    ];
    const project = desk({ rules: { evaluation: { scores: 'half-open', most: '100', bands } } });
    project.release(1);
    project.evaluate('mid-term', '70');
    rectify(project);
    expect(project.release(2)).toBe(DONE);
    project.evaluate('final', '70');
    expect(project.settle('48000.00')).toBe('conflict/rectification-open');
    expect(rectify(project, 2)).toEqual(['done', 'done']);
    expect([project.settle('48000.00'), project.balance]).toEqual(['done', 480_000]);
  });

  it('later where the place delays it after a failed acceptance (中山), and takes money back at once', () => {
    const failure = { acceptance: { next: 'delayed', recover: 'none', publicNotice: false } };
    const project = desk({ rules: { failure } });
    project.release(1);
    project.evaluate('mid-term', '85');
    project.release(2);
    project.evaluate('final', '30');
    expect(project.settle('48000.00')).toBe('conflict/evaluation-failed');
    rectify(project);
    project.evaluate('final', '85');
    expect([project.settle('48000.00'), project.balance]).toEqual(['done', 480_000]);
    const back = desk({ rules: { failure } });
    back.release(1);
    back.evaluate('final', '30');
    expect([back.settle('20000.00'), back.balance]).toEqual(['done', -400_000]);
  });
});

describe('one person alone', () => {
  it('does not turn a failed evaluation into a passed one: rectification is accepted by another one first', () => {
    const project = desk();
    project.release(1);
    expect(project.evaluate('mid-term', '30')).toBe('done');
    expect(project.evaluate('mid-term', '85')).toBe('conflict/rectification-open');
    expect(project.evaluate('mid-term', '40')).toBe('done');
    rectify(project);
    expect(project.evaluate('mid-term', '85')).toBe('done');
    expect(project.release(2)).toBe(DONE);
  });

  it('does not move the day of a file that was missed: where that fails, a reason is for another person', () => {
    const due = (dueOn: string) => ({ file: 'mid-term', dueOn, document: '函1' }) as const;
    const project = desk({ rules: { lateFiles: 'fail-unless-reason' } });
    project.release(1);
    const set = (dueOn: string) => project.say(setFileDue(project.project, due(dueOn), TODAY), 'clerk');
    expect(set('2026-06-16T17:00')).toBe('done');
    expect(set('2026-06-14T17:00')).toBe('done');
    expect(set('2026-07-14')).toBe('conflict/file-overdue');
    const wish = { stage: 'mid-term', score: '90', evidence: '评1', on: TODAY } as const;
    expect(evaluateProject(project.project, wish, 'judge', TODAY)).toMatchObject({
      error: { code: 'conflict/file-late' },
    });
    const lenient = desk({ rules: { lateFiles: 'allowed' } });
    const move = (dueOn: string) => lenient.say(setFileDue(lenient.project, due(dueOn), TODAY), 'clerk');
    expect([move('2026-06-14'), move('2026-07-14')]).toEqual(['done', 'done']);
  });
});
