import type { Instant, PlainDate } from '../../domain/calendar.ts';
import { addMonths, monthOf } from '../../domain/calendar.ts';
import { proposedFen } from '../../domain/grants/amounts.ts';
import { personsStep } from '../../domain/grants/application-commands.ts';
import {
  type ListDecisionAsked,
  type ListOrigin,
  type ListTotals,
  listDecision,
  listTotals,
  type StagedGrant,
} from '../../domain/grants/list.ts';
import { rowBasis } from '../../domain/grants/withdrawal.ts';
import { sumFen } from '../../domain/money.ts';
import type { GrantProposal } from '../../domain/programmes/programme.ts';
import type { DeterminationSpan } from '../../domain/register/determination.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { GrantListBlock } from '../../events/imports.ts';
import {
  blockOf,
  type GrantedBlock,
  type GrantListStore,
  type StoredListDecision,
} from '../adapters/grant-list-store.ts';
import type { GrantWithdrawals } from '../adapters/grant-withdrawals.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { ImportStore, StoredImport } from '../adapters/import-store.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import { mapBounded } from '../concurrency.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import type { Clock } from '../wiring.ts';
import { type FamilyGrantPorts, familyGrants } from './earlier-grants.ts';
import { enrolForGrant } from './enrol.ts';
import { granted, otherAmount } from './list-faults.ts';
import { recordGrant } from './record-grant.ts';
import { settleBlock } from './settle-block.ts';
import { counted, grantProgramme, grantView, isFree } from './work-out-grant.ts';

type ListPorts = {
  readonly imports: Pick<ImportStore, 'read'>;
  readonly grantLists: GrantListStore;
  readonly queues: MessageQueues;
};
export type ListWorkPorts = ListPorts &
  FamilyGrantPorts & {
    readonly register: RegisterStore;
    readonly policies: Pick<PolicyStore, 'current'>;
    readonly sweeps: SweepStore;
    readonly clock: Clock;
  };

export const listOrigin = ({ request }: Pick<StoredImport, 'request'>): ListOrigin => {
  const { importId, jurisdiction, programme, by, requestedAt } = request;
  return { importId, jurisdiction, programme, by, requestedAt, workedOutOn: shanghaiDate(requestedAt) };
};

export type ReadList = {
  readonly origin: ListOrigin;
  readonly rows: readonly StagedGrant[];
  readonly totals: ListTotals;
  readonly decision?: StoredListDecision;
  readonly done: readonly GrantedBlock[];
};

/** A checked list with its control totals, from strong reads of its rows. */
export async function readList(
  { grantLists }: Pick<ListPorts, 'grantLists'>,
  stored: StoredImport,
): Promise<ReadList> {
  const origin = listOrigin(stored);
  const rows = await grantLists.rows(origin.importId);
  const { decision, done } = await grantLists.read(origin.importId);
  return { origin, rows, totals: listTotals(sha256Hex, origin, rows), done, ...(decision && { decision }) };
}

/**
 * The decision on a whole list, then its blocks are announced. The same decision again announces what is left. Refusals: those of
 * `listDecision`, `conflict/not-checked`, `conflict/same-list` (decided as another import before), `conflict/already-decided`.
 */
export async function decideGrantList(
  ports: ListPorts & { readonly withdrawals: GrantWithdrawals },
  stored: StoredImport,
  asked: ListDecisionAsked,
  { at, today }: { readonly at: Instant; readonly today: PlainDate },
): Promise<Result<void>> {
  const { importId, jurisdiction } = stored.request;
  if (!stored.summary) return refuse(NOT_CHECKED);
  const { origin, rows, totals } = await readList(ports, stored);
  const body = listDecision(origin, totals, asked, { at, today });
  if (!body.ok) return body;
  const before = await ports.grantLists.claimHash(jurisdiction, totals.hash, importId);
  // Of a list of which a row was withdrawn since, the same may follow: every row has a claim of its own.
  if (before !== importId && !(await ports.withdrawals.anyRecorded(before))) return refuse(SAME_LIST);
  const blocks = [...new Set(rows.map(({ row }) => blockOf(row)))].sort((a, b) => a - b);
  if ((await ports.grantLists.decide(importId, { ...body.value, blocks })) === 'divergent')
    return refuse(ALREADY);
  await announceGrantList(ports, importId);
  return ok(undefined);
}

/** Sends a message for every block of a decided list that is not carried out. @returns whether there was any. */
export async function announceGrantList(
  { grantLists, queues }: Pick<ListPorts, 'grantLists' | 'queues'>,
  importId: string,
): Promise<boolean> {
  const { decision, done } = await grantLists.read(importId);
  if (!decision) return false;
  const open = decision.blocks.filter((block) => !done.some((one) => one.block === block));
  if (open.length === 0) {
    await grantLists.markFinished(importId);
    return false;
  }
  await queues.sendAll(
    'imports',
    GrantListBlock,
    open.map((block) => ({ type: 'grant-list.block', version: 1, importId, block }) as const),
  );
  return true;
}

const ROWS_AT_ONCE = 8;

/** Records the grants of one block of a decided list; done again, it finds its own records. Nothing is recorded without the decision. */
export async function grantListBlock(
  ports: ListWorkPorts,
  { importId, block }: Pick<GrantListBlock, 'importId' | 'block'>,
): Promise<void> {
  const stored = await ports.imports.read(importId);
  const { decision, done } = await ports.grantLists.read(importId);
  invariant(stored && decision, `block ${block} of list ${importId} was announced and is not decided`);
  if (!done.some((one) => one.block === block)) {
    const rows = await ports.grantLists.rows(importId, block);
    const known = { ...ports, policies: readOnce(ports.policies) };
    const origin = listOrigin(stored);
    if (rows.some(({ settled }) => settled)) {
      await ports.grantLists.blockDone(importId, await settleBlock(known, origin, decision, block, rows));
      return finishedList(ports, importId, decision);
    }
    const outcomes = await mapBounded(rows, ROWS_AT_ONCE, (row) => grantRow(known, origin, decision, row));
    const good = outcomes.filter((one) => one.refused === undefined);
    await ports.grantLists.blockDone(importId, {
      block,
      granted: good.length,
      fen: sumFen(good.map(({ row }) => proposedFen(row.proposal))),
      refused: outcomes.flatMap(({ row, refused }) => (refused ? [{ row: row.row, ...refused }] : [])),
    });
  }
  await finishedList(ports, importId, decision);
}

async function finishedList(
  { grantLists }: Pick<ListWorkPorts, 'grantLists'>,
  importId: string,
  { blocks }: StoredListDecision,
): Promise<void> {
  const { done } = await grantLists.read(importId);
  if (blocks.every((each) => done.some((one) => one.block === each))) await grantLists.markFinished(importId);
}

/** All rows of a block are looked at by one book: reading it is as much as reading a row many times. */
function readOnce(policies: ListWorkPorts['policies']): ListWorkPorts['policies'] {
  let book: ReturnType<typeof policies.current> | undefined;
  return { current: () => (book ??= policies.current()) };
}

type Outcome = {
  readonly row: StagedGrant;
  readonly refused?: { readonly zh: string; readonly en: string };
};

async function grantRow(
  ports: ListWorkPorts,
  origin: ListOrigin,
  decision: StoredListDecision,
  row: StagedGrant,
): Promise<Outcome> {
  const { importId, jurisdiction, programme, by } = origin;
  const { subject, payee, proposal, street, appliedOn } = row;
  const basis = rowBasis({ importId, row: row.row });
  const changed = await changedSince(ports, origin, row, basis);
  if (changed) return { row, refused: said(changed) };
  // Another list may have been decided since this one was checked: who has the occasion is granted, whoever was first in a file.
  if ((await ports.grantLists.claimOnce(programme, row, basis)) === 'taken')
    return { row, refused: said(granted()) };
  const organisation = row.organisationPaid === true;
  const address = await enrolForGrant(ports, {
    jurisdiction,
    programme,
    subject,
    street,
    ...(payee !== undefined && {
      payee: {
        payee,
        kind: organisation ? ('organisation' as const) : ('representative' as const),
        source: SOURCE,
        by,
        evidence: basis,
      },
    }),
    source: SOURCE,
    by,
    appliedOn,
  });
  const grant = {
    basis,
    spans: spansOf(proposal, decision.decidedOn),
    document: decision.document,
    decidedOn: decision.decidedOn,
    sample: proposal.sample,
    proposedBy: by,
    decidedBy: decision.by,
  };
  // Another row of the same subject may be carried out at the same moment.
  const done = await recordGrant(ports, address, grant, async () => {
    const since = await changedSince(ports, origin, row, basis);
    return since ? refuse(refusal('conflict/changed-since', since.zh, since.en)) : ok(true);
  });
  return done.ok ? { row } : { row, refused: said(done.error) };
}
const SOURCE = 'grant-list';

/**
 * Why a row that was good when the list was checked is not carried out: the same was granted since on another ground, or what was granted
 * or became known since leaves another amount than the one that was decided. What this row gave already stays.
 */
async function changedSince(
  ports: ListWorkPorts,
  { jurisdiction, programme, workedOutOn }: ListOrigin,
  { subject, facts, appliedOn, proposal }: StagedGrant,
  basis: string,
): Promise<{ readonly zh: string; readonly en: string } | undefined> {
  const found = grantProgramme(programme);
  invariant(found.ok, `a list was decided of a programme without grants: ${programme}`);
  const { grants } = await familyGrants(ports, [subject], undefined);
  if (grants.some((one) => one.basis === basis)) return undefined;
  if (!isFree(found.value, subject, facts, grants).ok) return granted();
  const view = await grantView(ports, jurisdiction, programme);
  if (!view.ok) return view.error;
  const person = await ports.register.person(subject);
  const now = found.value.rules.workOut({
    facts,
    appliedOn,
    decidedOn: workedOutOn,
    view: view.value,
    ...(person && { subject: person.record.facts }),
    earlier: counted(found.value, subject, grants).filter((one) => one.jurisdiction === jurisdiction),
  });
  if (!now.ok) return now.error;
  const due = proposedFen(now.value);
  return due === proposedFen(proposal) ? undefined : otherAmount(due);
}

/** What a row gives, by month. */
export const spansOf = (proposal: GrantProposal, decidedOn: PlainDate): DeterminationSpan[] =>
  proposal.parts.map(({ monthsAfter, components }) => ({
    from: addMonths(monthOf(decidedOn), monthsAfter),
    components,
    derivation: [...proposal.derivation, personsStep(proposal)],
  }));

const said = ({ zh, en }: { readonly zh: string; readonly en: string }) => ({ zh, en });

type SweptPorts = Pick<ListPorts, 'grantLists' | 'queues'> & { readonly sweeps: SweepStore };

/** Decided lists of which nothing was carried out since the last look: their messages are lost, or their worker died. */
export async function sweepGrantLists(ports: SweptPorts): Promise<number> {
  let mended = 0;
  for (const importId of await ports.grantLists.unfinished()) {
    const { done } = await ports.grantLists.read(importId);
    if (!(await ports.sweeps.stands(`grant list ${importId}`, String(done.length)))) continue;
    if (await announceGrantList(ports, importId)) mended += 1;
  }
  return mended;
}

const NOT_CHECKED: Refusal = refusal(
  'conflict/not-checked',
  '名册尚未测算完毕，或已整件退回：请稍后刷新',
  'the list is not worked out yet, or was refused as a whole: look again later',
);
const SAME_LIST: Refusal = refusal(
  'conflict/same-list',
  '内容相同的名册已经审批过，不重复给付',
  'a list with the same grants was decided before: it is not granted twice',
);
const ALREADY: Refusal = refusal(
  'conflict/already-decided',
  '这份名册已由他人审批',
  'this list was already decided by somebody else',
);
