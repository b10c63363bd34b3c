import type * as z from 'zod/mini';
import { type Fen, sumFen, toYuan } from '../../../domain/money.ts';
import { componentName } from '../../../domain/programmes/component-name.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import type { Step } from '../../../domain/programmes/programme.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import { recoveryIdOf } from '../../../domain/recovery/recovery.ts';
import { invariant } from '../../../domain/result.ts';
import type { DueLine, EnrolmentStatement, PaidLine } from '../../../domain/statement/statement.ts';
import type { LoadedStatement } from '../../statement/load-statement.ts';
import type { statementContracts } from '../contracts/statements.ts';
import { bankReasonView } from './bank-reason-view.ts';
import type { MaskedBody } from './person-view.ts';
import { programmeNames } from './run-view.ts';
import { ATTEMPT_NAMES, causeNames, DEBT_NAMES, DUE_NAMES, MEANS_OF_PAYMENT } from './statement-names.ts';

export type StatementBody = z.input<(typeof statementContracts)['getPersonStatement']['response']>;
export type EnrolmentBody = StatementBody['enrolments'][number];
export type LineBody = EnrolmentBody['months'][number]['lines'][number];

/** @param person absent where the reader is the person */
export function statementView(
  { statement, accounts }: LoadedStatement,
  asOf: string,
  person?: MaskedBody,
): StatementBody {
  const { from, through, enrolments, totals, debtTotals } = statement;
  return {
    ...(person && { person }),
    asOf,
    from,
    through,
    enrolments: enrolments.map((one) => enrolmentView(one, accounts)),
    ...(enrolments.length > 0 && { totals: yuan(totals), debtTotals: yuan(debtTotals) }),
  };
}

/** Every field of a record of sums in yuan. */
function yuan<Totals extends Readonly<Record<string, Fen>>>(sums: Totals): Record<keyof Totals, string> {
  const entries = Object.entries(sums).map(([name, amount]) => [name, toYuan(amount)]);
  return Object.fromEntries(entries) as Record<keyof Totals, string>;
}

function enrolmentView(one: EnrolmentStatement, accounts: LoadedStatement['accounts']): EnrolmentBody {
  const { enrolment, programme } = one;
  const months = [...Map.groupBy(one.lines, ({ month }) => month)];
  return {
    enrolmentId: enrolment,
    programme,
    programmeNames: programmeNames(programme),
    months: months.map(([month, lines]) => ({
      month,
      amount: toYuan(sumFen(lines.map((line) => line.fen))),
      lines: lines.map((line) => lineView(programme, line)),
    })),
    payments: one.payments.map((line) => paidView(line, accounts)),
    proposals: one.proposals.map(({ month, component, fen, awaitedFen, cause }) => ({
      month,
      component,
      ...componentNames(programme, component),
      amount: toYuan(fen),
      awaited: toYuan(awaitedFen ?? sumFen([])),
      cause,
      causeNames: causeNames(cause) ?? { zh: cause, en: cause },
    })),
    debts: one.debts.map(({ kind, on, fen, payment, order, document }) => ({
      kind,
      kindNames: DEBT_NAMES[kind],
      on,
      amount: toYuan(fen),
      payment,
      ...(order !== undefined && { recoveryId: recoveryIdOf(enrolment, order) }),
      ...(document !== undefined && { document }),
    })),
    totals: yuan(one.totals),
    debtTotals: yuan(one.debtTotals),
  };
}

function componentNames(programme: string, component: string): { componentNames?: LineBody['kindNames'] } {
  const names = componentName(programme, component);
  return names ? { componentNames: names } : {};
}

function lineView(programme: string, line: DueLine): LineBody {
  const named = line.cause === undefined ? undefined : causeNames(line.cause);
  return {
    kind: line.kind,
    kindNames: DUE_NAMES[line.kind],
    component: line.component,
    ...componentNames(programme, line.component),
    amount: toYuan(line.fen),
    before: toYuan(line.beforeFen),
    after: toYuan(line.afterFen),
    on: line.on,
    payment: line.payment,
    runId: line.runId,
    ...(line.cause !== undefined && { cause: line.cause }),
    ...(named && { causeNames: named }),
    ...(line.document !== undefined && { document: line.document }),
    changed: line.changed.map((step) => sentenceOf(programme, step)),
    stacking: line.stacking.map((step) => sentenceOf(programme, step)),
    steps: line.steps.map((step) => sentenceOf(programme, step)),
  };
}

function sentenceOf(id: string, step: Step): LineBody['steps'][number] {
  const programme = PROGRAMMES[id];
  invariant(programme, `a statement of programme ${id}, which is not in the registry`);
  return { ...renderStep(programme, step), ...(step.citation && { citation: step.citation }) };
}

function paidView(
  {
    payment,
    period,
    attempt,
    runId,
    state,
    fen,
    setOffFen,
    sentOn,
    answeredOn,
    paidTo,
    means,
    reason,
  }: PaidLine,
  accounts: LoadedStatement['accounts'],
): EnrolmentBody['payments'][number] {
  const account = paidTo === undefined ? undefined : accounts.get(paidTo);
  return {
    payment,
    period,
    attempt,
    runId,
    state,
    stateNames: ATTEMPT_NAMES[state],
    amount: toYuan(fen),
    setOff: toYuan(setOffFen),
    sentOn,
    ...(answeredOn !== undefined && { answeredOn }),
    ...(account !== undefined && { account }),
    means,
    meansNames: MEANS_OF_PAYMENT[means],
    ...(reason !== undefined && { reasonNames: bankReasonView(reason).names }),
  };
}
