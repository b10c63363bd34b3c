import { describe, expect, it } from 'vitest';
import { fen } from '../../domain/money.ts';
import { type Import, importDifferences } from '../../infra/local/demo/prepare.ts';
import { displayWidth, failedChecks, same, stage, stageTable } from '../../infra/local/demo/report.ts';

describe('the closing table', () => {
  it('lines up Chinese and English', () => {
    const lines = stageTable([
      stage('签批', 'approved', { count: 3631, fen: fen(185_040_000) }),
      stage('未了结', 'open', { count: 7, fen: fen(5) }),
      { zh: '人', en: 'people', count: 3649 },
    ]);
    expect(new Set(lines.map(displayWidth)).size).toBe(1);
    expect(lines[2]).toMatch(/签批 approved +3,631 +1,850,400\.00$/);
    expect(lines[3]).toMatch(/ 7 +0\.05$/);
  });

  it('compares count and sum alike', () => {
    const amount = { count: 2, fen: fen(100) };
    const checks = [
      same('同', 'same', amount, { count: 2, fen: fen(100) }),
      same('数', 'count', amount, { count: 3, fen: fen(100) }),
      same('额', 'sum', amount, { count: 2, fen: fen(101) }),
    ];
    expect(failedChecks(checks).map(({ en }) => en)).toEqual(['count', 'sum']);
  });
});

describe('what an import reported against what was planted', () => {
  const expected = { accepted: 5, created: 5, changed: 0, unchanged: 0, unmatched: 0, rejected: 1 };
  const done: Import = {
    importId: 'im-1',
    kind: 'register',
    programme: 'high-age',
    state: 'done',
    chunks: { done: 1, of: 1 },
    counts: { ...expected, accountChanges: 0 },
  };
  const planted = [{ row: 3, what: 'no account', columns: ['收款账号'] }];
  const errors = [{ row: 3, reason: '【收款账号】此格不能为空' }];

  it('is the same when every planted row was sent back for its own reason', () => {
    expect(importDifferences(done, expected, errors, planted)).toEqual([]);
  });

  it.each([
    ['a row that was taken', done, []],
    ['a row sent back for another reason', done, [{ row: 3, reason: '【姓名】为空' }]],
    ['a good row sent back', done, [...errors, { row: 4, reason: '【姓名】为空' }]],
    ['another count', { ...done, counts: { ...expected, created: 4, accountChanges: 0 } }, errors],
  ])('differs for %s', (_, found, rows) => {
    expect(importDifferences(found, expected, rows, planted)).toHaveLength(1);
  });
});
