import type { Month } from '../../../domain/calendar.ts';
import { foldAttempts, latestAttempts } from '../../../domain/ledger/attempts.ts';
import {
  type Entry,
  type EntryContent,
  failed,
  firstRelease,
  makeEntry,
  nextRelease,
  settled,
} from '../../../domain/ledger/entry.ts';
import { imprestPaid } from '../../../domain/ledger/imprest-entry.ts';
import { reversed } from '../../../domain/ledger/reversal.ts';
import { fen } from '../../../domain/money.ts';
import { policyBook } from '../../../domain/policy/book.ts';
import type { Determination } from '../../../domain/register/determination.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { accrualsOf, standingLines } from '../../../domain/run/accruals.ts';
import {
  type AssessedPayment,
  assessPayment,
  type EnrolmentCase,
} from '../../../domain/run/assess-payment.ts';
import type { Draft } from '../../../domain/run/draft.ts';
import type { OpenPayment } from '../../../domain/run/open-payment.ts';
import { sha256 } from '../ledger/samples.ts';
import { PAYEE } from './cases.ts';
import { manifestOf, must } from './samples.ts';

export const GRANTEE = 'LS-7Z3K9QX2M4BT-1';
const NO_POLICY = must(policyBook([]));

/** The life of one enrolment that is paid by grants: what was decided, what its ledger holds, and the runs that look at both. */
export class OneGrantee {
  readonly entries: Entry[] = [];
  readonly determinations: Determination[] = [];
  readonly #rounds = new Map<string, number>();
  readonly #facts: Fact[] = [];
  readonly #books = new Map<string, number>();
  #clock = 0;

  #now(): string {
    this.#clock += 1;
    return new Date(Date.UTC(2026, 0, 1) + this.#clock * 1000).toISOString();
  }

  #append(content: EntryContent, previous?: Entry): Entry {
    const entry = makeEntry(sha256, content, { at: this.#now(), by: 'x', ...(previous && { previous }) });
    this.entries.push(entry);
    return entry;
  }

  get attempts() {
    return foldAttempts(this.entries);
  }

  decide(kind: 'grant' | 'grant-withdrawn', month: Month, component: string, amount: number): void {
    const number = this.determinations.length + 1;
    const sign = kind === 'grant' ? 1 : -1;
    this.#books.set(`${month}/${component}`, this.granted(month, component) + sign * amount);
    this.determinations.push({
      enrolment: GRANTEE,
      number,
      kind,
      document: `文〔2026〕${number}号`,
      decidedOn: '2026-01-01',
      spans: [{ from: month, components: [{ component, fen: fen(amount) }], derivation: [] }],
      sample: false,
      proposedBy: 'staff-1',
      decidedBy: 'staff-2',
      recordedAt: this.#now(),
      basis: `application:${number}`,
    });
  }

  /** 停发: the last month due; none lifts it. */
  stop(lastMonth: Month | ''): void {
    const said = { value: lastMonth, validFrom: '2026-01-01', source: 'desk', by: 'staff-1' };
    this.#facts.push({ kind: 'stop', ...said, recordedAt: this.#now() });
  }

  /** What grants give a month by component, as it stands: kept here by itself. */
  granted(month: Month, component: string): number {
    return this.#books.get(`${month}/${component}`) ?? 0;
  }

  /** What the ledger holds for a month and component. */
  accrued(month: Month, component: string): number {
    return accrualsOf(this.attempts, new Map())
      .filter((line) => line.month === month && line.component === component)
      .reduce((sum, line) => sum + line.fen, 0);
  }

  assess(kind: 'S' | 'I', period: Month, sendAgain = true): AssessedPayment {
    const key = `${period}${kind}`;
    const number = (this.#rounds.get(key) ?? 0) + 1;
    this.#rounds.set(key, number);
    const manifest = manifestOf({
      programme: 'temporary-aid',
      period,
      round: `${kind}${number}`,
      months: [],
      paysBy: { paidBy: 'grants' },
      historyFrom: '2025-01',
    });
    return must(assessPayment(NO_POLICY, manifest, this.#case(kind, sendAgain)));
  }

  #case(kind: 'S' | 'I', sendAgain: boolean): EnrolmentCase {
    const enrolment = {
      id: GRANTEE,
      programme: 'temporary-aid',
      jurisdiction: '110199',
      subject: PAYEE.key,
      facts: this.#facts,
      determinations: this.determinations,
    };
    return {
      enrolment,
      situation: { persons: { [PAYEE.key]: [] }, enrolments: [enrolment] },
      payee: PAYEE,
      accrued: accrualsOf(this.attempts, new Map()),
      previousFen: fen(0),
      heldMonths: new Set(),
      releasedMonths: [],
      policyChanged: false,
      open: kind === 'I' ? [] : this.#open(sendAgain),
      proposed: [],
    };
  }

  #open(sendAgain: boolean): OpenPayment[] {
    const { attempts } = this;
    return latestAttempts(attempts)
      .filter(({ state }) => state === 'failed')
      .map(({ payment, attempt }) => ({
        payment,
        attempt: attempt + 1,
        lines: standingLines(attempts.filter((one) => one.payment === payment)),
        sendAgain,
      }));
  }

  /** What a dispatched run writes. */
  release({ drafts }: AssessedPayment): void {
    for (const draft of drafts) {
      const last = this.entries.findLast((entry) => entry.payment === draft.payment);
      if (draft.cancelled && last) this.#append(reversed(last, draft.cancelled, 'run'), last);
      if (draft.fen > 0) this.#append(released(draft, last), last);
    }
  }

  /** The bank answers what is in transit. */
  answer(...states: readonly ('settled' | 'failed')[]): void {
    for (const [index, { state, release }] of this.attempts.entries()) {
      if (state !== 'in-transit') continue;
      if (states[index % states.length] === 'failed')
        this.#append(failed(release, { reason: 'ACCT_CLOSED' }), release);
      else this.#append(settled(release, {}), release);
    }
  }
}

function released(draft: Draft, last: Entry | undefined): EntryContent {
  const { payment, attempt, enrolment, fen: amount, street, lines } = draft;
  const said = {
    payment,
    enrolment,
    fen: amount,
    street,
    jurisdiction: '110199',
    programme: 'temporary-aid',
  };
  if (payment.includes('_I')) return imprestPaid({ ...said, run: 'run', lines });
  const instruction = { ...said, attempt, run: 'run', file: 'f', line: 1, paidTo: 'p.0' };
  if (draft.kind !== 'reissue') return firstRelease({ ...instruction, lines });
  if (last?.kind !== 'failed' && last?.kind !== 'returned') throw new Error('nothing is open');
  return nextRelease(instruction, last.kind);
}
