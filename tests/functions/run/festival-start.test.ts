// Goal: a run starts by itself on the day that the calendar of pay days says, however far its pay day was brought forward.
import { expect, it } from 'vitest';
import { policyBook } from '../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { payCalendar } from '../../../domain/policy/pay-calendar.ts';
import { RUN_PARAMETERS } from '../../../domain/policy/run-parameters.ts';
import { addDays } from '../../../domain/working-days.ts';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';
import { duePeriods } from '../../../functions/run/tick.ts';
import { policyFile } from '../../policy-files.ts';
import { value } from './office.ts';

const SCOPE = { jurisdiction: '110199', programme: 'high-age' } as const;

/** The rules of the sample district's runs as if they had always been, with ten working days before the Spring Festival. */
function bookOfOld() {
  const own = policyFile('110199', 'high-age');
  const model = own.values.find(({ parameter }) => parameter === 'payDayShift')!;
  const lead = { ...model, parameter: 'advanceBeforeSpringFestival', value: { workingDaysBefore: 10 } };
  const packs = [policyFile('110000', 'high-age'), { ...own, values: [...own.values, lead] }].map((file) => ({
    ...file,
    values: file.values
      .filter(({ parameter }) => parameter in RUN_PARAMETERS)
      .map((row) => ({
        ...row,
        inForceFrom: '2010-01',
        decidedOn: '2010-01-01',
        ...(row.parameter === 'historyFrom' && { value: '2010-01' }),
      })),
  }));
  return value(policyBook(packs.map((file) => value(parsePolicyPack(file)).pack)));
}

it.each(['2019', '2022', '2024', '2025', '2026'])('in %s', async (year) => {
  const book = bookOfOld();
  const days = await loadWorkingDays();
  const scope = { ...SCOPE, knownOn: `${year}-06-30` };
  const { periods } = value(payCalendar(book, scope, year, days));
  expect(periods.length).toBeGreaterThan(10);
  for (const { period, startsOn, payDay } of periods) {
    const onDay = async (day: string) => (await duePeriods(book, SCOPE, day)).includes(period);
    const asked = [addDays(startsOn, -1), startsOn, payDay.day, addDays(payDay.day, 1)];
    expect([period, ...(await Promise.all(asked.map(onDay)))]).toEqual([period, false, true, true, false]);
  }
});
