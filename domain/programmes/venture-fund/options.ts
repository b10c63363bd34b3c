import * as z from 'zod/mini';
import { compare, fraction } from '../../fraction.ts';
import { ROUNDING_UNITS } from '../../rounding.ts';
import { yuanText as yuan } from '../../written-values.ts';
import { isWhole, percent, shareOf, shareText } from './shares.ts';

/** Who may run a project (申报主体), told by the prefix of the credit code; `unregistered` only through a sponsor. */
export const ORGANISATION_KINDS = [
  'association',
  'social-service',
  'foundation',
  'company',
  'village-committee',
  'public-institution',
  'unregistered',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** What a tranche waits for (拨付节点). `implemented`: paid once for a project already done (后补助). */
export const MILESTONES = [
  'signed',
  'progress',
  'mid-term-passed',
  'accepted',
  'audited',
  'implemented',
] as const;
export type Milestone = (typeof MILESTONES)[number];

/** How much a project gets (资助额度). */
export const GrantRule = z.discriminatedUnion('rule', [
  /** What the budget lacks (差额), at most a percentage of the approved budget and a sum. */
  z.strictObject({
    rule: z.literal('own-funds-gap'),
    percentMax: percent,
    /** A gap over the percentage is sent back to be filed anew, or limited to it. */
    overPercent: z.enum(['refuse', 'limit']),
    cap: z.optional(yuan),
  }),
  /** Donations matched (配比), or the gap filled (补差), or whichever of the two the place chooses when the match leaves a gap. */
  z.strictObject({
    rule: z.literal('match'),
    /** Yuan of grant per yuan donated: "2" for 1:2. */
    perYuan: percent,
    matchCap: yuan,
    fillCap: yuan,
    /** Share of the budget that a donor gives for the right to name the project (冠名). */
    namingPercent: z.optional(percent),
  }),
  /** The same sum for every project. */
  z.strictObject({ rule: z.literal('fixed'), amount: yuan }),
  /** What is lacking, between a least and a most. */
  z.strictObject({
    rule: z.literal('capped'),
    least: z.optional(yuan),
    cap: yuan,
    /** More than the most is sent back to be filed anew, or limited to it. */
    overCap: z.enum(['refuse', 'limit']),
  }),
  /** The score of the review decides the sum; a band of zero gets nothing. */
  z.strictObject({
    rule: z.literal('score-bands'),
    bands: z.array(z.strictObject({ from: percent, amount: yuan })).check(
      z.minLength(1),
      z.refine((bands) => isFalling(bands), '分数段须由高到低|bands from the highest score down'),
    ),
  }),
  /** As the review and the agreement say, never more than is lacking. */
  z.strictObject({ rule: z.literal('agreed') }),
]);
export type GrantRule = z.infer<typeof GrantRule>;

/** By when a tranche is to be paid after its milestone. */
const Within = z.union([
  z.strictObject({ months: z.int().check(z.minimum(1), z.maximum(24)) }),
  z.strictObject({ workingDays: z.int().check(z.minimum(1), z.maximum(250)) }),
]);
export type Within = z.infer<typeof Within>;

/** 分期拨付: shares of exactly the whole, each with its milestone. */
export const Tranches = z
  .array(z.strictObject({ share: shareText, milestone: z.enum(MILESTONES), within: z.optional(Within) }))
  .check(
    z.minLength(1),
    z.maxLength(12),
    z.refine(
      (tranches) => isWhole(tranches.map(({ share }) => shareOf(share))),
      '各期比例之和须正好为100%|shares that add up to exactly 100 percent',
    ),
  );

/** How tranches come out even (各期取整), and how a changed grant is divided. */
export const TrancheRounding = z.strictObject({
  rule: z.enum(['half-up', 'half-even', 'up', 'down']),
  unit: z.enum(ROUNDING_UNITS),
  /**
   * After a change of the grant: what is left is divided over the unpaid tranches by their shares of each other, or each unpaid one
   * gets its share of the new grant and the last one the rest.
   */
  afterChange: z.enum(['by-remaining-shares', 'by-share-of-new-grant']),
});

/** How a grant is paid: the last tranche is the rest. */
export type TranchePlan = {
  readonly tranches: readonly z.infer<typeof Tranches>[number][];
  readonly rounding: Pick<z.infer<typeof TrancheRounding>, 'rule' | 'unit'>;
  readonly afterChange: z.infer<typeof TrancheRounding>['afterChange'];
};

const names = { zh: z.string().check(z.minLength(1)), en: z.string().check(z.minLength(1)) };
const Band = z.strictObject({
  grade: z.string().check(z.regex(/^[A-Z][A-Z0-9]{0,3}$/)),
  ...names,
  /** Lowest score of the band; it ends where the one above begins. */
  from: percent,
  passes: z.boolean(),
  /** Percent of the next tranche that is paid. */
  pays: percent,
  /** Paid only after rectification (整改) has been accepted. */
  rectification: z.optional(z.literal(true)),
  commendation: z.optional(z.literal(true)),
  /** Percent of the grant paid on top. */
  bonusPercent: z.optional(percent),
});
export type Band = z.infer<typeof Band>;

/** Evaluation (考核评估): bands without holes from the highest score down to zero. */
export const Evaluation = z.strictObject({
  /** `integer`: a score between two whole ones is sent back. `half-open`: a band takes every score from its own up to the next. */
  scores: z.enum(['integer', 'half-open']),
  most: percent,
  bands: z.array(Band).check(
    z.minLength(1),
    z.refine((bands) => isFalling(bands), '等次须由高到低|bands from the highest score down'),
    z.refine(
      (bands) => compare(fraction(bands.at(-1)?.from ?? '1'), fraction('0')) === 0,
      '最低等次从0分起|the lowest band begins at zero',
    ),
  ),
});
export type Evaluation = z.infer<typeof Evaluation>;

/** Several scorers (评委打分): how their scores become one. `trimmed-mean` leaves out one highest and one lowest. */
export const Scoring = z.strictObject({
  average: z.enum(['mean', 'trimmed-mean', 'median']),
  decimals: z.int().check(z.minimum(0), z.maximum(2)),
  rule: z.enum(['half-up', 'half-even', 'up', 'down']),
  scorersMin: z.int().check(z.minimum(1), z.maximum(50)),
});

const Failed = z.strictObject({
  /** What becomes of the next tranche. */
  next: z.enum(['stopped', 'delayed', 'terminated']),
  /** What of the money already paid is asked back: nothing, what is unspent, or all. */
  recover: z.enum(['none', 'unspent', 'all']),
  /** 通报. */
  publicNotice: z.boolean(),
});
export type FailureEffect = z.infer<typeof Failed>;
export const Failure = z.strictObject({ midTerm: z.optional(Failed), acceptance: z.optional(Failed) });

const category = z.string().check(z.regex(/^[a-z][a-z-]{1,39}$/));
const kinds = z.array(z.enum(ORGANISATION_KINDS)).check(z.minLength(1));
/** What a budget may hold (预算科目), by kind of organisation. */
export const BudgetRule = z.strictObject({
  /** What percentages are of: the whole budget, or the grant. */
  capBase: z.enum(['budget', 'grant']),
  categories: z
    .array(
      z.strictObject({
        category,
        ...names,
        /** Allowed only to these kinds; to every kind where absent. */
        kinds: z.optional(kinds),
        /** The first that names the kind, or names none, holds; no limit where none does. */
        caps: z.optional(z.array(z.strictObject({ kinds: z.optional(kinds), percent }))),
      }),
    )
    .check(z.minLength(1)),
  /** Never paid; a line whose name holds one of the words counts as such, whatever it is filed as. */
  forbidden: z.array(
    z.strictObject({ category, ...names, words: z.array(z.string().check(z.minLength(1))) }),
  ),
});
export type BudgetRule = z.infer<typeof BudgetRule>;

/** Final settlement (结算). */
export const SettlementRule = z.strictObject({
  /** How far a category may be overspent without written approval, in percent of its budget; no limit where absent. */
  movePercent: z.optional(percent),
  /** Interest on the grant: kept in the project, or returned. */
  interest: z.enum(['kept', 'returned']),
});

/** How long a project may run (实施期限), in whole months, and within which days of the year. */
export const ProjectPeriod = z.strictObject({
  monthsMin: z.optional(z.int().check(z.minimum(1), z.maximum(60))),
  monthsMax: z.optional(z.int().check(z.minimum(1), z.maximum(60))),
});

/** What keeps an organisation or a project from a second grant (重复资助). */
export const DoubleSupport = z.strictObject({
  projectsPerOrganisation: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
  /** Sum of the grants of one organisation in one call. */
  organisationCap: z.optional(yuan),
  otherGovernmentMoney: z.enum(['blocked', 'allowed']),
  lastYearsWinners: z.enum(['blocked', 'allowed']),
});

function isFalling(bands: readonly { readonly from: string }[]): boolean {
  return bands.every(({ from }, index) => {
    const above = bands[index - 1];
    return !above || compare(fraction(from), fraction(above.from)) < 0;
  });
}
