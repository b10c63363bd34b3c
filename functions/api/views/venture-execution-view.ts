import type * as z from 'zod/mini';
import type { Bilingual } from '../../../domain/bilingual.ts';
import { toYuan } from '../../../domain/money.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import type { BudgetLine } from '../../../domain/venture/contract.ts';
import { type ConclusionCause, EVALUATION_STAGES } from '../../../domain/venture/execution-acts.ts';
import type { Conclusion } from '../../../domain/venture/execution-fold.ts';
import {
  EVALUATION_NAMES,
  overdueFiles,
  releasedFen,
  type SignedProject,
  spentFen,
} from '../../../domain/venture/execution-standing.ts';
import type { Project } from '../../../domain/venture/project.ts';
import { projectAddress } from '../../venture/carry-out.ts';
import { VENTURE } from '../../venture/ports.ts';
import type { ExecutionView, PROJECT_STATES } from '../contracts/venture-execution-schemas.ts';
import { milestoneNames } from './venture-view.ts';

export type ExecutionBody = z.input<typeof ExecutionView>;
export type ProjectState = (typeof PROJECT_STATES)[number];

export const STATE_NAMES: Readonly<Record<ProjectState, Bilingual>> = {
  'in-execution': { zh: '履约中', en: 'in execution' },
  concluding: { zh: '结算或终止待决定', en: 'its settlement or end waits for a decision' },
  concluded: { zh: '已结算或终止', en: 'settled or ended' },
  closed: { zh: '已结项', en: 'closed' },
};
export const CAUSE_NAMES: Readonly<Record<ConclusionCause, Bilingual>> = {
  settlement: { zh: '结算', en: 'settlement' },
  termination: { zh: '终止', en: 'termination' },
  unused: { zh: '逾期未使用收回', en: 'not used in time' },
};
export function stateOf({ execution }: Project): ProjectState {
  if (execution.closed) return 'closed';
  if (!execution.conclusion) return 'in-execution';
  return execution.conclusion.decided ? 'concluded' : 'concluding';
}

/** A project after its signature, as staff see it. */
export function executionView(project: SignedProject, today: string): ExecutionBody {
  const { application, contract, execution } = project;
  const state = stateOf(project);
  const { hours, spend, change, conclusion, closed } = execution;
  return {
    projectKey: project.projectKey,
    callId: project.callId,
    number: application.number,
    name: application.name,
    organisation: contract.organisation,
    enrolmentId: projectAddress(project).id,
    state,
    stateNames: STATE_NAMES[state],
    grant: toYuan(contract.grant),
    released: toYuan(releasedFen(execution)),
    spent: toYuan(spentFen(execution)),
    tranches: tranchesView(project),
    files: filesView(project, today),
    evaluations: evaluationsView(project),
    rectifications: execution.rectifications.map(({ opened, closed: accepted }) => {
      const { number, reason, dueOn } = opened;
      const acceptance = accepted && { accepted: { evidence: accepted.evidence, ...acted(accepted) } };
      return { number, reason, dueOn, ...acted(opened), ...acceptance };
    }),
    ...(contract.serviceHours !== undefined && {
      serviceHours: {
        contracted: contract.serviceHours,
        delivered: hours?.hours ?? 0,
        ...(hours && { upTo: hours.upTo }),
      },
    }),
    ...(spend && {
      spend: {
        upTo: spend.upTo,
        lines: spend.lines.map(lineView),
        evidence: spend.evidence,
        ...acted(spend),
      },
    }),
    ...(change && {
      change: {
        grant: toYuan(change.contract.grant),
        to: change.contract.to,
        tranches: change.contract.tranches.map(({ number, fen }) => ({ number, amount: toYuan(fen) })),
        reason: change.reason,
        ...acted(change),
      },
    }),
    ...(conclusion && { conclusion: conclusionView(conclusion) }),
    ...(closed && { closed: acted(closed) }),
  };
}

type Stamped = { readonly by: string; readonly at: string };
const acted = ({ by, at }: Stamped) => ({ by, at });
const lineView = ({ category, item, fen }: BudgetLine) => ({ category, item, amount: toYuan(fen) });

function tranchesView({ contract, execution }: SignedProject): ExecutionBody['tranches'] {
  return contract.tranches.map(({ number, share, fen, milestone }) => {
    const record = execution.milestones[number];
    const { proposed, decided } = execution.releases[number] ?? {};
    return {
      number,
      share,
      amount: toYuan(fen),
      milestone,
      milestoneNames: milestoneNames(milestone),
      ...(record && {
        reached: { evidence: record.evidence, reachedOn: record.reachedOn, ...acted(record) },
      }),
      ...(proposed && {
        proposal: {
          amount: toYuan(proposed.fen),
          ...(proposed.bonus !== undefined && { bonus: toYuan(proposed.bonus) }),
          papers: { ...proposed.papers },
          ...acted(proposed),
        },
      }),
      ...(decided && {
        released: { document: decided.document, decidedOn: decided.decidedOn, ...acted(decided) },
      }),
    };
  });
}

/** Files that somebody asked for or brought. */
export function filesView(project: Project, today: string): ExecutionBody['files'] {
  const overdue = overdueFiles(project, today);
  return EVALUATION_STAGES.flatMap((file) => {
    const standing = project.execution.files[file];
    if (!standing) return [];
    const late = overdue.find((one) => one.file === file);
    return [
      {
        file,
        names: EVALUATION_NAMES[file],
        ...(standing.due && { dueOn: standing.due.dueOn }),
        ...(standing.received && { filedOn: standing.received.filedOn }),
        excused: standing.excused !== undefined,
        overdue: late !== undefined,
        fails: late?.fails ?? false,
      },
    ];
  });
}

function evaluationsView({ execution }: SignedProject): ExecutionBody['evaluations'] {
  return EVALUATION_STAGES.flatMap((stage) => {
    const done = execution.evaluations[stage];
    if (!done) return [];
    const { score, grade, passes, pays, on, evidence } = done;
    return [
      {
        stage,
        names: EVALUATION_NAMES[stage],
        ...(score !== undefined && { score }),
        ...(grade !== undefined && { grade }),
        passes,
        pays,
        rectification: done.rectification === true,
        on,
        evidence,
        ...acted(done),
      },
    ];
  });
}

function conclusionView({ proposed, decided }: Conclusion): NonNullable<ExecutionBody['conclusion']> {
  const { cause, reason, evidence, eligible, balance, steps, dueOn, instalments, bannedUntil } = proposed;
  return {
    cause,
    causeNames: CAUSE_NAMES[cause],
    reason,
    evidence,
    eligible: toYuan(eligible),
    balance: toYuan(balance),
    derivation: steps.map((step) => ({
      code: step.code,
      result: step.result,
      ...renderStep({ id: VENTURE }, step),
    })),
    ...(dueOn !== undefined && { dueOn }),
    ...(instalments && {
      instalments: instalments.map((one) => ({ dueOn: one.dueOn, amount: toYuan(one.fen) })),
    }),
    ...(bannedUntil !== undefined && { bannedUntil }),
    ...acted(proposed),
    ...(decided && {
      decided: { document: decided.document, decidedOn: decided.decidedOn, ...acted(decided) },
    }),
  };
}
