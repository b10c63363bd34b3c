import type { ProgrammeId } from '../ids.ts';
import { type Fen, sumFen } from '../money.ts';
import { invariant } from '../result.ts';
import type { PaymentLine } from '../run/draft.ts';
import { type Account, account } from './accounts.ts';

type Amount = { readonly account: Account; readonly fen: Fen };

/** What comes after the colon of a component: the fund that it is for or from. */
export function fundOf(component: string): string | undefined {
  const [, fund] = component.split(':');
  return fund;
}

/** Amounts of lines by the imprest fund (备用金) that their components name, in order of funds. */
export function byFund(lines: readonly Pick<PaymentLine, 'component' | 'fen'>[]): Amount[] {
  const funds = Map.groupBy(lines, ({ component }) => fundOf(component));
  return [...funds]
    .map(([fund, own]): Amount => {
      invariant(fund, 'money of an imprest fund names the fund');
      return { account: account('imprest', fund), fen: sumFen(own.map((line) => line.fen)) };
    })
    .sort((a, b) => (a.account < b.account ? -1 : 1));
}

/**
 * What months of a payment are spent on: expense of the programme, or, of what replenishes imprest funds, their advance, which becomes
 * expense when it was paid out and is posted.
 */
export function spentOn(
  programme: ProgrammeId,
  lines: readonly Pick<PaymentLine, 'component' | 'fen'>[],
  debits: 'imprest' | undefined,
): Amount[] {
  if (debits === 'imprest') return byFund(lines);
  return [{ account: account('expense', programme), fen: sumFen(lines.map((line) => line.fen)) }];
}
