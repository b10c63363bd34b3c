import type { Instant } from '../../domain/calendar.ts';
import { contentHash } from '../../domain/canonical.ts';
import type { JurisdictionCode, PersonKey } from '../../domain/ids.ts';
import type { Fen } from '../../domain/money.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import {
  type AllotmentAct,
  type AllotmentActBody,
  type Allotments,
  foldAllotments,
} from '../../domain/venture/allotments.ts';
import type { Call } from '../../domain/venture/call.ts';
import type { Ban } from '../../domain/venture/organisation.ts';
import type { CallId } from '../../domain/venture/project-acts.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';

/**
 * Calls of the venture fund (公益创投) and what goes beyond one project, in the operations table.
 *
 *   VENTURE-CALLS#<j>               <call>                   one call: immutable
 *   VENTURE-ALLOTTED#<j>#<year>     ACT#<000001>             one immutable act on what the calls of a year gave
 *   VENTURE-SHEETS#<j>              <import>                 sheet of projects: for which call, and its control total as stated
 *   VENTURE-BANS#<j>#<person key>   <from>#<until>#<document>  ban of an organisation
 *   VENTURE-ORGS#<j>                <person key>             organisations that were registered here: a list
 */
export type ProjectSheet = {
  readonly importId: string;
  readonly callId: CallId;
  /** 控制总数, stated apart from the sheet. */
  readonly projects: number;
  readonly asked: Fen;
  readonly fileName: string;
  readonly by: string;
  readonly at: Instant;
};

/** Two who give at once compete for one number; the loser looks again, this often. */
const TRIES = 20;

export class VentureCallStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** The same again is the call that stands. Refusal: `conflict/call-differs`. */
  async open(call: Call): Promise<Result<Call>> {
    const { at: _, by: _by, ...content } = call;
    const c = contentHash(sha256Hex, 'venture-call.v1', content);
    const { outcome } = await this.#table.putNewOrSame({
      pk: callsPk(call.jurisdiction),
      sk: call.callId,
      c,
      call,
    });
    if (outcome === 'created') return ok(call);
    if (outcome === 'same') return this.call(call.jurisdiction, call.callId);
    return refuse(
      refusal(
        'conflict/call-differs',
        '该年度的这一届征集已经发布，内容不同：请核对届次',
        'this call of the year stands with another content: check its number',
        { callId: call.callId },
      ),
    );
  }

  /** Refusal: `missing/call`. */
  async call(jurisdiction: JurisdictionCode, callId: CallId): Promise<Result<Call>> {
    const item = await this.#table.get(callsPk(jurisdiction), callId);
    return item ? ok(item['call'] as Call) : refuse(noCall());
  }

  async calls(jurisdiction: JurisdictionCode): Promise<Call[]> {
    const calls: Call[] = [];
    for await (const item of this.#table.query(callsPk(jurisdiction))) calls.push(item['call'] as Call);
    return calls;
  }

  async allotments(jurisdiction: JurisdictionCode, year: string): Promise<Allotments> {
    const acts: AllotmentAct[] = [];
    for await (const item of this.#table.query(allottedPk(jurisdiction, year)))
      acts.push(item['act'] as AllotmentAct);
    return foldAllotments(acts);
  }

  /** Load, decide, append; when someone was faster, again from what they did. A decision of `undefined` changes nothing. */
  async allot(
    jurisdiction: JurisdictionCode,
    year: string,
    decide: (before: Allotments) => Result<AllotmentActBody> | undefined,
    stamp: { readonly now: () => Instant; readonly by: string },
  ): Promise<Result<Allotments>> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const before = await this.allotments(jurisdiction, year);
      const decision = decide(before);
      if (!decision) return ok(before);
      if (!decision.ok) return decision;
      const sequence = before.sequence + 1;
      const act: AllotmentAct = { ...decision.value, sequence, at: stamp.now(), by: stamp.by };
      const sk = `ACT#${String(sequence).padStart(6, '0')}`;
      if ((await this.#table.putNew({ pk: allottedPk(jurisdiction, year), sk, act })) === 'created')
        return ok(await this.allotments(jurisdiction, year));
    }
    return refuse(
      refusal(
        'conflict/busy',
        '多人正在同时确定入围，请稍后重试',
        'many people are giving grants out of this year’s pools: try again',
      ),
    );
  }

  /** Before the import is asked for: what its rows are for stands before they are read. */
  async addSheet(jurisdiction: JurisdictionCode, sheet: ProjectSheet): Promise<void> {
    await this.#table.putNew({ pk: sheetsPk(jurisdiction), sk: sheet.importId, sheet });
  }

  async sheet(jurisdiction: JurisdictionCode, importId: string): Promise<ProjectSheet | undefined> {
    const item = await this.#table.get(sheetsPk(jurisdiction), importId);
    return item && (item['sheet'] as ProjectSheet);
  }

  /** The same ban again is the one that stands. */
  async ban(jurisdiction: JurisdictionCode, organisation: PersonKey, ban: Ban): Promise<void> {
    const sk = `${ban.from}#${ban.until}#${ban.document}`;
    await this.#table.putNew({ pk: bansPk(jurisdiction, organisation), sk, ban });
  }

  async bans(jurisdiction: JurisdictionCode, organisation: PersonKey): Promise<Ban[]> {
    const bans: Ban[] = [];
    for await (const item of this.#table.query(bansPk(jurisdiction, organisation)))
      bans.push(item['ban'] as Ban);
    return bans;
  }

  async addOrganisation(jurisdiction: JurisdictionCode, organisation: PersonKey): Promise<void> {
    await this.#table.putNew({ pk: organisationsPk(jurisdiction), sk: organisation });
  }

  /** From behind a key, in the order of the keys. */
  async *organisations(
    jurisdiction: JurisdictionCode,
    startAfter?: string,
  ): AsyncGenerator<PersonKey, void, undefined> {
    const options = startAfter === undefined ? {} : { startAfter };
    for await (const item of this.#table.query(organisationsPk(jurisdiction), options)) yield item.sk;
  }
}

const callsPk = (jurisdiction: JurisdictionCode): string => `VENTURE-CALLS#${jurisdiction}`;
const allottedPk = (jurisdiction: JurisdictionCode, year: string): string =>
  `VENTURE-ALLOTTED#${jurisdiction}#${year}`;
const sheetsPk = (jurisdiction: JurisdictionCode): string => `VENTURE-SHEETS#${jurisdiction}`;
const bansPk = (jurisdiction: JurisdictionCode, organisation: PersonKey): string =>
  `VENTURE-BANS#${jurisdiction}#${organisation}`;
const organisationsPk = (jurisdiction: JurisdictionCode): string => `VENTURE-ORGS#${jurisdiction}`;

const noCall = () => refusal('missing/call', '没有这届征集', 'there is no such call');
