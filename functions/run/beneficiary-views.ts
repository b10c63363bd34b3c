import { addMonths, monthOf, monthsOfPeriod } from '../../domain/calendar.ts';
import { type PaymentId, type PersonKey, parsePaymentId } from '../../domain/ids.ts';
import {
  type Attempt,
  foldAttempts,
  lastWord,
  orderedBackOf,
  recoveryOf,
} from '../../domain/ledger/attempts.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { fen } from '../../domain/money.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { latestFact } from '../../domain/register/facts.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { linesOfAttempt, setOffOfAttempt } from '../../domain/run/accruals.ts';
import type { Hold } from '../adapters/follow-up-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { reachableEnrolments } from '../register/reachable-enrolments.ts';
import { bucketOfEnrolment } from './buckets.ts';
import type { RunPorts } from './ports.ts';
import { findDraft } from './read-drafts.ts';
import type { BeneficiaryViews, Explanation, OwnEnrolment, PaymentHistory } from './service.ts';
import { outsideView } from './unsettled.ts';

export type BeneficiaryPorts = Pick<RunPorts, 'runs' | 'drafts' | 'ledger' | 'followUps' | 'clock'> & {
  readonly register: RegisterStore;
};

/** What a person may ask about their own money. Everything starts from the person key that the sign-in is bound to. */
export function beneficiaryViews(ports: BeneficiaryPorts): BeneficiaryViews {
  return {
    enrolmentsOf: async (personKey) => (await reachable(ports, personKey)).map(ownEnrolment),
    paymentsOf: (personKey, { months }) => paymentsOf(ports, personKey, months),
    explain: (personKey, payment) => explain(ports, personKey, payment),
  };
}

/** Their own, and those of the household they belong to today. */
const reachable = ({ register, clock }: BeneficiaryPorts, personKey: PersonKey) =>
  reachableEnrolments(register, personKey, clock.today());

function ownEnrolment({ id, programme, facts }: EnrolmentDocument): OwnEnrolment {
  const value = (kind: 'street' | 'application' | 'stop') => latestFact(facts, kind)?.value ?? '';
  return {
    enrolment: id,
    programme,
    ...(value('street') !== '' && { street: value('street') }),
    ...(value('application') !== '' && { appliedOn: value('application') }),
    ...(value('stop') !== '' && { lastMonth: value('stop') }),
  };
}

/** Payments of the last months, newest first. */
async function paymentsOf(
  ports: BeneficiaryPorts,
  personKey: PersonKey,
  months: number,
): Promise<PaymentHistory[]> {
  const since = addMonths(monthOf(ports.clock.today()), -months);
  const found: PaymentHistory[] = [];
  for (const enrolment of await reachable(ports, personKey)) {
    const pointers = await ports.runs.livePointers(enrolment);
    const periods = new Set(
      pointers
        .map((pointer) => pointer.period)
        .filter((period) => (monthsOfPeriod(period).at(-1) ?? '') >= since),
    );
    for (const period of periods) {
      const entries = await ports.ledger.ofEnrolment(enrolment, period, enrolment.id);
      const payments = Map.groupBy(entries, (entry) => entry.payment);
      for (const [payment, own] of payments) found.push(paidHistory(enrolment, payment, own));
    }
    found.push(...(await heldOf(ports, enrolment)).filter(({ period }) => periods.has(period)));
  }
  return found.sort((a, b) => (a.payment < b.payment ? 1 : -1));
}

function paidHistory(
  enrolment: EnrolmentDocument,
  payment: PaymentId,
  entries: readonly Entry[],
): PaymentHistory {
  const attempts = foldAttempts(entries).sort((a, b) => a.attempt - b.attempt);
  const latest = attempts.at(-1);
  return {
    payment,
    programme: enrolment.programme,
    period: parsePaymentId(payment).period,
    fen: latest?.fen ?? fen(0),
    state: latest?.state ?? 'preparing',
    lines: [
      ...linesOfAttempt(attempts, latest?.attempt ?? 1),
      ...setOffOfAttempt(attempts, latest?.attempt ?? 1),
    ],
    attempts: attempts.map(attemptView),
  };
}

function attemptView(attempted: Attempt): PaymentHistory['attempts'][number] {
  const { attempt, state, fen: amount, release } = attempted;
  const last = lastWord(attempted);
  const outside = outsideView(release);
  return {
    attempt,
    state,
    fen: amount,
    ...(outside && { outside }),
    ...(last?.reason !== undefined && { reason: last.reason }),
    ...(last?.bankDate !== undefined && { bankDate: last.bankDate }),
    ...(attempted.reversed && { cancelledFen: attempted.reversed.fen }),
    ...(attempted.surrendered && { surrendered: true as const }),
    ...orderedBackView(attempted),
  };
}

function orderedBackView(attempted: Attempt): Pick<PaymentHistory['attempts'][number], 'orderedBack'> {
  const ordered = orderedBackOf(attempted);
  const settled = recoveryOf(attempted, 'recovered') + recoveryOf(attempted, 'recovery-waived');
  return ordered === 0 ? {} : { orderedBack: { fen: ordered, outstandingFen: fen(ordered - settled) } };
}

/** Payments that a hold keeps back: owed, not sent. Those whose hold was let go are paid under another id. */
async function heldOf(ports: BeneficiaryPorts, enrolment: EnrolmentDocument): Promise<PaymentHistory[]> {
  const holds = await ports.followUps.holds(enrolment, bucketOfEnrolment(enrolment.id));
  return holds
    .filter((hold) => hold.enrolment === enrolment.id && !hold.release)
    .map((hold) => heldHistory(enrolment, hold));
}

function heldHistory(enrolment: EnrolmentDocument, hold: Hold): PaymentHistory {
  return {
    payment: hold.payment,
    programme: enrolment.programme,
    period: parsePaymentId(hold.payment).period,
    fen: hold.fen,
    state: 'held',
    lines: [],
    attempts: [],
    heldBecause: hold.reasons,
  };
}

/** Why this amount: the derivation that the payment was signed with. Other people's payments do not exist. */
async function explain(
  ports: BeneficiaryPorts,
  personKey: PersonKey,
  payment: PaymentId,
): Promise<Result<Explanation>> {
  const { enrolment: id, period, round } = parsePaymentId(payment);
  const enrolment = (await reachable(ports, personKey)).find((own) => own.id === id);
  const missing = refusal('missing/payment', '没有这笔发放记录', 'there is no such payment', { payment });
  if (!enrolment) return refuse(missing);
  const entries = (await ports.ledger.ofEnrolment(enrolment, period, id)).filter(
    (entry) => entry.payment === payment,
  );
  const held = (await heldOf(ports, enrolment)).find((history) => history.payment === payment);
  const first = entries.find((entry) => entry.attempt === 1)?.run;
  const pointer =
    first === undefined ? await ports.runs.livePointer({ ...enrolment, period, round }) : undefined;
  const run = await ports.runs.load(first ?? pointer?.runId ?? '');
  const draft = run && (await findDraft(ports, run, payment));
  if (!draft || (entries.length === 0 && !held)) return refuse(missing);
  const history = held ?? paidHistory(enrolment, payment, entries);
  return ok({
    draft,
    programme: enrolment.programme,
    history: held ? { ...held, lines: draft.lines } : history,
  });
}
