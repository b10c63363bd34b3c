import type { Month } from '../calendar.ts';
import type { JurisdictionCode } from '../ids.ts';
import type { Fact } from '../register/facts.ts';

/**
 * A worked example (算例) of a programme for children. `official` prints the amount for exactly these inputs; `derived` applies an
 * official rule to invented inputs.
 */
export type ChildCase = {
  readonly row: string;
  readonly basis: 'official' | 'derived';
  readonly jurisdiction: JurisdictionCode;
  /** Of the child and of the enrolment. */
  readonly facts: readonly (Pick<Fact, 'kind' | 'value'> & { readonly from: string })[];
  /** What the child's household gets on 低保, part by part; the parts of the child are `child`. */
  readonly dibao?: readonly {
    readonly of: 'child' | 'other';
    readonly component: string;
    readonly yuan: string;
  }[];
  readonly knownOn?: string;
  /** First month due, where the example names it. */
  readonly first?: Month;
  /** Yuan due for single months. */
  readonly months: Readonly<Record<Month, string>>;
};
