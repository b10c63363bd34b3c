import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../engines.ts';
import { type Answer, bankAnswer, failing, reconciled, SUPPLEMENTARY } from './office.ts';
import {
  changedAccount,
  draftsOf,
  entriesOf,
  seeded,
  sentMonth,
  smallOffice,
  wholeMonth,
} from './whole-month.ts';

/** The second person's account is closed, the fourth's money comes back, the fifth is told twice. */
const answer: Answer = (line) => {
  if (line.sequence === 4) {
    const back = { ...line, status: 'returned' as const, returnCode: 'E02', reason: '账户已注销' };
    return [line, { ...back, bookedOn: '2026-11-28' }];
  }
  return line.sequence === 5 ? [line, line] : failing([2])(line);
};

/** A month with a failure, a contradiction, a correction and a supplementary run: everything that writes entries. */
async function twoRuns(delivery?: Delivery) {
  const bureau = await smallOffice({ people: 6, fixedKeys: true });
  const regular = await wholeMonth(bureau, { answer: failing([2, 5]), ...(delivery && { delivery }) });
  const drafts = await draftsOf(bureau, regular);
  const [open] = await bureau.lists.unsettled(regular.runId);
  const failed = drafts.find((draft) => draft.payment === open!.payment)!;
  await changedAccount(bureau, failed.account!.payee, '6217999999990001');
  const again = await wholeMonth(bureau, { identity: SUPPLEMENTARY, ...(delivery && { delivery }) });
  const result = {
    states: [regular.state, again.state],
    tallies: [regular.closing?.tally, again.closing?.tally],
    entries: await entriesOf(bureau),
    acts: (await Promise.all([regular, again].map((run) => bureau.ports.runs.acts(run.runId)))).map((acts) =>
      acts.map((act) => act.kind),
    ),
    budget: (await bureau.ports.budgets.load({ ...SUPPLEMENTARY, fiscalYear: '2026' })).budget.runs,
    failures: bureau.failures.forget(),
  };
  await bureau.stop();
  return result;
}

describe('every message delivered twice and in random order', () => {
  const clean = twoRuns();

  it('is compared with a clean pass that is itself complete', async () => {
    const { states, tallies, entries } = await clean;
    expect(states).toEqual(['closed', 'closed']);
    expect(tallies).toMatchObject([
      { released: { count: 6 }, settled: { count: 4 }, failed: { count: 2 } },
      { released: { count: 1 }, settled: { count: 1 } },
    ]);
    // One funding, six releases and outcomes, one release and outcome again.
    expect(Object.keys(entries)).toHaveLength(1 + 12 + 2);
  });

  it.each([1, 2, 3, 4])('gives the same entries, acts, tallies and budget (seed %i)', async (seed) => {
    const reference = await clean;
    expect(await twoRuns({ times: 2, random: seeded(seed) })).toEqual(reference);
    expect(reference.failures).toBe(0);
  });
});

describe('lines that say the same payment twice', () => {
  it('write the same entries whatever the order of delivery', async () => {
    const contradicted = async (delivery?: Delivery) => {
      const bureau = await smallOffice({ people: 6, fixedKeys: true });
      const run = await sentMonth(bureau, delivery && { delivery });
      const [bytes] = await bankAnswer(bureau, run, answer);
      await reconciled(bureau, run, bytes!, delivery);
      const exceptions = await bureau.lists.exceptions(run.runId);
      const found = {
        entries: await entriesOf(bureau),
        exceptions: exceptions.map(({ exceptionId, kind }) => `${exceptionId} ${kind}`),
      };
      await bureau.stop();
      return found;
    };
    const reference = await contradicted();
    // Both lines of the fourth person contradict each other; the fifth is settled, the second failed.
    expect(reference.exceptions.map((text) => text.split(' ')[1])).toEqual(['duplicate', 'duplicate']);
    expect(Object.keys(reference.entries)).toHaveLength(1 + 6 + 5);
    expect(await contradicted({ times: 2, random: seeded(9) })).toEqual(reference);
  });
});
