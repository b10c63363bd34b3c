import type * as z from 'zod/mini';
import type { ReturnCode } from '../../../domain/bank/return-codes.ts';
import type { Bilingual } from '../../../domain/bilingual.ts';
import type { PlainDate } from '../../../domain/calendar.ts';
import { toYuan } from '../../../domain/money.ts';
import { PROGRESS_NAMES } from '../../../domain/reconciliation/progress.ts';
import { TIE_KIND_NAMES, type Tie } from '../../../domain/reconciliation/tie.ts';
import { type WorkingDays, workingDaysBetween } from '../../../domain/working-days.ts';
import type { StatementListing } from '../../bank/bank-desk.ts';
import type { BankQuery, QueryKind } from '../../bank/bank-queries.ts';
import type { BreakListing } from '../../bank/breaks.ts';
import type { bankDeskContracts } from '../contracts/bank-desk.ts';
import { bankReasonView } from './bank-reason-view.ts';
import { breakWords } from './reconciliation-views.ts';

type Contracts = typeof bankDeskContracts;
export type TieBody = z.input<Contracts['getBankTie']['response']>;
type BreakBody = z.input<Contracts['decideBreak']['response']>;
type QueryBody = z.input<Contracts['listBankQueries']['response']>['queries'][number];
type StatementBody = z.input<Contracts['listBankStatements']['response']>['statements'][number];

/** Days that ages are counted to, in working days where the calendar is known. */
export type Ageing = { readonly days: WorkingDays; readonly today: PlainDate };

export const QUERY_NAMES: Readonly<Record<QueryKind, Bilingual>> = {
  unanswered: { zh: '未回盘', en: 'not answered' },
  pending: { zh: '处理中', en: 'pending' },
  unclear: { zh: '原因不明', en: 'unclear reason' },
};

/** Left out where the holidays of a year are not known: nothing is guessed. */
export function ageOf({ days, today }: Ageing, since: PlainDate): { workingDays?: number } {
  const counted = workingDaysBetween(days, since, today);
  return counted.ok ? { workingDays: Math.max(0, counted.value) } : {};
}

export function statementView(listing: StatementListing): StatementBody {
  const { statementId, account, state, at, by, statements, refusal } = listing;
  return {
    statementId,
    account,
    state,
    at,
    by,
    statements: statements.map((one) => ({ ...one })),
    ...(refusal && { refusal: { code: refusal.code, zh: refusal.zh, en: refusal.en } }),
  };
}

export function breakView(listing: BreakListing, ageing: Ageing): BreakBody {
  const { breakId, kind, since, runId, payment, attempt, account, fen, stated, decision } = listing;
  return {
    breakId,
    kind,
    ...breakWords(kind),
    ...(since !== undefined && { since, ...ageOf(ageing, since) }),
    ...(runId !== undefined && { runId }),
    ...(payment !== undefined && { payment }),
    ...(attempt !== undefined && { attempt }),
    ...(account !== undefined && { account }),
    ...(fen !== undefined && { amount: toYuan(fen) }),
    ...stated,
    ...(decision && { decision }),
  };
}

export function queryView(query: BankQuery, ageing: Ageing): QueryBody {
  const { kind, payment, attempt, endToEndId, fen, file, line, since, progress, reason, reported } = query;
  return {
    kind,
    names: QUERY_NAMES[kind],
    payment,
    attempt,
    endToEndId,
    amount: toYuan(fen),
    file,
    line,
    since,
    ...ageOf(ageing, since),
    ...(progress && { progress: { code: progress, names: PROGRESS_NAMES[progress] } }),
    ...(reason && { reason: bankReasonView(reason satisfies ReturnCode) }),
    ...(reported && {
      reported: {
        by: reported.by,
        note: reported.note,
        ...(reported.decision && { decision: reported.decision.decision }),
      },
    }),
  };
}

export function tieView(account: string, { date, ledger, statement, items, adjusted, ties }: Tie): TieBody {
  return {
    account,
    date,
    ledger: toYuan(ledger),
    statement: { ...statement, closing: toYuan(statement.closing) },
    items: items.map(({ side, kind, name, fen }) => {
      const { zh, en, explained, owner } = TIE_KIND_NAMES[kind];
      return { side, kind, names: { zh, en }, explained, ...(owner && { owner }), name, amount: toYuan(fen) };
    }),
    adjusted: toYuan(adjusted),
    ties,
  };
}
