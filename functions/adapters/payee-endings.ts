import * as z from 'zod/mini';
import { monthOf, type PlainDate } from '../../domain/calendar.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { latestFact } from '../../domain/register/facts.ts';
import type { PayeeRecord } from '../../domain/register/payee.ts';
import type { EnrolmentAddress, RegisterStore } from './register-store.ts';

export type PayeeEnding = {
  readonly enrolment: EnrolmentDocument;
  readonly record: PayeeRecord & { readonly validTo: PlainDate };
};

/**
 * Payees whose document ends by a day, soonest first, those that have ended among them (监护期限到期名单). Whoever was replaced, and whose
 * enrolment stopped before, is left out: the pointers under `PAYEE-ENDS#<j>` find them, the enrolment decides.
 */
export async function payeeEndings(
  register: RegisterStore,
  jurisdiction: JurisdictionCode,
  through: PlainDate,
): Promise<PayeeEnding[]> {
  const found: (EnrolmentAddress & { validTo: PlainDate })[] = [];
  const between = ['0', `${through}#~`] as const;
  for await (const item of register.table.query(`PAYEE-ENDS#${jurisdiction}`, { between })) {
    const [validTo = '', id = ''] = item.sk.split('#');
    found.push({ jurisdiction, programme: z.parse(z.string(), item['programme']), id, validTo });
  }
  const enrolments = await register.enrolments(found);
  return found.flatMap(({ validTo }, index): PayeeEnding[] => {
    const enrolment = enrolments[index];
    const record = enrolment?.payees.at(-1);
    if (!enrolment || record?.validTo !== validTo) return [];
    const stop = latestFact(enrolment.facts, 'stop')?.value;
    return stop && stop <= monthOf(validTo) ? [] : [{ enrolment, record: { ...record, validTo } }];
  });
}
