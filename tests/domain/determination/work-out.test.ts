// Goal: what is asked for lands on what is in force without undoing it. Method: a taper, an end and a change of standard under
// way, and each kind of question put to them.
import { describe, expect, it } from 'vitest';
import { approveProposal, type Standing } from '../../../domain/determination/decision.ts';
import { type Asked, type ProposedContent, workOut } from '../../../domain/determination/proposal.ts';
import { dibao } from '../../../domain/programmes/dibao/programme.ts';
import type { ScheduleInput } from '../../../domain/programmes/schedule.ts';
import {
  type Determination,
  DeterminationSchema,
  determinedFor,
  isTapered,
} from '../../../domain/register/determination.ts';
import {
  bookOfFile,
  decide,
  determined,
  dibaoBook,
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

describe('a first approval of a household that comes back', () => {
  const again = (input: ScheduleInput, decidedOn: string, appliedOn = decidedOn) => {
    const poor = [{ from: '2020-01', household: family(1) }];
    const answer = asked({ kind: 'initial', appliedOn }, decidedOn, { ...input, cases: poor });
    return answer.ok ? answer.value.spans[0]!.from : [answer.error.code, answer.error.detail?.['lastMonth']];
  };
  const refused = ['conflict/still-due', '2024-12'];

  it.each([
    // The first month is the one after the decision.
    ['2024-06-28', refused],
    ['2024-10-31', refused],
    ['2024-11-30', refused],
    ['2024-12-01', '2025-01'],
    ['2025-01-15', '2025-02'],
  ])('decided on %s in a taper that ends with December: %j', (decidedOn, expected) => {
    expect(again(tapering(), decidedOn)).toEqual(expected);
  });

  it.each([
    ['2024-08-31', ['conflict/still-due', '2024-09']],
    ['2024-09-01', '2024-10'],
  ])('decided on %s before an end that was decided for October: %j', (decidedOn, expected) => {
    const determinations = [
      determined([
        ['2024-01', 1000],
        ['2024-10', 0],
      ]),
    ];
    expect(again(inputOf(BEIJING, { determinations }), decidedOn)).toEqual(expected);
  });

  it('not back over months that were paid, where policy starts with the month of application', () => {
    const determinations = [
      determined([
        ['2024-01', 1000],
        ['2024-05', 0],
        ['2024-07', 500],
        ['2024-09', 0],
      ]),
    ];
    const input = inputOf(BEIJING, {
      book: dibaoBook(BEIJING, { startMonth: 'application-month' }),
      determinations,
    });
    for (const applied of ['2024-04-30', '2024-05-01', '2024-08-31'])
      expect(again(input, '2024-11-15', applied)).toEqual(['conflict/still-due', '2024-08']);
    expect(again(input, '2024-11-15', '2024-09-01')).toBe('2024-09');
  });

  it('the review that it is sent to instead takes the place of the taper', () => {
    const poor = [{ from: '2020-01', household: family(1) }];
    const content = must(asked({ kind: 'review' }, '2024-10-31', { ...tapering(), cases: poor }));
    expect(lines(content as never)).toEqual(['2024-11: 1450.00 + 0.00']);
  });
});

const DECISION = { hash: 'h', document: '示民救〔2024〕1号', decidedOn: '2024-09-10', by: 'b' } as const;
/** A proposal of this content, as the second determination of an enrolment that has one. */
function standingOf(content: ProposedContent): Standing {
  const named = { enrolment: 'DB-H00000000001-1', number: 2, asked: {}, hash: 'h', proposedBy: 'a' };
  const now = { ok: true, value: { content, hash: 'h' } } as const;
  const proposal = { ...named, content } as never;
  return { programme: dibao, proposal, determined: 1, now, today: '2024-09-10' };
}

it('a decided amount names components that there are', () => {
  const input = inputOf(BEIJING, { determinations: [determined([['2024-01', 1000]])] });
  const content = must(asked({ kind: 'unchanged' }, '2024-09-10', input));
  const codeFor = (component: string) => {
    const fixed = [{ from: '2024-10', components: [{ component, fen: 1 as never }] }];
    return codeOf(approveProposal(standingOf(content), { ...DECISION, fixed, departure: '按实际' }));
  };
  expect(codeFor('base')).toBe('ok');
  expect(codeFor('constructor')).toBe('invalid/fixed-spans');
});

describe('an end', () => {
  const input = inputOf(BEIJING, { determinations: [determined([['2024-01', 1000]])] });
  const END = { kind: 'end', from: '2024-10', reason: '户主书面放弃' } as const;
  const content = must(asked(END, '2024-09-10', input));

  it('is stored only where nothing is due any more', () => {
    const [, end] = decide(input.determinations, content as never, '2024-09-10');
    const stored = DeterminationSchema.safeParse(end);
    expect([end!.kind, stored.success]).toEqual(['end', true]);
    const [first] = input.determinations;
    for (const kind of ['end', 'review'] as const) {
      const paying = DeterminationSchema.safeParse({ ...end!, kind, spans: first!.spans });
      expect([kind, paying.success]).toEqual([kind, kind === 'review']);
    }
  });

  it('cannot be decided with amounts', () => {
    const fixed = (fen: number) => [
      { from: '2024-10', components: fen === 0 ? [] : [{ component: 'base', fen: fen as never }] },
    ];
    const codeFor = (changes: object) =>
      codeOf(approveProposal(standingOf(content), { ...DECISION, ...changes }));
    expect(codeFor({})).toBe('ok');
    expect(codeFor({ fixed: fixed(1), departure: '部分发放' })).toBe('invalid/fixed-spans');
    expect(codeFor({ fixed: fixed(0), departure: '自本月起' })).toBe('ok');
  });
});
