import * as fc from 'fast-check';
import { fen } from '../../../domain/money.ts';
import { deliverOrder } from '../../../domain/recovery/commands.ts';
import { pauseOrder, resumeOrder } from '../../../domain/recovery/later-commands.ts';
import {
  claimSetOff,
  dropSetOff,
  restoredByOrder,
  restoreSetOff,
  setOffByOrder,
  setOffDebts,
} from '../../../domain/recovery/set-off.ts';
import type { AssessedPayment } from '../../../domain/run/assess-payment.ts';
import { OrderedBack } from './ordered-back.ts';
import { TODAY } from './samples.ts';

/** An enrolment whose orders are set off against what it is paid later. */
export class SetOffLife extends OrderedBack {
  #dispatch = 0;
  readonly #percent: number;
  readonly #leave: number;

  constructor(percent = 40, leave = 0) {
    super();
    this.#percent = percent;
    this.#leave = leave;
  }

  protected override means() {
    return { means: 'set-off' } as const;
  }

  protected override mayKeepBack() {
    return { setOff: { maxSharePercent: this.#percent, leaveFen: fen(this.#leave) } };
  }

  protected override debts() {
    const run = { on: TODAY, through: this.month };
    return setOffDebts(this.journal.recoveries, run, this.cameBack);
  }

  override orderBack(): void {
    super.orderBack();
    for (const order of this.journal.recoveries.orders) {
      const delivery = { on: '2026-11-11', means: 'in-person', evidence: 'e' } as const;
      this.journal.act(deliverOrder(order, delivery, TODAY), 'ann');
    }
  }

  pause(until: string): void {
    for (const order of this.journal.recoveries.orders)
      this.journal.act(pauseOrder(order, until, 'r', TODAY), 'ann');
  }

  resume(): void {
    for (const order of this.journal.recoveries.orders) this.journal.act(resumeOrder(order, 'r'), 'ann');
  }

  /** Verified payment by payment as dispatch does, then released; what cannot be kept back any more is held. */
  override release(assessed: AssessedPayment, meanwhile: () => void = () => undefined): void {
    this.#dispatch += 1;
    meanwhile();
    const drafts = assessed.drafts.filter((draft) => {
      const claims = [...setOffByOrder(draft.lines)].map(([order, amount]) =>
        this.journal.act(
          claimSetOff(
            this.journal.order(order),
            { payment: draft.payment, run: 'run', dispatch: this.#dispatch, fen: amount },
            TODAY,
            this.cameBack,
          ),
          'system',
        ),
      );
      const possible = claims.every((said) => said === 'set-off' || said === 'done');
      if (!possible)
        for (const [order] of setOffByOrder(draft.lines))
          this.journal.act(dropSetOff(this.journal.order(order), draft.payment), 'system');
      return possible;
    });
    super.release({ ...assessed, drafts });
    this.#restore();
  }

  /** Twice, as a sweeper may come by when everything is done. */
  #restore(): void {
    for (const payment of [
      ...new Set(this.attempts.map((one) => one.payment)),
      ...this.attempts.map((one) => one.payment),
    ]) {
      const own = this.attempts.filter((one) => one.payment === payment);
      for (const [order, amount] of restoredByOrder(own))
        this.journal.act(restoreSetOff(this.journal.order(order), payment, amount), 'system');
    }
  }
}

type Happens = (life: SetOffLife) => void;
const died = fc.constantFrom('2024-09-03', '2024-10-20', '2024-12-28', '2025-01-30');

/** What leads to set-offs, and what may become of them. */
export const aboutSetOff: fc.Arbitrary<Happens> = fc.oneof(
  fc.constantFrom<Happens>(
    (life) => life.pause('2026-12-31'),
    (life) => life.resume(),
  ),
  // Somebody was thought dead: the order, and what is due after all.
  died.map(
    (on): Happens =>
      (life) => {
        life.die(on);
        life.orderBack();
        life.rise();
        life.release(life.assess('R'));
      },
  ),
  // What was kept back of a payment that nobody received, for months that were not owed.
  died.map(
    (on): Happens =>
      (life) => {
        life.answer('failed', 'returned');
        life.die(on);
        life.release(life.assess('S'));
      },
  ),
  // Paid in, or given up, between computing and dispatch.
  fc.constantFrom<Happens>(
    (life) => life.release(life.assess('R'), () => life.takeIn(1, 'treasury')),
    (life) => life.release(life.assess('S'), () => life.relieve('waiver')),
    (life) => life.release(life.assess('R'), () => life.relieve('revocation')),
  ),
);
