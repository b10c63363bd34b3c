import { monthOf } from '../../domain/calendar.ts';
import { proposedFen } from '../../domain/grants/amounts.ts';
import { personsStep } from '../../domain/grants/application-commands.ts';
import type { ListOrigin, StagedGrant } from '../../domain/grants/list.ts';
import type { AccountEntry } from '../../domain/grants/service-account.ts';
import { rowBasis } from '../../domain/grants/withdrawal.ts';
import type { PersonKey } from '../../domain/ids.ts';
import { sumFen, toYuan } from '../../domain/money.ts';
import type { Component, GrantProposal, Settlement, Step } from '../../domain/programmes/programme.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import type { GrantedBlock, GrantListStore, StoredListDecision } from '../adapters/grant-list-store.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { SettledBlock } from '../adapters/service-accounts.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import { mapBounded } from '../concurrency.ts';
import type { Clock } from '../wiring.ts';
import { enrolForGrant } from './enrol.ts';
import { granted, otherAmount } from './list-faults.ts';
import { personSituation } from './person-situation.ts';
import { recordGrant } from './record-grant.ts';
import { grantProgramme, grantView } from './work-out-grant.ts';

export type SettlePorts = {
  readonly register: RegisterStore;
  readonly grantLists: GrantListStore;
  readonly policies: Pick<PolicyStore, 'current'>;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
};

const PERSONS_AT_ONCE = 8;
const SOURCE = 'grant-list';

/**
 * Settles the verified rows of one block to who served: each row takes its place once (the month of a bed, the number of an order) and, where
 * a person's allowance limits it, its room in the person's account; then one grant of each organisation pays what has both. Which rows have
 * is written once, before anything is granted: whoever does the block again pays exactly those.
 */
export async function settleBlock(
  ports: SettlePorts,
  origin: ListOrigin,
  decision: StoredListDecision,
  block: number,
  rows: readonly StagedGrant[],
): Promise<GrantedBlock> {
  const found = grantProgramme(origin.programme);
  invariant(found.ok && found.value.rules.settlement, `${origin.programme} settles no services`);
  const { settlement } = found.value.rules;
  const settled =
    (await ports.grantLists.accounts.kept(origin.importId, block)) ??
    (await takeAll(ports, origin, settlement, block, rows));
  // What another worker took and the block does not settle is let go; nothing where there is none.
  for (const { row } of settled.refused) {
    const staged = rows.find((one) => one.row === row);
    if (staged) await letGo(ports, origin, staged);
  }
  const accepted = rows.filter(({ row }) => settled.accepted.includes(row));
  const ofOrganisation = new Map<PersonKey, StagedGrant[]>();
  for (const row of accepted) {
    invariant(row.payee !== undefined, 'who served is paid');
    ofOrganisation.set(row.payee, [...(ofOrganisation.get(row.payee) ?? []), row]);
  }
  for (const [organisation, some] of ofOrganisation)
    await grantTo(ports, origin, decision, block, organisation, some);
  const fen = sumFen(accepted.map(({ proposal }) => proposedFen(proposal)));
  return { block, granted: accepted.length, fen, refused: settled.refused };
}

/** Takes a row's place and room back, so that another may have them; nothing where it has none. */
export async function letGo(
  { grantLists }: { readonly grantLists: Pick<GrantListStore, 'free' | 'accounts'> },
  { importId, jurisdiction, programme }: Pick<ListOrigin, 'importId' | 'jurisdiction' | 'programme'>,
  staged: StagedGrant,
): Promise<void> {
  const basis = rowBasis({ importId, row: staged.row });
  await grantLists.accounts.cancel({ jurisdiction, programme, person: staged.subject }, basis);
  await grantLists.free(programme, staged, basis);
}

/** Rows of one person one after the other, in the order of the sheet: of two that are too much together, the first stays. */
async function takeAll(
  ports: SettlePorts,
  origin: ListOrigin,
  settlement: Settlement,
  block: number,
  rows: readonly StagedGrant[],
): Promise<SettledBlock> {
  const ofPerson = new Map<PersonKey, StagedGrant[]>();
  for (const row of rows) ofPerson.set(row.subject, [...(ofPerson.get(row.subject) ?? []), row]);
  const outcomes = await mapBounded([...ofPerson.values()], PERSONS_AT_ONCE, async (some) => {
    const own: { readonly row: number; readonly refused?: Refusal }[] = [];
    for (const staged of some) {
      const done = await take(ports, origin, settlement, staged);
      own.push({ row: staged.row, ...(!done.ok && { refused: done.error }) });
    }
    return own;
  });
  const all = outcomes.flat().toSorted((a, b) => a.row - b.row);
  return ports.grantLists.accounts.keep(origin.importId, block, {
    accepted: all.filter(({ refused }) => !refused).map(({ row }) => row),
    refused: all.flatMap(({ row, refused }) => (refused ? [{ row, zh: refused.zh, en: refused.en }] : [])),
  });
}

async function take(
  ports: SettlePorts,
  origin: ListOrigin,
  { accountMonth }: Settlement,
  staged: StagedGrant,
): Promise<Result<true>> {
  const { importId, jurisdiction, programme } = origin;
  const account = { jurisdiction, programme, person: staged.subject };
  const basis = rowBasis({ importId, row: staged.row });
  const standing = accountMonth ? await ports.grantLists.accounts.standing(account) : [];
  if (standing.some((one) => one.basis === basis)) return ok(true);
  const fits = (before: readonly AccountEntry[]) => stillDue(ports, origin, staged, before);
  const due = await fits(standing);
  if (!due.ok) return due;
  if ((await ports.grantLists.claimOnce(programme, staged, basis)) === 'taken') return refuse(taken());
  if (!accountMonth) return ok(true);
  const entry = { basis, month: accountMonth(staged.facts), fen: proposedFen(staged.proposal) };
  return ports.grantLists.accounts.enter(account, entry, fits);
}

/** A row is worth what was decided, by what is known now of the person and what was settled for him before. */
async function stillDue(
  ports: SettlePorts,
  { jurisdiction, programme, workedOutOn }: ListOrigin,
  { subject, facts, appliedOn, proposal }: StagedGrant,
  account: readonly AccountEntry[],
): Promise<Result<true>> {
  const found = grantProgramme(programme);
  if (!found.ok) return found;
  const view = await grantView(ports, jurisdiction, programme);
  if (!view.ok) return view;
  const person = await ports.register.person(subject);
  const known = person?.record.facts ?? [];
  const now = found.value.rules.workOut({
    facts,
    appliedOn,
    decidedOn: workedOutOn,
    view: view.value,
    subject: known,
    earlier: [],
    situation: await personSituation(ports.register, jurisdiction, subject, known),
    account,
  });
  if (!now.ok) return now;
  const due = proposedFen(now.value);
  if (due === proposedFen(proposal)) return ok(true);
  const { zh, en } = otherAmount(due);
  return refuse(refusal('conflict/changed-since', zh, en));
}

/** One grant of an organisation for all its rows of a block; the rows keep how each came about. */
async function grantTo(
  ports: SettlePorts,
  { importId, jurisdiction, programme, by }: ListOrigin,
  decision: StoredListDecision,
  block: number,
  organisation: PersonKey,
  rows: readonly StagedGrant[],
): Promise<void> {
  const { document, decidedOn, by: decidedBy } = decision;
  const address = await enrolForGrant(ports, {
    jurisdiction,
    programme,
    subject: organisation,
    source: SOURCE,
    by,
    appliedOn: rows[0]?.appliedOn ?? decidedOn,
  });
  const persons = new Set(rows.map(({ subject }) => subject)).size;
  const total = sumFen(rows.map(({ proposal }) => proposedFen(proposal)));
  const inputs = {
    list: importId,
    block: String(block + 1),
    rows: String(rows.length),
    persons: String(persons),
  };
  const settled: Step = { code: 'settled-rows', inputs, result: toYuan(total) };
  const done = await recordGrant(ports, address, {
    basis: `settled:${importId}:${block}`,
    spans: [
      {
        from: monthOf(decidedOn),
        components: summed(rows.map(({ proposal }) => proposal)),
        derivation: [settled, personsStep({ persons })],
      },
    ],
    document,
    decidedOn,
    sample: rows.some(({ proposal }) => proposal.sample),
    proposedBy: by,
    decidedBy,
  });
  // Others write grants of the same organisation at this moment: the message comes again.
  if (!done.ok) throw new Error(`a settled block is not granted: ${done.error.code}`);
}

/** What rows come to by component. A service is paid at once. */
function summed(proposals: readonly GrantProposal[]): Component[] {
  const all = proposals.flatMap(({ parts }) => {
    invariant(parts.length === 1 && parts[0]?.monthsAfter === 0, 'a service is paid at once');
    return parts[0].components;
  });
  return [...new Set(all.map(({ component }) => component))].map((component) => ({
    component,
    fen: sumFen(all.filter((one) => one.component === component).map((one) => one.fen)),
  }));
}

const taken = (): Refusal => {
  const { zh, en } = granted();
  return refusal('conflict/settled-before', zh, en);
};
