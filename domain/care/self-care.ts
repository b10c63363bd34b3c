import * as z from 'zod/mini';
import { DISABILITY_KINDS, type DisabilityKind } from '../household/household-case.ts';

/** 全自理、半护理、全护理: what somebody can do for himself, from all to nothing. */
export const CARE_TIERS = ['full', 'half', 'none'] as const;
export type CareTier = (typeof CARE_TIERS)[number];

/** 吃饭、穿衣、上下床、如厕、室内行走、洗澡 (民发〔2021〕43号 第十五条). */
export const ACTIVITIES = ['eating', 'dressing', 'transfer', 'toilet', 'walking', 'bathing'] as const;
export type Activity = (typeof ACTIVITIES)[number];

/** 能力完好、轻度失能、中度失能、重度失能 (GB/T 42195 老年人能力评估). */
export const ABILITY_LEVELS = ['intact', 'light', 'moderate', 'severe'] as const;
export type AbilityLevel = (typeof ABILITY_LEVELS)[number];

/** What an assessment found: the activities that are not managed, or a level. */
export type Ability = { readonly activities: readonly Activity[] } | { readonly level: AbilityLevel };

/** `adl:bathing,dressing` or `level:moderate`; undefined for text that is neither. */
export function readAbility(text: string): Ability | undefined {
  const [form, said = '', ...rest] = text.split(':');
  if (rest.length > 0) return undefined;
  const level = ABILITY_LEVELS.find((known) => form === 'level' && known === said);
  if (level) return { level };
  if (form !== 'adl') return undefined;
  const words = said === '' ? [] : said.split(',');
  const activities = ACTIVITIES.filter((known) => words.includes(known));
  return activities.length === words.length ? { activities } : undefined;
}

const tier = z.enum(CARE_TIERS);

/** How a place turns what was found into a tier (照料护理档次); of several the worst counts. */
export const CareMapping = z.strictObject({
  /** Activities not managed: so many make half care, so many full care; fewer are full self-care. */
  activities: z.optional(
    z
      .strictObject({ half: z.int().check(z.minimum(1)), none: z.int().check(z.minimum(2), z.maximum(6)) })
      .check(z.refine(({ half, none }) => half < none, '半护理的项数须少于全护理|half before none')),
  ),
  levels: z.optional(z.strictObject({ intact: tier, light: tier, moderate: tier, severe: tier })),
  /** A disability card of these grades and kinds is at least of the tier. */
  disabilities: z.optional(
    z.array(
      z.strictObject({
        grades: z.array(z.int().check(z.minimum(1), z.maximum(4))).check(z.minLength(1)),
        kinds: z.array(z.enum(DISABILITY_KINDS)).check(z.minLength(1)),
        tier,
      }),
    ),
  ),
});
export type CareMapping = z.infer<typeof CareMapping>;

/** What is known of somebody's ability to care for himself. */
export type CareGrounds = {
  /** Confirmed tier (认定结论). */
  readonly selfCare?: CareTier | undefined;
  readonly ability?: Ability | undefined;
  readonly disability?: { readonly grade: number; readonly kind: DisabilityKind } | undefined;
};
export type CareBecause = 'confirmed' | 'activities' | 'level' | 'disability';

/**
 * The tier of care: the worst of what was confirmed, what an assessment found, and what a disability says, by the mapping of the place.
 * `because` names what it rests on, the confirmed one first. Undefined when nothing says anything.
 */
export function careTierOf(
  { selfCare, ability, disability }: CareGrounds,
  mapping: CareMapping,
): { readonly tier: CareTier; readonly because: CareBecause } | undefined {
  const found: { tier: CareTier; because: CareBecause }[] = [];
  if (selfCare) found.push({ tier: selfCare, because: 'confirmed' });
  if (ability && 'activities' in ability && mapping.activities) {
    const { half, none } = mapping.activities;
    const lost = new Set(ability.activities).size;
    found.push({ tier: lost >= none ? 'none' : lost >= half ? 'half' : 'full', because: 'activities' });
  }
  if (ability && 'level' in ability && mapping.levels)
    found.push({ tier: mapping.levels[ability.level], because: 'level' });
  for (const { grades, kinds, tier: least } of mapping.disabilities ?? []) {
    if (disability && grades.includes(disability.grade) && kinds.includes(disability.kind))
      found.push({ tier: least, because: 'disability' });
  }
  return found.reduce<(typeof found)[number] | undefined>(
    (worst, one) => (worst && rank(worst.tier) >= rank(one.tier) ? worst : one),
    undefined,
  );
}

const rank = (one: CareTier): number => CARE_TIERS.indexOf(one);
