import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { returnsOf } from '../../../../domain/bank/iso20022/camt-answers.ts';
import { statementReading } from '../../../../domain/bank/iso20022/camt-reader.ts';
import { writeAdvice, writeDayStatement } from '../../../../domain/bank/iso20022/camt-writer.ts';
import type { Statement } from '../../../../domain/bank/statement.ts';
import { fen } from '../../../../domain/money.ts';
import { anyStatement, entry, MESSAGE, read, statement } from './samples.ts';

const message = { messageId: 'ST-20261210-1', createdAt: '2026-12-10T20:00:00+08:00' };
const dayStatement = (found: Statement) => writeDayStatement({ ...message, statement: found });
const advice = (found: Statement) => writeAdvice({ ...message, statement: found });
const codeOf = (text: string) => {
  const result = read(text, statementReading());
  return result.ok ? 'read' : result.error.code;
};
const first = (text: string): Statement => {
  const result = read(text, statementReading());
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.en}`);
  return result.value[0]!;
};
const returned = entry({
  position: 2,
  side: 'credit',
  fen: fen(30_050),
  serviceRef: 'SR2',
  returnOf: true,
  reason: 'ACCT_CLOSED',
  details: [
    { endToEndId: '202612-R-1-GL-7Z3K9QX2M4BU-1', fen: fen(30_050), side: 'credit', reason: 'ACCT_CLOSED' },
  ],
});
const { batch: _batch, ...refund } = returned;
const whole = statement([entry(), refund]);

describe('a statement (camt.053.001.08)', () => {
  it('property: what is written is read', () => {
    fc.assert(
      fc.property(anyStatement, (found) => {
        expect(read(dayStatement(found), statementReading())).toEqual({ ok: true, value: [found] });
        const { opening: _opening, closing: _closing, ...asAdvice } = found;
        expect(read(advice(found), statementReading())).toEqual({ ok: true, value: [asAdvice] });
      }),
      { numRuns: 50 },
    );
  });

  it('property: a closing balance that is another is refused with both sums', () => {
    fc.assert(
      fc.property(anyStatement, fc.integer({ min: 1, max: 1_000_000 }), (found, wrong) => {
        const result = read(
          dayStatement({ ...found, closing: fen((found.closing ?? 0) + wrong) }),
          statementReading(),
        );
        expect(!result.ok && result.error.code).toBe('invalid/statement-balance');
      }),
      { numRuns: 25 },
    );
    const refused = read(dayStatement({ ...whole, closing: fen(1) }), statementReading());
    expect(!refused.ok && [refused.error.zh, refused.error.detail]).toEqual([
      expect.stringContaining('8799.99'),
      { computed: '8799.99', stated: '0.01' },
    ]);
  });

  it('an entry that is only announced moves no balance', () => {
    const announced = entry({ position: 2, booked: false, serviceRef: 'SR2' });
    const found = statement([entry(), announced]);
    expect(found.closing).toBe(849_949);
    expect(first(dayStatement(found)).entries.map(({ booked }) => booked)).toEqual([true, false]);
    expect(codeOf(dayStatement(found).replace('<Cd>PDNG', '<Cd>BOOK'))).toBe('invalid/statement-balance');
  });

  it('a reversal, a code of returns and the bank’s own words each say that money came back', () => {
    const { returnOf: _, reason: _reason, ...plain } = { ...refund, details: [] };
    const text = dayStatement(statement([plain]));
    expect(first(text).entries[0]?.returnOf).toBeUndefined();
    for (const [from, to] of [
      ['<Sts>', '<RvslInd>true</RvslInd><Sts>'],
      ['DMCT', 'RRTN'],
      ['</Ntry>', '<AddtlNtryInf>退票 账号户名不符</AddtlNtryInf></Ntry>'],
    ] as const)
      expect(first(text.replace(from, to)).entries[0]?.returnOf).toBe(true);
    expect(
      first(text.replace('<Sts>', '<RvslInd>false</RvslInd><Sts>')).entries[0]?.returnOf,
    ).toBeUndefined();
  });

  it('carries no name and no account of anybody', () => {
    const named = dayStatement(whole).replace(
      '</TxDtls>',
      '<RltdPties><Cdtr><Pty><Nm>王𬎆</Nm></Pty></Cdtr><CdtrAcct><Id><Othr><Id>6222020000000000000</Id></Othr></Id></CdtrAcct></RltdPties></TxDtls>',
    );
    expect(named).toContain('王𬎆');
    expect(first(named)).toEqual(whole);
  });

  it('two statements in one message keep their entries apart', () => {
    const other: Statement = {
      ...statement([entry({ fen: fen(7) })]),
      account: '11001045300059999999',
    };
    const two = dayStatement(statement([entry()])).replace(
      '</Stmt>',
      `</Stmt>${/<Stmt>[\s\S]*<\/Stmt>/.exec(dayStatement(other))![0]}`,
    );
    const result = read(two, statementReading());
    expect(result).toEqual({ ok: true, value: [statement([entry()]), other] });
  });

  it.each([
    ['no account', /<Acct>.*?<\/Acct>/, '', 'invalid/statement'],
    ['an account in another currency', '<Ccy>CNY', '<Ccy>USD', 'invalid/statement'],
    ['no closing balance', 'CLBD', 'CLAV', 'invalid/statement'],
    ['an entry in another currency', '<Amt Ccy="CNY">1500.51', '<Amt Ccy="USD">1500.51', 'invalid/statement'],
    [
      'an entry with parts of a fen',
      '<Amt Ccy="CNY">1500.51',
      '<Amt Ccy="CNY">1500.515',
      'invalid/statement',
    ],
    [
      'a payment below with no amount',
      /(<\/Refs>)<Amt[^>]*>300\.50<\/Amt>/,
      '$1<Amt Ccy="CNY">x</Amt>',
      'invalid/statement',
    ],
    ['a side that is none', '<CdtDbtInd>DBIT', '<CdtDbtInd>BOTH', 'invalid/statement'],
    ['days in the wrong order', '2026-12-10T00:00:00', '2026-12-11T00:00:00', 'invalid/statement'],
    ['a number that is none', '<ElctrncSeqNb>12', '<ElctrncSeqNb>1e9', 'invalid/statement'],
    ['no statement', /<Stmt>[\s\S]*<\/Stmt>/, '', 'invalid/statement'],
    ['another message', 'camt.053.001.08', 'camt.053.001.02', 'invalid/xml-message'],
  ])('%s: refused', (_, from, to, code) => {
    const text = dayStatement(whole);
    const changed = text.replace(from, to);
    expect(codeOf(text)).toBe('read');
    expect(changed).not.toBe(text);
    expect(codeOf(changed)).toBe(code);
  });

  it('a single payment leaves its amount and side to the entry; of two, each has its own', () => {
    const bare = dayStatement(whole).replace(
      /(<\/Refs>)<Amt[^>]*>300\.50<\/Amt><CdtDbtInd>CRDT<\/CdtDbtInd>/,
      '$1',
    );
    expect(first(bare)).toEqual(whole);
    expect(codeOf(bare.replace('<TxDtls>', '<TxDtls><Amt Ccy="CNY">1.00</Amt></TxDtls><TxDtls>'))).toBe(
      'invalid/statement',
    );
  });

  it('a batch that is called by a name is a batch, and the name is not kept', () => {
    const named = dayStatement(whole).replace(/(<Btch>.*?<PmtInfId>)[^<]*/, '$1张三等三人');
    expect(first(named).entries[0]?.batch).toEqual({ id: '?', count: 3, fen: 150_051 });
  });

  it('an entry of two batches stands for none of them', () => {
    const text = dayStatement(whole);
    const [batch = ''] = /<Btch>.*?<\/Btch>/.exec(text) ?? [];
    expect(first(text).entries[0]?.batch).toEqual({ id: MESSAGE, count: 3, fen: 150_051 });
    expect(
      first(text.replace('</NtryDtls>', `</NtryDtls><NtryDtls>${batch}</NtryDtls>`)).entries[0]?.batch,
    ).toBeUndefined();
  });

  it('an instant is the day that it is in China', () => {
    const late = dayStatement(whole)
      .replaceAll('2026-12-10T00:00:00+08:00', '2026-12-09T16:00:00Z')
      .replaceAll('2026-12-10T23:59:59+08:00', '2026-12-10T23:59:59');
    expect(first(late)).toEqual(whole);
  });
});

describe('an advice (camt.054.001.08)', () => {
  it('names payments that came back, each as an answer of its run', () => {
    expect(returnsOf([first(advice(whole))])).toEqual([
      {
        position: 1,
        endToEndId: '202612-R-1-GL-7Z3K9QX2M4BU-1',
        fen: 30_050,
        status: 'returned',
        reason: 'ACCT_CLOSED',
        bookedOn: '2026-12-10',
        bankSerial: 'SR2',
      },
    ]);
  });

  it('what is only announced, or taken off, has not come back', () => {
    const announced = statement([
      { ...refund, booked: false },
      { ...refund, side: 'debit' },
    ]);
    expect(returnsOf([first(advice(announced))])).toEqual([]);
  });

  it('money that came back without a reference, or without a payment below it, is for a person', () => {
    const text = advice(whole).replace('202612-R-1-GL-7Z3K9QX2M4BU-1', 'NOTPROVIDED');
    expect(returnsOf([first(text)])).toEqual([{ position: 1, unreadable: true }]);
    const bare = first(advice(statement([{ ...refund, details: [] }, refund])));
    expect(returnsOf([bare])).toMatchObject([
      { position: 1, unreadable: true },
      { position: 2, fen: 30_050 },
    ]);
  });
});
