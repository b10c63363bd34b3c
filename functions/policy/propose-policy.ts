import { monthOf, type PlainDate } from '../../domain/calendar.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import { liesWithin } from '../../domain/policy/jurisdiction.ts';
import {
  type EffectManifest,
  isOpen,
  type PolicyProposal,
  type ProposedPolicy,
  wrongState,
} from '../../domain/policy/proposal.ts';
import { type AcceptedGap, checkPacks, checkProposal } from '../../domain/policy/proposal-checks.ts';
import { touchedBy } from '../../domain/policy/touched.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { planShards } from '../../domain/run/manifest.ts';
import { hashOfPacks } from '../adapters/policy-proposal-store.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import { secondsBefore } from '../instants.ts';
import { concludeEffect, sendEffectShards } from './effect-conclude.ts';
import type { PolicyPorts } from './ports.ts';

/** What somebody proposes. */
export type PolicyRequest = {
  readonly jurisdiction: JurisdictionCode;
  readonly packs: readonly unknown[];
  readonly reason: string;
  readonly acceptedGaps: readonly AcceptedGap[];
};

/** As many as a run has: a district's enrolments are spread over parallel workers. */
const SHARD_COUNT = 16;

/**
 * Takes a proposal after checking it beside the book as it is, and starts working out its effect. Nothing is in force. Asked again under
 * the same name it is the same proposal.
 *
 * Refusals: those of `checkProposal`, `forbidden/jurisdiction` (a place outside the bureau's own), `limit/pack-size`.
 */
export async function proposePolicy(
  ports: PolicyPorts,
  asked: PolicyRequest,
  { by, request }: { readonly by: string; readonly request: string },
): Promise<Result<PolicyProposal>> {
  const id = `pp-${request}`;
  const before = await ports.policyProposals.load(id);
  if (before) return ok(before);
  const book = await ports.policies.current();
  if (!book.ok) return book;
  // Looked at before the values are compared with each other, which takes the longer the more there are.
  const fits = fitBook(ports, asked.packs);
  if (!fits.ok) return fits;
  const checked = checkProposal(book.value, asked.packs, asked.acceptedGaps);
  if (!checked.ok) return checked;
  const { notices, packs, rows } = checked.value;
  const outside = packs.find(({ jurisdiction }) => !liesWithin(jurisdiction, asked.jurisdiction));
  if (outside) return refuse(notYours(outside.jurisdiction));
  const together = fitBook(ports, packs);
  if (!together.ok) return together;
  const proposal: ProposedPolicy = {
    id,
    jurisdiction: asked.jurisdiction,
    packsHash: hashOfPacks(packs),
    places: packs.map(({ jurisdiction, programme, values }) => ({
      jurisdiction,
      programme,
      parameters: [...new Set(values.map(({ parameter }) => parameter))].sort(),
      values: values.length,
    })),
    latestDecision:
      rows
        .map(({ decidedOn }) => decidedOn)
        .sort()
        .at(-1) ?? '',
    reason: asked.reason,
    acceptedGaps: asked.acceptedGaps,
    notices,
  };
  const at = ports.clock.now();
  await ports.policyProposals.mark({ id, at });
  await ports.policyProposals.list(asked.jurisdiction, id);
  await ports.policyProposals.putPacks(id, packs);
  await ports.policyProposals.append(id, { kind: 'proposed', proposal, request, sequence: 1, at, by });
  return startEffect(ports, id, 'if-none', by);
}

/** What does not fit could be approved, and then not be put into the book, or only a part of it. */
function fitBook({ policies }: PolicyPorts, packs: readonly unknown[]): Result<true> {
  for (const pack of packs) {
    const fits = policies.fits(pack);
    if (!fits.ok) return fits;
  }
  return ok(true);
}

/**
 * Freezes the book and the register's cut-off and fans the work out by scope and shard. `again`: a further round, because the book or
 * the register has changed. Refusals: `conflict/policy-proposal-state`, and those of `checkPacks` where the proposal does not fit the
 * book any more.
 */
export async function startEffect(
  ports: PolicyPorts,
  id: string,
  when: 'if-none' | 'again',
  by: string,
): Promise<Result<PolicyProposal>> {
  const found = await ports.policyProposals.load(id);
  invariant(found, `an effect of a proposal without acts: ${id}`);
  if (!isOpen(found)) return refuse(wrongState(found));
  if (when === 'if-none' && found.manifest) return ok(found);
  const planned = await planEffect(ports, found);
  if (!planned.ok) return planned;
  const at = ports.clock.now();
  await ports.policyProposals.mark({ id, at });
  const started = await ports.policyProposals.act(
    id,
    (now) => {
      if (!isOpen(now)) return refuse(wrongState(now));
      // Somebody else was faster with the same round: theirs is worked out.
      if ((now.manifest?.round ?? 0) >= planned.value.round) return undefined;
      return ok({ kind: 'effect-started', manifest: planned.value });
    },
    { at, by },
  );
  if (!started.ok) return started;
  await sendEffectShards(ports, started.value);
  return concludeEffect(ports, id);
}

async function planEffect(ports: PolicyPorts, found: PolicyProposal): Promise<Result<EffectManifest>> {
  const { clock, policies, settings } = ports;
  const packs = await ports.policyProposals.packs(found);
  const frozen = await policies.freeze();
  if (!frozen.ok) return frozen;
  const checked = checkPacks(frozen.value.book, packs, found.proposal.acceptedGaps);
  if (!checked.ok) return checked;
  const knownOn = laterDay(clock.today(), found.proposal.latestDecision);
  const remembered = await ports.sweeps.scopes();
  const places = packs.map(({ jurisdiction }) => jurisdiction);
  const within = (code: JurisdictionCode) => places.some((place) => liesWithin(code, place));
  const codes = [
    ...remembered.map(({ jurisdiction }) => jurisdiction),
    ...[...frozen.value.book.rows.values()].flatMap(([row]) => row?.jurisdiction ?? []),
    ...places,
    found.proposal.jurisdiction,
  ];
  const candidates = [...new Set(codes)].filter(within).flatMap(scopesOf);
  const touched = touchedBy({ before: frozen.value.book, after: checked.value.book }, candidates, knownOn);
  const paid = new Set(remembered.map(nameOf));
  return ok({
    round: (found.manifest?.round ?? 0) + 1,
    policyHash: frozen.value.hash,
    knownOn,
    cutOff: secondsBefore(clock.now(), settings.cutOffMarginSeconds),
    month: monthOf(clock.today()),
    through: touched.through,
    scopes: touched.scopes,
    // A city that pays nobody itself has no first month, and nobody misses it.
    leftOut: [...touched.leftOut.filter((scope) => paid.has(nameOf(scope))), ...touched.partly],
    shards: planShards(SHARD_COUNT),
    codeVersion: settings.codeVersion,
  });
}

/** Programmes that pay by grants are decided one by one: no month of theirs is compared. */
const scopesOf = (jurisdiction: JurisdictionCode): Scope[] =>
  Object.values(RUN_RULES).flatMap((rules) =>
    rules && !rules.paidBy ? [{ jurisdiction, programme: rules.id }] : [],
  );

const nameOf = ({ jurisdiction, programme }: Scope): string => `${jurisdiction}#${programme}`;
const laterDay = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b);

const notYours = (jurisdiction: JurisdictionCode) =>
  refusal(
    'forbidden/jurisdiction',
    '只能提议本区划或下级区划的政策；上级政策由上级提议',
    'only policy of your jurisdiction and those inside it: that of places above is for them to propose',
    { jurisdiction },
  );
