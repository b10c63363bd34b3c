import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import type { Instant } from '../../domain/calendar.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import type { JurisdictionCode, PersonKey } from '../../domain/ids.ts';
import type { Fen } from '../../domain/money.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import {
  applyProjectAct,
  type FunnelStep,
  foldProject,
  grantOf,
  type Project,
  reachedBy,
  type Stage,
} from '../../domain/venture/project.ts';
import type { CallId, ProjectAct, ProjectActBody, ProjectKey } from '../../domain/venture/project-acts.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';

/**
 * Projects of the venture fund (公益创投) in the operations table.
 *
 *   PROJECT#<project>              ACT#<000001>   one immutable act, deflated; the project is the fold of its acts
 *   PROJECTS#<j>#<call>            <number>       list of a call's projects: a projection, never set back
 *   VENTURE-ORG#<j>#<person key>   <project>      pointer: projects of an organisation, written before the first act
 */
export type ProjectListing = {
  readonly projectKey: ProjectKey;
  readonly number: string;
  readonly name: string;
  readonly organisation: PersonKey;
  readonly stage: Stage;
  readonly stageAt: Instant;
  readonly reached: FunnelStep;
  readonly asked: Fen;
  readonly grant: Fen;
  /** Of the draft that waits for a signature. */
  readonly contractHash?: string;
  /** The import or counter of its last filing. */
  readonly source: string;
  readonly sequence: number;
};
/** Who acts; asked twice under one name of a request, an act is done once. */
export type ActStamp = { readonly now: () => Instant; readonly by: string; readonly request?: string };

/** Two who act at once compete for one number; the loser looks again, this often. */
const TRIES = 20;

export class VentureStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async acts(project: ProjectKey): Promise<ProjectAct[]> {
    const acts: ProjectAct[] = [];
    for await (const item of this.#table.query(projectPk(project), { begins: 'ACT#' }))
      acts.push(inflated(item));
    return acts;
  }

  async load(project: ProjectKey): Promise<Project | undefined> {
    return foldProject(await this.acts(project));
  }

  /** Refusal: `missing/project`; one of another jurisdiction is none. */
  async get(jurisdiction: JurisdictionCode, project: ProjectKey): Promise<Result<Project>> {
    const found = await this.load(project);
    return found && found.jurisdiction === jurisdiction ? ok(found) : refuse(noProject());
  }

  /**
   * Load, decide, append; when someone was faster, again from what they did. The same request is told what came of it; a decision of
   * `undefined` leaves the project as it is. Refusals: `missing/project`, `conflict/busy`, those of `decide`.
   */
  async act(
    project: ProjectKey,
    decide: (found: Project | undefined) => Result<ProjectActBody> | undefined,
    { now, by, request }: ActStamp,
  ): Promise<Result<Project>> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const acts = await this.acts(project);
      const found = foldProject(acts);
      const asked = request !== undefined && acts.some((act) => act.request === request);
      const decision = asked ? undefined : decide(found);
      if (!decision) return found ? ok(await this.#listed(found)) : refuse(noProject());
      if (!decision.ok) return decision;
      const act: ProjectAct = {
        ...decision.value,
        project,
        sequence: (found?.sequence ?? 0) + 1,
        at: now(),
        by,
        ...(request !== undefined && { request }),
      };
      if (act.kind === 'filed') await this.#point(act.jurisdiction, act.application.organisation, project);
      if ((await this.#append(act)) === 'taken') continue;
      return ok(await this.#listed(applyProjectAct(found, act)));
    }
    return refuse(
      refusal(
        'conflict/busy',
        '本项目正被多人操作，请稍后重试',
        'many people are acting on this project: try again',
      ),
    );
  }

  /** The list of a call from behind a number, in the order of the numbers; it may be a moment behind. */
  async *listings(
    jurisdiction: JurisdictionCode,
    callId: CallId,
    { startAfter }: { readonly startAfter?: string | undefined } = {},
  ): AsyncGenerator<ProjectListing, void, undefined> {
    const options = startAfter === undefined ? {} : { startAfter };
    for await (const { pk: _pk, sk: _sk, ...item } of this.#table.query(
      listPk(jurisdiction, callId),
      options,
    ))
      yield item as unknown as ProjectListing;
  }

  async listed(jurisdiction: JurisdictionCode, callId: CallId): Promise<ProjectListing[]> {
    const found: ProjectListing[] = [];
    for await (const one of this.listings(jurisdiction, callId)) found.push(one);
    return found;
  }

  /** Keys of all projects that an organisation ever applied for here. */
  async projectsOf(jurisdiction: JurisdictionCode, organisation: PersonKey): Promise<ProjectKey[]> {
    const keys: ProjectKey[] = [];
    for await (const item of this.#table.query(organisationPk(jurisdiction, organisation)))
      keys.push(item.sk);
    return keys;
  }

  async #append(act: ProjectAct): Promise<'appended' | 'taken'> {
    const sk = `ACT#${String(act.sequence).padStart(6, '0')}`;
    const { kind, at, by } = act;
    // A contract holds the rules of its place by value: as attributes they would be read and written at many times the cost.
    const b = deflateRawSync(canonicalJson(act), { level: 9 });
    const put = await this.#table.putNew({ pk: projectPk(act.project), sk, kind, at, by, b });
    return put === 'created' ? 'appended' : 'taken';
  }

  async #point(jurisdiction: JurisdictionCode, organisation: PersonKey, project: ProjectKey): Promise<void> {
    await this.#table.putNew({ pk: organisationPk(jurisdiction, organisation), sk: project });
  }

  /** Rewrites the projection: absolute, and only ever forward. */
  async #listed(found: Project): Promise<Project> {
    const { projectKey, jurisdiction, callId, application, stage, stageAt, sequence } = found;
    const { number, name, organisation } = application;
    const listing: ProjectListing = {
      projectKey,
      number,
      name,
      organisation,
      stage,
      stageAt,
      reached: reachedBy(found),
      asked: application.asked,
      grant: grantOf(found),
      ...(stage === 'drafted' && found.draft && { contractHash: found.draft.hash }),
      source: found.sources.at(-1) ?? '',
      sequence,
    };
    await this.#table.putNewer({ pk: listPk(jurisdiction, callId), sk: number, ...listing });
    return found;
  }
}

function inflated(item: Item): ProjectAct {
  const bytes = z.parse(z.instanceof(Uint8Array), item['b']);
  return JSON.parse(inflateRawSync(bytes).toString('utf8')) as ProjectAct;
}

const projectPk = (project: ProjectKey): string => `PROJECT#${project}`;
const listPk = (jurisdiction: JurisdictionCode, callId: CallId): string =>
  `PROJECTS#${jurisdiction}#${callId}`;
const organisationPk = (jurisdiction: JurisdictionCode, organisation: PersonKey): string =>
  `VENTURE-ORG#${jurisdiction}#${organisation}`;

export const noProject = () =>
  refusal('missing/project', '没有这个项目', 'there is no such project in your reach');
