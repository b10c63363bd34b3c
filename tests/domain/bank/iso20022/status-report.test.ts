import { describe, expect, it } from 'vitest';
import type { BankAnswer, UnreadableAnswer } from '../../../../domain/bank/answer.ts';
import { BANK_PROGRESS } from '../../../../domain/bank/answer.ts';
import {
  meaningOf,
  returnReasonOf,
  type SettledAt,
  statusReason,
} from '../../../../domain/bank/iso20022/codes.ts';
import { answersOf } from '../../../../domain/bank/iso20022/pain002-answers.ts';
import { statusReportReading } from '../../../../domain/bank/iso20022/pain002-reader.ts';
import {
  type StatusReportInput,
  writeStatusReport,
} from '../../../../domain/bank/iso20022/pain002-writer.ts';
import { fen } from '../../../../domain/money.ts';
import type { Result } from '../../../../domain/result.ts';
import { FILE, MESSAGE, read, threeLines, transaction } from './samples.ts';

const SECOND = { sequence: 2, endToEndId: '202612-R-1-GL-7Z3K9QX2M4BU-1', fen: fen(30_050) };

function report(changes: Partial<StatusReportInput> = {}): string {
  return writeStatusReport({
    instructionFile: FILE,
    createdAt: '2026-12-10T18:00:00+08:00',
    answer: 1,
    status: 'PART',
    transactions: [],
    ...changes,
  });
}

type Answers = Result<readonly (BankAnswer | UnreadableAnswer)[]>;
function answers(text: string, settledAt?: SettledAt): Answers {
  const stated = read(text, statusReportReading());
  return stated.ok ? answersOf(stated.value, threeLines(), settledAt) : stated;
}
const statuses = (found: Answers) =>
  found.ok
    ? found.value.map((answer) =>
        'unreadable' in answer ? 'unreadable' : (answer.progress ?? answer.reason ?? answer.status),
      )
    : found.error.code;

describe('a status report (pain.002.001.10)', () => {
  it('gives an answer to each payment that it names', () => {
    const failed = transaction({
      ...SECOND,
      status: 'RJCT',
      reasonCode: 'AC04',
      reasonText: '账户已销户',
      bankSerial: '',
    });
    const { bookedOn: _, ...unbooked } = failed;
    const found = answers(report({ transactions: [transaction(), unbooked] }));
    expect(found).toEqual({
      ok: true,
      value: [
        {
          position: 1,
          sequence: 1,
          endToEndId: '202612-R-1-GL-7Z3K9QX2M4BT-1',
          fen: 120_000,
          status: 'settled',
          bookedOn: '2026-12-10',
          bankSerial: 'BK20261210-1',
        },
        {
          position: 2,
          sequence: 2,
          endToEndId: SECOND.endToEndId,
          fen: 30_050,
          status: 'failed',
          reason: 'ACCT_CLOSED',
          bankSerial: '',
        },
      ],
    });
  });

  it('under PART a payment that is not named is not reported: nothing is said of it', () => {
    expect(statuses(answers(report({ transactions: [transaction()] })))).toEqual(['settled']);
    expect(statuses(answers(report()))).toEqual([]);
  });

  it.each([
    ['RJCT', ['OTHER', 'OTHER', 'OTHER']],
    ['ACSP', ['ACSP', 'ACSP', 'ACSP']],
    ['ACCC', ['settled', 'settled', 'settled']],
    ['PDNG', ['pending', 'pending', 'pending']],
    ['XXXX', 'invalid/result-status'],
  ])('%s of the whole speaks for all of them', (status, expected) => {
    const found = answers(report({ status }));
    expect(statuses(found)).toEqual(expected);
    const placed = found.ok
      ? found.value.map((answer) => [answer.position, 'fen' in answer && answer.fen])
      : [];
    const all = [
      [1, 120_000],
      [2, 30_050],
      [3, 1],
    ];
    expect(placed).toEqual(found.ok ? all : []);
  });

  it.each(['DU01', 'AM05', 'DUPL'])(
    'refused as a repetition (%s): the bank has it, and is asked what became of it',
    (code) => {
      const found = report({ status: 'RJCT', reason: { code, text: '' } });
      expect(statuses(answers(found))).toEqual(['RCVD', 'RCVD', 'RCVD']);
      // The reason may stand above while the group below only says that it is refused.
      const below = `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${MESSAGE}</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Cd>NARR</Cd></Rsn></StsRsnInf></OrgnlPmtInfAndSts>`;
      const both = found.replace('</OrgnlGrpInfAndSts>', `</OrgnlGrpInfAndSts>${below}`);
      expect(statuses(answers(both))).toEqual(['RCVD', 'RCVD', 'RCVD']);
    },
  );

  it('accepted as a whole but for those that it names', () => {
    const rejected = transaction({ ...SECOND, status: 'RJCT', reasonCode: 'BE01' });
    expect(statuses(answers(report({ status: 'ACSP', transactions: [rejected] })))).toEqual([
      'NAME_MISMATCH',
      'ACSP',
      'ACSP',
    ]);
  });

  it.each(['RJCT', 'ACCC'])('%s of the whole that one payment denies is no word to post', (status) => {
    const other = transaction({ status: status === 'RJCT' ? 'ACCC' : 'ACSP' });
    expect(statuses(answers(report({ status, transactions: [other] })))).toBe('invalid/result-contradiction');
  });

  it('a transaction of an unknown status is unreadable, and says nothing for the others', () => {
    const odd = report({ status: 'ACCC', transactions: [transaction()] }).replace(
      '<TxSts>ACCC',
      '<TxSts>GONE',
    );
    expect(statuses(answers(odd))).toEqual(['unreadable']);
  });

  it('without amounts, ids or dates of its own, what was sent says them', () => {
    const bare = report({ transactions: [transaction(), transaction(SECOND)] })
      .replaceAll(/<OrgnlTxRef>.*?<\/OrgnlTxRef>/g, '')
      .replace(/<OrgnlEndToEndId>[^<]*/, '<OrgnlEndToEndId>NOTPROVIDED')
      .replace(/<OrgnlInstrId>[^<]*-000002<\/OrgnlInstrId>/, '')
      .replaceAll(/<NbOfTxsPerSts>.*?<\/NbOfTxsPerSts>/g, '');
    expect(answers(bare)).toMatchObject({
      value: [
        { sequence: 1, endToEndId: '', fen: 120_000, status: 'settled' },
        { sequence: 2, endToEndId: SECOND.endToEndId, fen: 30_050, status: 'settled' },
      ],
    });
  });

  it.each([
    ['neither id nor place', /<OrgnlInstrId>.*?<\/OrgnlEndToEndId>/, ''],
    ['another currency', 'Ccy="CNY"', 'Ccy="EUR"'],
    ['parts of a fen', '>1200.00</InstdAmt>', '>1200.001</InstdAmt>'],
    ['a day that does not exist', '<IntrBkSttlmDt>2026-12-10', '<IntrBkSttlmDt>2026-02-30'],
    ['an id that is none of ours', 'GL-7Z3K9QX2M4BT-1', '张三'],
    ['a serial that is none', '>BK20261210-1<', '>张三<'],
  ])('a transaction with %s is unreadable', (_, from, to) => {
    const text = report({ transactions: [transaction()] });
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    expect(answers(changed)).toEqual({ ok: true, value: [{ position: 1, unreadable: true }] });
  });

  it.each([
    [
      'a message of another initiator',
      `<OrgnlMsgId>${MESSAGE}`,
      '<OrgnlMsgId>SALARY-1',
      'invalid/result-header',
    ],
    [
      'an answer to a direct debit',
      'pain.001.001.09</OrgnlMsgNmId>',
      'pain.008.001.08</OrgnlMsgNmId>',
      'invalid/result-header',
    ],
    [
      'a group of another message',
      `<OrgnlPmtInfId>${MESSAGE}`,
      '<OrgnlPmtInfId>110199-GL202611R-0001',
      'invalid/result-header',
    ],
    [
      'another number of payments',
      '</OrgnlMsgNmId>',
      '</OrgnlMsgNmId><OrgnlNbOfTxs>4</OrgnlNbOfTxs>',
      'invalid/result-original-totals',
    ],
    [
      'another sum',
      '</OrgnlMsgNmId>',
      '</OrgnlMsgNmId><OrgnlCtrlSum>1500.52</OrgnlCtrlSum>',
      'invalid/result-original-totals',
    ],
    [
      'a sum that is none',
      '</OrgnlMsgNmId>',
      '</OrgnlMsgNmId><OrgnlCtrlSum>NaN</OrgnlCtrlSum>',
      'invalid/result-header',
    ],
    ['a wrong count per status', '<DtldNbOfTxs>1<', '<DtldNbOfTxs>2<', 'invalid/result-totals'],
    ['a wrong sum per status', '<DtldCtrlSum>1200.00<', '<DtldCtrlSum>1200.01<', 'invalid/result-totals'],
  ])('refused as a whole: %s', (_, from, to, code) => {
    const text = report({ transactions: [transaction()] });
    expect(statuses(answers(text))).toEqual(['settled']);
    expect(text).toContain(from);
    expect(statuses(answers(text.replace(from, to)))).toBe(code);
  });

  it('counts of payments that it does not name are no contradiction', () => {
    const counted = report({
      transactions: [transaction({ ...SECOND, status: 'RJCT', reasonCode: 'AC01' })],
    }).replace(
      '<NbOfTxsPerSts>',
      '<NbOfTxsPerSts><DtldNbOfTxs>2</DtldNbOfTxs><DtldSts>ACSP</DtldSts></NbOfTxsPerSts><NbOfTxsPerSts>',
    );
    expect(statuses(answers(counted))).toEqual(['ACCT_NOT_FOUND']);
  });
});

describe('statuses', () => {
  it('ACSC is the debtor’s side: credited only where the bank’s contract says so', () => {
    const text = report({ transactions: [transaction({ status: 'ACSC' })] });
    expect(statuses(answers(text))).toEqual(['ACSC']);
    expect(statuses(answers(text, 'ACSC'))).toEqual(['settled']);
    expect(statuses(answers(report({ status: 'ACSC' }), 'ACSC'))).toEqual(['settled', 'settled', 'settled']);
  });

  it('every step on the way is pending, in its own words', () => {
    for (const progress of BANK_PROGRESS)
      expect(meaningOf(progress)).toEqual({ status: 'pending', progress });
    for (const status of ['PDNG', 'PATC', 'BLCK', 'ACWC'])
      expect(meaningOf(status)).toEqual({ status: 'pending' });
    for (const status of ['', 'PART', 'accc', 'constructor', '__proto__'])
      expect(meaningOf(status)).toBeUndefined();
    expect(meaningOf('CANC')).toEqual({ status: 'failed' });
  });
});

describe('reasons', () => {
  it.each([
    ['AC16', 'ACCT_NOT_FOUND', 'ACCT_FROZEN'],
    ['AC14', 'OTHER', 'BANK_CODE_BAD'],
    ['AC04', 'ACCT_CLOSED', 'ACCT_CLOSED'],
    ['DU04', 'DUPLICATE', 'OTHER'],
    ['MD07', 'DECEASED', 'DECEASED'],
    ['ZZ99', 'OTHER', 'OTHER'],
    ['constructor', 'OTHER', 'OTHER'],
  ])('%s is %s as a status and %s as a return', (code, status, returned) => {
    expect(statusReason(code, '')).toBe(status);
    expect(returnReasonOf(code, '')).toBe(returned);
  });

  it('a sentence that is understood goes before the code', () => {
    expect(statusReason('AC06', '客户已死亡')).toBe('DECEASED');
    expect(returnReasonOf('NARR', '收款账户已销户')).toBe('ACCT_CLOSED');
  });
});
