import { ok, type Result, refusal, refuse } from './result.ts';

/**
 * The number of a bank card, passbook or corporate account. Cards mostly have 16 to 19 digits and a Luhn check digit;
 * passbooks and corporate accounts have 11 to 32 digits and none.
 */
export type BankAccount = {
  /** 11 to 32 ASCII digits, no spaces. */
  readonly account: string;
};

const SHORTEST = 11;
const LONGEST = 32;

/** Reads an account number; ASCII spaces (as printed on cards) are removed, nothing else is repaired. */
export function parseBankAccount(text: string): Result<BankAccount> {
  const account = text.replaceAll(' ', '');
  if (/^\d+(?:\.\d+)?[eE]\+?\d+$/.test(account) || /^\d+\.\d*$/.test(account)) {
    return refuse(
      refusal(
        'invalid/bank-account-not-text',
        '账号被表格软件存成了数字，末几位已丢失：请把该列设为文本格式，以文本格式重新填写',
        'the account number was stored as a number by a spreadsheet and lost digits: set the column to text and type it again as text',
      ),
    );
  }
  const wrong = Array.from(account).findIndex((character) => !/[0-9]/.test(character));
  if (wrong !== -1) {
    return refuse(
      refusal(
        'invalid/bank-account-characters',
        `账号第${wrong + 1}位不是半角数字（不计空格）：账号只能由半角数字组成，不含字母、横线和全角数字`,
        `character ${wrong + 1} of the account number (spaces not counted) is not an ASCII digit: no letters, hyphens or full-width digits`,
        { position: wrong + 1 },
      ),
    );
  }
  if (account.length < SHORTEST || account.length > LONGEST) {
    return refuse(
      refusal(
        'invalid/bank-account-length',
        `账号应为${SHORTEST}至${LONGEST}位数字，现为${account.length}位：请核对银行卡或存折后重新填写`,
        `an account number has ${SHORTEST} to ${LONGEST} digits, this has ${account.length}: check it against the card or passbook`,
        { length: account.length },
      ),
    );
  }
  return ok({ account });
}

/**
 * True when a number has the form of a UnionPay card (16 to 19 digits from 62 on) and the wrong check digit: most likely mistyped. A
 * passbook may look the same, so it is a reason to look again and never to refuse.
 */
export function looksMistyped(account: string): boolean {
  return /^62\d{14,17}$/.test(account) && !passesLuhn(account);
}

/** The Luhn check (ISO/IEC 7812-1, annex B) over a string of digits. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - fromRight));
    const doubled = digit * 2;
    sum += fromRight % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
