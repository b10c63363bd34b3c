import * as z from 'zod/mini';
import type { BankParty } from '../bank/iso20022/pain001.ts';
import { parseOrganisationCode } from '../organisation-code.ts';
import type { ParameterSpec } from './parameter.ts';

/** The payer as the bank's contract names it: in every message of ISO 20022, and asked for only where the format is one of them. */
export const BANK_PARTY_PARAMETERS = {
  bankParty: {
    schema: z.strictObject({
      name: z
        .string()
        .check(z.refine((text) => /^[^\p{C}<>&]{2,70}$/u.test(text), '2至70个字|2 to 70 characters')),
      organisationCode: z
        .string()
        .check(z.refine((text) => isOrganisationCode(text), '统一社会信用代码|a unified social credit code')),
      agentBankCode: z.string().check(z.regex(/^\d{12}$/)),
    }),
    label: { zh: '付款人在银行的登记', en: 'payer as registered at the bank' },
    unit: { zh: '户名、统一社会信用代码、开户行行号', en: 'name, credit code, CNAPS number of the bank' },
    bearsAmount: false,
  } satisfies ParameterSpec<BankParty>,
} as const;

function isOrganisationCode(text: string): boolean {
  const parsed = parseOrganisationCode(text);
  return parsed.ok && parsed.value === text;
}
