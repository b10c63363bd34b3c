import { addMonths, type Month } from '../../../domain/calendar.ts';
import { foldAttempts, latestAttempts } from '../../../domain/ledger/attempts.ts';
import {
  type Entry,
  type EntryContent,
  failed,
  firstRelease,
  makeEntry,
  nextRelease,
  paidOutside,
  RECOVERY_KINDS,
  returned,
  settled,
} from '../../../domain/ledger/entry.ts';
import { reversed } from '../../../domain/ledger/reversal.ts';
import type { SetOffRule } from '../../../domain/policy/set-off-rule.ts';
import type { SetOffDebt } from '../../../domain/recovery/set-off.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { accrualsOf, attemptsAsOf, cashLines, setOffOfAttempt } from '../../../domain/run/accruals.ts';
import { type AssessedPayment, assessPayment } from '../../../domain/run/assess-payment.ts';
import type { Draft } from '../../../domain/run/draft.ts';
import type { OpenPayment } from '../../../domain/run/open-payment.ts';
import { sha256 } from '../ledger/samples.ts';
import { BOOK, fact } from '../programmes/samples.ts';
import { caseOf, manifest } from './cases.ts';
import { must } from './samples.ts';

const PLACE = '110000';
const FIRST: Month = '2024-12';

/** The life of one enrolment: what its ledger holds, what the register knows, and the runs that look at both. */
export class OneEnrolment {
  readonly entries: Entry[] = [];
  /** Failed attempts that the bank called credited since. */
  readonly credited = new Map<string, number>();
  facts: Fact[] = [fact('birth-date', '1944-09-20'), fact('application', '2024-09-02')];
  #month = FIRST;
  #round = 0;
  #clock = 0;

  get month(): Month {
    return this.#month;
  }

  /** Everything is over before the next thing happens. */
  #now(): string {
    this.#clock += 1;
    return new Date(Date.UTC(2026, 0, 1) + this.#clock * 1000).toISOString();
  }

  #append(content: EntryContent, previous?: Entry): Entry {
    const entry = makeEntry(sha256, content, { at: this.#now(), by: 'x', ...(previous && { previous }) });
    this.entries.push(entry);
    return entry;
  }

  /** Whatever else becomes of a payment. */
  post(content: EntryContent, previous?: Entry): Entry {
    return this.#append(content, previous);
  }

  get attempts() {
    return foldAttempts(this.entries);
  }

  /** Fen by month: received, with the bank, and open. */
  standing(month: Month, credited: ReadonlyMap<string, number> = this.credited) {
    const sums = { received: 0, 'in-transit': 0, open: 0, surrendered: 0 };
    for (const line of accrualsOf(this.attempts, credited))
      if (line.month === month) sums[line.standing] += line.fen;
    return sums;
  }

  die(date: string): void {
    this.facts.push(fact('death-certified', date, date, this.#now()));
  }

  rise(): void {
    this.facts.push(fact('death-certified', '2025-01-01', '', this.#now()));
  }

  /** The regular run of the next month, or a supplementary one of this month. */
  assess(kind: 'R' | 'S', sendAgain = true): AssessedPayment {
    if (kind === 'R') [this.#month, this.#round] = [addMonths(this.#month, 1), 0];
    else this.#round += 1;
    const round = kind === 'R' ? 'R' : `S${this.#round}`;
    const run = manifest({
      ...this.mayKeepBack(),
      jurisdiction: PLACE,
      period: this.#month,
      round,
      months: kind === 'R' ? [this.#month] : [],
      knownOn: '2026-12-01',
    });
    const attempts = attemptsAsOf(this.entries, this.#now());
    const open = kind === 'R' ? [] : this.#open(sendAgain);
    const accrued = accrualsOf(attempts, this.credited);
    return must(assessPayment(BOOK, run, caseOf(PLACE, this.facts, { accrued, open, debts: this.debts() })));
  }

  /** Recovery orders that this run may keep money back for, and how much of a payment. */
  protected debts(): readonly SetOffDebt[] {
    return [];
  }
  protected mayKeepBack(): { setOff?: SetOffRule } {
    return {};
  }

  #open(sendAgain: boolean): OpenPayment[] {
    const { attempts } = this;
    return latestAttempts(attempts)
      .filter(
        ({ state, payment }) => state !== 'settled' && state !== 'in-transit' && !this.credited.has(payment),
      )
      .map(({ payment, attempt }) => ({
        payment,
        attempt: attempt + 1,
        lines: cashLines(attempts.filter((one) => one.payment === payment)),
        setOff: setOffOfAttempt(
          attempts.filter((one) => one.payment === payment),
          attempt + 1,
        ),
        sendAgain,
      }));
  }

  /** What a dispatched run writes. */
  release({ drafts }: AssessedPayment): void {
    for (const draft of drafts) {
      const last = this.#last(draft.payment);
      if (draft.cancelled && last) this.#append(reversed(last, draft.cancelled, 'run'), last);
      if (draft.fen > 0) this.#append(this.#released(draft, last), last);
    }
  }

  /** What the last attempt came to; orders to give money back stand beside it. */
  #last(payment: string | undefined): Entry | undefined {
    const beside = (entry: Entry) => RECOVERY_KINDS.some((kind) => kind === entry.kind);
    return this.entries.findLast((entry) => entry.payment === payment && !beside(entry));
  }

  #released(draft: Draft, last: Entry | undefined): EntryContent {
    const { payment, attempt, enrolment, fen, street, lines } = draft;
    const instruction = {
      payment,
      attempt,
      enrolment,
      fen,
      street,
      jurisdiction: PLACE,
      programme: 'high-age',
      run: 'run',
      file: 'f',
      line: 1,
      paidTo: 'p.0',
    };
    if (draft.kind !== 'reissue') return firstRelease({ ...instruction, lines });
    if (last?.kind !== 'failed' && last?.kind !== 'returned') throw new Error('nothing is open');
    return nextRelease(instruction, last.kind);
  }

  /** Answers every attempt in transit, in turn, with one of these. */
  answer(...states: readonly ('settled' | 'failed' | 'returned' | 'none')[]): void {
    for (const [index, { state, release }] of this.attempts.entries()) {
      const said = states[index % states.length];
      if (state !== 'in-transit' || said === 'none') continue;
      if (said === 'failed') {
        this.#append(failed(release, { reason: 'ACCT_CLOSED' }), release);
        continue;
      }
      const paid = this.#append(settled(release, {}), release);
      if (said === 'returned') this.#append(returned(release, { reason: 'ACCT_CLOSED' }), paid);
    }
  }

  /** One open payment is handed over in cash, whole. */
  payByHand(): void {
    const open = this.#open(true).find(({ lines }) => lines.length > 0);
    const last = this.#last(open?.payment);
    if (!open || !last || last.kind === 'reversed') return;
    const outside = { means: 'cash', voucher: 'v', evidence: 'e', proposedBy: 'y' } as const;
    this.#append(paidOutside(last, '2026-01-05', outside, last.fen), last);
  }

  /** The bank calls one failed attempt credited after all. */
  creditLate(): void {
    const late = this.attempts.find(
      ({ state, payment }) => state === 'failed' && !this.credited.has(payment),
    );
    if (late) this.credited.set(late.payment, late.attempt);
  }
}
