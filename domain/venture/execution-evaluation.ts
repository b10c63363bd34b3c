import type { PlainDate } from '../calendar.ts';
import { bandOf, failureEffect } from '../programmes/venture-fund/evaluation.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { EvaluationStage, ExecutionActBody } from './execution-acts.ts';
import { future } from './execution-evidence.ts';
import {
  EVALUATION_NAMES,
  fileVerdict,
  inExecution,
  isRectified,
  rulesOf,
  type SignedProject,
  samePerson,
} from './execution-standing.ts';
import type { Project } from './project.ts';

type Decision = Result<ExecutionActBody>;
type Evaluated = Extract<ExecutionActBody, { readonly kind: 'evaluated' }>;

export type EvaluationWish = {
  readonly stage: EvaluationStage;
  /** By the place's bands; where it has none, `passed` says it. */
  readonly score?: string;
  readonly passed?: boolean;
  readonly evidence: string;
  readonly on: PlainDate;
};

/**
 * 评估: what the score means is looked up once and kept. A file that is late or missing where the place says that this fails cannot pass.
 * Another evaluation of the same stage takes the place of one that paid nothing yet; one that was failed, or asks for rectification, gives
 * way to a better one after that was accepted. Refusals: those of `bandOf`, `invalid/evaluation` (neither a score nor a verdict),
 * `conflict/rectification-open`, `conflict/file-late`, `conflict/evaluation-used`, `forbidden/same-person` (who filed the project).
 */
export function evaluateProject(
  project: Project,
  wish: EvaluationWish,
  by: string,
  today: PlainDate,
): Decision {
  const running = inExecution(project);
  if (!running.ok) return running;
  const wrong =
    future(wish.on, today) ??
    samePerson(by, project.filedBy, {
      zh: '申报经办人不能评估',
      en: 'whoever filed the project does not evaluate it',
    }) ??
    whyUsed(running.value, wish.stage);
  if (wrong) return refuse(wrong);
  const outcome = outcomeOf(running.value, wish);
  if (!outcome.ok) return outcome;
  const early = whyNotYet(running.value, wish.stage, outcome.value);
  if (early) return refuse(early);
  if (outcome.value.passes && fileVerdict(running.value, wish.stage, today) === 'fail') {
    const name = EVALUATION_NAMES[wish.stage];
    return refuse(
      refusal(
        'conflict/file-late',
        `${name.zh}材料逾期或未交，按本地规定视为不合格：请登记为不合格，或由他人认定逾期理由（规定允许时）`,
        `the file for the ${name.en} is late or missing, which fails it here: record it as failed, or have another person accept the reason where policy allows that`,
        { stage: wish.stage },
      ),
    );
  }
  const { stage, evidence, on } = wish;
  const score = wish.score === undefined ? {} : { score: wish.score };
  return ok({ kind: 'evaluated', stage, ...score, ...outcome.value, evidence, on });
}

type Outcome = Pick<Evaluated, 'grade' | 'passes' | 'pays' | 'rectification' | 'bonusPercent'>;

function outcomeOf(project: SignedProject, { score, passed }: EvaluationWish): Result<Outcome> {
  if (score !== undefined) {
    const band = bandOf(rulesOf(project), score);
    if (!band.ok) return band;
    const { grade, passes, pays, rectification, bonusPercent } = band.value;
    return ok({
      grade,
      passes,
      pays,
      ...(rectification && { rectification }),
      ...(bonusPercent !== undefined && { bonusPercent }),
    });
  }
  if (passed !== undefined) return ok({ passes: passed, pays: passed ? '100' : '0' });
  return refuse(
    refusal(
      'invalid/evaluation',
      '评估须写明评分，或写明是否合格',
      'an evaluation states a score, or whether it was passed',
    ),
  );
}

/** Nobody records a failed evaluation away alone: a better one follows rectification, which takes two. */
function whyNotYet({ execution }: SignedProject, stage: EvaluationStage, next: Outcome): Refusal | undefined {
  const before = execution.evaluations[stage];
  if (!before || !next.passes || isRectified(execution, before)) return undefined;
  const isLifted = !before.passes || (before.rectification === true && !next.rectification);
  return isLifted
    ? refusal(
        'conflict/rectification-open',
        `${EVALUATION_NAMES[stage].zh}不合格或要求整改：请登记整改并由他人验收后再评估；登记有误的也按此更正`,
        `the ${EVALUATION_NAMES[stage].en} was failed or asks for rectification: have that ordered and accepted by another person first, also to correct a wrong record`,
        { stage },
      )
    : undefined;
}

/** A tranche was proposed or released by it: it stands. */
function whyUsed({ execution }: SignedProject, stage: EvaluationStage): Refusal | undefined {
  const before = execution.evaluations[stage];
  if (!before) return undefined;
  const used = Object.values(execution.releases).some(({ proposed }) => proposed.sequence > before.sequence);
  return used
    ? refusal(
        'conflict/evaluation-used',
        '已按该评估结果申请或拨付资金，不能再次评估',
        'money was proposed or released by this evaluation: it stands',
        { stage },
      )
    : undefined;
}

/** What a failed evaluation does by the place's rule; undefined while none has failed. */
export function failureOf(project: SignedProject, today: PlainDate) {
  const { evaluations } = project.execution;
  const failed = (stage: EvaluationStage) =>
    evaluations[stage]?.passes === false || fileVerdict(project, stage, today) === 'fail';
  if (failed('final')) return { stage: 'final' as const, ...failureEffect(rulesOf(project), 'acceptance') };
  if (failed('mid-term'))
    return { stage: 'mid-term' as const, ...failureEffect(rulesOf(project), 'midTerm') };
  return undefined;
}
