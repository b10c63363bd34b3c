import type * as z from 'zod/mini';
import type { Bilingual } from '../bilingual.ts';

/**
 * What a jurisdiction may set: the schema that a value must pass, its name for people, and the unit it is written in.
 * Values are kept exactly as the pack spells them (money as decimal yuan strings), so a pack hashes as it was decided.
 */
export type ParameterSpec<T = unknown> = {
  readonly schema: z.ZodMiniType<T>;
  readonly label: Bilingual;
  readonly unit: Bilingual;
  /**
   * True when the value is itself an amount, rate or threshold of money. Only such a value can make an entitlement a
   * `sample`: a made-up approval chain is local practice, a made-up amount is money that nobody decided.
   */
  readonly bearsAmount: boolean;
  /**
   * True when the programme's rules read whom and what a value reaches back for (`retroactivity.persons`, `.components`). Packs
   * that set either for any other parameter are refused, because nobody would honour it.
   */
  readonly scopedRetroactivity?: true;
};

/** The type of the values that a parameter takes. */
export type ValueOf<Spec> = Spec extends ParameterSpec<infer T> ? T : never;
