// Goal: after a run is computed, nobody reads buckets in which it has no drafts, and nothing is missing for that.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BUCKET_COUNT } from '../../../domain/ids.ts';
import { draftedBuckets, draftedIn, type Run, runHash } from '../../../domain/run/run.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { countRecipients } from '../../../functions/budget/funding-request.ts';
import { bucketOfEnrolment } from '../../../functions/run/buckets.ts';
import { compareJournal } from './journal-of-run.ts';
import {
  approved,
  bankAnswer,
  closed,
  computed,
  dispatched,
  failing,
  type Office,
  reconciled,
  SUPPLEMENTARY,
} from './office.ts';
import { draftsOf, entriesOf, runNow, smallOffice } from './whole-month.ts';

let bureau: Office;
/** Partitions that were read of drafts and of the ledger, `<bucket>` each time. */
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

const readOf = (what: keyof typeof read): string[] => read[what].splice(0);

it('of three people only their buckets are read from the signatures to the export', async () => {
  const run = await computed(bureau);
  const filled = [
    ...new Set((await draftsOf(bureau, run)).map(({ enrolment }) => bucketOfEnrolment(enrolment))),
  ].sort();
  expect(filled).toHaveLength(3);
  expect(draftedBuckets(run)).toEqual(filled);
  // The computation itself looks everywhere: what it says is what it found.
  expect(readOf('drafts').sort()).toEqual(expect.arrayContaining(filled));

  const signed = await approved(bureau, run);
  readOf('drafts');
  const sent = await dispatched(bureau, signed);
  expect(sent.files).toMatchObject([{ count: 3 }]);
  expect(new Set(readOf('drafts'))).toEqual(new Set(filled));
  for (const bytes of await bankAnswer(bureau, sent)) await reconciled(bureau, sent, bytes);
  const over = await closed(bureau, await runNow(bureau, sent));
  readOf('ledger');
  expect(await compareJournal(bureau, over)).toEqual({ entries: 6, wrong: [] });
  expect(readOf('ledger')).toEqual(filled);
  expect(await countRecipients(bureau.ports, over)).toMatchObject({ payments: 3 });
  expect(new Set(readOf('drafts'))).toEqual(new Set(filled));
});

it('what a supplementary run sends again and what it takes back stand in its journal', async () => {
  const sent = await dispatched(bureau, await approved(bureau, await computed(bureau)));
  const [answer] = await bankAnswer(bureau, sent, failing([1, 2], '超过截止时间'));
  await reconciled(bureau, sent, answer!);
  const again = await dispatched(bureau, await approved(bureau, await computed(bureau, SUPPLEMENTARY)));
  expect(draftedBuckets(again)).toHaveLength(2);
  expect(await compareJournal(bureau, sent)).toEqual({ entries: 6, wrong: [] });
  expect(await compareJournal(bureau, again)).toEqual({ entries: 2, wrong: [] });
  expect(Object.keys(await entriesOf(bureau)).filter((key) => key.includes('#02#1release'))).toHaveLength(2);
});

it('a run computed before this was kept is read everywhere, and its hash is the same', async () => {
  const run = await computed(bureau);
  const before: Run = { ...run, shards: run.shards.map(({ shard, hash }) => ({ shard, hash })) };
  expect(draftedBuckets(before)).toHaveLength(BUCKET_COUNT);
  expect(runHash(sha256Hex, before)).toBe(runHash(sha256Hex, run));
  const [shard] = run.manifest.shards;
  expect(draftedIn({ shards: [] }, shard!)).toHaveLength(BUCKET_COUNT / run.manifest.shards.length);
});

it('a bucket that is not named although it has drafts is not what was signed', async () => {
  const signed = await approved(bureau, await computed(bureau));
  const { runs } = bureau.ports;
  const load = runs.load.bind(runs);
  runs.load = async (runId) => {
    const run = await load(runId);
    return run && { ...run, shards: run.shards.map((drafted) => ({ ...drafted, buckets: [] })) };
  };
  const after = await dispatched(bureau, signed);
  expect(after).toMatchObject({ state: 'recompute-needed', files: [] });
  expect(Object.keys(await entriesOf(bureau)).filter((key) => key.includes('release'))).toEqual([]);
});
