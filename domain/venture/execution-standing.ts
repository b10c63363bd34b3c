import type { PlainDate } from '../calendar.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import { type FileVerdict, lateFile, paymentDue } from '../programmes/venture-fund/deadlines.ts';
import type { VentureRules } from '../programmes/venture-fund/rules.ts';
import type { Tranche } from '../programmes/venture-fund/tranches.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { WorkingDays } from '../working-days.ts';
import type { Contract } from './contract.ts';
import { EVALUATION_STAGES, type EvaluationStage } from './execution-acts.ts';
import type { Execution, Release } from './execution-fold.ts';
import type { Project } from './project.ts';
import type { ProjectActOf } from './project-acts.ts';

/** A project that was signed. */
export type SignedProject = Project & { readonly contract: Contract };

export const rulesOf = ({ contract }: SignedProject): VentureRules => contract.rules;

/** Names of the two evaluations for people. */
export const EVALUATION_NAMES: Readonly<
  Record<EvaluationStage, { readonly zh: string; readonly en: string }>
> = {
  'mid-term': { zh: '中期评估', en: 'mid-term evaluation' },
  final: { zh: '末期评估', en: 'final evaluation' },
};

/** The evaluation that a milestone stands for; the others are reached without one. */
export const STAGE_OF: Readonly<Record<string, EvaluationStage>> = {
  'mid-term-passed': 'mid-term',
  accepted: 'final',
};

/**
 * A project in execution (履约中): signed, and nobody has proposed or decided how it ends. Refusals: `conflict/project-not-signed`,
 * `conflict/project-concluded`.
 */
export function inExecution(project: Project): Result<SignedProject> {
  const signed = signedProject(project);
  if (!signed.ok) return signed;
  const { conclusion, closed } = project.execution;
  if (!conclusion && !closed) return signed;
  return refuse(
    refusal(
      'conflict/project-concluded',
      conclusion?.decided || closed
        ? '项目已结算、终止或结项，不能再办理该事项'
        : '项目正在办理结算或终止，请先作出决定',
      conclusion?.decided || closed
        ? 'the project was settled, ended or closed: nothing more of this kind can be done'
        : 'the settlement or end of the project waits for its decision: decide that first',
    ),
  );
}

export function signedProject(project: Project): Result<SignedProject> {
  const { contract } = project;
  return contract
    ? ok({ ...project, contract })
    : refuse(
        refusal(
          'conflict/project-not-signed',
          '项目尚未签约：请先签订协议',
          'the project has no contract yet: have it signed first',
        ),
      );
}

/** A tranche of the contract in force. Refusal: `missing/tranche`. */
export function trancheOf({ contract }: SignedProject, number: number): Result<Tranche> {
  const found = contract.tranches.find((tranche) => tranche.number === number);
  return found
    ? ok(found)
    : refuse(
        refusal(
          'missing/tranche',
          `协议没有第 ${number} 期：共 ${contract.tranches.length} 期`,
          `the contract has no tranche ${number}: it has ${contract.tranches.length}`,
          { tranche: number },
        ),
      );
}

export const isReleased = ({ releases }: Execution, tranche: number): boolean =>
  releases[tranche]?.decided !== undefined;

/** Releases that were decided, by number of the tranche. */
export function releasesOf({ releases }: Execution): (Release & Required<Pick<Release, 'decided'>>)[] {
  return Object.values(releases)
    .filter((release) => release.decided !== undefined)
    .sort((a, b) => a.proposed.tranche - b.proposed.tranche) as (Release &
    Required<Pick<Release, 'decided'>>)[];
}

/** What was released of the grant, without what came on top of it. */
export const releasedFen = (execution: Execution): Fen =>
  sumFen(releasesOf(execution).map(({ proposed }) => proposed.fen));

/** What a file that is due comes to on a day; undefined while it is not late, or where nobody said until when. */
export function fileVerdict(
  project: SignedProject,
  stage: EvaluationStage,
  today: PlainDate,
): FileVerdict | undefined {
  const { due, received, excused } = project.execution.files[stage] ?? {};
  if (!due) return undefined;
  if (!received && due.dueOn.slice(0, 10) >= today) return undefined;
  return lateFile(rulesOf(project), due.dueOn, received?.filedOn, excused !== undefined);
}

/** A file (材料) that is late or missing on a day. */
export type OverdueFile = {
  readonly file: EvaluationStage;
  readonly dueOn: string;
  readonly filedOn?: string;
  /** By the place's rule it counts as a failed evaluation. */
  readonly fails: boolean;
};
/** Of a project in execution: files that are missing after their day, and late ones that count as a failed evaluation. */
export function overdueFiles(project: Project, today: PlainDate): OverdueFile[] {
  const running = inExecution(project);
  if (!running.ok) return [];
  const { execution } = project;
  return EVALUATION_STAGES.flatMap((file): OverdueFile[] => {
    const verdict = fileVerdict(running.value, file, today);
    const { due, received } = execution.files[file] ?? {};
    if (!due || verdict === undefined || verdict === 'in-time') return [];
    const fails = verdict === 'fail';
    if (received && !fails) return [];
    const filed = received ? { filedOn: received.filedOn } : {};
    return [{ file, dueOn: due.dueOn, ...filed, fails }];
  });
}

/** A tranche whose milestone was reached, with the last day on which it may be paid in time. */
export type TrancheDue = { readonly tranche: number; readonly payBy: PlainDate };

/**
 * By when a tranche is to be paid (拨付期限), counted from the day its milestone was reached; for the first one, from the signature, whether
 * somebody has recorded it or not. Undefined where the contract sets no time, before the milestone, and past the published calendar.
 */
export function payBy(project: SignedProject, tranche: Tranche, days: WorkingDays): PlainDate | undefined {
  const { execution, signed } = project;
  const signedOn = tranche.milestone === 'signed' ? signed?.signedOn : undefined;
  const from = signedOn ?? execution.milestones[tranche.number]?.reachedOn;
  if (from === undefined) return undefined;
  const due = paymentDue(tranche.within, from, days);
  return due.ok ? due.value : undefined;
}

/** Tranches that were not released in time. */
export function latePayments(project: Project, today: PlainDate, days: WorkingDays): TrancheDue[] {
  const running = inExecution(project);
  if (!running.ok) return [];
  return running.value.contract.tranches.flatMap((tranche) => {
    const due = payBy(running.value, tranche, days);
    const late = due !== undefined && due < today && !isReleased(project.execution, tranche.number);
    return late ? [{ tranche: tranche.number, payBy: due }] : [];
  });
}

export type AwaitedEvaluation = {
  readonly stage: EvaluationStage;
  /** Its milestone is this evaluation. */
  readonly must: boolean;
  readonly done?: ProjectActOf<'evaluated'>;
};

/**
 * The evaluation that a tranche waits for: that of its milestone, or one that no tranche waits for and since which none was released
 * (不合格的，停付下一期).
 */
export function evaluationsFor(
  { contract, execution }: SignedProject,
  tranche: Tranche,
): readonly AwaitedEvaluation[] {
  const mine = STAGE_OF[tranche.milestone];
  return EVALUATION_STAGES.flatMap((stage): AwaitedEvaluation[] => {
    const done = execution.evaluations[stage];
    if (stage === mine) return [{ stage, must: true, ...(done && { done }) }];
    if (!done) return [];
    const isAwaited = contract.tranches.some(({ milestone }) => STAGE_OF[milestone] === stage);
    const since = releasesOf(execution).some(({ decided }) => decided.sequence > done.sequence);
    const counts = !done.passes || (!isAwaited && !since);
    return counts ? [{ stage, must: false, done }] : [];
  });
}

/** Whether an evaluation that asked for rectification (整改) saw one opened after it, and closed. */
export function isRectified({ rectifications }: Execution, evaluation: ProjectActOf<'evaluated'>): boolean {
  return rectifications.some(
    ({ opened, closed }) => opened.sequence > evaluation.sequence && closed !== undefined,
  );
}

/** What was spent so far by the last report. */
export function spentFen({ spend }: Execution): Fen {
  return spend ? sumFen(spend.lines.map((line) => line.fen)) : fen(0);
}

/** Two persons: whoever decides neither proposed it nor stands in `barred`. */
export function samePerson(
  by: string,
  barred: readonly (string | undefined)[],
  what: { zh: string; en: string },
): Refusal | undefined {
  return barred.includes(by)
    ? refusal('forbidden/same-person', `${what.zh}，请由另一人办理`, `${what.en}: ask another person`)
    : undefined;
}
