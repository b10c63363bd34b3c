import { FEW_PEOPLE } from '../sample/few-people.ts';
import { registerOf } from '../sample/new-district.ts';
import type { Desk } from './payment-run.ts';
import { csvSheet } from './prepare.ts';
import {
  decideKept,
  deskOf,
  enrolmentsOf,
  idOf,
  importAll,
  PRICE_SUBSIDY,
  setBudgets,
} from './quarter-office.ts';

/**
 * Brings a few people of the other programmes into 示例区: budgets, register sheets, and the decisions about 特困供养.
 *
 * @returns how many rows were taken
 */
export async function fewPeople(desk: Desk, fiscalYears: readonly string[]): Promise<number> {
  const programmes = [...new Set(FEW_PEOPLE.flatMap((person) => Object.keys(person.in)))];
  await setBudgets(desk, [...programmes, PRICE_SUBSIDY], fiscalYears);
  let rows = 0;
  for (const programme of programmes)
    rows += await importAll(
      deskOf(desk, programme),
      csvSheet('register', registerOf(programme, FEW_PEOPLE)),
      'register',
    );
  const enrolments = await enrolmentsOf(desk, FEW_PEOPLE);
  await decideKept(desk, FEW_PEOPLE, (who) => idOf(enrolments, 'tekun', who));
  return rows;
}
