import type { Instant, PlainDate } from '../../domain/calendar.ts';
import {
  type Application,
  type ApplicationAct,
  type ApplicationActBody,
  type ApplicationId,
  type ApplicationState,
  applicationState,
  applyApplicationAct,
  foldApplication,
  type GrantLevel,
  grantedFen,
  papersOpen,
} from '../../domain/grants/application.ts';
import type { JurisdictionCode, PersonKey } from '../../domain/ids.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { DynamoTable } from './dynamo-table.ts';
import type { Scope } from './sweep-store.ts';

/**
 * Applications for grants in the operations table. What they state is sealed elsewhere (grant-facts.ts), nothing personal is in them.
 *
 *   GRANT-APPLICATION#<application>    ACT#<000001>                one immutable act; the application is the fold of its acts
 *   GRANT-APPLICATIONS#<j>#<p>         <applied on>#<application>  list: a projection, never set back
 *   GRANTS-OF#<person>                 <application>               pointer: applications for a person, written before the first act
 */
export type ApplicationListing = {
  readonly application: ApplicationId;
  readonly subject: PersonKey;
  readonly street: string;
  readonly appliedOn: PlainDate;
  readonly state: ApplicationState;
  readonly fen: number;
  readonly persons: number;
  readonly level?: GrantLevel;
  readonly means?: string;
  readonly decidedOn?: PlainDate;
  readonly papersDue?: PlainDate;
  readonly papersOpen: number;
  readonly stopProposed: boolean;
  readonly sequence: number;
};
/** Who acts; asked twice under one name of a request, an act is done once. */
export type ApplicationStamp = {
  readonly now: () => Instant;
  readonly by: string;
  readonly request?: string;
};

const TRIES = 20;

export class GrantApplicationStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async acts(application: ApplicationId): Promise<ApplicationAct[]> {
    const acts: ApplicationAct[] = [];
    for await (const item of this.#table.query(actsKey(application), { begins: 'ACT#' }))
      acts.push(item['act'] as ApplicationAct);
    return acts;
  }

  async load(application: ApplicationId): Promise<Application | undefined> {
    return foldApplication(await this.acts(application));
  }

  /** Refusal: `missing/grant-application`; one of another jurisdiction is none. */
  async get(jurisdiction: JurisdictionCode, application: ApplicationId): Promise<Result<Application>> {
    const found = await this.load(application);
    return found && found.applied.jurisdiction === jurisdiction ? ok(found) : refuse(noApplication());
  }

  /**
   * Load, decide, append; when someone was faster, again from what they did. The same request is told what came of it; a decision of
   * `undefined` leaves the application as it is. Refusals: `missing/grant-application`, `conflict/busy`, those of `decide`.
   */
  async act(
    application: ApplicationId,
    decide: (found: Application | undefined) => Result<ApplicationActBody> | undefined,
    stamp: ApplicationStamp,
  ): Promise<Result<Application>> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const acts = await this.acts(application);
      const found = foldApplication(acts);
      const asked = stamp.request !== undefined && acts.some(({ request }) => request === stamp.request);
      const decision = asked ? undefined : decide(found);
      if (!decision) return found ? ok(await this.listed(found)) : refuse(noApplication());
      if (!decision.ok) return decision;
      const after = await this.append(application, found, decision.value, stamp);
      if (after) return ok(after);
    }
    return refuse(busy());
  }

  /** One act at the next number, for who knows the application as it stands; undefined when somebody was faster. */
  async append(
    application: ApplicationId,
    found: Application | undefined,
    body: ApplicationActBody,
    { now, by, request }: ApplicationStamp,
  ): Promise<Application | undefined> {
    const sequence = (found?.sequence ?? 0) + 1;
    const named = request !== undefined && { request };
    const act: ApplicationAct = { ...body, application, sequence, at: now(), by, ...named };
    if (act.kind === 'applied') await this.#table.put({ pk: `GRANTS-OF#${act.subject}`, sk: application });
    const sk = `ACT#${String(sequence).padStart(6, '0')}`;
    const put = await this.#table.putNew({ pk: actsKey(application), sk, act });
    return put === 'created' ? this.listed(applyApplicationAct(found, act)) : undefined;
  }

  /** Rewrites the projection: absolute, and only ever forward. */
  async listed(found: Application): Promise<Application> {
    const { application, applied } = found;
    const sk = `${applied.appliedOn}#${application}`;
    await this.#table.putNewer({ pk: listKey(applied), sk, ...this.listingOf(found) });
    return found;
  }

  /** How an application stands on the list. */
  listingOf(found: Application): ApplicationListing {
    const { application, applied, granted, rejected, stopProposed, stopped, sequence } = found;
    const decidedOn = granted?.decidedOn ?? rejected?.decidedOn;
    return {
      application,
      subject: applied.subject,
      street: applied.street,
      appliedOn: applied.appliedOn,
      state: applicationState(found),
      fen: grantedFen(found),
      persons: granted?.persons ?? 0,
      ...(granted && { level: granted.level, means: granted.means.kind }),
      ...(decidedOn !== undefined && { decidedOn }),
      ...(granted?.papersDue !== undefined && { papersDue: granted.papersDue }),
      papersOpen: papersOpen(found).length,
      stopProposed: stopProposed !== undefined && stopped === undefined,
      sequence,
    };
  }

  /** In the order of the day of application; `after` is the key of the last one seen. */
  async *listings(
    scope: Scope,
    after?: string,
  ): AsyncGenerator<{ readonly key: string; readonly listing: ApplicationListing }, void, undefined> {
    const options = { ...(after !== undefined && { startAfter: after }) };
    for await (const { pk: _, sk, ...item } of this.#table.query(listKey(scope), options))
      yield { key: sk, listing: item as unknown as ApplicationListing };
  }

  /** Applications for a person, the person's own and those made for them. */
  async ofPerson(person: PersonKey): Promise<ApplicationId[]> {
    const found: ApplicationId[] = [];
    for await (const { sk } of this.#table.query(`GRANTS-OF#${person}`)) found.push(sk);
    return found;
  }
}

const actsKey = (application: ApplicationId): string => `GRANT-APPLICATION#${application}`;
const listKey = ({ jurisdiction, programme }: Scope): string =>
  `GRANT-APPLICATIONS#${jurisdiction}#${programme}`;

export const noApplication = () =>
  refusal('missing/grant-application', '没有这份申请', 'there is no such application in your reach');
const busy = () =>
  refusal(
    'conflict/busy',
    '有人正在同时办理这份申请，请刷新后重试',
    'others are acting on this application: look again, then try again',
  );
