import type * as z from 'zod/mini';
import { subjectOf } from '../../../domain/ids.ts';
import { sumFen, toYuan } from '../../../domain/money.ts';
import { byAge, type Recoverable } from '../../recovery/recoverables.ts';
import type { recoveryContracts } from '../contracts/recoveries.ts';
import type { MaskedBody } from './person-view.ts';

type Body = z.input<(typeof recoveryContracts)['listRecoverables']['response']>;

/** @param persons by the key of the subject; empty for who sees none */
export function recoverablesView(
  open: readonly Recoverable[],
  settled: number,
  asOf: string,
  persons: ReadonlyMap<string, MaskedBody>,
): Body {
  return {
    asOf,
    recoverables: open.map((one) => {
      const person = persons.get(subjectOf(one.enrolment));
      return {
        enrolmentId: one.enrolment,
        ...(person && { person }),
        ordered: toYuan(one.orderedFen),
        broughtIn: toYuan(one.broughtInFen),
        balance: toYuan(one.balanceFen),
        difference: toYuan(one.differenceFen),
        ...(one.since !== undefined && { since: one.since }),
        days: one.days,
      };
    }),
    ages: byAge(open).map(({ from, count, fen }) => ({ fromDays: from, count, amount: toYuan(fen) })),
    totals: { open: open.length, settled, amount: toYuan(sumFen(open.map((one) => one.balanceFen))) },
  };
}
