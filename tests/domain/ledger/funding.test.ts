import { describe, expect, it } from 'vitest';
import { contentHash } from '../../../domain/canonical.ts';
import type { Posting } from '../../../domain/ledger/entry.ts';
import { makeFunding, reverseFunding, verifyFunding } from '../../../domain/ledger/funding.ts';
import { trialBalance } from '../../../domain/ledger/trial-balance.ts';
import { fen } from '../../../domain/money.ts';
import { InvariantError } from '../../../domain/result.ts';
import { sha256 } from './samples.ts';

const STAMP = { at: '2026-11-28T08:00:00.000Z', by: 'treasury' };
const LATER = { at: '2026-11-29T08:00:00.000Z', by: 'treasury-2' };
const facts = {
  jurisdiction: '110199',
  programme: 'high-age',
  run: '110199.high-age.2026-12.R.1',
  voucher: 'V-1',
  date: '2026-11-28',
  fen: fen(500),
};
const funding = makeFunding(sha256, facts, '2026', STAMP);
const sides = (postings: readonly Posting[]) =>
  postings.map(({ side, account, fen: amount }) => `${side} ${account} ${amount}`);

describe('a funding', () => {
  it('is debited to the clearing account against the year’s appropriation', () => {
    expect(sides(funding.postings)).toEqual(['debit clearing 500', 'credit appropriation:2026 500']);
    expect(funding).toMatchObject({ kind: 'funding', voucher: 'V-1', ...STAMP, p: '' });
    const byAnother = makeFunding(sha256, facts, '2026', { ...STAMP, by: 'other' });
    expect(byAnother.c).toBe(funding.c);
    expect(byAnother.h).not.toBe(funding.h);
    expect(makeFunding(sha256, { ...facts, voucher: 'V-2' }, '2026', STAMP).c).not.toBe(funding.c);
    expect(() => makeFunding(sha256, { ...facts, fen: fen(0) }, '2026', STAMP)).toThrow(InvariantError);
  });

  it('recorded again under the same voucher is another fact', () => {
    expect(makeFunding(sha256, { ...facts, again: 2 }, '2026', STAMP).c).not.toBe(funding.c);
  });
});

describe('its reversal', () => {
  const reversal = reverseFunding(sha256, funding, '2026-11-29', LATER);

  it('leaves nothing of it on any account, and names what it takes back', () => {
    expect(sides(reversal.postings)).toEqual(['credit clearing 500', 'debit appropriation:2026 500']);
    expect(reversal).toMatchObject({
      kind: 'funding-reversed',
      voucher: 'V-1',
      run: facts.run,
      date: '2026-11-29',
      ...LATER,
      p: funding.h,
    });
    const balance = trialBalance();
    for (const { postings } of [funding, reversal]) balance.add(postings);
    for (const { account, debit, credit } of balance.totals()) expect(debit, account).toBe(credit);
  });

  it('is not reversed itself: what is right is recorded anew', () => {
    expect(() => reverseFunding(sha256, reversal, '2026-11-30', LATER)).toThrow(InvariantError);
  });
});

it.each([
  ['funding', funding],
  ['reversal', reverseFunding(sha256, funding, '2026-11-29', LATER)],
])('a %s verifies as long as nothing in it is changed', (_, entry) => {
  expect(verifyFunding(sha256, entry)).toBe(true);
  expect(verifyFunding(sha256, JSON.parse(JSON.stringify(entry)) as typeof entry)).toBe(true);
  for (const key of Object.keys(entry)) {
    expect(verifyFunding(sha256, { ...entry, [key]: 'x' }), key).toBe(false);
    const { [key as keyof typeof entry]: _removed, ...rest } = entry;
    expect(verifyFunding(sha256, rest as typeof entry), key).toBe(false);
  }
  // With its hash made anew: a funding follows nothing, a reversal follows something.
  const relinked = { ...entry, p: entry.p === '' ? funding.h : '' };
  const { h: _h, ...body } = relinked;
  const forged = { ...relinked, h: contentHash(sha256, 'ledger-entry.v1', body) };
  expect(verifyFunding(sha256, forged)).toBe(false);
});
