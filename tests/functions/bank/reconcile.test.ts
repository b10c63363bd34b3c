import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultLine } from '../../../domain/bank/result-file.ts';
import { fen } from '../../../domain/money.ts';
import type { Run } from '../../../domain/run/run.ts';
import { diesAfter } from '../../faults.ts';
import {
  type Answer,
  bankAnswer,
  closed,
  code,
  failing,
  type Office,
  reconciled,
  value,
} from '../run/office.ts';
import { balances, entriesOf, sentMonth, smallOffice } from '../run/whole-month.ts';

let bureau: Office;
let run: Run;
beforeEach(async () => {
  bureau = await smallOffice();
  run = await sentMonth(bureau);
});
afterEach(() => bureau.stop());

const on =
  (sequence: number, change: (line: ResultLine) => ResultLine | readonly ResultLine[]): Answer =>
  (line) =>
    line.sequence === sequence ? change(line) : line;
const only =
  (sequence: number, change: (line: ResultLine) => ResultLine | readonly ResultLine[]): Answer =>
  (line) =>
    line.sequence === sequence ? change(line) : [];
const answered = async (answer: Answer, number = 1) => {
  const [bytes] = await bankAnswer(bureau, run, answer, number);
  const resultId = await reconciled(bureau, run, bytes!);
  return value(await bureau.follow.listBankResults(run.runId)).find(
    (result) => result.resultId === resultId,
  )!;
};
const pending = ({ bookedOn: _bookedOn, ...line }: ResultLine): ResultLine => ({
  ...line,
  status: 'pending',
  bankSerial: '',
});
const back = (line: ResultLine): ResultLine => ({
  ...line,
  status: 'returned',
  returnCode: '',
  reason: '账户已销户',
  bookedOn: '2026-11-30',
});
const exceptions = async () => await bureau.lists.exceptions(run.runId);
const decide = (
  exceptionId: string,
  decision: 'settled' | 'failed' | 'returned' | 'no-entry-needed',
  by = 'staff-reviewer',
) => bureau.follow.decideException({ runId: run.runId, exceptionId, decision, reason: '已向银行查询', by });
const outcomes = async () =>
  Object.values(await entriesOf(bureau))
    .map((text) => String(text).split(' ')[0]!)
    .filter((kind) => kind !== 'release' && kind !== 'funding')
    .sort();
const close = async () => {
  const asked = await bureau.actions.close({ runId: run.runId, by: 'staff-reviewer' });
  await bureau.deliver();
  return asked.ok
    ? ((await bureau.views.closingAnswer(run.runId))?.refusal?.code ?? 'closed')
    : asked.error.code;
};

describe('an amount that is not the one instructed', () => {
  it('decided in the moment in which the bank settles it: the entry stands, and who decided is told', async () => {
    await answered(on(2, (line) => ({ ...line, fen: fen(29_000) })));
    const [found] = await exceptions();
    bureau.faults.around = async (write) => {
      delete bureau.faults.around;
      await write();
      await answered(
        only(2, (line) => line),
        2,
      );
    };
    expect(code(await decide(found!.exceptionId, 'failed'))).toBe('conflict/outcome-recorded');
    expect(await outcomes()).toEqual(['settled', 'settled', 'settled']);
    expect(code(await decide(found!.exceptionId, 'failed'))).toBe('conflict/outcome-recorded');
    await bureau.sweep();
    expect(await outcomes()).toEqual(['settled', 'settled', 'settled']);
  });

  it('writes no outcome; a person decides, once, with name and reason', async () => {
    const result = await answered(on(2, (line) => ({ ...line, fen: fen(29_000) })));
    expect(result.counts).toMatchObject({ settled: 2, exceptions: 1 });
    expect(await outcomes()).toEqual(['settled', 'settled']);
    const [found] = await exceptions();
    expect(found).toMatchObject({
      kind: 'amount-mismatch',
      instructedFen: 30_000,
      statedFen: 29_000,
      statedStatus: 'settled',
    });
    expect(found).not.toHaveProperty('decision');
    expect(await close()).toBe('conflict/exceptions-open');
    expect(code(await decide('no-such', 'settled'))).toBe('missing/exception');
    expect(code(await decide(found!.exceptionId, 'returned'))).toBe('conflict/not-settled');
    value(await decide(found!.exceptionId, 'settled'));
    expect(code(await decide(found!.exceptionId, 'failed'))).toBe('conflict/exception-decided');
    expect((await exceptions())[0]?.decision).toMatchObject({
      decision: 'settled',
      by: 'staff-reviewer',
      reason: '已向银行查询',
    });
    const items = await bureau.engines.scan('ledger');
    const decided = items.find((item) => String(item['reason']).startsWith('DECIDED'));
    expect(decided).toMatchObject({
      kind: 'settled',
      fen: 30_000,
      by: 'staff-reviewer',
      reason: 'DECIDED:amount-mismatch',
    });
    expect(await close()).toBe('closed');
  });

  it('decided as failed is on the list, and the right amount in a later file is a break, not a second outcome', async () => {
    await answered(on(2, (line) => ({ ...line, fen: fen(29_000) })));
    const [found] = await exceptions();
    value(await decide(found!.exceptionId, 'failed'));
    expect(await bureau.lists.unsettled(run.runId)).toMatchObject([
      { state: 'failed', fen: 30_000, reason: 'DECIDED:amount-mismatch' },
    ]);
    await answered(
      only(2, (line) => line),
      2,
    );
    expect((await exceptions()).map(({ kind }) => kind).sort()).toEqual(['amount-mismatch', 'late-success']);
    expect(await outcomes()).toEqual(['failed', 'settled', 'settled']);
  });

  it('is decided by one of two people at once', async () => {
    await answered(on(2, (line) => ({ ...line, fen: fen(29_000) })));
    const [found] = await exceptions();
    const answers = await Promise.all([
      decide(found!.exceptionId, 'settled', 'staff-1'),
      decide(found!.exceptionId, 'failed', 'staff-2'),
    ]);
    expect(answers.map(code).sort()).toEqual(['accepted', 'conflict/exception-decided']);
    const [after] = await exceptions();
    expect(await outcomes()).toEqual([after!.decision!.decision, 'settled', 'settled'].sort());
  });

  it('is finished by the sweeper when the decision was written and nothing else', async () => {
    await answered(on(2, (line) => ({ ...line, fen: fen(29_000) })));
    const [found] = await exceptions();
    // The decision is written and not its entry; then the entry, and not the list of what is open.
    for (const [step, closing] of [
      [() => decide(found!.exceptionId, 'failed'), 'conflict/decisions-pending'],
      [() => bureau.sweep(), 'conflict/open-list-differs'],
    ] as const) {
      expect(await diesAfter(bureau.faults, 1, step)).toBe(true);
      expect(await close()).toBe(closing);
    }
    await bureau.sweep();
    expect(await outcomes()).toEqual(['failed', 'settled', 'settled']);
    expect(await bureau.lists.unsettled(run.runId)).toHaveLength(1);
    expect(await close()).toBe('closed');
  });
});

describe('what the bank says later', () => {
  it('a success after a failure is a named break that only can be set aside', async () => {
    await answered(failing([2]));
    await answered(
      only(2, (line) => line),
      2,
    );
    const [found] = await exceptions();
    expect(found?.kind).toBe('late-success');
    expect(await outcomes()).toEqual(['failed', 'settled', 'settled']);
    expect(code(await decide(found!.exceptionId, 'settled'))).toBe('conflict/outcome-recorded');
    expect(await close()).toBe('conflict/exceptions-open');
    value(await decide(found!.exceptionId, 'no-entry-needed'));
    expect(await close()).toBe('closed');
  });

  it('a failure after a success may be decided as a return', async () => {
    await answered((line) => line);
    await answered((line) => (line.sequence === 2 ? failing([2])(line) : []), 2);
    const [found] = await exceptions();
    expect(found).toMatchObject({ kind: 'late-failure', statedReason: 'ACCT_CLOSED' });
    expect(code(await decide(found!.exceptionId, 'failed'))).toBe('conflict/outcome-recorded');
    value(await decide(found!.exceptionId, 'returned'));
    expect(await outcomes()).toEqual(['returned', 'settled', 'settled', 'settled']);
    expect(await bureau.lists.unsettled(run.runId)).toMatchObject([{ state: 'returned' }]);
  });

  it('a return in a second file is recorded once and listed, before and after closing', async () => {
    await answered((line) => line);
    expect((await answered(only(2, back), 2)).counts).toMatchObject({ returned: 1, exceptions: 0 });
    await answered((line) => (line.sequence === 2 ? [line, back(line)] : []), 3);
    expect((await exceptions()).map(({ kind }) => kind)).toEqual(['duplicate', 'duplicate']);
    for (const { exceptionId } of await exceptions()) value(await decide(exceptionId, 'no-entry-needed'));
    expect(await close()).toBe('closed');
    await answered(only(3, back), 4);
    expect(await outcomes()).toEqual(['returned', 'returned', 'settled', 'settled', 'settled']);
    expect(
      (await bureau.lists.unsettled(run.runId)).map(({ state, line }) => `${state} ${line}`).sort(),
    ).toEqual(['returned 2', 'returned 3']);
    const open = Object.entries(await balances(bureau)).filter(([account]) => account.startsWith('returned'));
    expect(open.map(([, balance]) => balance)).toEqual([-30_000, -30_000]);
  });

  it('a return of what never was credited is an exception', async () => {
    await answered(only(2, back));
    expect((await exceptions()).map(({ kind }) => kind)).toEqual(['return-without-success']);
    expect(await outcomes()).toEqual([]);
  });

  it('another date for the same credit is reported, and the first stays', async () => {
    await answered((line) => line);
    const entries = await entriesOf(bureau);
    await answered(
      only(1, (line) => ({ ...line, bookedOn: '2026-11-28' })),
      2,
    );
    expect((await exceptions()).map(({ kind }) => kind)).toEqual(['repeated-differently']);
    expect(await entriesOf(bureau)).toEqual(entries);
  });

  it('what is pending stays in transit until it is settled, and the run cannot close before', async () => {
    const first = await answered(on(2, pending));
    expect(first.counts).toMatchObject({ settled: 2, pending: 1, exceptions: 0 });
    expect(await close()).toBe('conflict/in-transit');
    expect((await bureau.views.closingAnswer(run.runId))?.refusal).toMatchObject({
      detail: { inTransit: 1 },
    });
    expect(value(await bureau.views.getRun(run.runId)).state).toBe('dispatched');
    await answered(
      only(2, (line) => line),
      2,
    );
    expect(await close()).toBe('closed');
    expect(await close()).toBe('conflict/run-state');
  });
});

describe('a line that does not fit', () => {
  it('one that cannot be read waits for the bank; the others are settled', async () => {
    const result = await answered(on(2, (line) => ({ ...line, bankSerial: 'X'.repeat(41) })));
    expect(result.counts).toMatchObject({ lines: 3, settled: 2, exceptions: 1 });
    const [found] = await exceptions();
    expect(found).toMatchObject({ kind: 'unreadable', resultLine: 2 });
    expect(found).not.toHaveProperty('payment');
    expect(code(await decide(found!.exceptionId, 'settled'))).toBe('conflict/nothing-released');
    value(await decide(found!.exceptionId, 'no-entry-needed'));
    expect(await close()).toBe('conflict/in-transit');
    await answered(
      only(2, (line) => line),
      2,
    );
    expect(await close()).toBe('closed');
  });

  it('one without end-to-end id is matched by file and line', async () => {
    const result = await answered((line) => ({ ...line, endToEndId: '' }));
    expect(result.counts).toMatchObject({ settled: 3, exceptions: 0 });
    expect(await outcomes()).toEqual(['settled', 'settled', 'settled']);
  });

  it('one without end-to-end id on a line that was never sent is unknown', async () => {
    await answered((line) => [
      { ...line, endToEndId: '' },
      ...(line.sequence === 3 ? [{ ...line, sequence: 4, endToEndId: '' }] : []),
    ]);
    expect((await exceptions()).map(({ kind }) => kind)).toEqual(['unknown']);
  });

  it('lines that slipped by one are unknown, although the amounts agree', async () => {
    const ids: Record<number, string> = {};
    await answered((line) => {
      ids[line.sequence] = line.endToEndId;
      return { ...line, endToEndId: ids[line.sequence - 1] ?? line.endToEndId };
    });
    expect((await exceptions()).map(({ kind }) => kind)).toEqual(['unknown', 'unknown']);
    expect(await outcomes()).toEqual(['settled']);
    const [found] = await exceptions();
    value(await decide(found!.exceptionId, 'no-entry-needed'));
  });

  it('two that contradict each other write nothing; a person decides on one and sets the other aside', async () => {
    await answered((line) => (line.sequence === 2 ? [line, failing([2])(line)].flat() : line));
    const found = await exceptions();
    expect(found.map(({ kind, statedStatus }) => `${kind} ${statedStatus}`)).toEqual([
      'duplicate settled',
      'duplicate failed',
    ]);
    expect(await outcomes()).toEqual(['settled', 'settled']);
    value(await decide(found[0]!.exceptionId, 'settled'));
    expect(code(await decide(found[1]!.exceptionId, 'failed'))).toBe('conflict/outcome-recorded');
    value(await decide(found[1]!.exceptionId, 'no-entry-needed'));
    expect((await closed(bureau, run)).state).toBe('closed');
  });
});
