import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import type { Written } from '../../../functions/adapters/ledger-store.ts';
import { approved, bankAnswer, computed, dispatched, type Office, reconciled, value } from './office.ts';
import { entriesOf, smallOffice } from './whole-month.ts';

/** More than one block of a chunk of results, so that blocks are read and written side by side. */
const PEOPLE = 70;
let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice({ people: PEOPLE });
});
afterEach(() => bureau.stop());

describe('what was written is read back', () => {
  it('before a shard counts as released: an entry that is missing or another stops it, and every line is answered once', async () => {
    const review = await approved(bureau, await computed(bureau));
    const { ledger } = bureau.ports;
    const written = ledger.written.bind(ledger);
    const lies: ((entry: Written) => Written | undefined)[] = [
      () => undefined,
      (entry) => ({ ...entry, c: '0'.repeat(64) }),
      (entry) => ({ ...entry, fen: fen(entry.fen + 1) }),
    ];
    let lie = lies[0];
    ledger.written = async (keys, slot) => (await written(keys, slot)).map((entry) => entry && lie?.(entry));
    let run = await dispatched(bureau, review);
    for (const next of [...lies.slice(1), undefined]) {
      expect(run.state).toBe('releasing');
      expect((await bureau.ports.runs.shards(run.runId, 'RELEASED', run.revision)).size).toBeLessThan(
        run.manifest.shards.length,
      );
      lie = next;
      if (!next) ledger.written = written;
      await bureau.failures.again();
      await bureau.deliver();
      run = value(await bureau.views.getRun(run.runId));
    }
    expect(run.state).toBe('dispatched');

    const [bytes] = await bankAnswer(bureau, run);
    const resultId = await reconciled(bureau, run, bytes!);
    const results = value(await bureau.follow.listBankResults(run.runId));
    expect(results.find((result) => result.resultId === resultId)).toMatchObject({
      state: 'accepted',
      counts: { lines: PEOPLE, settled: PEOPLE, exceptions: 0 },
    });
    expect(Object.keys(await entriesOf(bureau)).filter((key) => key.endsWith('outcome'))).toHaveLength(
      PEOPLE,
    );
  });
});
