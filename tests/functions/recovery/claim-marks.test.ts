// Goal: a run that claims a set-off while somebody else finishes the order is still followed up. Method: the claim is made right before each
// of the readings of the order; then it has been looked at, or a mark leads the sweeper to it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import { decideOrder, deliverOrder, proposeOrder } from '../../../domain/recovery/commands.ts';
import { claimSetOff } from '../../../domain/recovery/set-off.ts';
import { type RecoveryAddress, RecoveryStore } from '../../../functions/adapters/recovery-store.ts';
import { finishRecoveries } from '../../../functions/recovery/post-recovery.ts';
import { runPortsFrom } from '../../../functions/run/ports.ts';
import { part, TODAY, wish } from '../../domain/recovery/samples.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { value } from '../run/office.ts';

let engines: Engines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.stop());

/** Does something right before the n-th reading. */
class ReadBehind extends RecoveryStore {
  reads = 0;
  before: { readonly read: number; readonly act: () => Promise<void> } | undefined;

  override async acts(address: RecoveryAddress) {
    this.reads += 1;
    if (this.before?.read === this.reads) await this.before.act();
    return await super.acts(address);
  }
}

it.each([1, 2, 3, 4])('a claim made right before reading %i is looked at, or marked', async (read) => {
  const address = { jurisdiction: '110199', programme: 'high-age', enrolment: `GL-7Z3K9QX2M4B${read}-1` };
  const store = new RecoveryStore(engines.tables.operations);
  let second = 0;
  const now = () => new Date(Date.UTC(2026, 10, 22, 1, 0, (second += 1))).toISOString();
  const stamp = (by: string) => ({ now, by });
  const paper = { document: '追缴〔2026〕1号', decidedOn: '2026-11-10', means: 'set-off' } as const;
  const delivery = { on: '2026-11-11', means: 'in-person', evidence: '送达回证' } as const;
  const parts = [{ ...part(0, 30_000), broughtIn: true as const }];
  value(await store.act(address, (state) => proposeOrder(state, wish(30_000)), stamp('ann')));
  value(
    await store.act(
      address,
      ({ orders }) => decideOrder(orders[0]!, paper, parts, 'bob', TODAY),
      stamp('bob'),
    ),
  );
  value(await store.act(address, ({ orders }) => deliverOrder(orders[0]!, delivery, TODAY), stamp('ann')));
  const claim = { payment: `2026-12_R_${address.enrolment}`, run: 'gone', dispatch: 5, fen: fen(3_000) };
  const behind = new ReadBehind(engines.tables.operations);
  behind.before = {
    read,
    act: async () => {
      value(
        await store.act(
          address,
          ({ orders }) => claimSetOff(orders[0]!, claim, TODAY, () => false),
          stamp('system'),
        ),
      );
    },
  };
  await finishRecoveries({ ...runPortsFrom(engines.env), recoveries: behind }, address);
  if (behind.reads < read) return;
  const standing = (await store.of(address)).orders[0]!.setOffs.length;
  const marks = (await store.posting(now())).filter(({ enrolment }) => enrolment === address.enrolment);
  expect([standing > 0, marks.length > 0]).not.toEqual([true, false]);
});
