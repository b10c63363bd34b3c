import * as z from 'zod/mini';
import { ROUNDING_UNITS } from '../rounding.ts';

/** What happens to a programme's own amount where another is there too (叠加关系). */
export const STACKING_ACTIONS = ['both', 'not-income', 'excluded', 'higher-of', 'top-up'] as const;
export type StackingAction = (typeof STACKING_ACTIONS)[number];

/** Which part of a household's money a 补差 deducts. */
export const STACKING_REFERENCES = [
  /** All of it. */
  'whole',
  /** What the household's decision gives this member: his part of the base and his own top-ups (本人低保救助金额). */
  'own-share',
  /** His part of the base alone. */
  'own-base',
  /** His own top-ups alone (本人分类救助金额). */
  'own-top-up',
  /** All of it, divided by the covered members, rounded (人均低保金). */
  'per-capita',
] as const;

const name = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]{0,39}$/, '小写字母、数字和连字符|lower-case letters, digits, hyphens'));

const Stacking = z
  .strictObject({
    /** The other programme, by its id. */
    with: name,
    /** Whose enrolment in it: the same person's, or that of the household he belongs to in the month. */
    of: z.enum(['person', 'household']),
    /**
     * What happens to this programme. `both`: nothing. `not-income`: nothing; the other counts as no income, for the catalogue.
     * `excluded`: zero while the other pays. `higher-of` (择高): zero unless it is the higher; then the other is. `top-up` (补差): less
     * what the other pays, never below zero.
     */
    action: z.enum(STACKING_ACTIONS),
    /**
     * The other counts when it pays something (`due`, the default), or while something is due in it by itself, whatever other programmes
     * leave of that (`enrolled`); where its amount cannot be told, while it is begun and neither ended nor stopped.
     */
    counts: z.optional(z.enum(['due', 'enrolled'])),
    /** For `top-up` and `higher-of`: which amount of the other. `whole` when absent. */
    reference: z.optional(z.enum(STACKING_REFERENCES)),
    /** How a per-capita amount is rounded; to the fen, half up, when absent. */
    rounding: z.optional(
      z.strictObject({ rule: z.enum(['half-up', 'half-even', 'up', 'down']), unit: z.enum(ROUNDING_UNITS) }),
    ),
    /** Only these of the other's components count. */
    components: z.optional(z.array(name).check(z.minLength(1))),
    /** Only while this programme's own entitlement is of the class (`classesOf` in ./stacking.ts), e.g. `full-rate`. */
    when: z.optional(name),
    /** Only while the other's entitlement is of the class. */
    otherWhen: z.optional(name),
  })
  .check(
    z.refine(
      ({ action, of }) => action !== 'higher-of' || of === 'person',
      '择高只在同一对象的项目之间|the higher of two is of one person’s programmes',
    ),
  );
/** One line of a programme's stacking rules. */
export type Stacking = z.infer<typeof Stacking>;

/** A programme's stacking rules (叠加、排斥、择高、补差), in the order in which they are applied. */
export const StackingRules = z
  .array(Stacking)
  .check(
    z.refine(
      (rules) => rules.every(({ reference, of }) => (reference ?? 'whole') === 'whole' || of === 'household'),
      '只有按户发放的项目才有本人份额|only the money of a household has a share of one person',
    ),
  );
