import type { Instant } from '../../domain/calendar.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import type { FundId, ImprestAct } from '../../domain/imprest/acts.ts';
import type { Decision } from '../../domain/imprest/commands.ts';
import { applyImprestAct, foldFund, type ImprestFund } from '../../domain/imprest/fund.ts';
import { noFund } from '../../domain/imprest/refusals.ts';
import type { Fen } from '../../domain/money.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * Imprest funds (备用金) in the operations table.
 *
 *   IMPREST#<j>#<fund>    ACT#<000001>   one immutable act; the fund is the fold of its acts, so that two who draw compete for one number
 *   IMPRESTS#<j>          <fund>         list: a projection, written before the first act and never set back
 *   IMPREST-OPEN#<j>      <fund>         mark, written before a replenishment is decided: it may not be carried out or received yet
 */
export type FundListing = {
  readonly fund: FundId;
  readonly name: string;
  readonly streets: readonly string[];
  readonly balance: Fen;
  readonly closed: boolean;
  readonly sequence: number;
};
/** Who acts; asked twice under one name of a request, an act is done once. */
export type ActStamp = { readonly now: () => Instant; readonly by: string; readonly request?: string };
/** A fund whose replenishment may be underway, and when that was said. */
export type OpenFund = { readonly fund: FundId; readonly at: Instant };

/** Two who act at once compete for one number; the loser looks again, this often. */
const TRIES = 50;

export class ImprestStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async acts(jurisdiction: JurisdictionCode, fund: FundId): Promise<ImprestAct[]> {
    const acts: ImprestAct[] = [];
    for await (const item of this.#table.query(actsKey(jurisdiction, fund), { begins: 'ACT#' }))
      acts.push(item['act'] as ImprestAct);
    return acts;
  }

  /** Refusal: `missing/imprest-fund`. */
  async get(jurisdiction: JurisdictionCode, fund: FundId): Promise<Result<ImprestFund>> {
    const found = foldFund(await this.acts(jurisdiction, fund));
    return found ? ok(found) : refuse(noFund());
  }

  /**
   * Load, decide, append; when someone was faster, again from what they did. The same request is told what came of it; a decision of
   * `undefined` leaves the fund as it is. Refusals: `missing/imprest-fund`, `conflict/busy`, those of `decide`.
   */
  async act(
    jurisdiction: JurisdictionCode,
    fund: FundId,
    decide: (found: ImprestFund | undefined) => Decision,
    { now, by, request }: ActStamp,
  ): Promise<Result<ImprestFund>> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const acts = await this.acts(jurisdiction, fund);
      const found = foldFund(acts);
      const asked = request !== undefined && acts.some((act) => act.request === request);
      const decision = asked ? undefined : decide(found);
      if (!decision) return found ? ok(await this.#listed(found)) : refuse(noFund());
      if (!decision.ok) return decision;
      const sequence = (found?.sequence ?? 0) + 1;
      const named = request !== undefined && { request };
      const act = { ...decision.value, jurisdiction, fund, sequence, at: now(), by, ...named } as ImprestAct;
      const after = applyImprestAct(found, act);
      // Before the first act, so that whoever looks through the list misses no fund.
      if (sequence === 1) await this.#table.putNew(listed(after, 0));
      const sk = `ACT#${String(sequence).padStart(6, '0')}`;
      const put = await this.#table.putNew({ pk: actsKey(jurisdiction, fund), sk, act });
      if (put === 'created') return ok(await this.#listed(after));
    }
    return refuse(
      refusal(
        'conflict/busy',
        '该备用金正被多人同时使用，请稍后重试',
        'many people are using this imprest fund at the same moment: try again',
      ),
    );
  }

  /** All funds of a place by their ids; figures may be a moment behind. */
  async listings(jurisdiction: JurisdictionCode): Promise<FundListing[]> {
    const listings: FundListing[] = [];
    for await (const { pk: _pk, sk: _sk, ...item } of this.#table.query(listKey(jurisdiction)))
      listings.push(item as unknown as FundListing);
    return listings;
  }

  /** Before a replenishment is decided. */
  async markOpen(jurisdiction: JurisdictionCode, { fund, at }: OpenFund): Promise<void> {
    await this.#table.put({ pk: openKey(jurisdiction), sk: fund, fund, at, done: false });
  }

  /** Takes the mark away, unless somebody has set it since. */
  async settleOpen(jurisdiction: JurisdictionCode, { fund, at }: OpenFund): Promise<void> {
    await this.#table.update(
      { pk: openKey(jurisdiction), sk: fund },
      {
        expression: 'SET #done = :done',
        condition: '#at = :at',
        names: { '#done': 'done', '#at': 'at' },
        values: { ':done': true, ':at': at },
      },
    );
  }

  async open(jurisdiction: JurisdictionCode): Promise<OpenFund[]> {
    const open: OpenFund[] = [];
    for await (const { sk: fund, at, done } of this.#table.query(openKey(jurisdiction)))
      if (done !== true) open.push({ fund, at: String(at) });
    return open;
  }

  async #listed(found: ImprestFund): Promise<ImprestFund> {
    await this.#table.putNewer(listed(found, found.sequence));
    return found;
  }
}

function listed({ jurisdiction, fund, name, streets, balance, closed }: ImprestFund, sequence: number) {
  return { pk: listKey(jurisdiction), sk: fund, fund, name, streets, balance, closed, sequence };
}

const actsKey = (jurisdiction: JurisdictionCode, fund: FundId): string => `IMPREST#${jurisdiction}#${fund}`;
const listKey = (jurisdiction: JurisdictionCode): string => `IMPRESTS#${jurisdiction}`;
const openKey = (jurisdiction: JurisdictionCode): string => `IMPREST-OPEN#${jurisdiction}`;
