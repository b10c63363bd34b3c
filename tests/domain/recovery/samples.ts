import { fen } from '../../../domain/money.ts';
import {
  type Command,
  decideOrder,
  proposeOrder,
  type RecoveryWish,
} from '../../../domain/recovery/commands.ts';
import {
  applyRecoveryAct,
  NO_RECOVERIES,
  type Recoveries,
  type RecoveryAct,
  type RecoveryOrder,
  type RecoveryPart,
} from '../../../domain/recovery/recovery.ts';

export const TODAY = '2026-11-22';
export const ENROLMENT = 'GL-7Z3K9QX2M4BT-1';

/** Recoveries of one enrolment, act by act. */
export class Journal {
  recoveries: Recoveries = NO_RECOVERIES;
  readonly acts: RecoveryAct[] = [];

  /** Writes what a command comes to. @returns the code of its refusal, or what became of it */
  act(command: Command, by: string): string {
    if (!command.ok) return command.error.code;
    if (!command.value) return 'done';
    const sequence = this.recoveries.sequence + 1;
    const at = new Date(Date.UTC(2026, 10, 1) + sequence * 1000).toISOString();
    const act: RecoveryAct = { ...command.value, sequence, at, by };
    this.acts.push(act);
    this.recoveries = applyRecoveryAct(this.recoveries, act);
    return act.kind;
  }

  order(number = 1): RecoveryOrder {
    const order = this.recoveries.orders[number - 1];
    if (!order) throw new Error(`no order ${number}`);
    return order;
  }
}

export const part = (place: number, amount: number): RecoveryPart => ({
  payment: `2026-0${place + 1}_R_${ENROLMENT}`,
  attempt: 1,
  runId: `110199.high-age.2026-0${place + 1}.R.1`,
  fundedBy: { fiscalYear: '2026' },
  fen: fen(amount),
  lines: [{ month: `2026-0${place + 1}`, component: 'allowance', fen: fen(amount) }],
});

export const wish = (amount: number, more: Partial<RecoveryWish> = {}): RecoveryWish => ({
  basis: 'project:A:settlement',
  fen: fen(amount),
  reason: '结算金额低于已拨款',
  dueOn: '2026-12-31',
  ...more,
});

/** An order of two parts, 300.00 and 200.00 yuan. */
export function ordered(): Journal {
  const journal = new Journal();
  journal.act(proposeOrder(journal.recoveries, wish(50_000)), 'ann');
  const parts = [part(0, 30_000), part(1, 20_000)];
  const paper = { document: '追缴〔2026〕1号', decidedOn: '2026-11-10' };
  journal.act(decideOrder(journal.order(), paper, parts, 'bob', TODAY), 'bob');
  return journal;
}
