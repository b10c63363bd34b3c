import type { Month } from '../../calendar.ts';
import { fraction, roundedToFen, times, yuanText } from '../../fraction.ts';
import type { Residence } from '../../household/household-case.ts';
import { type Fen, toYuan } from '../../money.ts';
import { ok, type Result } from '../../result.ts';
import type { PolicyView } from './proposal.ts';
import { readParameters } from './read-parameter.ts';
import { isSample, step, type Worked } from './rules.ts';

/**
 * 低保边缘线 of a month in fen per person: what recognition as 边缘家庭 is tested against, never paid. It has its own dates, so it
 * may be missing for a month that has a standard. Refusals: those of `lookup`.
 */
export function marginalLine(view: PolicyView, residence: Residence, month: Month): Result<Worked<Fen>> {
  const own = readParameters(view, month, ['marginalLine']);
  if (!own.ok) return own;
  const { value: line, citation } = own.value.marginalLine;
  const sample = isSample(own.value.marginalLine);
  if (line.rule === 'amount') {
    const value = roundedToFen(fraction(line[residence]), { rule: 'half-up', unit: 'fen' });
    const explained = step('marginal-line-amount', { month, residence }, toYuan(value), citation);
    return ok({ value, steps: [explained], sample });
  }
  const values = readParameters(view, month, ['standard']);
  if (!values.ok) return values;
  const { standard } = values.value;
  const perPerson = fraction(standard.value[residence]);
  const value = roundedToFen(times(perPerson, fraction(line.multiple)), {
    rule: line.rounding,
    unit: line.unit,
  });
  const inputs = { month, standard: yuanText(perPerson), multiple: line.multiple };
  const explained = step('marginal-line', inputs, toYuan(value), citation);
  return ok({ value, steps: [explained], sample: sample || isSample(standard) });
}
