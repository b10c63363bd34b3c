import * as fc from 'fast-check';
import { monthRange } from '../../../domain/calendar.ts';
import { type AccountClass, classOf } from '../../../domain/ledger/accounts.ts';
import { latestAttempts } from '../../../domain/ledger/attempts.ts';
import { returned } from '../../../domain/ledger/entry.ts';
import { recoveryEntry } from '../../../domain/ledger/recovery-entry.ts';
import { fen, sumFen } from '../../../domain/money.ts';
import { allocate } from '../../../domain/recovery/allocate.ts';
import { decideOrder, proposeOrder, RUN_PROPOSALS, receive } from '../../../domain/recovery/commands.ts';
import { decideRelief, proposeRelief } from '../../../domain/recovery/later-commands.ts';
import { postedBy } from '../../../domain/recovery/posted-by.ts';
import { figuresOf, type RecoveryPart, type Relief } from '../../../domain/recovery/recovery.ts';
import { OneEnrolment } from '../run/one-enrolment.ts';
import { Journal, TODAY } from './samples.ts';

export const FIRST = '2024-09';

/** An enrolment of whom money is ordered back as runs find it overpaid. */
export class OrderedBack extends OneEnrolment {
  readonly journal = new Journal();
  #posted = 0;

  /** What functions do after an act: its entries. */
  protected bookActs(): void {
    for (const act of this.journal.acts.slice(this.#posted)) {
      for (const { part, fact, fen: amount, on, note } of postedBy(act, this.journal.order(act.order))) {
        const opened = this.attempts.find(
          (one) => one.payment === part.payment && one.attempt === part.attempt,
        )?.release;
        if (!opened) throw new Error('nothing was paid');
        this.post(recoveryEntry(opened, fact, amount, on, note), opened);
      }
    }
    this.#posted = this.journal.acts.length;
  }

  /** Orders back everything that a run finds overpaid. */
  orderBack(): void {
    const lines = this.assess('S')
      .proposals.filter((one) => one.fen > 0)
      .map(({ month, component, fen: amount }) => ({ month, component, fen: amount }));
    const amount = sumFen(lines.map((line) => line.fen));
    const wish = { basis: RUN_PROPOSALS, fen: amount, lines, reason: 'r', dueOn: '2026-12-31' };
    if (
      lines.length === 0 ||
      this.journal.act(proposeOrder(this.journal.recoveries, wish), 'ann') !== 'proposed'
    )
      return;
    const order = this.journal.recoveries.orders.at(-1);
    const parts = allocate(this.attempts, { fen: amount, lines }, () => ({ fiscalYear: '2026' }));
    if (!order || !parts.ok) return;
    const paper = { document: 'd', decidedOn: '2026-11-10', ...this.means() };
    const said = this.journal.act(decideOrder(order, paper, parts.value, 'bob', TODAY), 'bob');
    if (said !== 'ordered') throw new Error(said);
    this.bookActs();
  }

  protected means(): { means?: 'set-off' } {
    return {};
  }

  cameBack = (part: RecoveryPart): boolean =>
    this.attempts.some(
      (one) => one.payment === part.payment && one.attempt === part.attempt && one.state === 'returned',
    );

  takeIn(share: number, means: 'treasury' | 'bank-return'): void {
    for (const order of this.journal.recoveries.orders) {
      const amount = fen(Math.ceil(figuresOf(order).outstanding * share));
      const paper = { evidence: 'e', on: '2026-11-15', voucher: `v${this.journal.acts.length}` };
      const receipt = { fen: amount, means, ...paper };
      this.journal.act(receive(order, receipt, TODAY, this.cameBack), 'cay');
    }
    this.bookActs();
  }

  relieve(relief: Relief): void {
    for (const { order } of this.journal.recoveries.orders) {
      this.journal.act(proposeRelief(this.journal.order(order), { relief, reason: 'r' }, 'ann'), 'ann');
      const paper = { outcome: 'granted' as const, document: 'd', reason: 'r' };
      if (
        this.journal.act(decideRelief(this.journal.order(order), paper, 'bob', this.cameBack), 'bob') ===
        'relief-decided'
      )
        continue;
      const refused = { ...paper, outcome: 'refused' as const };
      this.journal.act(decideRelief(this.journal.order(order), refused, 'bob'), 'bob');
    }
    this.bookActs();
  }

  /** The bank sends one settled payment back, long after. */
  sendBack(): void {
    const paid = latestAttempts(this.attempts).find(({ state }) => state === 'settled');
    if (paid?.outcome) this.post(returned(paid.release, { reason: 'ACCT_CLOSED' }), paid.outcome);
  }
}

/** Debit less credit of a class of accounts. */
export function balance({ entries }: OneEnrolment, name: AccountClass): number {
  let sum = 0;
  for (const { postings } of entries)
    for (const { account, side, fen: amount } of postings)
      if (classOf(account) === name) sum += side === 'debit' ? amount : 0 - amount;
  return sum;
}

const SAID = ['settled', 'settled', 'failed', 'returned', 'none'] as const;
type Happens = (life: OrderedBack) => void;
/** Something that may happen to an enrolment. */
export const happens: fc.Arbitrary<Happens> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Happens>((life) => life.release(life.assess('R'))) },
  { weight: 3, arbitrary: fc.constant<Happens>((life) => life.release(life.assess('S'))) },
  {
    weight: 5,
    arbitrary: fc.array(fc.constantFrom(...SAID), { minLength: 1, maxLength: 3 }).map(
      (said): Happens =>
        (life) =>
          life.answer(...said),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 28 })).map(
      ([month, day]): Happens =>
        (life) =>
          life.die(`${monthRange(FIRST, '2025-06')[month]}-${String(day).padStart(2, '0')}`),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Happens>((life) => life.rise()) },
  { weight: 4, arbitrary: fc.constant<Happens>((life) => life.orderBack()) },
  { weight: 1, arbitrary: fc.constant<Happens>((life) => life.sendBack()) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.double({ min: 0.1, max: 1, noNaN: true }), fc.constantFrom('treasury', 'bank-return'))
      .map(
        ([share, means]): Happens =>
          (life) =>
            life.takeIn(share, means),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Relief>('waiver', 'revocation').map(
      (relief): Happens =>
        (life) =>
          life.relieve(relief),
    ),
  },
);
