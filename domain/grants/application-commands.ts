import { addMonths, type Month, monthOf, type PlainDate } from '../calendar.ts';
import { contentHash, type Sha256 } from '../canonical.ts';
import { type Fen, sumFen } from '../money.ts';
import type { EarlierGrant, GrantProposal, Step } from '../programmes/programme.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import {
  type Application,
  type ApplicationActBody,
  type ApplicationState,
  applicationState,
  type GrantedPart,
  type GrantLevel,
  type GrantMeans,
  papersOpen,
  type RejectionGround,
  type Statement,
} from './application.ts';
import * as no from './application-refusals.ts';

type Decision = Result<ApplicationActBody>;
/** Who decides: staff of a street are bound to it. */
export type Decider = { readonly id: string; readonly street?: string; readonly roles: readonly string[] };

/** What was worked out for the day of a decision: the months in money, and the hash that a decision names. */
export type WorkedOutGrant = {
  readonly proposal: GrantProposal;
  readonly parts: readonly GrantedPart[];
  readonly fen: Fen;
  readonly hash: string;
};

/** The months of a proposal, and a hash over everything that the decision rests on. */
export function grantFor(
  sha256: Sha256,
  found: Application,
  proposal: GrantProposal,
  earlier: readonly EarlierGrant[],
  decidedOn: PlainDate,
): WorkedOutGrant {
  const { parts, fen } = grantParts(proposal, decidedOn);
  const seen = {
    application: found.application,
    stated: { ...found.stated },
    parts,
    decidedAt: proposal.decidedAt,
    persons: proposal.persons,
    derivation: proposal.derivation,
    earlier: earlier.map(({ programme, decidedOn: on, fen }) => ({ programme, on, fen })),
  };
  return { proposal, parts, fen, hash: contentHash(sha256, 'grant-proposal.v1', seen) };
}

/** The months that a proposal pays, and what it comes to. */
export function grantParts(
  proposal: GrantProposal,
  decidedOn: PlainDate,
): { readonly parts: readonly GrantedPart[]; readonly fen: Fen } {
  const month = monthOf(decidedOn);
  const parts = proposal.parts
    .filter(({ components }) => components.length > 0)
    .map(({ monthsAfter, components }) => ({ month: addMonths(month, monthsAfter), components }));
  return { parts, fen: sumFen(parts.flatMap(({ components }) => components.map((one) => one.fen))) };
}

/** What the deciding person says. */
export type GrantWish = {
  /** The hash of what they saw. */
  readonly hash: string;
  readonly document: string;
  readonly decidedOn: PlainDate;
  readonly minutes?: string;
  readonly means: GrantMeans;
};

/**
 * 审批: grants what was worked out, by somebody who had no part in what is stated and whose level may decide the amount. Refusals:
 * `conflict/application-state`, `forbidden/own-application`, `forbidden/grant-level`, `conflict/stale-application`, `invalid/minutes`,
 * `invalid/grant-nothing`, `invalid/cash-parts`, `invalid/decision-date`.
 */
export function grantApplication(
  found: Application,
  wish: GrantWish,
  now: WorkedOutGrant,
  {
    by,
    today,
    papersDue,
    occasion,
  }: {
    readonly by: Decider;
    readonly today: PlainDate;
    readonly papersDue?: PlainDate;
    readonly occasion?: string;
  },
): Decision {
  const wrong =
    inState(found, ['open']) ?? otherPerson(found, by.id) ?? badDate(found, wish.decidedOn, today);
  if (wrong) return refuse(wrong);
  const { proposal, parts, fen, hash } = now;
  const level = outOfLevel(proposal.decidedAt, by, found.applied.street);
  if (level) return refuse(level);
  if (hash !== wish.hash) return refuse(no.stale(now));
  if ((proposal.decidedAt === 'special') !== (wish.minutes !== undefined)) return refuse(no.noMinutes());
  if (fen <= 0) return refuse(no.nothing());
  if (wish.means.kind === 'imprest-cash' && parts.length !== 1) return refuse(no.cashParts());
  const { document, decidedOn, minutes, means } = wish;
  return ok({
    kind: 'granted',
    document,
    decidedOn,
    hash,
    level: proposal.decidedAt,
    ...(minutes !== undefined && { minutes }),
    parts,
    fen,
    persons: proposal.persons,
    derivation: [...proposal.derivation, personsStep(proposal)],
    sample: proposal.sample,
    means,
    ...(papersDue !== undefined && { papersDue }),
    ...(occasion !== undefined && { occasion }),
    proposedBy: found.statedBy.at(-1) ?? found.applied.by,
  });
}

/** How many people a grant helps: counted apart from payments (人次). */
export const personsStep = ({ persons }: Pick<GrantProposal, 'persons'>): Step => ({
  code: 'grant-persons',
  inputs: { persons: String(persons) },
  result: String(persons),
});

/** 不予批准, with the ground in words. Whoever may grant may turn down, and staff of the district always. `level`: who decides the amount. */
export function rejectApplication(
  found: Application,
  said: {
    readonly document: string;
    readonly decidedOn: PlainDate;
    readonly ground: RejectionGround;
    readonly reason: string;
  },
  { by, today, level }: { readonly by: Decider; readonly today: PlainDate; readonly level: GrantLevel },
): Decision {
  const wrong =
    inState(found, ['open']) ??
    otherPerson(found, by.id) ??
    badDate(found, said.decidedOn, today) ??
    outOfLevel(by.street === undefined ? 'township' : level, by, found.applied.street);
  return wrong ? refuse(wrong) : ok({ kind: 'rejected', ...said });
}

/** 更正, while nothing is decided. Saying the same again changes nothing: `undefined`. */
export function restateApplication(
  found: Application,
  statement: Statement,
  reason: string,
): Decision | undefined {
  const wrong = inState(found, ['open']);
  if (wrong) return refuse(wrong);
  const before = JSON.stringify(found.stated);
  const after = JSON.stringify({
    facts: statement.facts,
    members: statement.members,
    ...(statement.missingPapers && { missingPapers: statement.missingPapers }),
  });
  return before === after ? undefined : ok({ kind: 'restated', ...statement, reason });
}

/** 撤回. */
export function withdrawApplication(found: Application, reason: string): Decision {
  const wrong = inState(found, ['open']);
  return wrong ? refuse(wrong) : ok({ kind: 'withdrawn', reason });
}

/** 补齐材料. Refusals: `conflict/application-state`, `conflict/papers-complete`, `invalid/paper`. */
export function receivePapers(
  found: Application,
  said: { readonly received: readonly string[]; readonly evidence: string },
): Decision {
  const wrong = inState(found, ['deciding', 'granted', 'stopping', 'stopped']);
  if (wrong) return refuse(wrong);
  const open = papersOpen(found);
  if (open.length === 0) return refuse(no.papersComplete());
  const unknown = said.received.find((paper) => !open.includes(paper));
  if (unknown !== undefined) return refuse(no.noSuchPaper(open));
  return ok({ kind: 'papers', received: [...new Set(said.received)], evidence: said.evidence });
}

/**
 * 拟停: asks that nothing be paid for a month and those after it. Cash can be stopped once it was posted, to be recovered; before that its
 * draw is cancelled.
 */
export function proposeStop(found: Application, from: Month, reason: string, cashPosted = false): Decision {
  const wrong = inState(found, ['granted']);
  if (wrong) return refuse(wrong);
  if (found.stopProposed) return refuse(no.stopWaits());
  if (found.granted?.means.kind === 'imprest-cash' && !cashPosted) return refuse(no.cashIsPaid());
  if (!found.granted?.parts.some(({ month }) => month >= from)) return refuse(no.nothingToStop(found, from));
  return ok({ kind: 'stop-proposed', from, reason });
}

/** 停止决定, by another person of the level that granted it. */
export function decideStop(
  found: Application,
  said:
    | { readonly outcome: 'stop'; readonly document: string; readonly decidedOn: PlainDate }
    | { readonly outcome: 'go-on'; readonly reason: string },
  { by, today }: { readonly by: Decider; readonly today: PlainDate },
): Decision {
  const wrong = inState(found, ['granted']);
  if (wrong) return refuse(wrong);
  const { stopProposed, granted } = found;
  if (!stopProposed || !granted) return refuse(no.noStop());
  if (stopProposed.by === by.id) return refuse(no.ownStop());
  const level = outOfLevel(granted.level, by, found.applied.street);
  if (level) return refuse(level);
  if (said.outcome === 'go-on') return ok({ kind: 'stop-dropped', reason: said.reason });
  const date = badDate(found, said.decidedOn, today);
  if (date) return refuse(date);
  const { document, decidedOn } = said;
  return ok({ kind: 'stopped', from: stopProposed.from, document, decidedOn, proposedBy: stopProposed.by });
}

/** What a stop takes away: the parts of its month and after. */
export function stoppedParts({ granted, stopped }: Pick<Application, 'granted' | 'stopped'>): GrantedPart[] {
  return (granted?.parts ?? []).filter(({ month }) => stopped !== undefined && month >= stopped.from);
}

const STATE_NAMES: Readonly<Record<ApplicationState, string>> = {
  open: '待审批',
  deciding: '已批准，待执行',
  granted: '已批准',
  stopping: '已停止，待执行',
  stopped: '已停止',
  rejected: '不予批准',
  withdrawn: '已撤回',
};
export const applicationStateName = (state: ApplicationState): string => STATE_NAMES[state];

function inState(found: Application, states: readonly ApplicationState[]): Refusal | undefined {
  const state = applicationState(found);
  if (states.includes(state)) return undefined;
  return refusal(
    'conflict/application-state',
    `该申请现为“${STATE_NAMES[state]}”，只有“${states.map((one) => STATE_NAMES[one]).join('、')}”时才能办理`,
    `the application is ${state}; this is for one that is ${states.join(' or ')}`,
    { state },
  );
}

function otherPerson({ statedBy }: Application, by: string): Refusal | undefined {
  return statedBy.includes(by)
    ? refusal(
        'forbidden/own-application',
        '受理或更正本申请的人员不能审批，请由另一人审批',
        'whoever took in or changed an application does not decide it: ask another person',
      )
    : undefined;
}

/** Staff of a street decide what was delegated to the township, of their own street; the district any amount; a meeting's, its approver. */
function outOfLevel(level: GrantLevel, { street, roles }: Decider, ofStreet: string): Refusal | undefined {
  if (street !== undefined && (level !== 'township' || street !== ofStreet))
    return refusal(
      'forbidden/grant-level',
      '该金额须由区民政局审批，乡镇（街道）只审批委托范围内、本街道的申请',
      'this amount is for the district to decide: a township decides what was delegated to it, of its own street',
      { level },
    );
  if (level === 'special' && !roles.includes('approver'))
    return refusal(
      'forbidden/grant-level',
      '“一事一议”的申请由区民政局审批人依会议纪要审批',
      'what a meeting decides is signed by an approver of the district',
      { level },
    );
  return undefined;
}

function badDate({ applied }: Application, decidedOn: PlainDate, today: PlainDate): Refusal | undefined {
  return decidedOn > today || decidedOn < applied.appliedOn
    ? refusal(
        'invalid/decision-date',
        '决定日期不能早于申请日期，也不能晚于今天',
        'the decision lies neither before the application nor after today',
        { appliedOn: applied.appliedOn },
      )
    : undefined;
}
