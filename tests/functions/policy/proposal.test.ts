import { afterEach, beforeEach, expect, test } from 'vitest';
import { bucketName, type EnrolmentId } from '../../../domain/ids.ts';
import type { EffectRow } from '../../../domain/policy/effect.ts';
import {
  approved,
  code,
  computed,
  dispatched,
  type Office,
  openOffice,
  SCOPE,
  SUPPLEMENTARY,
  value,
} from '../run/office.ts';
import { draftsOf, runNow } from '../run/whole-month.ts';
import { approve, asked, PREPARER, proposed, raisedBands } from './proposal-office.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await openOffice({ people: 3, quickReads: true });
});
afterEach(() => bureau.stop());

const BUCKETS = Array.from({ length: 256 }, (_, index) => bucketName(index));
const rowsOf = (id: string): Promise<EffectRow[]> => bureau.ports.policyProposals.rows(id, 1, SCOPE, BUCKETS);

test('a rate raised late for an earlier month: what the effect said is what the next run pays, and a run started before keeps the old one', async () => {
  const review = await computed(bureau);
  const found = await proposed(bureau, asked(raisedBands(50)));
  expect(found.state).toBe('review');
  expect(found.manifest).toMatchObject({
    month: '2026-11',
    through: '2026-12',
    scopes: [{ ...SCOPE, from: '2026-10' }],
  });
  expect(found.effect?.scopes).toMatchObject([
    {
      ...SCOPE,
      totals: { compared: 3, gaining: 3, gain: 3 * 15_000, losing: 0, arrears: 15_000, ahead: 30_000 },
    },
  ]);
  expect(code(await approve(bureau, found, PREPARER.by))).toBe('forbidden/own-proposal');
  expect(value(await approve(bureau, found))).toMatchObject({ state: 'in-force' });

  const sent = await dispatched(bureau, await approved(bureau, await runNow(bureau, review)));
  expect(sent.manifest.policyHash).toBe(review.manifest.policyHash);
  expect((await draftsOf(bureau, sent)).map(({ fen }) => fen)).toEqual([30_000, 30_000, 30_000]);
  const next = await computed(bureau, SUPPLEMENTARY);
  const paid = new Map<EnrolmentId, unknown>(
    (await draftsOf(bureau, next)).map(({ enrolment, lines }) => [
      enrolment,
      lines.map(({ component, fen, month }) => ({ month, component, fen })),
    ]),
  );
  const said = new Map<EnrolmentId, unknown>(
    (await rowsOf(found.proposal.id)).map(({ enrolment, lines }) => [
      enrolment,
      lines.map(({ after, before, component, month }) => ({ month, component, fen: after - before })),
    ]),
  );
  expect(paid.size).toBe(3);
  expect(paid).toEqual(said);
});
