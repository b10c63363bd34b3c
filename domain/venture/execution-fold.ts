import { invariant } from '../result.ts';
import type { ExecutionActBody } from './execution-acts.ts';
import type { Project } from './project.ts';
import type { ProjectAct } from './project-acts.ts';

type ExecutionAct = Extract<ProjectAct, { readonly kind: ExecutionActBody['kind'] }>;

/** What came after the signature: acts in their order. */
export type Execution = { readonly acts: readonly ExecutionAct[] };
export const NOT_BEGUN: Execution = { acts: [] };

/** One step after the signature. */
export function applyExecutionAct(project: Project, act: ExecutionAct): Project {
  invariant(project.contract, `project ${project.projectKey} has no contract yet`);
  return {
    ...project,
    ...(act.kind === 'changed' && { contract: act.contract }),
    execution: { acts: [...project.execution.acts, act] },
  };
}
