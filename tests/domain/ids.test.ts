import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUCKET_COUNT,
  bucketName,
  bucketOf,
  endToEndId,
  enrolmentId,
  PAYMENT_ID,
  parseEndToEndId,
  parsePaymentId,
  paymentId,
  subjectOf,
} from '../../domain/ids.ts';
import { InvariantError } from '../../domain/result.ts';
import { sha256Hex } from '../../functions/adapters/hashing.ts';

const sha256 = (text: string) => sha256Hex(text);
const subject = fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{12}$/);
const period = fc.constantFrom('2026-01', '2026-12', '2026-Q1', '2026-Q4', '2026-H1', '2026-H2', '2026-Y');
const round = fc.oneof(
  fc.constant('R'),
  fc.integer({ min: 1, max: 99 }).map((number) => `S${number}`),
);
const enrolment = fc
  .tuple(fc.constantFrom('GL', 'DBX', 'ABCD'), subject, fc.integer({ min: 1, max: 999 }))
  .map(([code, key, number]) => enrolmentId(code, key, number));

describe('enrolment and payment ids', () => {
  it('are put together from the business', () => {
    expect(enrolmentId('GL', '7Z3K9QX2M4BT', 1)).toBe('GL-7Z3K9QX2M4BT-1');
    expect(paymentId('2026-12', 'R', 'GL-7Z3K9QX2M4BT-1')).toBe('2026-12_R_GL-7Z3K9QX2M4BT-1');
    expect(endToEndId('2026-12_R_GL-7Z3K9QX2M4BT-1', 1)).toBe('202612-R-1-GL-7Z3K9QX2M4BT-1');
    expect(endToEndId('2026-Q4_S2_GL-7Z3K9QX2M4BT-1', 12)).toBe('2026Q4-S2-12-GL-7Z3K9QX2M4BT-1');
  });

  it('read back as what they were made of', () => {
    fc.assert(
      fc.property(period, round, enrolment, fc.integer({ min: 1, max: 99 }), (when, which, who, attempt) => {
        const payment = paymentId(when, which, who);
        expect(payment).toMatch(PAYMENT_ID);
        expect(parsePaymentId(payment)).toEqual({ period: when, round: which, enrolment: who });
        expect(who).toContain(subjectOf(who));
        const bankId = endToEndId(payment, attempt);
        expect(bankId.length).toBeLessThanOrEqual(35);
        expect(bankId).toMatch(/^[0-9A-Z-]+$/);
        expect(parseEndToEndId(bankId)).toEqual({ payment, attempt });
      }),
    );
  });

  it('two attempts never share a bank id', () => {
    fc.assert(
      fc.property(
        fc.tuple(period, round, enrolment, fc.integer({ min: 1, max: 99 })),
        fc.tuple(period, round, enrolment, fc.integer({ min: 1, max: 99 })),
        ([p1, r1, e1, a1], [p2, r2, e2, a2]) => {
          const same = p1 === p2 && r1 === r2 && e1 === e2 && a1 === a2;
          expect(endToEndId(paymentId(p1, r1, e1), a1) === endToEndId(paymentId(p2, r2, e2), a2)).toBe(same);
        },
      ),
    );
  });

  it('a bank id that would not fit throws instead of being cut', () => {
    expect(endToEndId('2026-12_S99_ABCD-7Z3K9QX2M4BT-999', 99).length).toBe(35);
    expect(() => endToEndId('2026-12_S99_ABCD-7Z3K9QX2M4BT-999', 100)).toThrow(InvariantError);
  });

  it.each(['', '2026-12', '2026-12_R', '2026-12__GL-1', '_R_GL-1'])('%j is no payment id', (text) => {
    expect(() => parsePaymentId(text)).toThrow(InvariantError);
    expect(text).not.toMatch(PAYMENT_ID);
  });

  it.each([
    'GL-7Z3K9QX2M4BT-1',
    '2026-12_R_gl-7Z3K9QX2M4BT-1',
    '2026-12_R_GL-7Z3K9QX2M4B-1',
    '2026-12_T_GL-7Z3K9QX2M4BT-1',
    '2026-Q5_R_GL-7Z3K9QX2M4BT-1',
    '2026-12_R_GL-7Z3K9QX2M4BT-1 ',
    '2026-12_R_GL-7Z3K9QX2M4BT-1234',
    '2026-13_R_GL-7Z3K9QX2M4BT-1',
    '2026-00_R_GL-7Z3K9QX2M4BT-1',
    '2026-12_S0_GL-7Z3K9QX2M4BT-1',
    '2026-12_S01_GL-7Z3K9QX2M4BT-1',
    '2026-12_R_GL-7Z3K9QX2M4BT-0',
    '2026-12_R_GL-7Z3K9QX2M4BT-01',
  ])('%j from outside is no payment id', (text) => {
    expect(text).not.toMatch(PAYMENT_ID);
  });

  it.each([
    '',
    '202612-R-1',
    '202612-R-0001-GL-7Z3K9QX2M4BT-1',
    '2026-12-R-1-GL-7Z3K9QX2M4BT-1',
    'x202612-R-1-GL-7Z3K9QX2M4BT-1',
    '202613-R-1-GL-7Z3K9QX2M4BT-1',
    '202600-R-1-GL-7Z3K9QX2M4BT-1',
    '202612-S0-1-GL-7Z3K9QX2M4BT-1',
    '202612-R-0-GL-7Z3K9QX2M4BT-1',
    // A second spelling of one attempt would be a second id of it.
    '202612-R-01-GL-7Z3K9QX2M4BT-1',
    '202612-S01-1-GL-7Z3K9QX2M4BT-1',
    '202612-R-1-GL-7Z3K9QX2M4BT-01',
  ])('%j is none of our bank ids', (text) => {
    expect(parseEndToEndId(text)).toBeUndefined();
  });

  it('an enrolment id without a subject throws', () => {
    expect(subjectOf('GL-7Z3K9QX2M4BT-1')).toBe('7Z3K9QX2M4BT');
    expect(() => subjectOf('GL')).toThrow(InvariantError);
  });
});

describe('buckets', () => {
  it('are 256 two-digit names in order', () => {
    const names = Array.from({ length: BUCKET_COUNT }, (_, index) => bucketName(index));
    expect([names[0], names[10], names[255]]).toEqual(['00', '0a', 'ff']);
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(256);
    for (const wrong of [-1, 256]) expect(() => bucketName(wrong)).toThrow(InvariantError);
  });

  it('of a subject are fixed for ever: the first byte of its hash', () => {
    // printf %s 7Z3K9QX2M4BT | sha256sum
    expect(bucketOf(sha256, '7Z3K9QX2M4BT')).toBe('be');
    expect(bucketOf(() => 'ab34', 'x')).toBe('ab');
  });
});
