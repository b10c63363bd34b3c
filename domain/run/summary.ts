import type { Period } from '../calendar.ts';
import type { Sha256 } from '../canonical.ts';
import { addOpening } from '../go-live/opening-totals.ts';
import { parsePaymentId } from '../ids.ts';
import { type Fen, fen } from '../money.ts';
import {
  addTally,
  type Draft,
  draftsHash,
  draftTotal,
  keptBackOf,
  NO_TALLY,
  type ShardSummary,
  type StreetTally,
  standing,
  type Tally,
} from './draft.ts';
import { addUnusual } from './unusual.ts';

const NO_STREET: StreetTally = { payable: NO_TALLY, held: NO_TALLY };
const NO_MOVEMENTS: Record<Draft['movement'], number> = { joined: 0, stopped: 0, changed: 0, same: 0 };

/** Totals of one shard from its drafts as re-read from the store. Absolute figures: never an increment. */
export function summarise(
  sha256: Sha256,
  shard: string,
  revision: number,
  drafts: readonly Draft[],
  extra: Pick<ShardSummary, 'buckets' | 'refused' | 'accountChangers' | 'opening' | 'unusual'>,
): ShardSummary {
  const tallies = {
    payable: NO_TALLY,
    held: NO_TALLY,
    blocked: NO_TALLY,
    recoveries: NO_TALLY,
    reissued: NO_TALLY,
  };
  let cancelled = NO_TALLY;
  let setOff = NO_TALLY;
  const streets: Record<string, StreetTally> = {};
  const components: Record<string, Fen> = {};
  const movements = { ...NO_MOVEMENTS };
  const findings: Record<string, number> = {};
  const periods = new Set<Period>();
  const relativesOf = new Set<string>();
  const evidenceBy = new Set<string>();
  for (const draft of drafts) {
    periods.add(parsePaymentId(draft.payment).period);
    const amount: Tally = { count: 1, fen: draft.fen };
    const state = standing(draft);
    // Nothing before and nothing now, said because of another programme, is no movement.
    const unpaid = draft.fen === 0 && draft.movement === 'same' && draft.recoveries.length === 0;
    if (draft.kind !== 'reissue' && !unpaid) movements[draft.movement] += 1;
    for (const { control } of draft.findings) findings[control] = (findings[control] ?? 0) + 1;
    for (const recovery of draft.recoveries) {
      tallies.recoveries = addTally(tallies.recoveries, { count: 1, fen: recovery.fen });
    }
    if (draft.cancelled) {
      cancelled = addTally(cancelled, { count: 1, fen: draftTotal(draft.cancelled) });
    }
    if (state === 'nothing') continue;
    for (const staff of draft.staffRelatives ?? []) relativesOf.add(staff);
    for (const staff of draft.evidenceBy ?? []) evidenceBy.add(staff);
    tallies[state] = addTally(tallies[state], amount);
    if (state === 'blocked') continue;
    if (state === 'payable') setOff = addTally(setOff, setOffTally(draft));
    if (draft.kind === 'reissue' && state === 'payable')
      tallies.reissued = addTally(tallies.reissued, amount);
    const street = streets[draft.street] ?? NO_STREET;
    streets[draft.street] = { ...street, [state]: addTally(street[state], amount) };
    for (const line of draft.lines) {
      const key = `${line.component}/${draft.kind === 'reissue' ? 'reissue' : line.kind}`;
      components[key] = fen((components[key] ?? 0) + line.fen);
    }
  }
  return {
    shard,
    revision,
    hash: draftsHash(sha256, drafts),
    ...tallies,
    ...(cancelled.count > 0 && { cancelled }),
    ...(setOff.count > 0 && { setOff }),
    streets,
    components,
    movements,
    findings,
    periods: [...periods].sort(),
    ...(relativesOf.size > 0 && { relativesOf: [...relativesOf].sort() }),
    ...(evidenceBy.size > 0 && { evidenceBy: [...evidenceBy].sort() }),
    ...extra,
  };
}

function setOffTally(draft: Draft): Tally {
  const { setOffFen } = keptBackOf(draft);
  return setOffFen === undefined ? NO_TALLY : { count: 1, fen: setOffFen };
}

/** Totals of a whole run: shard summaries added up. */
export type RunTotals = Omit<ShardSummary, 'shard' | 'revision' | 'hash' | 'buckets'>;

function addCounts(into: Record<string, number>, from: Readonly<Record<string, number>>): void {
  for (const [key, count] of Object.entries(from)) into[key] = (into[key] ?? 0) + count;
}

export function addUp(summaries: readonly ShardSummary[]): RunTotals {
  const streets: Record<string, StreetTally> = {};
  const components: Record<string, Fen> = {};
  const movements = { ...NO_MOVEMENTS };
  const findings: Record<string, number> = {};
  const refused: Record<string, number> = {};
  const changers = new Set<string>();
  const relativesOf = new Set<string>();
  const evidenceBy = new Set<string>();
  const periods = new Set<Period>();
  const sum = (pick: (summary: ShardSummary) => Tally) => summaries.map(pick).reduce(addTally, NO_TALLY);
  for (const summary of summaries) {
    for (const [street, tally] of Object.entries(summary.streets)) {
      const sofar = streets[street] ?? NO_STREET;
      streets[street] = {
        payable: addTally(sofar.payable, tally.payable),
        held: addTally(sofar.held, tally.held),
      };
    }
    for (const [key, amount] of Object.entries(summary.components))
      components[key] = fen((components[key] ?? 0) + amount);
    addCounts(movements, summary.movements);
    addCounts(findings, summary.findings);
    addCounts(refused, summary.refused);
    for (const changer of summary.accountChangers) changers.add(changer);
    for (const staff of summary.relativesOf ?? []) relativesOf.add(staff);
    for (const staff of summary.evidenceBy ?? []) evidenceBy.add(staff);
    for (const period of summary.periods) periods.add(period);
  }
  const cancelled = sum((summary) => summary.cancelled ?? NO_TALLY);
  const setOff = sum((summary) => summary.setOff ?? NO_TALLY);
  const openings = summaries.flatMap(({ opening }) => opening ?? []);
  const unusual = summaries.flatMap((summary) => summary.unusual ?? []);
  return {
    ...(openings.length > 0 && { opening: openings.reduce(addOpening) }),
    ...(unusual.length > 0 && { unusual: unusual.reduce(addUnusual) }),
    payable: sum((summary) => summary.payable),
    held: sum((summary) => summary.held),
    blocked: sum((summary) => summary.blocked),
    recoveries: sum((summary) => summary.recoveries),
    reissued: sum((summary) => summary.reissued),
    ...(cancelled.count > 0 && { cancelled }),
    ...(setOff.count > 0 && { setOff }),
    streets,
    components,
    movements,
    findings,
    refused,
    periods: [...periods].sort(),
    accountChangers: [...changers].sort(),
    ...(relativesOf.size > 0 && { relativesOf: [...relativesOf].sort() }),
    ...(evidenceBy.size > 0 && { evidenceBy: [...evidenceBy].sort() }),
  };
}
