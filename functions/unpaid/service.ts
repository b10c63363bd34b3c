import type { PlainDate } from '../../domain/calendar.ts';
import type { JurisdictionCode, PaymentId, ProgrammeId } from '../../domain/ids.ts';
import type { Notice, SurrenderDecision } from '../../domain/unpaid/unclaimed.ts';
import type { LastLook } from '../adapters/sweep-store.ts';
import type { StoredSurrender, UnclaimedRecord } from '../adapters/unclaimed-store.ts';
import type { Answer } from '../run/service.ts';
import type { OpenList } from './open-payments.ts';

type OfPayment = {
  readonly jurisdiction: JurisdictionCode;
  readonly payment: PaymentId;
  readonly by: string;
};

/** Money that nobody claims (无人认领): notice, surrender to the treasury by two people, and a later claim. */
export type Surrenders = {
  giveNotice: (request: OfPayment & Pick<Notice, 'on' | 'means' | 'evidence'>) => Answer<UnclaimedRecord>;
  proposeSurrender: (
    request: OfPayment & {
      readonly voucher: string;
      readonly paidInOn: PlainDate;
      readonly evidence: string;
      readonly reason: string;
    },
  ) => Answer<StoredSurrender>;
  decideSurrender: (
    request: OfPayment & {
      readonly surrenderId: string;
      readonly decision: SurrenderDecision['decision'];
      readonly reason: string;
    },
  ) => Answer<StoredSurrender>;
  claimSurrendered: (
    request: OfPayment & { readonly evidence: string; readonly reason: string },
  ) => Answer<UnclaimedRecord>;
  listSurrenders: (
    jurisdiction: JurisdictionCode,
    programme: ProgrammeId,
  ) => Promise<readonly UnclaimedRecord[]>;
};

/** Open payments of a bureau, or of one programme of it, with their age. */
export type OpenLists = {
  openList: (jurisdiction: JurisdictionCode, programme?: ProgrammeId) => Promise<OpenList>;
  /** Two figures as of the last daily look; undefined before the first. */
  lastLook: (jurisdiction: JurisdictionCode) => Promise<LastLook | undefined>;
};
