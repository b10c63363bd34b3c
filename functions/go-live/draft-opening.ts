import { type Month, maxMonth } from '../../domain/calendar.ts';
import {
  type OpeningPlan,
  type OpeningRow,
  openingDrafts,
  openingFault,
} from '../../domain/go-live/opening.ts';
import { openingTotals } from '../../domain/go-live/opening-totals.ts';
import type { Bucket, EnrolmentId } from '../../domain/ids.ts';
import { ZERO } from '../../domain/money.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import { entitledMonths } from '../../domain/programmes/months.ts';
import type { Component } from '../../domain/programmes/programme.ts';
import { invariant } from '../../domain/result.ts';
import { bucketsOf, type RunManifest, type Shard } from '../../domain/run/manifest.ts';
import type { Run } from '../../domain/run/run.ts';
import { summarise } from '../../domain/run/summary.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { mapBounded } from '../concurrency.ts';
import type { ComputePorts, EnrolmentRefusal, ShardDone } from '../run/compute.ts';
import { loadBucket } from '../run/load-shard.ts';
import { readComputed } from '../run/read-drafts.ts';

const PUTS_AT_ONCE = 16;
const REFUSALS_KEPT = 50;

/**
 * Drafts of one shard of an opening, from the rows that were staged: the same rows give the same drafts. Rows that cannot be posted
 * are refused by name, and the opening is not signed while there is one. Nothing is written to the ledger here.
 */
export async function draftOpening(ports: ComputePorts, run: Run, shard: Shard): Promise<ShardDone> {
  const { manifest, runId, draftRevision } = run;
  const plan = manifest.opening;
  invariant(plan, `not an opening: ${runId}`);
  const rows: OpeningRow[] = [];
  const refusals: EnrolmentRefusal[] = [];
  for (const bucket of bucketsOf(shard)) {
    const staged = await ports.staged.ofBucket(plan.importId, bucket);
    if (staged.length === 0) continue;
    rows.push(...staged);
    const opened = await openedBefore(ports, manifest, plan, bucket, staged);
    const due = await componentsDue(ports, manifest, plan, bucket);
    const drafts = staged.flatMap((row) => {
      const known = { historyFrom: manifest.historyFrom, opened: opened.has(monthKey(row)) };
      const fault = openingFault(row, plan, known);
      if (!fault) return openingDrafts(row, plan.number, due(row.enrolment, row.month));
      refusals.push({ enrolment: row.enrolment, refusal: fault });
      return [];
    });
    await mapBounded(drafts, PUTS_AT_ONCE, (draft) => ports.drafts.put(runId, draftRevision, bucket, draft));
  }
  const { drafts: stored, ...where } = await readComputed(ports, run, shard);
  const refused: Record<string, number> = {};
  for (const { refusal } of refusals) refused[refusal.code] = (refused[refusal.code] ?? 0) + 1;
  const summary = summarise(sha256Hex, shard.shard, draftRevision, stored, {
    ...where,
    refused,
    accountChangers: [],
    opening: openingTotals(rows, stored),
  });
  return { summary, refusals: refusals.slice(0, REFUSALS_KEPT) };
}

const monthKey = ({ enrolment, month }: { enrolment: EnrolmentId; month: Month }): string =>
  `${enrolment}#${month}`;

/** Which of these months an earlier opening has lines for: only a correction may add to them. */
async function openedBefore(
  ports: ComputePorts,
  manifest: RunManifest,
  plan: OpeningPlan,
  bucket: Bucket,
  rows: readonly OpeningRow[],
): Promise<ReadonlySet<string>> {
  const opened = new Set<string>();
  const months = new Set(rows.map(({ month }) => month));
  for (const month of plan.openedMonths.filter((one) => months.has(one))) {
    for await (const { kind, enrolment } of ports.ledger.ofBucket(manifest, month, bucket)) {
      if (kind === 'opening') opened.add(monthKey({ enrolment, month }));
    }
  }
  return opened;
}

type Due = (enrolment: EnrolmentId, month: Month) => readonly Component[];

/** What the rules say is owed of each month, to share out what Excel has in one sum; the programme's first component otherwise. */
async function componentsDue(
  ports: ComputePorts,
  manifest: RunManifest,
  plan: OpeningPlan,
  bucket: Bucket,
): Promise<Due> {
  const programme = programmeById(manifest.programme);
  invariant(programme.ok, `an opening of an unknown programme: ${manifest.programme}`);
  const [first = 'amount'] = Object.keys(programme.value.components);
  const book = await ports.policies.book(manifest.policyHash);
  const { knownOn, jurisdiction, historyFrom } = manifest;
  const through = maxMonth(plan.through, historyFrom);
  const due = new Map<string, readonly Component[]>();
  for (const { case: found } of await loadBucket(ports, manifest, bucket)) {
    const { enrolment, situation } = found;
    const at = { knownOn, jurisdiction, historyFrom, through };
    const entitled = entitledMonths(situation, enrolment, book, at);
    if (!entitled.ok) continue;
    for (const { month, components } of entitled.value.months)
      due.set(monthKey({ enrolment: enrolment.id, month }), components);
  }
  return (enrolment, month) => {
    const found = due.get(monthKey({ enrolment, month }));
    return found && found.length > 0 ? found : [{ component: first, fen: ZERO }];
  };
}
