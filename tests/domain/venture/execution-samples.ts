import { type Fen, parseYuan } from '../../../domain/money.ts';
import type { VentureRules } from '../../../domain/programmes/venture-fund/rules.ts';
import { splitGrant } from '../../../domain/programmes/venture-fund/tranches.ts';
import type { Result } from '../../../domain/result.ts';
import type { Contract } from '../../../domain/venture/contract.ts';
import type { OrganisationStanding } from '../../../domain/venture/execution-release.ts';
import { applyProjectAct, foldProject, type Project } from '../../../domain/venture/project.ts';
import type { Application, ProjectAct, ProjectActBody } from '../../../domain/venture/project-acts.ts';
import { must } from '../programmes/samples.ts';
import { rulesFor } from '../programmes/venture-fund/samples.ts';

export const PROJECT = '7Z3K9QX2M4BT';
export const TODAY = '2026-06-15';
export const yuan = (text: string): Fen => must(parseYuan(text));
export const NORMAL: OrganisationStanding = { status: 'normal', bans: [] };

type Options = {
  readonly grant?: string;
  readonly tranches?: readonly {
    readonly share: string;
    readonly milestone: string;
    readonly within?: object;
  }[];
  /** Parameters of the sample district that are another. */
  readonly rules?: Record<string, unknown>;
  readonly serviceHours?: number;
};

/** A contract of the sample district: 50/40/10 on signing, the mid-term evaluation and acceptance. */
export function contractOf({ grant = '48000.00', tranches, rules, serviceHours }: Options = {}): Contract {
  const amount = yuan(grant);
  const changes = { release: { papers: [] }, ...(tranches && { tranches }), ...rules };
  const inForce: VentureRules = rulesFor('110199', '2026-03-01', changes);
  return {
    organisation: 'QQQQQQQQQQQQ',
    organisationKind: 'social-service',
    grant: amount,
    tranches: must(splitGrant(amount, inForce.tranches)),
    lines: [{ category: 'activities', item: '活动', fen: amount }],
    rules: inForce,
    from: '2026-04-01',
    to: '2026-12-31',
    ...(serviceHours !== undefined && { serviceHours }),
  };
}

/** Acts of one project, appended one by one as a store would, on a day. */
export class Log {
  readonly acts: ProjectAct[] = [];
  project: Project;

  constructor(contract: Contract) {
    const lines = contract.lines;
    const application: Application = {
      number: '001',
      name: '长者陪伴',
      organisation: contract.organisation,
      organisationKind: contract.organisationKind,
      asked: contract.grant,
      budget: contract.grant,
      ownFunds: yuan('0.00'),
      donated: yuan('0.00'),
      otherGovernmentMoney: false,
      lines,
      from: contract.from,
      to: contract.to,
    };
    const filed = { kind: 'filed', jurisdiction: '110199', callId: '2026-1', application, source: 'counter' };
    this.#push(filed as ProjectActBody, 'filer', '2026-03-10');
    const signed = { kind: 'signed', hash: 'h', contract, document: '协〔2026〕1号', signedOn: '2026-04-01' };
    this.#push(signed as ProjectActBody, 'signer', '2026-04-01');
    this.project = foldProject(this.acts) as Project;
  }

  /** Appends what a command decided; what it refused is told by its code, and undone. */
  say(decision: Result<ProjectActBody>, by: string, today = TODAY): string {
    if (!decision.ok) return decision.error.code;
    const act = this.#push(decision.value, by, today);
    this.project = applyProjectAct(this.project, act);
    return 'done';
  }

  #push(body: ProjectActBody, by: string, today: string): ProjectAct {
    const sequence = this.acts.length + 1;
    const act = { ...body, project: PROJECT, sequence, at: `${today}T02:00:00.000Z`, by } as ProjectAct;
    this.acts.push(act);
    return act;
  }
}
