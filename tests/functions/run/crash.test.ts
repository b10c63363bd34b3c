import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import type { Run, RunState } from '../../../domain/run/run.ts';
import { APPROVER, bankAnswer, failing, type Office, REGULAR, REVIEWER, seen, value } from './office.ts';
import { entriesOf, smallOffice, wholeMonth } from './whole-month.ts';

/**
 * Every call that changes something fails once in some month, before it took effect or after. What people do they do again;
 * what the queues carried is either delivered again or lost for good and left to the sweeper. The end must be the same.
 */
const MODULUS = 13;
type Crash = {
  /** Calls whose number leaves this remainder fail: the months together cover all numbers. */
  readonly remainder: number;
  readonly messages: 'delivered again' | 'lost';
};
const CRASHES: Crash[] = Array.from({ length: MODULUS }, (_, remainder) => ({
  remainder,
  messages: remainder % 2 === 0 ? 'delivered again' : 'lost',
}));

const clean = (async () => {
  const bureau = await smallOffice({ fixedKeys: true });
  const end = await wholeMonth(bureau, { answer: failing([2]) });
  const reference = { ...(await outcome(bureau, end)), state: end.state };
  await bureau.stop();
  return reference;
})();

async function outcome(bureau: Office, run: Run) {
  const { budget } = await bureau.ports.budgets.load({ ...REGULAR, fiscalYear: '2026' });
  return {
    entries: await entriesOf(bureau),
    tally: run.closing?.tally,
    files: run.files.map(({ objectKey: _objectKey, ...file }) => file),
    budget: budget.runs,
    unsettled: (await bureau.lists.unsettled(run.runId)).length,
    sealed: value(await bureau.audit.seal(run.runId))?.ranges.map(({ count, fen }) => ({ count, fen })),
  };
}

describe('a crash at any call that changes something', () => {
  it('is compared with a month that is complete', async () => {
    const { state, entries, tally } = await clean;
    expect(state).toBe('closed');
    expect(Object.keys(entries)).toHaveLength(1 + 6);
    expect(tally).toMatchObject({ released: { count: 3 }, settled: { count: 2 }, failed: { count: 1 } });
  });

  it.each(CRASHES)(
    'at call $remainder and every thirteenth after it, messages $messages',
    async ({ remainder, messages }) => {
      const bureau = await smallOffice({ fixedKeys: true });
      const calls = { made: 0, failed: 0 };
      bureau.faults.around = async (call) => {
        const fails = calls.made % MODULUS === remainder;
        calls.made += 1;
        if (!fails) return call();
        calls.failed += 1;
        // By turns before the call took effect and after.
        if (calls.failed % 2 === 0) await call();
        throw new Error('the machine died');
      };
      const end = await untilClosed(bureau, messages === 'lost');
      delete bureau.faults.around;
      await bureau.sweep();
      await bureau.deliver();
      expect(calls.failed).toBeGreaterThan(5);
      const { state, ...reference } = await clean;
      expect(end.state).toBe(state);
      expect(await outcome(bureau, end)).toEqual(reference);
      await bureau.stop();
    },
  );
});

/** People who try again until the run is where they want it; the sweeper looks in between. */
async function untilClosed(bureau: Office, lossy: boolean): Promise<Run> {
  for (let round = 0; round < 60; round += 1) {
    const run = await bureau.ports.runs.load(`${REGULAR.jurisdiction}.high-age.2026-12.R.1`);
    if (run?.state === 'closed') return run;
    await survive(() => nextStep(bureau, run));
    await survive(() => bureau.deliver());
    if (lossy) bureau.failures.forget();
    else await survive(() => bureau.failures.again());
    await survive(() => bureau.sweep());
    await survive(() => bureau.deliver());
  }
  throw new Error('the month did not end');
}

async function survive(step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    const deaths = error instanceof AggregateError ? error.errors : [error];
    for (const death of deaths)
      if (!(death instanceof Error) || death.message !== 'the machine died') throw error;
  }
}

/** What the people of the bureau do next; a refusal because it is done already is no matter. */
async function nextStep(bureau: Office, run: Run | undefined): Promise<unknown> {
  const { actions } = bureau;
  if (!run) return actions.startRun(REGULAR, 'staff-preparer');
  const { runId } = run;
  const steps: Partial<Record<RunState, () => Promise<unknown>>> = {
    review: () => actions.submit({ ...seen(bureau, run), by: 'staff-preparer' }),
    signing: () =>
      actions.sign({ ...seen(bureau, run), signer: run.signatures.length === 0 ? REVIEWER : APPROVER }),
    approved: () => actions.requestFunding({ runId, by: 'staff-cashier' }),
    'funding-requested': () =>
      actions.fund({
        runId,
        voucher: 'BK-2026-12-R-1',
        date: '2026-11-24',
        fen: fen(90_000),
        by: 'staff-finance',
      }),
    funded: () => actions.dispatch({ runId, by: 'staff-cashier' }),
    dispatched: () => answerAndClose(bureau, run),
  };
  return steps[run.state]?.();
}

async function answerAndClose(bureau: Office, run: Run): Promise<unknown> {
  const { runId } = run;
  const results = value(await bureau.follow.listBankResults(runId));
  const done = results.some(({ chunks }) => chunks && chunks.done === chunks.of);
  if (done) return bureau.actions.close({ runId, by: 'staff-reviewer' });
  const objectKey = 'uploads/110199/answer';
  const [bytes] = await bankAnswer(bureau, run, failing([2]));
  await bureau.engines.files.put(objectKey, bytes!);
  return bureau.follow.submitBankResult({ runId, objectKey, fileName: 'x.ret', by: 'staff-cashier' });
}
