import { describe, expect, test } from 'vitest';
import {
  BankLayout,
  instructionFileName,
  instructionFileOf,
  PIPE_GB18030,
  parseInstructionFileName,
  resultFileName,
} from '../../../domain/bank/layout.ts';

describe('layouts of bank files as data', () => {
  test('our layout is a sound one', () => {
    expect(BankLayout.parse(PIPE_GB18030)).toEqual(PIPE_GB18030);
  });

  test.each([
    ['an unknown column', { line: { marker: 'D', columns: ['shoe-size'] } }],
    [
      'a required column missing',
      { line: { marker: 'D', columns: ['sequence', 'account', 'name', 'summary'] } },
    ],
    ['a column twice', { trailer: { marker: 'T', columns: ['count', 'total', 'count'] } }],
    ['a separator that occurs in data', { separator: '0' }],
    ['a name that two files would share', { fileName: 'DF_{jurisdiction}_{programme}_{period}{round}.txt' }],
    ['another encoding', { encoding: 'utf-8' }],
    [
      'answers by a place that is not sent',
      { line: { columns: ['account', 'name', 'amount', 'end-to-end-id'] } },
    ],
    ['answers by a place alone', { resultLine: { columns: ['sequence', 'amount', 'status'] } }],
    ['answers that name nobody', { resultLine: { columns: ['name', 'amount', 'status'] } }],
    [
      'one word for two statuses',
      { statusCodes: { settled: ['S'], failed: ['S'], pending: [], returned: [] } },
    ],
    ['no word for a failure', { statusCodes: { settled: ['S'], failed: [], pending: [], returned: [] } }],
    ['marks of other banks without a column', { crossBank: { ownBank: '105', same: '0', other: '1' } }],
    ['a digest in front of what it covers', { resultTotals: { place: 'first', cells: ['digest'] } }],
    ['the same name with something added', { resultName: 'same' }],
    ['a file name with a path', { fileName: '../{jurisdiction}_{programme}_{period}{round}_{number}' }],
    ['no lines', { maxLines: 0 }],
    ['a member nobody knows', { colour: 'red' }],
  ])('%s is refused', (_, change) => {
    expect(BankLayout.safeParse({ ...PIPE_GB18030, ...change }).success).toBe(false);
  });

  test.each([
    ['202612', 'R', 1, 'DF_110199_GL_202612R_0001.txt'],
    ['2026Q4', 'S1', 12, 'DF_110199_GL_2026Q4S1_0012.txt'],
    ['2026H2', 'S12', 3, 'DF_110199_GL_2026H2S12_0003.txt'],
    ['2026Y', 'R', 9999, 'DF_110199_GL_2026YR_9999.txt'],
  ])(
    'the file of %s %s number %d is %s, and its name is read back',
    (compactPeriod, round, fileNumber, name) => {
      const identity = { jurisdiction: '110199', programmeCode: 'GL', compactPeriod, round, fileNumber };
      expect(instructionFileName(PIPE_GB18030, identity)).toBe(name);
      expect(parseInstructionFileName(PIPE_GB18030, name)).toEqual({ ok: true, value: identity });
    },
  );

  test('answers are named after the file, later ones with a number', () => {
    const file = 'DF_110199_GL_202612R_0001.txt';
    expect(resultFileName(PIPE_GB18030, file)).toBe(`${file}.ret`);
    expect(resultFileName(PIPE_GB18030, file, 2)).toBe(`${file}.ret2`);
    for (const name of [`${file}.ret`, `${file}.ret2`, `${file}.ret10`]) {
      expect(instructionFileOf(PIPE_GB18030, name)).toEqual({ ok: true, value: file });
    }
  });

  test.each([
    [{ resultSuffix: '_HP', resultName: 'before-extension' }, 'DF_110199_GL_202612R_0001_HP2.txt'],
    [{ resultSuffix: 'HP_', resultName: 'prefix' }, 'HP_DF_110199_GL_202612R_0001.txt'],
    [{ resultSuffix: '', resultName: 'same' }, 'DF_110199_GL_202612R_0001.txt'],
  ] as const)('answers may be named otherwise: %j', (naming, name) => {
    const layout = BankLayout.parse({ ...PIPE_GB18030, ...naming });
    const file = 'DF_110199_GL_202612R_0001.txt';
    expect(resultFileName(layout, file, 2)).toBe(name);
    expect(instructionFileOf(layout, name)).toEqual({ ok: true, value: file });
    expect(instructionFileOf(layout, `x${name}`).ok).toBe(false);
  });

  test('a date in the name is read back, and tells no files apart', () => {
    const layout = BankLayout.parse({
      ...PIPE_GB18030,
      fileName: '{jurisdiction}{programme}{period}{round}{number}{date}.txt',
    });
    const identity = {
      jurisdiction: '110199',
      programmeCode: 'GL',
      compactPeriod: '202612',
      round: 'S1',
      fileNumber: 12,
      payDate: '2026-12-10',
    };
    const name = instructionFileName(layout, identity);
    expect(name).toBe('110199GL202612S1001220261210.txt');
    expect(parseInstructionFileName(layout, name)).toEqual({ ok: true, value: identity });
  });

  test.each([
    'DF_110199_GL_202612R_0001.txt',
    'DF_110199_GL_202612R_0001.txt.ret1',
    'DF_110199_GL_202612R_0001.txt.ret0',
    'DF_110199_GL_202612R_0001.txt (1).ret',
    'DF_110199_GL_202613R_0001.txt.ret',
    'DF_110199_GL_202612R_0001xtxt.ret',
    'xDF_110199_GL_202612R_0001.txt.ret',
    'DF_110199_GL_202612R_0001.txt.ret.ret',
    '.ret',
    '',
  ])('%j is no result file', (name) => {
    const result = instructionFileOf(PIPE_GB18030, name);
    expect(!result.ok && result.error.code).toBe('invalid/bank-file-name');
  });
});
