// Goal: after a run is computed, nobody reads buckets in which it has no drafts, nothing is missing for that, and what lies there is nobody's.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUCKET_COUNT, enrolmentId, paymentId } from '../../../domain/ids.ts';
import { fen } from '../../../domain/money.ts';
import type { Draft } from '../../../domain/run/draft.ts';
import { draftedBuckets, draftedIn, type Run, runHash } from '../../../domain/run/run.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { countRecipients } from '../../../functions/budget/funding-request.ts';
import { ALL_BUCKETS, bucketOfEnrolment } from '../../../functions/run/buckets.ts';
import type { ShardDone } from '../../../functions/run/compute.ts';
import { findDraft } from '../../../functions/run/read-drafts.ts';
import { compareJournal } from './journal-of-run.ts';
import {
  approved,
  bankAnswer,
  closed,
  code,
  computed,
  dispatched,
  failing,
  type Office,
  reconciled,
  SUPPLEMENTARY,
  value,
} from './office.ts';
import { draftsOf, entriesOf, runNow, smallOffice } from './whole-month.ts';

let bureau: Office;
/** Buckets that were read of drafts and of the ledger, in order. */
let read: { drafts: string[]; ledger: string[] };
beforeEach(async () => {
  bureau = await smallOffice();
  read = { drafts: [], ledger: [] };
  const { drafts, ledger } = bureau.ports;
  const [draftsOfBucket, entriesOfBucket] = [drafts.ofBucket.bind(drafts), ledger.ofBucket.bind(ledger)];
  drafts.ofBucket = (...asked) => {
    read.drafts.push(asked[2]);
    return draftsOfBucket(...asked);
  };
  ledger.ofBucket = (...asked) => {
    read.ledger.push(asked[2]);
    return entriesOfBucket(...asked);
  };
});
afterEach(() => bureau.stop());

const readOf = (what: keyof typeof read): string[] => [...new Set(read[what].splice(0))].sort();

async function paid(run: Run): Promise<Run> {
  for (const bytes of await bankAnswer(bureau, run)) await reconciled(bureau, run, bytes);
  return closed(bureau, await runNow(bureau, run));
}

describe('of three people', () => {
  it('only their buckets are read from the signatures to the export', async () => {
    const run = await computed(bureau);
    const filled = [
      ...new Set((await draftsOf(bureau, run)).map(({ enrolment }) => bucketOfEnrolment(enrolment))),
    ].sort();
    expect(filled).toHaveLength(3);
    expect(draftedBuckets(run)).toEqual(filled);
    // The computation itself looks everywhere: what it says is what it found.
    expect(readOf('drafts')).toEqual(ALL_BUCKETS);

    const signed = await approved(bureau, run);
    readOf('drafts');
    const sent = await dispatched(bureau, signed);
    expect(sent.files).toMatchObject([{ count: 3 }]);
    expect(readOf('drafts')).toEqual(filled);
    const over = await paid(sent);
    readOf('ledger');
    expect(await compareJournal(bureau, over)).toEqual({ entries: 6, wrong: [] });
    expect(readOf('ledger')).toEqual(filled);
    expect(await countRecipients(bureau.ports, over)).toMatchObject({ payments: 3 });
    expect(readOf('drafts')).toEqual(filled);
  });

  it('drafts are listed from any cursor, also of a bucket that is not listed', async () => {
    const run = await computed(bureau);
    const all = await draftsOf(bureau, run);
    const listed = draftedBuckets(run);
    for (const bucket of ALL_BUCKETS) {
      const keys = listed.includes(bucket) ? ['~'] : ['!', '~'];
      for (const key of keys) {
        const asked = { filter: 'all', limit: 500, startAfter: `${bucket}/${key}` } as const;
        const page = value(await bureau.views.listDrafts(run.runId, asked));
        expect(page.drafts).toEqual(all.filter(({ enrolment }) => bucketOfEnrolment(enrolment) > bucket));
      }
    }
  });

  it('what a supplementary run sends again and what it takes back stand in its journal', async () => {
    const sent = await dispatched(bureau, await approved(bureau, await computed(bureau)));
    const [answer] = await bankAnswer(bureau, sent, failing([1, 2], '超过截止时间'));
    await reconciled(bureau, sent, answer!);
    const again = await dispatched(bureau, await approved(bureau, await computed(bureau, SUPPLEMENTARY)));
    expect(draftedBuckets(again)).toHaveLength(2);
    expect(await compareJournal(bureau, sent)).toEqual({ entries: 6, wrong: [] });
    expect(await compareJournal(bureau, again)).toEqual({ entries: 2, wrong: [] });
    expect(Object.keys(await entriesOf(bureau)).filter((key) => key.includes('#02#1release'))).toHaveLength(
      2,
    );
  });
});

describe('a run that older code computed, or a part of it', () => {
  it.each(['all', 'a part'])(
    'is read everywhere where nothing is named, pays and closes: %s',
    async (what) => {
      const { runs } = bureau.ports;
      const put = runs.putShard.bind(runs);
      let shards = 0;
      runs.putShard = (...asked) => {
        const [runId, phase, number, shard, answer] = asked;
        shards += 1;
        if (phase !== 'DONE' || (what === 'a part' && shards % 2 === 0)) return put(...asked);
        const { summary, ...rest } = answer as ShardDone;
        const { buckets: _buckets, ...older } = summary;
        return put(runId, phase, number, shard, { ...rest, summary: older });
      };
      const run = await computed(bureau);
      const [least, most] = what === 'all' ? [BUCKET_COUNT, BUCKET_COUNT] : [128, 131];
      expect(draftedBuckets(run).length).toBeGreaterThanOrEqual(least);
      expect(draftedBuckets(run).length).toBeLessThanOrEqual(most);
      const over = await paid(await dispatched(bureau, await approved(bureau, run)));
      expect(over.state).toBe('closed');
      expect(await compareJournal(bureau, over)).toEqual({ entries: 6, wrong: [] });
    },
  );

  it('has the hash that it had', async () => {
    const run = await computed(bureau);
    const before: Run = { ...run, shards: run.shards.map(({ shard, hash }) => ({ shard, hash })) };
    expect(runHash(sha256Hex, before)).toBe(runHash(sha256Hex, run));
    const [shard] = run.manifest.shards;
    expect(draftedIn({ shards: [] }, shard!)).toHaveLength(BUCKET_COUNT / run.manifest.shards.length);
  });

  it('names its buckets when it is computed anew', async () => {
    const run = await computed(bureau);
    value(await bureau.actions.recompute({ runId: run.runId, reason: '重新核算', by: 'staff-preparer' }));
    expect(draftedBuckets(await runNow(bureau, run))).toHaveLength(BUCKET_COUNT);
    await bureau.deliver();
    const again = await runNow(bureau, run);
    expect(again).toMatchObject({ draftRevision: 2 });
    expect(draftedBuckets(again)).toEqual(draftedBuckets(run));
  });
});

describe('drafts and what is said of where they lie', () => {
  it('a bucket that is not named although it has drafts is not what was signed', async () => {
    const signed = await approved(bureau, await computed(bureau));
    const [lost] = draftedBuckets(signed);
    const { runs } = bureau.ports;
    const load = runs.load.bind(runs);
    runs.load = async (runId) => {
      const run = await load(runId);
      const shards = run?.shards.map(({ buckets, ...drafted }) => ({
        ...drafted,
        ...(buckets && { buckets: buckets.filter((bucket) => bucket !== lost) }),
      }));
      return run && { ...run, shards: shards ?? [] };
    };
    const after = await dispatched(bureau, signed);
    expect(after).toMatchObject({ state: 'recompute-needed', files: [] });
    expect(Object.keys(await entriesOf(bureau)).filter((key) => key.includes('release'))).toEqual([]);
  });

  it('a draft in a bucket that is not named is no draft of the run, for nobody', async () => {
    const run = await computed(bureau);
    const stray = await strayDraft(run, await draftsOf(bureau, run));
    expect(await findDraft(bureau.ports, run, stray.payment)).toBeUndefined();
    expect(await draftsOf(bureau, run)).not.toContainEqual(stray);
    const hold = { runId: run.runId, payment: stray.payment, reason: '核实', by: 'staff-preparer' };
    expect(code(await bureau.actions.holdPayment(hold))).toBe('missing/payment');
    const sent = await dispatched(bureau, await approved(bureau, await runNow(bureau, run)));
    expect(sent).toMatchObject({ state: 'dispatched', files: [{ count: 3, fen: 90_000 }] });
  });

  /** One payment more, written by somebody who came late, where the run has nothing. */
  async function strayDraft(run: Run, [like]: readonly Draft[]): Promise<Draft> {
    const empty = Array.from({ length: 100 }, (_, n) => enrolmentId('GL', `ZZZZZZZZZZ${n + 10}`, 1)).find(
      (one) => !draftedBuckets(run).includes(bucketOfEnrolment(one)),
    );
    const enrolment = empty!;
    const payment = paymentId('2026-12', 'R', enrolment);
    const stray: Draft = { ...like!, enrolment, payment, fen: fen(10_000) };
    await bureau.ports.drafts.put(run.runId, run.draftRevision, bucketOfEnrolment(enrolment), stray);
    return stray;
  }
});
