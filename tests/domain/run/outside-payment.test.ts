import { describe, expect, it } from 'vitest';
import { foldAttempts } from '../../../domain/ledger/attempts.ts';
import {
  type Entry,
  failed,
  makeEntry,
  paidOutside,
  returned,
  settled,
} from '../../../domain/ledger/entry.ts';
import { outsideEntry } from '../../../domain/run/outside-payment.ts';
import { type BankException, decidedEntry, reconcileLine } from '../../../domain/run/reconcile.ts';
import { releaseOf, STAMP, sha256 } from '../ledger/samples.ts';
import { codeOf } from './samples.ts';

const release = releaseOf(0);
const next = (content: Parameters<typeof makeEntry>[1], previous: Entry) =>
  makeEntry(sha256, content, { ...STAMP, previous });
const refused = next(failed(release, { reason: 'ACCT_CLOSED' }), release);
const done = next(settled(release, { bankDate: '2026-12-01' }), release);
const back = next(returned(release, { reason: 'OTHER', bankDate: '2026-12-03' }), done);
const outside = { means: 'cash', voucher: 'V-1', evidence: '签收单', proposedBy: 'anna' } as const;
const cash = next(paidOutside(refused, '2026-12-04', outside, refused.fen), refused);
const transfer = next(
  paidOutside(refused, '2026-12-04', { ...outside, means: 'manual-transfer' }, refused.fen),
  refused,
);

const stated = {
  payment: release.payment,
  runId: release.run,
  means: 'cash',
  voucher: 'V-1',
  paidOn: '2026-12-04',
  evidence: '签收单',
  by: 'anna',
} as const;
const latestOf = (...entries: Entry[]) => foldAttempts(entries).at(-1);
const known = (...entries: Entry[]) => ({
  latest: latestOf(...entries),
  lateSuccess: false,
  cleared: false,
  today: '2026-12-05',
});
const ask = (more: object, unpaid: object = known(release, refused)) =>
  codeOf(outsideEntry({ ...stated, ...more }, unpaid as ReturnType<typeof known>));

describe('a payment by hand', () => {
  it('is the next attempt of what failed or came back, in the run on whose list it stands', () => {
    const content = outsideEntry(stated, known(release, refused));
    expect(content).toEqual({ ok: true, value: paidOutside(refused, '2026-12-04', outside, refused.fen) });
    expect(outsideEntry(stated, known(release, done, back))).toMatchObject({
      ok: true,
      value: {
        attempt: 2,
        run: release.run,
        file: '',
        line: 0,
        postings: [{ account: `returned:${release.enrolment}` }, {}],
      },
    });
  });

  it.each([
    ['missing/unsettled', {}, known()],
    ['conflict/in-transit', {}, known(release)],
    ['conflict/settled', {}, known(release, done)],
    ['conflict/paid-outside', {}, known(release, refused, cash)],
    ['conflict/paid-outside', { attempt: 2 }, known(release, refused, cash)],
    ['conflict/sent-again', { attempt: 2 }, known(release, refused, { ...release, attempt: 2 })],
    ['conflict/sent-again', { runId: '110199.high-age.2026-12.S9.1' }, known(release, refused)],
    ['conflict/late-success', {}, { ...known(release, refused), lateSuccess: true }],
    ['invalid/date-in-future', { paidOn: '2026-12-06' }, known(release, refused)],
    ['invalid/date-too-early', { paidOn: '2026-11-30' }, known(release, refused)],
    ['invalid/date-too-early', { paidOn: '2026-12-02' }, known(release, done, back)],
    ['ok', { paidOn: '2026-12-01' }, known(release, refused)],
    ['ok', { paidOn: '2026-12-05' }, known(release, refused)],
    ['ok', { paidOn: '2026-12-03', attempt: 2 }, known(release, done, back)],
  ] as const)('%s: %o', (code, more, unpaid) => {
    expect(ask(more, unpaid)).toBe(code);
  });
});

describe('a payment whose outcome at the bank is not known', () => {
  const unclear = next(failed(release, { reason: 'OTHER' }), release);

  it('is not paid by hand until somebody has cleared it; what came back is with us, whatever the reason', () => {
    expect(ask({}, known(release, unclear))).toBe('conflict/outcome-unknown');
    expect(ask({}, { ...known(release, unclear), cleared: true })).toBe('ok');
    expect(ask({}, known(release, done, back))).toBe('ok');
    const decided = next(failed(release, { reason: 'DECIDED:unanswered' }), release);
    expect(ask({}, known(release, decided))).toBe('ok');
  });
});

describe('what is said later of a payment by hand', () => {
  const found = (kind: BankException['kind']): BankException => ({
    kind,
    result: '',
    file: '',
    resultLine: 0,
  });
  const decide = (decision: 'settled' | 'failed' | 'returned' | 'no-entry-needed', ...slots: Entry[]) =>
    decidedEntry(found('outside-returned'), decision, slots);

  it('a transfer that comes back is in suspense again, once', () => {
    expect(decide('returned', transfer)).toEqual({
      ok: true,
      value: returned(transfer, { reason: 'DECIDED:outside-returned' }),
    });
    const bounced = next(returned(transfer, { reason: 'OTHER' }), transfer);
    expect(decide('returned', transfer, bounced)).toEqual({ ok: true, value: undefined });
  });

  it('nothing else can be decided of it but that it is none of ours', () => {
    for (const wrong of [decide('returned', cash), decide('settled', transfer), decide('failed', transfer)])
      expect(codeOf(wrong)).toBe('conflict/paid-outside');
    expect(decide('no-entry-needed', cash)).toEqual({ ok: true, value: undefined });
  });

  it('a line of the bank that names it is unknown: it was in no file', () => {
    const line = {
      position: 1,
      sequence: 0,
      fen: cash.fen,
      status: 'settled',
      bankSerial: '',
      endToEndId: '',
    } as const;
    expect(reconcileLine(line, '', [cash])).toEqual({ kind: 'exception', exception: 'unknown' });
  });
});
