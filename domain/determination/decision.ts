import type { Instant, PlainDate } from '../calendar.ts';
import type { EnrolmentId, ProgrammeId } from '../ids.ts';
import { toYuan } from '../money.ts';
import type { Component, Programme, Step } from '../programmes/programme.ts';
import type { Determination, DeterminationSpan } from '../register/determination.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { type DeterminationProposal, type ProposedContent, proposalId } from './proposal.ts';
import { totalOf } from './spans.ts';
import type { CompanionContent } from './together.ts';

/** What became of a proposal: one immutable item per proposal, so that two who decide at once compete for it. */
export type ProposalDecision =
  | {
      readonly outcome: 'approved';
      readonly determination: Determination;
      /** Those of other enrolments of the person that the same decision covers, with their programmes. */
      readonly with?: readonly CompanionDetermination[] | undefined;
    }
  | { readonly outcome: 'rejected'; readonly reason: string; readonly by: string; readonly at: Instant }
  /** Facts, policy or the number moved on, and somebody proposed again. */
  | { readonly outcome: 'superseded'; readonly by: string; readonly at: Instant };

export type CompanionDetermination = {
  readonly programme: ProgrammeId;
  readonly determination: Determination;
};

/** An amount that the deciding person fixes instead of the proposed one, from a month on. */
export type FixedSpan = { readonly from: string; readonly components: readonly Component[] };
/** The same for an enrolment that is decided with it, by its programme. */
export type FixedCompanion = { readonly programme: ProgrammeId; readonly spans: readonly FixedSpan[] };

/** What the deciding person says. */
export type Approval = {
  /** The hash of the proposal as it was read. */
  readonly hash: string;
  /** 文号 and day of the written decision. */
  readonly document: string;
  readonly decidedOn: PlainDate;
  /** Other amounts than the proposed ones, all of them; needs a reason. */
  readonly fixed?: readonly FixedSpan[] | undefined;
  readonly fixedWith?: readonly FixedCompanion[] | undefined;
  readonly departure?: string | undefined;
  readonly nextReviewOn?: PlainDate | undefined;
  readonly by: string;
};

/** The enrolment and its proposal as they stand when somebody decides. */
export type Standing = {
  readonly programme: Programme;
  readonly proposal: DeterminationProposal;
  /** How many determinations there are now. */
  readonly determined: number;
  /** Enrolments decided with it: their programmes, and how many determinations each has now. */
  readonly companions?: readonly {
    readonly enrolment: EnrolmentId;
    readonly programme: Programme;
    readonly determined: number;
  }[];
  /** The same question worked out again, for the day of the decision: what would be proposed now, and its hash. */
  readonly now: Result<{
    readonly content: ProposedContent;
    readonly with?: readonly CompanionContent[] | undefined;
    readonly hash: string;
  }>;
  readonly today: PlainDate;
};

/** What a decision makes of a proposal, before it is said when it was recorded. */
export type DecidedContent = Omit<Determination, 'recordedAt' | 'assessedAt'>;
export type DecidedTogether = {
  readonly determination: DecidedContent;
  readonly with: readonly { readonly programme: ProgrammeId; readonly determination: DecidedContent }[];
};

/**
 * 核定: turns a proposal into the next determination, decided by another person than the one who proposed it, and into those of the
 * enrolments that the same document covers. The caller adds when it was recorded.
 *
 * Refusals: `forbidden/own-proposal`, `conflict/stale-proposal` (the number moved on, or facts or policy did: propose
 * again), `invalid/decision-date`, `invalid/departure`, `invalid/fixed-spans`.
 */
export function approveProposal(standing: Standing, approval: Approval): Result<DecidedTogether> {
  const { companions = [], proposal, determined, now, today } = standing;
  if (approval.by === proposal.proposedBy) return refuse(ownProposal());
  if (approval.decidedOn > today) return refuse(inTheFuture(approval.decidedOn, today));
  if (proposal.number !== determined + 1) return refuse(stale(proposal, 'number'));
  if (!now.ok || now.value.hash !== proposal.hash || approval.hash !== proposal.hash) {
    return refuse(stale(proposal, approval.hash === proposal.hash ? 'facts-or-policy' : 'seen'));
  }
  const { fixed, fixedWith = [], departure } = approval;
  if (departure !== undefined && fixed === undefined && fixedWith.length === 0)
    return refuse(departureWithoutAmount());
  const own = decidedSpans(standing.programme, now.value.content, fixed, departure);
  if (!own.ok) return own;
  const covered: { programme: ProgrammeId; determination: DecidedContent }[] = [];
  for (const { content, enrolment, number } of now.value.with ?? []) {
    const found = companions.find((one) => one.enrolment === enrolment);
    if (!found || number !== found.determined + 1) return refuse(stale(proposal, 'number'));
    const wanted = fixedWith.find(({ programme }) => programme === found.programme.id)?.spans;
    const spans = decidedSpans(found.programme, content, wanted, departure);
    if (!spans.ok) return spans;
    const { kind, sample } = content;
    const departed = wanted !== undefined;
    const said = { enrolment, number, kind, sample, spans: spans.value, departed };
    covered.push({ programme: found.programme.id, determination: decided(proposal, approval, said) });
  }
  const strange = fixedWith.find(({ programme }) => covered.every((one) => one.programme !== programme));
  if (strange) return refuse(notCovered(strange.programme));
  const { content, enrolment, number } = proposal;
  const { kind, sample } = content;
  const said = { enrolment, number, kind, sample, spans: own.value, departed: fixed !== undefined };
  return ok({ determination: decided(proposal, approval, said), with: covered });
}

type Said = Pick<Determination, 'enrolment' | 'number' | 'kind' | 'sample' | 'spans'> & {
  readonly departed: boolean;
};

function decided(
  proposal: DeterminationProposal,
  { by, decidedOn, departure, document, nextReviewOn }: Approval,
  { departed, ...said }: Said,
): DecidedContent {
  return {
    ...said,
    document,
    decidedOn,
    ...(departed && { departure }),
    proposedBy: proposal.proposedBy,
    decidedBy: by,
    basis: proposalId(proposal),
    ...(proposal.asked.kind === 'standard-change' && { issuedOn: proposal.asked.issuedOn }),
    ...(nextReviewOn !== undefined && { nextReviewOn }),
  };
}

export function rejectProposal(
  proposal: DeterminationProposal,
  by: string,
  reason: string,
  at: Instant,
): Result<ProposalDecision> {
  if (by === proposal.proposedBy) return refuse(ownProposal());
  return ok({ outcome: 'rejected', reason, by, at });
}

/** The proposed spans, or the fixed ones with a step that says what had been proposed. */
function decidedSpans(
  programme: Programme,
  { kind, spans }: ProposedContent,
  fixed: readonly FixedSpan[] | undefined,
  departure: string | undefined,
): Result<readonly DeterminationSpan[]> {
  if (fixed === undefined) return ok(spans);
  if (departure === undefined) return refuse(noDeparture());
  const wrong = kind === 'end' ? whyNotEnded(fixed) : whyNotFixed(programme, fixed);
  if (wrong) return refuse(wrong);
  return ok(
    fixed.map(({ from, components }) => {
      const proposed = spans.findLast((span) => span.from <= from);
      const step: Step = {
        code: 'departed',
        inputs: { since: from, proposed: toYuan(totalOf(proposed?.components ?? [])) },
        result: toYuan(totalOf(components)),
      };
      return { from, components, derivation: [...(proposed?.derivation ?? []), step] };
    }),
  );
}

function whyNotEnded(fixed: readonly FixedSpan[]): Refusal | undefined {
  if (fixed.length === 1 && fixed[0]?.components.length === 0) return undefined;
  return badSpans(
    '终止只能有一段且无金额；仍发放的请驳回后按复核提出',
    'an end is one span without amounts; where something is still due, reject it and ask for a review',
  );
}

function whyNotFixed(programme: Programme, fixed: readonly FixedSpan[]): Refusal | undefined {
  if (fixed.length === 0) return badSpans('至少一段', 'at least one span');
  for (const [index, { components, from }] of fixed.entries()) {
    const before = fixed[index - 1];
    if (before && before.from >= from) return badSpans('月份须依次递增', 'months must ascend');
    const names = components.map(({ component }) => component);
    if (
      new Set(names).size !== names.length ||
      names.some((name) => !Object.hasOwn(programme.components, name))
    ) {
      const known = Object.keys(programme.components).join('、');
      return badSpans(`组成只能是${known}，每项一次`, `components are ${known}, each once`);
    }
    if (components.some(({ fen }) => fen <= 0))
      return badSpans(
        '金额须大于零；不发的月份组成留空',
        'amounts are above zero; nothing due is no component',
      );
  }
  return undefined;
}

const badSpans = (zh: string, en: string): Refusal =>
  refusal('invalid/fixed-spans', `核定金额不正确：${zh}`, `the decided amounts are not right: ${en}`);

const notCovered = (programme: ProgrammeId): Refusal =>
  badSpans(
    `本次决定不涉及 ${programme}，不能填写其金额`,
    `this decision says nothing of ${programme}: leave its amounts out`,
  );

const ownProposal = (): Refusal =>
  refusal(
    'forbidden/own-proposal',
    '提出测算的人不能自己核定：请由另一人作出决定',
    'whoever proposed it cannot decide it: another person must',
  );

/** Nobody decides on a day that has not come. */
export const inTheFuture = (decidedOn: PlainDate, today: PlainDate): Refusal =>
  refusal(
    'invalid/decision-date',
    `决定日期 ${decidedOn} 晚于今天 ${today}`,
    `the day of the decision ${decidedOn} is after today, ${today}`,
    { decidedOn, today },
  );

const noDeparture = (): Refusal =>
  refusal(
    'invalid/departure',
    '核定金额与测算不同，须写明理由',
    'the decided amount is not the proposed one: give the reason',
  );

const departureWithoutAmount = (): Refusal =>
  refusal(
    'invalid/departure',
    '写了不同于测算的理由，却没有填写核定金额：请填写金额或删去理由',
    'a reason for departing from the proposal, but no amount: give the amount or leave the reason out',
  );

const WHY_STALE = {
  number: {
    zh: '提出测算后已有新的核定',
    en: 'another determination was recorded since it was proposed',
  },
  'facts-or-policy': {
    zh: '提出测算后家庭情况、政策或决定月份有变，测算结果已不同',
    en: 'facts, policy or the month of the decision changed since, and it comes out differently',
  },
  seen: { zh: '您看到的不是这份测算', en: 'what you saw is not this proposal' },
} as const;

function stale(proposal: DeterminationProposal, why: keyof typeof WHY_STALE): Refusal {
  const { zh, en } = WHY_STALE[why];
  return refusal('conflict/stale-proposal', `${zh}：请重新提出测算`, `${en}: propose again`, {
    proposal: proposalId(proposal),
    why,
  });
}
