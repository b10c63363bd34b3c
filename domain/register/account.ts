import * as z from 'zod/mini';
import { type Instant, LAST_INSTANT, type PlainDate } from '../calendar.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';

/** What an account is, whether it is recorded or only proposed. */
type AccountFacts = {
  /** 11 to 32 digits. */
  readonly account: string;
  /** As the bank has it; compared by the bank with the name in the instruction. */
  readonly holderName: string;
  readonly bankCode?: string | undefined;
  readonly bankName?: string | undefined;
  readonly validFrom: PlainDate;
};
const accountFacts = {
  account: z.string(),
  holderName: z.string(),
  bankCode: z.optional(z.string()),
  bankName: z.optional(z.string()),
  validFrom: z.string(),
};

/** Source of the accounts that the bank itself brought in. */
export const BANK_FILE = 'bank-file';

/** An account of a person, as recorded at an instant. The list is only appended to; the last known one is used. */
export type AccountRecord = AccountFacts & {
  readonly recordedAt: Instant;
  readonly source: string;
  /** The member of staff who brought it in: signs no step of a run that pays into it. */
  readonly by: string;
  /** What it rests on: the id of an import or of an account change. */
  readonly evidence?: string | undefined;
  /** The second person; absent on the first account of a person, which came with the register sheet. */
  readonly confirmedBy?: string | undefined;
};
export const AccountRecordSchema = z.strictObject({
  ...accountFacts,
  recordedAt: z.string(),
  source: z.string(),
  by: z.string(),
  evidence: z.optional(z.string()),
  confirmedBy: z.optional(z.string()),
});

/** What is asked to change; the account is normalised digits, the name as the account's document has it. */
export type WantedAccount = AccountFacts & {
  /** What was seen: document, call, form. */
  readonly evidence: string;
};

/** A proposal to pay a person into another account from now on. */
export type AccountChange = WantedAccount & {
  readonly changeId: string;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
};
export const AccountChangeSchema = z.strictObject({
  ...accountFacts,
  changeId: z.string(),
  evidence: z.string(),
  proposedBy: z.string(),
  proposedAt: z.string(),
});

/** The account that was known at an instant: of those recorded by then the one recorded last. */
export function accountKnownBy(
  person: { readonly accounts: readonly AccountRecord[] },
  cutOff: Instant,
): AccountRecord | undefined {
  let best: AccountRecord | undefined;
  for (const account of person.accounts) {
    if (account.recordedAt <= cutOff && (!best || account.recordedAt >= best.recordedAt)) best = account;
  }
  return best;
}

/** The account used now: the last one recorded. */
export function currentAccount(person: {
  readonly accounts: readonly AccountRecord[];
}): AccountRecord | undefined {
  return accountKnownBy(person, LAST_INSTANT);
}

/** The account record that a confirmed change becomes; whoever proposed a change cannot confirm it. */
export function confirmChange(
  change: AccountChange,
  confirmedBy: string,
  recordedAt: Instant,
): Result<AccountRecord> {
  if (confirmedBy === change.proposedBy) {
    return refuse(
      refusal(
        'forbidden/same-person',
        '账号变更须由提出人以外的第二人复核确认',
        'a change of account is confirmed by a second person, not by the one who proposed it',
        { changeId: change.changeId },
      ),
    );
  }
  return ok({
    account: change.account,
    holderName: change.holderName,
    bankCode: change.bankCode,
    bankName: change.bankName,
    validFrom: change.validFrom,
    recordedAt,
    source: 'account-change',
    by: change.proposedBy,
    evidence: change.changeId,
    confirmedBy,
  });
}
