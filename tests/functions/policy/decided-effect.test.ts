import { afterEach, beforeEach, expect, test } from 'vitest';
import { bucketName } from '../../../domain/ids.ts';
import { batchInScope, startBatch } from '../../../functions/determination/batch.ts';
import { DIBAO, determined, dibaoOffice, dibaoPack, enrolled, spansOf } from '../determination/bureau.ts';
import { householdFacts } from '../determination/household-facts.ts';
import { type Office, value } from '../run/office.ts';
import { approve, asked, PREPARER, proposed } from './proposal-office.ts';

let bureau: Office;
let facts: ReturnType<typeof householdFacts>;
beforeEach(async () => {
  bureau = await dibaoOffice({ historyFrom: '2026-05', households: () => facts.households });
  facts = householdFacts(bureau);
  bureau.clock.moveTo('2026-04-20');
});
afterEach(() => bureau.stop());

const BUCKETS = Array.from({ length: 256 }, (_, index) => bucketName(index));
const START = { document: '京民社救发〔2026〕70号', issuedOn: '2026-07-08', through: '2026-08' } as const;

/** The district's own standard for every month that may become money. */
function standard(yuan: string) {
  const { values } = dibaoPack('110000');
  const before = values.find((row) => row.parameter === 'standard' && row.inForceFrom === '2024-07')!;
  const raised = {
    ...before,
    inForceFrom: '2026-05',
    decidedOn: START.issuedOn,
    value: { urban: yuan, rural: yuan },
  };
  return { ...DIBAO, values: [raised] };
}

test('a standard of a programme paid by decision: the effect is what the change of standard determines then, and nothing before', async () => {
  for (const [n, income, base] of [
    [1, '450.00', 1000],
    [2, '900.00', 550],
  ] as const) {
    await enrolled(bureau, n, `11019900${n}`);
    facts.earns(n, '2026-03', income);
    await determined(bureau, n, 1, spansOf(['2026-03', base]), { assessedAt: bureau.clock.now() });
  }
  bureau.clock.moveTo('2026-07-20');
  const found = await proposed(bureau, asked(standard('1500.00')));
  const [scope] = found.effect?.scopes ?? [];
  expect(scope?.totals).toMatchObject({
    compared: 2,
    gaining: 2,
    refused: {},
    arrears: 4 * 5_000,
    ahead: 12 * 5_000,
  });
  const rows = await bureau.ports.policyProposals.rows(found.proposal.id, 1, DIBAO, BUCKETS);
  expect(rows.map(({ street }) => street).sort()).toEqual(['110199001', '110199002']);
  expect(value(await approve(bureau, found)).state).toBe('in-force');

  const ports = { ...bureau.ports, households: facts.households };
  const { manifest } = value(await startBatch(ports, DIBAO, START, PREPARER));
  await bureau.deliver();
  const { totals } = value(await batchInScope(bureau.ports, DIBAO, manifest.batchId));
  const said: Record<string, number> = {};
  for (const { after, before, month } of rows.flatMap(({ lines }) => lines))
    said[month] = (said[month] ?? 0) + after - before;
  const { '2026-08': next, ...later } = said;
  expect(totals?.monthly).toBe(next);
  expect(totals?.arrears).toEqual(
    Object.fromEntries(Object.entries(later).filter(([month]) => month < START.through)),
  );
});
