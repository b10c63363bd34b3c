import type * as z from 'zod/mini';
import { toYuan } from '../../../domain/money.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import type { StatisticsSpan } from '../../../domain/statistics/counted.ts';
import type { StatisticsFigures } from '../../../domain/statistics/statistics.ts';
import { partsRemainder, tenThousands } from '../../../domain/statistics/ten-thousand.ts';
import { STATISTICS_TERMS } from '../../../domain/statistics/terms.ts';
import type { Statistics } from '../../statistics/statistics.ts';
import type { statisticsContracts } from '../contracts/statistics.ts';
import { programmeNames } from './run-view.ts';

export type StatisticsBody = z.input<(typeof statisticsContracts)['getStatistics']['response']>;

export const isAdvance = (programme: string): boolean => PROGRAMMES[programme]?.debits === 'imprest';

function figuresView(figures: StatisticsFigures) {
  const { persons, households, householdsUnknown, bodies, payments, fen } = figures;
  const { text, remainder } = tenThousands(fen);
  return {
    persons,
    households,
    householdsUnknown,
    bodies,
    payments,
    amount: toYuan(fen),
    amountTenThousand: text,
    remainder: toYuan(remainder),
  };
}

export function statisticsView(
  { from, to, by }: StatisticsSpan,
  { programmes, total }: Statistics,
): StatisticsBody {
  const counted = programmes.filter(({ programme }) => !isAdvance(programme));
  return {
    from,
    to,
    by,
    programmes: programmes.map((one) => ({
      programme: one.programme,
      names: programmeNames(one.programme),
      unit: one.unit,
      advance: isAdvance(one.programme),
      ...figuresView(one),
      recovery: {
        ordered: toYuan(one.recovery.ordered),
        recovered: toYuan(one.recovery.recovered),
        setOff: toYuan(one.recovery.setOff),
        waived: toYuan(one.recovery.waived),
      },
      funding: one.funding.map(({ line, fen }) => ({
        ...(line && { line: line.line, level: line.level, fund: line.fund }),
        amount: toYuan(fen),
      })),
      streets: one.streets.map((street) => ({ street: street.street, ...figuresView(street) })),
    })),
    total: {
      ...figuresView(total),
      partsRemainder: toYuan(
        partsRemainder(
          total.fen,
          counted.map((one) => one.fen),
        ),
      ),
    },
    terms: STATISTICS_TERMS,
  };
}
