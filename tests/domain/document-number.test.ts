import { describe, expect, it } from 'vitest';
import { parseDocumentNumber } from '../../domain/document-number.ts';
import { PAPER_COLUMNS } from '../../domain/register/paper-columns.ts';

const inCell = (text: string) => {
  const parsed = PAPER_COLUMNS.checkReport.parse(text);
  return parsed.ok ? parsed.value : parsed.error.code;
};

describe('a document number', () => {
  it('is what bureaus and courts write, trimmed', () => {
    expect(parseDocumentNumber(' 示民救〔2026〕88号 ')).toEqual({ ok: true, value: '示民救〔2026〕88号' });
    expect(inCell('HD-20261105-000123-01')).toBe('HD-20261105-000123-01');
  });

  it.each([
    '11010519491231002X',
    '6217 0000 0000 0000 149',
    '６２１７００００００００００１',
    '62170000\u200b0000000',
    '甲\u0007乙',
    'x',
    '文'.repeat(61),
  ])('is not %j, neither in a request nor in a sheet', (text) => {
    const parsed = parseDocumentNumber(text, 60);
    expect(parsed.ok || parsed.error.code).toBe('invalid/document-number');
    expect(inCell(text)).toBe('invalid/document-number');
  });
});
