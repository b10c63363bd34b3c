import { describe, expect, it } from 'vitest';
import { RESULT_STATUSES, type ResultStatus } from '../../../domain/bank/layout.ts';
import { answerOfLine, type ResultLine } from '../../../domain/bank/result-file.ts';
import { endToEndId } from '../../../domain/ids.ts';
import { type Entry, failed, makeEntry, returned, settled } from '../../../domain/ledger/entry.ts';
import { fen } from '../../../domain/money.ts';
import {
  type BankException,
  decidedEntry,
  EXCEPTION_DECISIONS,
  type ExceptionDecision,
  reconcileLine,
} from '../../../domain/run/reconcile.ts';
import { fileOf, releaseOf, STAMP, sha256 } from '../ledger/samples.ts';
import { codeOf, must } from './samples.ts';

const FILE = fileOf(1);
const WORD = { bankDate: '2026-12-02', bankSerial: 'B1' };
const CLOSED = 'ACCT_CLOSED';
const release = releaseOf(0);
const after = (previous: Entry) => ({ ...STAMP, previous });
const done = makeEntry(sha256, settled(release, WORD), after(release));
const refused = makeEntry(sha256, failed(release, { ...WORD, reason: CLOSED }), after(release));
const back = makeEntry(sha256, returned(release, { ...WORD, reason: CLOSED }), after(done));

/** The four things the ledger can know of an attempt that was sent. */
const SLOTS: Record<'open' | 'settled' | 'failed' | 'returned', Entry[]> = {
  open: [release],
  settled: [release, done],
  failed: [release, refused],
  returned: [release, done, back],
};

function lineOf(status: ResultStatus, changes: Partial<ResultLine> = {}): ResultLine {
  const moved = status !== 'pending';
  const bad = status === 'failed' || status === 'returned';
  return {
    sequence: 1,
    account: '6222000000000000000',
    name: '张三',
    fen: fen(10000),
    status,
    returnCode: '',
    reason: bad ? '账户已销户' : '',
    ...(moved && { bookedOn: '2026-12-02' }),
    bankSerial: moved ? 'B1' : '',
    endToEndId: '',
    ...changes,
  };
}
function answer(line: ResultLine, slots: readonly Entry[], file = FILE): string {
  const said = reconcileLine(answerOfLine(line, 1), file, slots);
  if (said.kind === 'record') return `record ${said.entry.kind}`;
  return said.kind === 'exception' ? said.exception : said.kind;
}

describe('what a line means for what the ledger knows', () => {
  const TABLE: readonly [keyof typeof SLOTS, Record<ResultStatus, string>][] = [
    [
      'open',
      {
        pending: 'pending',
        settled: 'record settled',
        failed: 'record failed',
        returned: 'return-without-success',
      },
    ],
    [
      'settled',
      { pending: 'already', settled: 'already', failed: 'late-failure', returned: 'record returned' },
    ],
    [
      'failed',
      { pending: 'already', settled: 'late-success', failed: 'already', returned: 'return-without-success' },
    ],
    ['returned', { pending: 'already', settled: 'already', failed: 'late-failure', returned: 'already' }],
  ];

  it.each(
    TABLE.flatMap(([state, row]) => RESULT_STATUSES.map((status) => [state, status, row[status]] as const)),
  )('%s, and the bank says %s: %s', (state, status, expected) => {
    expect(answer(lineOf(status), SLOTS[state])).toBe(expected);
    expect(answer(lineOf(status), SLOTS[state].toReversed())).toBe(expected);
  });

  it.each(Object.keys(SLOTS) as (keyof typeof SLOTS)[])(
    '%s: another amount, file or line is an exception whatever the bank says',
    (state) => {
      for (const status of RESULT_STATUSES) {
        expect(answer(lineOf(status, { fen: fen(10001) }), SLOTS[state])).toBe('amount-mismatch');
        expect(answer(lineOf(status, { fen: fen(9999) }), SLOTS[state])).toBe('amount-mismatch');
        expect(answer(lineOf(status), SLOTS[state], fileOf(2))).toBe('unknown');
        expect(answer(lineOf(status, { sequence: 2 }), SLOTS[state])).toBe('unknown');
        expect(answer(lineOf(status), [])).toBe('unknown');
      }
    },
  );

  it('a line that stands in one payment’s place and names another’s id belongs to neither', () => {
    const mine = endToEndId(release.payment, 1);
    const others = [endToEndId(release.payment, 2), endToEndId(releaseOf(1).payment, 1), 'X'];
    for (const status of RESULT_STATUSES) {
      expect(answer(lineOf(status, { endToEndId: mine }), SLOTS.open)).toBe(
        answer(lineOf(status), SLOTS.open),
      );
      for (const other of others)
        expect(answer(lineOf(status, { endToEndId: other }), SLOTS.open)).toBe('unknown');
    }
  });

  it('the same outcome with another date, serial or reason is not the same', () => {
    const other = { bookedOn: '2026-12-03' };
    expect(answer(lineOf('settled', other), SLOTS.settled)).toBe('repeated-differently');
    expect(answer(lineOf('settled', { bankSerial: 'B2' }), SLOTS.settled)).toBe('repeated-differently');
    expect(answer(lineOf('failed', { bankSerial: 'B2' }), SLOTS.failed)).toBe('repeated-differently');
    expect(answer(lineOf('failed', { reason: '户名不符' }), SLOTS.failed)).toBe('repeated-differently');
    expect(answer(lineOf('returned', other), SLOTS.returned)).toBe('repeated-differently');
    expect(answer(lineOf('returned', { reason: '户名不符' }), SLOTS.returned)).toBe('repeated-differently');
  });

  it('other words for the same reason are the same reason', () => {
    expect(answer(lineOf('failed', { reason: '已销户' }), SLOTS.failed)).toBe('already');
  });

  it('the bank’s word is carried into the entry, the reason as our own code, and no name or account', () => {
    const recorded = (status: ResultStatus, slots: Entry[]) => {
      const said = reconcileLine(answerOfLine(lineOf(status), 1), FILE, slots);
      return said.kind === 'record' ? said.entry : undefined;
    };
    expect(recorded('settled', SLOTS.open)).toEqual(settled(release, WORD));
    expect(recorded('failed', SLOTS.open)).toEqual(failed(release, { ...WORD, reason: CLOSED }));
    expect(recorded('returned', SLOTS.settled)).toEqual(returned(release, { ...WORD, reason: CLOSED }));
    expect(JSON.stringify(recorded('failed', SLOTS.open))).not.toMatch(/张三|6222|销户/);
  });

  it('a word without date and serial leaves both out', () => {
    const { bookedOn: _none, ...line } = lineOf('failed', { bankSerial: '' });
    const said = reconcileLine(answerOfLine(line, 1), FILE, SLOTS.open);
    expect(said).toEqual({ kind: 'record', entry: failed(release, { reason: CLOSED }) });
  });
});

const NOTHING = {
  'no-entry-needed': 'nothing',
  'bank-corrects': 'nothing',
  'duplicate-of': 'nothing',
} as const;
const found = (kind: BankException['kind']): BankException => ({
  kind,
  result: 'R-1',
  file: FILE,
  resultLine: 1,
});
const decide = (decision: ExceptionDecision['decision'], slots: readonly Entry[]) =>
  decidedEntry(found('amount-mismatch'), decision, slots);

describe('what a person’s decision on an exception writes', () => {
  const TABLE: readonly [keyof typeof SLOTS | 'unsent', Record<ExceptionDecision['decision'], string>][] = [
    [
      'unsent',
      {
        settled: 'conflict/nothing-released',
        failed: 'conflict/nothing-released',
        returned: 'conflict/nothing-released',
        ...NOTHING,
      },
    ],
    ['open', { settled: 'settled', failed: 'failed', returned: 'conflict/not-settled', ...NOTHING }],
    [
      'settled',
      { settled: 'nothing', failed: 'conflict/outcome-recorded', returned: 'returned', ...NOTHING },
    ],
    [
      'failed',
      {
        settled: 'conflict/outcome-recorded',
        failed: 'nothing',
        returned: 'conflict/not-settled',
        ...NOTHING,
      },
    ],
    [
      'returned',
      { settled: 'nothing', failed: 'conflict/outcome-recorded', returned: 'nothing', ...NOTHING },
    ],
  ];

  it.each(
    TABLE.flatMap(([state, row]) =>
      EXCEPTION_DECISIONS.map((decision) => [state, decision, row[decision]] as const),
    ),
  )('%s, decided %s: %s', (state, decision, expected) => {
    const result = decide(decision, state === 'unsent' ? [] : SLOTS[state]);
    expect(result.ok ? (result.value?.kind ?? 'nothing') : codeOf(result)).toBe(expected);
  });

  it('is the whole amount instructed, with the exception as its reason', () => {
    expect(must(decide('settled', SLOTS.open))).toEqual(
      settled(release, { reason: 'DECIDED:amount-mismatch' }),
    );
    expect(must(decide('failed', SLOTS.open))).toMatchObject({
      fen: 10000,
      reason: 'DECIDED:amount-mismatch',
    });
    expect(must(decide('returned', SLOTS.settled))).toMatchObject({ fen: 10000, kind: 'returned' });
  });

  it('a line that the bank sends afterwards adds nothing to what was decided, and what contradicts it is named', () => {
    const entry = (decision: ExceptionDecision['decision'], slots: readonly Entry[]) =>
      makeEntry(sha256, must(decide(decision, slots))!, STAMP);
    const paid = [release, entry('settled', SLOTS.open)];
    const not = [release, entry('failed', SLOTS.open)];
    const again = [...SLOTS.settled, entry('returned', SLOTS.settled)];
    expect(answer(lineOf('settled'), paid)).toBe('already');
    expect(answer(lineOf('failed'), not)).toBe('already');
    expect(answer(lineOf('returned'), again)).toBe('already');
    expect(answer(lineOf('failed'), paid)).toBe('late-failure');
    expect(answer(lineOf('settled'), not)).toBe('late-success');
  });
});
