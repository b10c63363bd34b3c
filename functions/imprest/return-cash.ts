import type { ImprestFund } from '../../domain/imprest/fund.ts';
import { noFund } from '../../domain/imprest/refusals.ts';
import {
  decideReturn,
  proposeReturn,
  type ReturnAnswer,
  type ReturnWish,
} from '../../domain/imprest/returns.ts';
import { type Result, refuse } from '../../domain/result.ts';
import { finishReturns } from './book-returns.ts';
import type { Asked, FundAddress, ImprestPorts } from './ports.ts';
import { upToDate } from './replenish.ts';

type Answer = Promise<Result<ImprestFund>>;

/** 登记缴回: what the ledger says of the fund by now counts. */
export async function returnImprest(
  ports: ImprestPorts,
  address: FundAddress,
  wish: ReturnWish,
  { by, request }: Asked,
): Answer {
  const current = await upToDate(ports, address);
  if (!current.ok) return current;
  const { jurisdiction, fund } = address;
  return ports.imprest.act(
    jurisdiction,
    fund,
    (found) => (found ? proposeReturn(found, wish, ports.clock.today()) : refuse(noFund())),
    { now: ports.clock.now, by, request },
  );
}

/** 确认缴回, and its entries. Where the run that had paid the money is not closed yet they follow when somebody looks at the fund again. */
export async function answerReturn(
  ports: ImprestPorts,
  { jurisdiction, fund }: FundAddress,
  number: number,
  said: ReturnAnswer,
  { by, request }: Asked,
): Answer {
  const decided = await ports.imprest.act(
    jurisdiction,
    fund,
    (found) => (found ? decideReturn(found, number, said, by) : refuse(noFund())),
    { now: ports.clock.now, by, request },
  );
  return decided.ok ? finishReturns(ports, decided.value) : decided;
}
