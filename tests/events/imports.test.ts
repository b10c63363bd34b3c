import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ImportMessage } from '../../events/imports.ts';

const REQUEST = {
  type: 'import.requested',
  version: 1,
  importId: 'imp-1',
  kind: 'register',
  objectKey: 'uploads/imp-1.csv',
  jurisdiction: '110199',
  programme: 'high-age',
  by: 'staff-preparer',
  requestedAt: '2026-11-20T02:00:00.000Z',
};
const accepts = (message: unknown) => z.safeParse(ImportMessage, message).success;

describe('messages about imports', () => {
  it('are accepted as they are sent', () => {
    expect(accepts(REQUEST)).toBe(true);
    expect(accepts({ type: 'import.chunk', version: 1, importId: 'imp-1', chunk: 0 })).toBe(true);
    const reportId = '110199001.high-age.2026-12.R';
    const rows = { type: 'street-report.rows-accepted', version: 1, reportId, reportVersion: 1 };
    expect(accepts(rows)).toBe(true);
  });

  it.each([
    ['an unknown member', { name: '张三' }],
    ['another version', { version: 2 }],
    ['an unknown kind', { kind: 'photos' }],
    ['a jurisdiction that is no code', { jurisdiction: '海淀' }],
    ['an id with blanks', { importId: 'a b' }],
    ['an instant without its zone', { requestedAt: '2026-11-20 02:00' }],
  ])('are refused with %s', (_, change) => {
    expect(accepts({ ...REQUEST, ...change })).toBe(false);
  });
});
