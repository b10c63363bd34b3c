import { describe, expect, it } from 'vitest';
import { lacks } from '../../programs.ts';
import { failing, openOffice, SUPPLEMENTARY } from './office.ts';
import { entriesOf, wholeMonth } from './whole-month.ts';

describe.skipIf(lacks('java'))('DynamoDB Local (needs java)', () => {
  it('runs the same month to the same entries as the embedded engine', { timeout: 180_000 }, async () => {
    const months = [];
    for (const dynamo of ['dynamodb-local', 'dynalite'] as const) {
      const bureau = await openOffice({
        people: 3,
        fixedKeys: true,
        dynamo,
        quickReads: dynamo === 'dynalite',
      });
      const regular = await wholeMonth(bureau, { answer: failing([2], '超过截止时间') });
      const again = await wholeMonth(bureau, { identity: SUPPLEMENTARY });
      months.push({
        states: [regular.state, again.state],
        tallies: [regular.closing?.tally, again.closing?.tally],
        entries: await entriesOf(bureau),
        failures: bureau.failures.forget(),
      });
      await bureau.stop();
    }
    expect(months[0]).toEqual(months[1]);
    expect(months[0]).toMatchObject({ states: ['closed', 'closed'], failures: 0 });
    expect(Object.keys(months[0]!.entries)).toHaveLength(9);
  });
});
