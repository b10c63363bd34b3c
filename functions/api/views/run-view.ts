import type * as z from 'zod/mini';
import { amountInWords } from '../../../domain/amount-in-words.ts';
import type { Bilingual } from '../../../domain/bilingual.ts';
import type { PlainDate } from '../../../domain/calendar.ts';
import { controlByCode } from '../../../domain/controls/index.ts';
import { fen, toYuan, ZERO } from '../../../domain/money.ts';
import { type Move, moveText } from '../../../domain/policy/pay-day.ts';
import { componentName } from '../../../domain/programmes/component-name.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import type { Refusal } from '../../../domain/result.ts';
import { applicableChain } from '../../../domain/run/approval-chain.ts';
import { NO_TALLY, type Tally } from '../../../domain/run/draft.ts';
import { type ApprovalStep, parseRunId } from '../../../domain/run/manifest.ts';
import { fundsNeeded, type Run, type RunState } from '../../../domain/run/run.ts';
import { STATE_NAMES } from '../../../domain/run/state-guard.ts';
import type { RunTotals } from '../../../domain/run/summary.ts';
import type { FundingRequest, RunSummary, RunViews } from '../../run/service.ts';
import type { RunView } from '../contracts/run-schemas.ts';
import type { runContracts } from '../contracts/runs.ts';

export type RunBody = z.input<typeof RunView>;
export type ReviewBody = z.input<(typeof runContracts)['getReview']['response']>;
export type FundingBody = z.input<(typeof runContracts)['getFundingRequest']['response']>;
export type SummaryBody = z.input<(typeof runContracts)['listRuns']['response']>['runs'][number];

export const tallyView = (tally: Tally): { count: number; amount: string } => ({
  count: tally.count,
  amount: toYuan(tally.fen),
});

export function stateNames(state: RunState): Bilingual {
  return { zh: STATE_NAMES[state], en: state.replaceAll('-', ' ') };
}

/** A programme that is no longer in the registry is shown by its id. */
export function programmeNames(id: string): Bilingual {
  return PROGRAMMES[id]?.names ?? { zh: id, en: id };
}

/** 轮次 as it stands on paper. */
export function roundName(round: string): string {
  if (round === 'R') return '正常批次';
  return `${round.startsWith('I') ? '备用金报销批次' : '补充批次'} ${round}`;
}

/** A run as every reader may see it: totals and acts of staff, no beneficiary. */
export async function runView(
  runs: Pick<RunViews, 'progress' | 'runFindings' | 'runHashOf' | 'closingAnswer'>,
  run: Run,
): Promise<RunBody> {
  const { manifest } = run;
  const findings = BEFORE_SIGNATURE.includes(run.state) ? await runs.runFindings(run) : [];
  const request = run.state === 'dispatched' ? await runs.closingAnswer(run.runId) : undefined;
  return {
    runId: run.runId,
    jurisdiction: manifest.jurisdiction,
    programme: manifest.programme,
    programmeNames: programmeNames(manifest.programme),
    period: manifest.period,
    round: manifest.round,
    ...(manifest.street !== undefined && { street: manifest.street }),
    state: run.state,
    stateNames: stateNames(run.state),
    revision: run.revision,
    // Until it is computed there is nothing that a signature could name.
    ...(run.totals && { hash: runs.runHashOf(run) }),
    startedBy: run.startedBy,
    startedAt: run.startedAt,
    payDate: manifest.payDate,
    ...(manifest.payDayMoved && { payDayMoved: movedView(manifest.payDayMoved, manifest.payDate) }),
    fiscalYear: manifest.fiscalYear,
    months: [...manifest.months],
    cutOff: manifest.cutOff,
    policyHash: manifest.policyHash,
    codeVersion: manifest.codeVersion,
    demoMode: manifest.demoMode,
    progress: await runs.progress(run),
    ...(run.totals && { totals: totalsView(run.totals) }),
    ...chainView(run),
    ...(findings.length > 0 && { runFindings: [...findings] }),
    ...(run.submission && { submission: submissionView(run.submission) }),
    signatures: run.signatures.map((signature) => ({ ...signature, office: officeOf(run, signature.step) })),
    funding: {
      needed: toYuan(fundsNeeded(run)),
      funded: toYuan(run.fundedFen),
      vouchers: run.fundings.map(({ voucher, date, fen, by, reversed }) => ({
        voucher,
        date,
        amount: toYuan(fen),
        by,
        ...(reversed && { reversed }),
      })),
    },
    files: run.files.length,
    ...(run.closing && { closing: closingView(run.closing) }),
    ...(request && { closeRequest: closeRequestView(request) }),
    ...(run.lastReason !== undefined && { lastReason: run.lastReason }),
  };
}

/** While somebody may still submit or sign; what was acknowledged stays with the submission. */
const BEFORE_SIGNATURE: readonly Run['state'][] = ['review', 'signing'];

function submissionView({ acknowledged, ...submission }: NonNullable<Run['submission']>) {
  return { ...submission, ...(acknowledged && { acknowledged: [...acknowledged] }) };
}

/** The day a pay day was moved from, and why. */
export const movedView = (move: Move, day: PlainDate) => ({
  from: move.from,
  reason: move.reason,
  why: moveText(move, day),
});

type ClosingAnswer = NonNullable<Awaited<ReturnType<RunViews['closingAnswer']>>>;

function closeRequestView({ at, by, refusal }: ClosingAnswer): NonNullable<RunBody['closeRequest']> {
  if (!refusal) return { at, by };
  return { at, by, refusal: { code: refusal.code, zh: refusal.zh, en: refusal.en } };
}

/** The chain as it is for this run, and what its total leaves out. */
function chainView(run: Run): Pick<RunBody, 'approvalChain' | 'stepsNotNeeded'> {
  const needed = applicableChain(run);
  const left = run.manifest.approvalChain.filter((step) => !needed.includes(step));
  return { approvalChain: needed.map(stepView), stepsNotNeeded: left.map(stepView) };
}

const stepView = ({ code, role, office, aboveFen }: ApprovalStep): RunBody['approvalChain'][number] => ({
  code,
  role,
  office,
  ...(aboveFen !== undefined && { above: toYuan(aboveFen) }),
});

function officeOf(run: Run, step: string): Bilingual {
  const found = run.manifest.approvalChain.find((candidate) => candidate.code === step);
  return found?.office ?? { zh: step, en: step };
}

function totalsView(totals: NonNullable<Run['totals']>): NonNullable<RunBody['totals']> {
  return {
    payable: tallyView(totals.payable),
    payableInWords: amountInWords(totals.payable.fen),
    held: tallyView(totals.held),
    blocked: tallyView(totals.blocked),
    recoveries: tallyView(totals.recoveries),
    reissued: tallyView(totals.reissued),
    ...(totals.cancelled && { cancelled: tallyView(totals.cancelled) }),
    ...(totals.setOff && { setOff: tallyView(totals.setOff) }),
  };
}

function closingView({ tally, seal, at }: NonNullable<Run['closing']>): NonNullable<RunBody['closing']> {
  return {
    at,
    released: tallyView(tally.released),
    settled: tallyView(tally.settled),
    failed: tallyView(tally.failed),
    returned: tallyView(tally.returned),
    inTransit: tallyView(tally.inTransit),
    ...(tally.paidOutside && { paidOutside: tallyView(tally.paidOutside) }),
    seal,
  };
}

export function summaryView(summary: RunSummary): SummaryBody[] {
  const identity = parseRunId(summary.runId);
  if (!identity.ok) return [];
  const { programme, period, round } = identity.value;
  return [
    {
      runId: summary.runId,
      programme,
      period,
      round,
      state: summary.state,
      stateNames: stateNames(summary.state),
      revision: summary.revision,
      startedAt: summary.startedAt,
      payable: { count: summary.count, amount: toYuan(fen(summary.fen)) },
    },
  ];
}

const NO_STREETS: RunTotals['streets'] = {};

const counted = (counts: Readonly<Record<string, number>>): [string, number][] =>
  Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));

type NotAssessed = Awaited<ReturnType<RunViews['assessmentRefusals']>>;

/** Names of streets by code, as the register last heard them. */
export type StreetNames = ReadonlyMap<string, string>;

function streetLabel(street: string, names: StreetNames): { street: string; name?: string } {
  const name = names.get(street);
  return name === undefined ? { street } : { street, name };
}

/** @param detailed false for the finance bureau: figures, and no single payment. */
export function reviewView(
  run: Run,
  body: RunBody,
  context: {
    readonly notAssessed: NotAssessed;
    readonly detailed: boolean;
    readonly streetNames: StreetNames;
    readonly unpaid: ReviewBody['unpaid'];
  },
): ReviewBody {
  const { notAssessed, detailed, streetNames, unpaid } = context;
  const { totals } = run;
  const holds = [...run.holds.values()].map(({ effect, by, reason, late }) => ({
    payment: effect.payment,
    amount: toYuan(effect.fen),
    by,
    reason,
    foundBeforeRelease: late !== undefined,
  }));
  const overrides = [...run.overrides].map(([key, { fen: amount, ...override }]) => {
    const [payment = '', control = ''] = key.split('|');
    return { payment, control, ...(amount !== undefined && { amount: toYuan(amount) }), ...override };
  });
  return {
    run: body,
    streets: Object.entries(totals?.streets ?? NO_STREETS)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([street, { payable, held }]) => ({
        ...streetLabel(street, streetNames),
        payable: tallyView(payable),
        held: tallyView(held),
      })),
    ...(run.manifest.notSubmitted && {
      notSubmitted: run.manifest.notSubmitted.map((street) => streetLabel(street, streetNames)),
    }),
    components: Object.entries(totals?.components ?? {}).map(([key, amount]) =>
      componentView(run.manifest.programme, key, amount),
    ),
    movements: { joined: 0, stopped: 0, changed: 0, same: 0, ...totals?.movements },
    findings: counted(totals?.findings ?? {}).map(([control, count]) => {
      const names = controlByCode(control)?.names;
      return { control, count, ...(names && { names }) };
    }),
    refused: counted(totals?.refused ?? {}).map(([code, count]) => ({ code, count })),
    notAssessed: detailed
      ? notAssessed.map(({ enrolment, refusal: { code, zh, en } }) => ({ enrolment, code, zh, en }))
      : [],
    holds: detailed ? holds : [],
    overrides: detailed ? overrides : [],
    ...(unpaid && { unpaid }),
  };
}

function componentView(programme: string, key: string, amount: number): ReviewBody['components'][number] {
  const [component = '', kind = ''] = key.split('/');
  const names = componentName(programme, component);
  return { component, kind, amount: toYuan(fen(amount)), ...(names && { names }) };
}

const shortageView = ({ code, zh, en }: Refusal) => ({ code, zh, en });

/** What the finance bureau gets: amounts by budget line and street; no name, no account, no single payment. */
export function fundingView(
  { run, lines, totals, planned }: FundingRequest,
  streetNames: StreetNames,
): FundingBody {
  const { manifest } = run;
  const payable = totals?.payable ?? NO_TALLY;
  return {
    runId: run.runId,
    programme: manifest.programme,
    programmeNames: programmeNames(manifest.programme),
    period: manifest.period,
    round: manifest.round,
    state: run.state,
    stateNames: stateNames(run.state),
    fiscalYear: manifest.fiscalYear,
    payDate: manifest.payDate,
    payable: tallyView(payable),
    payableInWords: amountInWords(payable.fen),
    needed: toYuan(fundsNeeded(run)),
    funded: toYuan(run.fundedFen),
    lines: lines.map(({ line, level, fund, functional, economic, fen }) => ({
      line,
      level,
      fund,
      ...(functional !== undefined && { functional }),
      ...(economic !== undefined && { economic }),
      amount: toYuan(fen),
      ...(planned?.ok && { planned: toYuan(planned.value[line] ?? ZERO) }),
    })),
    ...(planned && !planned.ok && { shortage: shortageView(planned.error) }),
    streets: Object.entries(totals?.streets ?? NO_STREETS)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([street, { payable }]) => ({ ...streetLabel(street, streetNames), payable: tallyView(payable) })),
  };
}
