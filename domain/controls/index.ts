import type { Finding } from '../run/draft.ts';
import { accountCoolingOff } from './account-cooling-off.ts';
import { type Control, type ControlInput, findingOf } from './control.ts';
import { deceased } from './deceased.ts';
import { departedAmount } from './departed-amount.ts';
import { checkReportMissing, publicityOpen } from './entry-papers.ts';
import { firstPayment } from './first-payment.ts';
import { heirPayee } from './heir-payee.ts';
import { identityConflict, minorPayee } from './identity-conflict.ts';
import { inKind } from './in-kind.ts';
import { institutionPayee } from './institution-payee.ts';
import { openCase } from './open-case.ts';
import { organisationStatus } from './organisation-status.ts';
import { ownAccount } from './own-account.ts';
import { accountHolder, mistypedCard, payableAccount, writableLine } from './payable-account.ts';
import { payeeEnded, payeeLeft, payeeOfLaterGrant, payeeOfMany } from './payee-mandate.ts';
import { staffPayee, villagePayee } from './payee-office.ts';
import { exclusiveProgramme, possibleDuplicate } from './possible-duplicate.ts';
import { reviewOverdue } from './review-overdue.ts';
import { sampleValue } from './sample-value.ts';
import { serviceHours } from './service-hours.ts';
import { sharedAccount } from './shared-account.ts';
import { sharedPhone } from './shared-phone.ts';
import { staffRelative } from './staff-relative.ts';
import { standardNotApplied } from './standard-not-applied.ts';
import { amountJump, longArrears } from './unusual-amount.ts';

/** Every control, in the order in which findings are listed. */
export const CONTROLS: readonly Control[] = [
  payableAccount,
  ownAccount,
  writableLine,
  sampleValue,
  inKind,
  deceased,
  heirPayee,
  identityConflict,
  possibleDuplicate,
  exclusiveProgramme,
  payeeEnded,
  payeeLeft,
  payeeOfLaterGrant,
  sharedAccount,
  payeeOfMany,
  villagePayee,
  staffPayee,
  institutionPayee,
  minorPayee,
  accountHolder,
  accountCoolingOff,
  publicityOpen,
  checkReportMissing,
  firstPayment,
  reviewOverdue,
  openCase,
  serviceHours,
  organisationStatus,
  longArrears,
  amountJump,
  departedAmount,
  standardNotApplied,
  sharedPhone,
  staffRelative,
  mistypedCard,
];

/** All findings on one payment. */
export function findingsOn(input: ControlInput): Finding[] {
  return CONTROLS.flatMap((control) => findingOf(control, input) ?? []);
}

export function controlByCode(code: string): Control | undefined {
  return CONTROLS.find((control) => control.code === code);
}
