import { identityCheckDigit } from '../../../domain/identity-number.ts';
import { NEW_DISTRICT, type NewPerson, newPerson } from './new-district.ts';
import { cardNumber } from './numbers.ts';
import { SAMPLE_STREETS } from './streets.ts';

/** One or two in every programme that has no people of its own in 示例区: so that a run of each can be started and read. */
const WHO = [
  'orphan-1',
  'orphan-back',
  'unattended-1',
  'child-hiv',
  'child-ill',
  'poor-severe',
  'jobless',
  'severe-1',
  'martyr',
  'soldier',
  'kept-home-1',
  'kept-home-2',
  'served-1',
] as const;

/** Beside those of the new district. */
const CARDS = 990_000;

/** The same people as others: they live in 示例区 and have numbers of their own. */
export const FEW_PEOPLE: readonly NewPerson[] = WHO.map((id, index) => {
  const person = newPerson(id);
  const [street] = SAMPLE_STREETS.slice(index % SAMPLE_STREETS.length);
  const first = `${NEW_DISTRICT}${person.idNumber.slice(6, 14)}${501 + index}`;
  const idNumber = first + identityCheckDigit(first);
  return {
    ...person,
    idNumber,
    cells: {
      ...person.cells,
      身份证号: idNumber,
      街道代码: street?.code ?? '',
      街道名称: street?.name ?? '',
      开户行: street?.bank ?? '',
      收款账号: cardNumber(CARDS + index),
    },
  };
});
