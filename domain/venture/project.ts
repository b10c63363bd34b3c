import type { Bilingual } from '../bilingual.ts';
import type { Instant } from '../calendar.ts';
import type { JurisdictionCode } from '../ids.ts';
import type { Fen } from '../money.ts';
import { invariant, unreachable } from '../result.ts';
import type { Contract } from './contract.ts';
import { applyExecutionAct, type Execution, NOT_BEGUN } from './execution-fold.ts';
import type {
  Application,
  Block,
  CallId,
  IntakeActBody,
  ProjectAct,
  ProjectActOf,
  ProjectKey,
} from './project-acts.ts';

/** Stages of the funnel in their order, and the two ways out. */
export const STAGES = [
  'filed',
  'returned',
  'screened',
  'shortlisted',
  'publicised',
  'drafted',
  'signed',
  'rejected',
  'dropped',
] as const;
export type Stage = (typeof STAGES)[number];
export const STAGE_NAMES: Readonly<Record<Stage, Bilingual>> = {
  filed: { zh: '已申报', en: 'filed' },
  returned: { zh: '退回补正', en: 'returned' },
  screened: { zh: '初筛通过', en: 'screened' },
  shortlisted: { zh: '已入围', en: 'shortlisted' },
  publicised: { zh: '公示', en: 'publicised' },
  drafted: { zh: '待签约', en: 'waiting for signature' },
  signed: { zh: '已签约', en: 'signed' },
  rejected: { zh: '初筛未通过', en: 'rejected' },
  dropped: { zh: '已退出', en: 'dropped' },
};

/** A project is the fold of its acts. */
export type Project = {
  readonly projectKey: ProjectKey;
  readonly jurisdiction: JurisdictionCode;
  readonly callId: CallId;
  readonly sequence: number;
  readonly stage: Stage;
  readonly stageAt: Instant;
  readonly application: Application;
  /** Everybody who filed it: they neither score, decide nor sign. */
  readonly filedBy: readonly string[];
  /** Where each filing came from, in order: `import:<id>` or `counter`. */
  readonly sources: readonly string[];
  readonly screened?: ProjectActOf<'screened'>;
  /** The last that was recorded of each judge. */
  readonly scores: readonly ProjectActOf<'scored'>[];
  readonly overridden: readonly Block[];
  readonly shortlisted?: ProjectActOf<'shortlisted'>;
  readonly publicised?: ProjectActOf<'publicised'>;
  readonly objections: readonly Objection[];
  readonly dropped?: ProjectActOf<'dropped'>;
  readonly draft?: ProjectActOf<'contract-drafted'>;
  /** The contract in force: as signed, or as last changed. */
  readonly contract?: Contract;
  readonly signed?: ProjectActOf<'signed'>;
  readonly execution: Execution;
};
export type Objection = {
  readonly number: number;
  readonly reference: string;
  readonly reason: string;
  readonly by: string;
  readonly decided?: { readonly upheld: boolean; readonly reason: string; readonly by: string };
};

/** Undefined without acts. */
export function foldProject(acts: readonly ProjectAct[]): Project | undefined {
  return acts.reduce<Project | undefined>(applyProjectAct, undefined);
}

export function applyProjectAct(before: Project | undefined, act: ProjectAct): Project {
  if (act.kind === 'filed') return filed(before, act);
  invariant(before && act.sequence === before.sequence + 1, `an act out of order of project ${act.project}`);
  const next = { ...before, sequence: act.sequence };
  return isIntakeAct(act) ? applyIntakeAct(next, act) : applyExecutionAct(next, act);
}

type IntakeAct = Exclude<
  Extract<ProjectAct, { readonly kind: IntakeActBody['kind'] }>,
  { readonly kind: 'filed' }
>;
const INTAKE_KINDS: Readonly<Record<IntakeAct['kind'], true>> = {
  screened: true,
  scored: true,
  overridden: true,
  shortlisted: true,
  publicised: true,
  objected: true,
  'objection-decided': true,
  dropped: true,
  'contract-drafted': true,
  signed: true,
};
const isIntakeAct = (act: ProjectAct): act is IntakeAct => act.kind in INTAKE_KINDS;

function applyIntakeAct(project: Project, act: IntakeAct): Project {
  const at = (stage: Stage) => ({ ...project, stage, stageAt: act.at });
  switch (act.kind) {
    case 'screened':
      return { ...at(act.outcome === 'passed' ? 'screened' : act.outcome), screened: act };
    case 'scored':
      return { ...project, scores: [...project.scores.filter(({ judge }) => judge !== act.judge), act] };
    case 'overridden':
      return { ...project, overridden: [...project.overridden, act.block] };
    case 'shortlisted':
      return { ...at('shortlisted'), shortlisted: act };
    case 'publicised':
      return { ...at('publicised'), publicised: act };
    case 'objected': {
      const { number, reference, reason, by } = act;
      return { ...project, objections: [...project.objections, { number, reference, reason, by }] };
    }
    case 'objection-decided': {
      const { number, upheld, reason, by } = act;
      const decide = (one: Objection) =>
        one.number === number ? { ...one, decided: { upheld, reason, by } } : one;
      return { ...project, objections: project.objections.map(decide) };
    }
    case 'dropped':
      return { ...at('dropped'), dropped: act };
    case 'contract-drafted':
      return { ...at('drafted'), draft: act };
    case 'signed':
      return { ...at('signed'), signed: act, contract: act.contract };
    default:
      return unreachable(act);
  }
}

function filed(before: Project | undefined, act: ProjectActOf<'filed'>): Project {
  const { project: projectKey, jurisdiction, callId, application, sequence } = act;
  invariant(sequence === (before?.sequence ?? 0) + 1, `an act out of order of project ${projectKey}`);
  const own = { projectKey, jurisdiction, callId, application, sequence };
  const here = { ...own, stage: 'filed', stageAt: act.at } as const;
  if (!before) {
    const none = { scores: [], overridden: [], objections: [] };
    return { ...here, ...none, filedBy: [act.by], sources: [act.source], execution: NOT_BEGUN };
  }
  const filedBy = [...new Set([...before.filedBy, act.by])];
  return { ...before, ...here, filedBy, sources: [...before.sources, act.source] };
}

/** Public money for the project, as far as it is known: signed, given by the committee, or asked for. */
export function grantOf({ contract, shortlisted, application }: Project): Fen {
  return contract?.grant ?? shortlisted?.grant ?? application.asked;
}

/** Steps of the funnel, in their order. */
export const FUNNEL = ['filed', 'screened', 'scored', 'shortlisted', 'publicised', 'signed'] as const;
export type FunnelStep = (typeof FUNNEL)[number];
export const FUNNEL_NAMES: Readonly<Record<FunnelStep, Bilingual>> = {
  filed: { zh: '征集（申报）', en: 'filed' },
  screened: { zh: '初筛通过', en: 'screened' },
  scored: { zh: '评审', en: 'scored' },
  shortlisted: { zh: '入围', en: 'shortlisted' },
  publicised: { zh: '公示', en: 'publicised' },
  signed: { zh: '签约', en: 'signed' },
};

/** How far the project came, whatever became of it afterwards. */
export function reachedBy({ signed, publicised, shortlisted, scores, screened }: Project): FunnelStep {
  if (signed) return 'signed';
  if (publicised) return 'publicised';
  if (shortlisted) return 'shortlisted';
  if (scores.length > 0) return 'scored';
  return screened?.outcome === 'passed' ? 'screened' : 'filed';
}
