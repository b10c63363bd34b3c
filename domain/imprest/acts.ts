import type { Instant, Month, PlainDate } from '../calendar.ts';
import type { EnrolmentId, JurisdictionCode, PersonKey } from '../ids.ts';
import type { Fen } from '../money.ts';

/** 备用金 of one township, or of several that share it: lower-case letters, digits and hyphens, as the ledger's account is called. */
export type FundId = string;
/** `<application>.<number of its decision>`: what one draw is for, once. */
export type DrawId = string;

/** Where a draw was posted: the beneficiary's enrolment, and the month of the grant. */
export type PostedDraw = { readonly draw: DrawId; readonly enrolment: EnrolmentId; readonly month: Month };

/** What happens to an imprest fund. Acts are immutable and numbered; a fund is the fold of its acts. */
export type ImprestActBody =
  | {
      readonly kind: 'opened';
      readonly jurisdiction: JurisdictionCode;
      readonly name: string;
      /** Streets (townships) that may draw. */
      readonly streets: readonly string[];
      /** The township in the register, to whose corporate account it is replenished. */
      readonly organisation: PersonKey;
      /** Cash that was there before (期初余额); it counts once a second person has confirmed it. */
      readonly broughtIn: Fen;
      readonly document: string;
    }
  | { readonly kind: 'opening-confirmed' }
  /** Streets were merged or split, or join or leave the fund. */
  | { readonly kind: 'streets-changed'; readonly streets: readonly string[]; readonly document: string }
  /** 支取: cash handed over against a signature, for one decision. */
  | {
      readonly kind: 'drawn';
      readonly draw: DrawId;
      readonly application: string;
      readonly fen: Fen;
      readonly street: string;
      readonly payee: PersonKey;
      /** Number of the signed receipt (领款签收单). */
      readonly receipt: string;
      readonly on: PlainDate;
    }
  /** The cash was not handed over, or came back before it was posted: the money is in the fund again. */
  | { readonly kind: 'draw-cancelled'; readonly draw: DrawId; readonly fen: Fen; readonly reason: string }
  /** 报销: draws that imprest runs (备用金报销批次) have posted as expense. */
  | { readonly kind: 'posted'; readonly draws: readonly PostedDraw[]; readonly fen: Fen }
  /** 月末盘点: `book` is the balance as it stood at this very act, `difference` is cash less book. */
  | {
      readonly kind: 'counted';
      readonly month: Month;
      readonly on: PlainDate;
      readonly book: Fen;
      readonly cash: Fen;
      readonly difference: Fen;
      readonly explanation?: string;
    }
  /** 申请补足: for vouchers posted, and for what the year's floor lacks. */
  | {
      readonly kind: 'replenishment-proposed';
      readonly number: number;
      readonly vouchers: Fen;
      readonly floorLack: Fen;
      readonly fen: Fen;
    }
  | {
      readonly kind: 'replenishment-decided';
      readonly number: number;
      readonly outcome: 'approved' | 'refused';
      readonly document: string;
      readonly decidedOn: PlainDate;
      readonly proposedBy: string;
      /** Rests on a floor that no authority published. */
      readonly sample: boolean;
      readonly reason?: string;
    }
  /** Its grant is recorded: the next supplementary run pays it. */
  | {
      readonly kind: 'replenishment-recorded';
      readonly number: number;
      readonly enrolment: EnrolmentId;
      readonly determination: number;
    }
  /** What the bank has settled to the township's account so far, and what of it is new; negative where money came back. */
  | { readonly kind: 'received'; readonly settled: Fen; readonly fen: Fen }
  /** 缴回: cash paid in to the treasury by a voucher; it has left the fund. */
  | {
      readonly kind: 'return-proposed';
      readonly number: number;
      readonly fen: Fen;
      readonly voucher: string;
      readonly on: PlainDate;
    }
  /** `advanced`: what of it goes back to the appropriation in the ledger; the rest is cash that was brought in. */
  | {
      readonly kind: 'return-decided';
      readonly number: number;
      readonly outcome: 'confirmed' | 'refused';
      readonly document?: string;
      readonly reason?: string;
      readonly advanced: Fen;
    }
  /** It is in the ledger, as an order over the replenishments that it takes back. */
  | { readonly kind: 'return-recorded'; readonly number: number; readonly recoveryId?: string }
  | { readonly kind: 'closed'; readonly document: string };

type Stamp = {
  readonly jurisdiction: JurisdictionCode;
  readonly fund: FundId;
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  readonly request?: string;
};
export type ImprestAct = ImprestActBody & Stamp;
export type ImprestActOf<Kind extends ImprestActBody['kind']> = Extract<ImprestAct, { readonly kind: Kind }>;
