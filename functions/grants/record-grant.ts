import type { Month, PlainDate } from '../../domain/calendar.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { fen, sumFen, toYuan } from '../../domain/money.ts';
import { imprestFundOf } from '../../domain/programmes/granted.ts';
import type { Component } from '../../domain/programmes/programme.ts';
import { runRules } from '../../domain/programmes/run-rules.ts';
import {
  type Determination,
  type DeterminationSpan,
  grantedIn,
} from '../../domain/register/determination.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { type EnrolmentAddress, laterOf, type RegisterStore } from '../adapters/register-store.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import { noEnrolment } from '../determination/refusals.ts';
import type { Clock } from '../wiring.ts';

/** A grant (给付决定), or what is withdrawn of grants, before it has a number. */
export type GrantDecision = {
  readonly kind?: 'grant' | 'grant-withdrawn';
  /** What it is for in the world, once: `project:<key>:tranche-1`, `application:<id>`, `list:<id>:<row>`. */
  readonly basis: string;
  /** Months, ascending, each with what is paid in it alone. */
  readonly spans: readonly DeterminationSpan[];
  readonly document: string;
  readonly decidedOn: PlainDate;
  readonly sample: boolean;
  readonly proposedBy: string;
  readonly decidedBy: string;
  /** Who recorded the evidence it rests on; neither submits, signs nor dispatches a run that pays it. */
  readonly evidenceBy?: string;
  readonly departure?: string;
};

export type GrantPorts = {
  readonly register: RegisterStore;
  readonly sweeps: SweepStore;
  readonly clock: Pick<Clock, 'now'>;
};

/** Others may decide at the same moment; the loser takes the next number, this often. */
const TRIES = 25;

/**
 * Records a grant on an enrolment, once for its basis: asked again it is the one that stands. Callers write their own immutable decision
 * first, so that a crash before this is finished by asking again. Runs see it from its `recordedAt` on, which is stamped right before
 * its put.
 *
 * Refusals: `missing/enrolment`, `invalid/not-by-grants`, `forbidden/own-proposal`, `conflict/grant-differs` (the basis has another
 * content), `conflict/withdraws-more` (than grants gave those months), `conflict/busy`, those of `still`.
 *
 * @param still looks once more whether it may be granted: asked after the determinations were read, so that nothing that another grant
 *   of the enrolment says is missed
 */
export async function recordGrant(
  ports: GrantPorts,
  address: EnrolmentAddress,
  grant: GrantDecision,
  still?: () => Promise<Result<unknown>>,
): Promise<Result<Determination>> {
  const wrong = wrongGrant(address, grant);
  if (wrong) return refuse(wrong);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const read = await ports.register.enrolmentRead(address);
    if (!read) return refuse(noEnrolment(address.id));
    const stands = read.determinations.find(({ basis }) => basis === grant.basis);
    if (stands) return again(ports, address, stands, grant);
    const beyond = withdrawnBeyond(read.determinations, grant);
    if (beyond) return refuse(beyond);
    const may = await still?.();
    if (may && !may.ok) return may;
    const last = read.determinations.at(-1);
    await ports.sweeps.remember(address);
    const determination: Determination = {
      enrolment: address.id,
      number: (last?.number ?? 0) + 1,
      ...contentOf(grant),
      recordedAt: laterOf(ports.clock.now(), last?.recordedAt),
    };
    const outcome = await ports.register.recordDetermination(address, determination);
    if (outcome === 'created') return marked(ports, address, determination);
  }
  return refuse(BUSY);
}

/** Says that there is something to pay by the bank, what was handed over in cash being paid: after the grant, so that a mark never lies behind one that it speaks of. */
async function marked(
  { sweeps }: GrantPorts,
  address: EnrolmentAddress,
  determination: Determination,
): Promise<Result<Determination>> {
  const paid = determination.spans.filter(({ components }) =>
    components.some(({ component }) => imprestFundOf(component) === undefined),
  );
  await sweeps.markGranted(address, monthsOf({ spans: paid }), determination.recordedAt);
  return ok(determination);
}

const monthsOf = ({ spans }: Pick<Determination, 'spans'>): Month[] => spans.map(({ from }) => from);

function again(
  ports: GrantPorts,
  address: EnrolmentAddress,
  stands: Determination,
  grant: GrantDecision,
): Promise<Result<Determination>> | Result<never> {
  const { enrolment: _enrolment, number, recordedAt: _recordedAt, ...content } = stands;
  if (canonicalJson(content) === canonicalJson(contentOf(grant))) return marked(ports, address, stands);
  return refuse(
    refusal(
      'conflict/grant-differs',
      `同一事项已有另一份给付决定（第 ${number} 次）：请核对，需要变更的先撤销原决定`,
      `another grant (number ${number}) was decided for the same matter: check it; to change it, withdraw that one first`,
      { number },
    ),
  );
}

function contentOf(grant: GrantDecision): Omit<Determination, 'enrolment' | 'number' | 'recordedAt'> {
  const { kind = 'grant', basis, spans, document, decidedOn, sample, proposedBy, decidedBy } = grant;
  return {
    kind,
    document,
    decidedOn,
    spans,
    sample,
    ...(grant.departure !== undefined && { departure: grant.departure }),
    proposedBy,
    decidedBy,
    ...(grant.evidenceBy !== undefined && { evidenceBy: grant.evidenceBy }),
    basis,
  };
}

function wrongGrant(
  address: EnrolmentAddress,
  { spans, proposedBy, decidedBy }: GrantDecision,
): Refusal | undefined {
  const rules = runRules(address.programme);
  if (!rules.ok) return rules.error;
  if (rules.value.paidBy !== 'grants') return NOT_BY_GRANTS;
  if (proposedBy === decidedBy) return OWN_PROPOSAL;
  const months = monthsOf({ spans });
  invariant(
    months.length > 0 && months.every((month, index) => index === 0 || month > (months[index - 1] ?? '')),
    'the months of a grant ascend',
  );
  for (const { components } of spans) {
    const names = new Set(components.map(({ component }) => component));
    invariant(
      components.length > 0 && names.size === components.length && components.every((one) => one.fen > 0),
      'a grant has positive amounts by component, each once',
    );
  }
  return undefined;
}

/** What is withdrawn was given: otherwise months would stand below zero and later grants fill the hole. */
function withdrawnBeyond(
  determinations: readonly Determination[],
  { kind, spans }: GrantDecision,
): Refusal | undefined {
  if (kind !== 'grant-withdrawn') return undefined;
  for (const { from, components } of spans) {
    const given = new Map(grantedIn(determinations, from).map((one) => [one.component, one.fen]));
    const missing = components.filter((one: Component) => (given.get(one.component) ?? 0) < one.fen);
    if (missing.length === 0) continue;
    const left = toYuan(sumFen(missing.map((one) => given.get(one.component) ?? fen(0))));
    return refusal(
      'conflict/withdraws-more',
      `撤销或核减的金额大于 ${from} 尚存的给付（${left} 元）：请核对给付决定`,
      `more is withdrawn than grants still give for ${from} (${left} yuan): check the grants`,
      { month: from, left },
    );
  }
  return undefined;
}

const BUSY = refusal(
  'conflict/busy',
  '有人正在同时对该对象作出决定，请稍后重试',
  'others are deciding on this enrolment at the same moment: try again',
);
const NOT_BY_GRANTS = refusal(
  'invalid/not-by-grants',
  '该项目不按单笔给付决定发放',
  'this programme does not pay by single grants',
);
const OWN_PROPOSAL = refusal(
  'forbidden/own-proposal',
  '给付须由提出人以外的人决定',
  'a grant is decided by somebody else than who proposed it',
);
