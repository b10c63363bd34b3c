import type { Finding } from '../run/draft.ts';
import { type Control, type ControlInput, findingOf } from './control.ts';
import { deceased } from './deceased.ts';
import { accountHolder, mistypedCard, payableAccount, writableLine } from './payable-account.ts';
import { payeeEnded, payeeLeft, payeeOfMany } from './payee-mandate.ts';
import { reviewOverdue } from './review-overdue.ts';
import { sampleValue } from './sample-value.ts';
import { sharedAccount } from './shared-account.ts';

/** Every control, in the order in which findings are listed. */
export const CONTROLS: readonly Control[] = [
  payableAccount,
  writableLine,
  sampleValue,
  deceased,
  payeeEnded,
  payeeLeft,
  sharedAccount,
  payeeOfMany,
  accountHolder,
  reviewOverdue,
  mistypedCard,
];

/** All findings on one payment. */
export function findingsOn(input: ControlInput): Finding[] {
  return CONTROLS.flatMap((control) => findingOf(control, input) ?? []);
}

export function controlByCode(code: string): Control | undefined {
  return CONTROLS.find((control) => control.code === code);
}
