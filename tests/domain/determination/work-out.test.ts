// Goal: what is asked for lands on what is in force without undoing it. Method: a taper, an end and a change of standard under
// way, and each kind of question put to them.
import { describe, expect, it } from 'vitest';
import { type Asked, workOut } from '../../../domain/determination/proposal.ts';
import { dibao } from '../../../domain/programmes/dibao/programme.ts';
import type { ScheduleInput } from '../../../domain/programmes/schedule.ts';
import { type Determination, determinedFor, isTapered } from '../../../domain/register/determination.ts';
import {
  bookOfFile,
  decide,
  determined,
  dibaoFile,
  family,
  inputOf,
  lines,
  schedule,
} from '../programmes/dibao/samples.ts';
import { codeOf, must } from '../programmes/samples.ts';

const BEIJING = '110000';
const TAPER = { kind: 'taper', declaredOn: '2024-06-20' } as const;
const over = [{ from: '2020-01', household: family(1, '1450.00') }];

const asked = (question: Asked, decidedOn: string, input: ScheduleInput) =>
  workOut(dibao, question, decidedOn, input);

/** 北京: a taper from July 2024, three months of 1000 and three of 500, nothing from January. */
function tapering(sample = false): ScheduleInput {
  const before = [determined([['2024-01', 1000]], { sample })];
  const input = inputOf(BEIJING, { cases: over, determinations: before });
  return { ...input, determinations: decide(before, schedule(TAPER, input), '2024-06-25') };
}

function after(input: ScheduleInput, question: Asked, decidedOn: string): Determination[] {
  return decide(input.determinations, must(asked(question, decidedOn, input)) as never, decidedOn);
}

describe('a review without change during a taper', () => {
  it.each(['2024-07-10', '2024-09-30', '2024-10-01', '2024-12-31'])(
    'decided on %s: keeps on tapering',
    (day) => {
      const input = tapering();
      const content = must(asked({ kind: 'unchanged' }, day, input));
      expect(content.kind).toBe('taper');
      expect(lines(content as never).at(-1)).toBe('2025-01: 0.00 + 0.00');
      const determinations = decide(input.determinations, content as never, day);
      const due = (month: string) => determinedFor(determinations, month)!;
      for (const month of ['2024-07', '2024-09', '2024-10', '2024-12'])
        expect(isTapered(due(month))).toBe(true);
      for (const month of ['2024-06', '2025-01']) expect(isTapered(due(month))).toBe(false);
    },
  );

  it('what the taper froze a change of standard leaves alone, before and after somebody looked', () => {
    // The new standard takes in the household that the old one had put out.
    const file = dibaoFile(BEIJING);
    const change = file.values.find((row) => row.decidedOn === '2024-08-21')!;
    change.value = { urban: '1600.00', rural: '1600.00' };
    const input = { ...tapering(), book: bookOfFile(file) };
    const issued = { kind: 'standard-change', issuedOn: '2024-08-21', through: '2024-12' } as const;
    const amounts = (determinations: readonly Determination[]) =>
      codeOf(asked(issued, '2024-09-10', { ...input, determinations }));
    expect(amounts(input.determinations)).toBe('conflict/nothing-changes');
    // The first of them speaks of a month before the taper too.
    for (const day of ['2024-06-25', '2024-07-10', '2024-10-10']) {
      const looked = after(input, { kind: 'unchanged' }, day);
      expect([day, amounts(looked)]).toEqual([day, 'conflict/nothing-changes']);
    }
  });

  it('before the taper begins or once it is over: a review like any other', () => {
    const kindOn = (day: string) => must(asked({ kind: 'unchanged' }, day, tapering())).kind;
    expect(['2024-06-25', '2025-01-05'].map(kindOn)).toEqual(['review', 'review']);
    const [july] = decide(
      tapering().determinations,
      must(asked({ kind: 'unchanged' }, '2024-06-25', tapering())) as never,
      '2024-06-25',
    ).slice(-1);
    expect(isTapered(determinedFor([july!], '2024-06')!)).toBe(false);
    expect(isTapered(determinedFor([july!], '2024-07')!)).toBe(true);
  });

  it('rests on a sample where anything that it keeps does', () => {
    const sampleOf = (sample: boolean) =>
      must(asked({ kind: 'unchanged' }, '2024-08-10', tapering(sample))).sample;
    expect([false, true].map(sampleOf)).toEqual([false, true]);
    // Decided for a later month, on a sample.
    const later = [
      determined([['2024-01', 1000]]),
      determined([['2024-10', 1100]], { number: 2, kind: 'review', sample: true }),
    ];
    const input = inputOf(BEIJING, { determinations: later });
    expect(must(asked({ kind: 'unchanged' }, '2024-08-10', input)).sample).toBe(true);
  });
});

describe('a change of standard asked for again', () => {
  const CHANGE = { kind: 'standard-change', issuedOn: '2024-08-21', through: '2024-09' } as const;
  // Decided 55 below the old standard: moved once it is the old standard, and looks as if nothing had moved it.
  const moved = (): ScheduleInput => {
    const input = inputOf(BEIJING, { determinations: [determined([['2024-01', 1340]])] });
    return { ...input, determinations: after(input, CHANGE, '2024-08-28') };
  };
  const again = (input: ScheduleInput, issuedOn = '2024-08-21') =>
    codeOf(asked({ ...CHANGE, issuedOn }, '2024-09-20', input));

  it('is moved once, and the derivation says by which change', () => {
    const found = determinedFor(moved().determinations, '2024-09')!;
    expect(found.span.components).toMatchObject([{ component: 'base', fen: 139_500 }]);
    const last = found.span.derivation.at(-1)!;
    expect(last).toMatchObject({ code: 'standard-difference', inputs: { issuedOn: '2024-08-21' } });
    expect(again(moved())).toBe('conflict/nothing-changes');
  });

  it('also by another day for the same document', () => {
    expect(again(moved(), '2024-08-20')).toBe('conflict/nothing-changes');
  });

  it('also after a review without change', () => {
    const input = moved();
    const determinations = after(input, { kind: 'unchanged' }, '2024-09-02');
    expect(again({ ...input, determinations })).toBe('conflict/nothing-changes');
  });

  it('also after the next change of standard, which moves it on top', () => {
    const file = dibaoFile(BEIJING);
    const row = file.values.find((one) => one.decidedOn === '2024-08-21')!;
    const value = { urban: '1505.00', rural: '1505.00' };
    file.values.push({ ...row, value, inForceFrom: '2024-09', decidedOn: '2024-09-10' });
    const input = { ...moved(), book: bookOfFile(file) };
    const next = { ...CHANGE, issuedOn: '2024-09-10' };
    const determinations = after(input, next, '2024-09-12');
    expect(determinedFor(determinations, '2024-09')!.span.components).toMatchObject([{ fen: 145_000 }]);
    expect(determinedFor(determinations, '2024-08')!.span.components).toMatchObject([{ fen: 139_500 }]);
    expect(again({ ...input, determinations })).toBe('conflict/nothing-changes');
    expect(again({ ...input, determinations }, '2024-09-10')).toBe('conflict/nothing-changes');
  });
});
