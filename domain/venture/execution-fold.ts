import { invariant, unreachable } from '../result.ts';
import type { EvaluationStage, ExecutionActBody } from './execution-acts.ts';
import type { Project } from './project.ts';
import type { ProjectAct, ProjectActOf } from './project-acts.ts';

export type ExecutionAct = Extract<ProjectAct, { readonly kind: ExecutionActBody['kind'] }>;

/** What was done about the release of one tranche. A refused proposal is over, and another one may follow. */
export type Release = {
  readonly proposed: ProjectActOf<'release-proposed'>;
  readonly decided?: ProjectActOf<'release-decided'>;
};
export type FileStanding = {
  readonly due?: ProjectActOf<'file-due'>;
  readonly received?: ProjectActOf<'file-received'>;
  readonly excused?: ProjectActOf<'lateness-excused'>;
};
export type Rectification = {
  readonly opened: ProjectActOf<'rectification-opened'>;
  readonly closed?: ProjectActOf<'rectification-closed'>;
};
export type Conclusion = {
  readonly proposed: ProjectActOf<'conclusion-proposed'>;
  readonly decided?: ProjectActOf<'conclusion-decided'>;
};

/** What came after the signature. */
export type Execution = {
  /** By number of the tranche: the first record that was not withdrawn. A second one changes nothing. */
  readonly milestones: Readonly<Record<number, ProjectActOf<'milestone'>>>;
  /** Everybody who ever recorded a milestone of a tranche. */
  readonly recordedBy: Readonly<Record<number, readonly string[]>>;
  readonly releases: Readonly<Record<number, Release>>;
  readonly files: Readonly<Partial<Record<EvaluationStage, FileStanding>>>;
  readonly evaluations: Readonly<Partial<Record<EvaluationStage, ProjectActOf<'evaluated'>>>>;
  readonly rectifications: readonly Rectification[];
  readonly hours?: ProjectActOf<'hours-reported'>;
  readonly spend?: ProjectActOf<'spend-reported'>;
  /** 变更 that waits for its decision, and those agreed on. */
  readonly change?: ProjectActOf<'change-proposed'>;
  readonly changes: readonly ProjectActOf<'change-decided'>[];
  /** Waits for its decision, or was agreed on. */
  readonly conclusion?: Conclusion;
  readonly closed?: ProjectActOf<'closed'>;
};
export const NOT_BEGUN: Execution = {
  milestones: {},
  recordedBy: {},
  releases: {},
  files: {},
  evaluations: {},
  rectifications: [],
  changes: [],
};

/** One step after the signature. */
export function applyExecutionAct(project: Project, act: ExecutionAct): Project {
  invariant(project.contract, `project ${project.projectKey} has no contract yet`);
  const { execution } = project;
  const agreed = act.kind === 'change-decided' && act.outcome === 'agreed' ? execution.change : undefined;
  return {
    ...project,
    ...(agreed && { contract: agreed.contract }),
    execution: after(execution, act),
  };
}

function after(before: Execution, act: ExecutionAct): Execution {
  switch (act.kind) {
    case 'milestone': {
      const { tranche, by } = act;
      const recordedBy = { ...before.recordedBy, [tranche]: [...(before.recordedBy[tranche] ?? []), by] };
      return { ...before, recordedBy, milestones: { [tranche]: act, ...before.milestones } };
    }
    case 'milestone-withdrawn': {
      const { [act.tranche]: _withdrawn, ...milestones } = before.milestones;
      return { ...before, milestones };
    }
    case 'hours-reported':
      return { ...before, hours: act };
    case 'file-due':
      return withFile(before, act.file, { due: act });
    case 'file-received':
      return withFile(before, act.file, { received: act });
    case 'lateness-excused':
      return withFile(before, act.file, { excused: act });
    case 'evaluated':
      return { ...before, evaluations: { ...before.evaluations, [act.stage]: act } };
    case 'rectification-opened':
      return { ...before, rectifications: [...before.rectifications, { opened: act }] };
    case 'rectification-closed': {
      const close = (one: Rectification) =>
        one.opened.number === act.number ? { ...one, closed: act } : one;
      return { ...before, rectifications: before.rectifications.map(close) };
    }
    case 'spend-reported':
      return { ...before, spend: act };
    case 'release-proposed':
      return { ...before, releases: { ...before.releases, [act.tranche]: { proposed: act } } };
    case 'release-decided':
      return withReleaseDecided(before, act);
    case 'change-proposed':
    case 'change-decided':
    case 'conclusion-proposed':
    case 'conclusion-decided':
    case 'closed':
      return afterContract(before, act);
    default:
      return unreachable(act);
  }
}

type ContractAct = Extract<
  ExecutionAct,
  {
    readonly kind:
      | 'change-proposed'
      | 'change-decided'
      | 'conclusion-proposed'
      | 'conclusion-decided'
      | 'closed';
  }
>;

/** What changes or ends the contract. */
function afterContract(before: Execution, act: ContractAct): Execution {
  const { change: _change, ...unchanged } = before;
  const { conclusion, ...open } = before;
  switch (act.kind) {
    case 'change-proposed':
      return { ...before, change: act };
    case 'change-decided':
      return { ...unchanged, changes: [...before.changes, ...(act.outcome === 'agreed' ? [act] : [])] };
    case 'conclusion-proposed':
      return { ...before, conclusion: { proposed: act } };
    case 'conclusion-decided':
      invariant(conclusion, 'a conclusion was decided that nobody proposed');
      return act.outcome === 'agreed' ? { ...before, conclusion: { ...conclusion, decided: act } } : open;
    case 'closed':
      return { ...before, closed: act };
    default:
      return unreachable(act);
  }
}

function withFile(before: Execution, file: EvaluationStage, said: FileStanding): Execution {
  return { ...before, files: { ...before.files, [file]: { ...before.files[file], ...said } } };
}

function withReleaseDecided(before: Execution, act: ProjectActOf<'release-decided'>): Execution {
  const { [act.tranche]: release, ...others } = before.releases;
  invariant(release, `the release of tranche ${act.tranche} was decided and nobody proposed it`);
  if (act.outcome === 'refused') return { ...before, releases: others };
  return { ...before, releases: { ...others, [act.tranche]: { ...release, decided: act } } };
}
