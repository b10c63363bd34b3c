import type { Instant } from '../../domain/calendar.ts';
import {
  applyWithdrawalAct,
  foldWithdrawal,
  type ListRow,
  type Withdrawal,
  type WithdrawalAct,
  type WithdrawalActBody,
} from '../../domain/grants/withdrawal.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * Rows of decided lists that are withdrawn (撤销), in the operations table:
 *
 *   GRANT-LIST-BACK#<import>   <000012>#<0001>      one immutable act on a row; a withdrawal is the fold of its acts
 *   GRANT-LISTS-BACK           <import>#<000012>    mark, written before a decision: it may not be carried out yet (projection)
 */
export type WithdrawalMark = ListRow & { readonly at: Instant };
/** Who acts; asked twice under one name of a request, an act is done once. */
type ActStamp = { readonly now: () => Instant; readonly by: string; readonly request?: string };

const TRIES = 20;
const MARKS = 'GRANT-LISTS-BACK';

export class GrantWithdrawals {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async load(row: ListRow): Promise<Withdrawal | undefined> {
    return foldWithdrawal(await this.#acts(row.importId, `${rowText(row)}#`));
  }

  /** Of a list, in the order of its rows. */
  async ofList(importId: string): Promise<Withdrawal[]> {
    const byRow = Map.groupBy(await this.#acts(importId), ({ row }) => row);
    return [...byRow.values()].flatMap((acts) => foldWithdrawal(acts) ?? []);
  }

  /** Whether what any row of a list gave is withdrawn. */
  async anyRecorded(importId: string): Promise<boolean> {
    return (await this.ofList(importId)).some(({ recorded }) => recorded !== undefined);
  }

  /**
   * Load, decide, append; when someone was faster, again from what they did. A decision of `undefined` leaves it as it is. Refusals:
   * `conflict/busy`, `missing/grant-withdrawal`, those of `decide`.
   */
  async act(
    row: ListRow,
    decide: (found: Withdrawal | undefined) => Result<WithdrawalActBody> | undefined,
    { now, by, request }: ActStamp,
  ): Promise<Result<Withdrawal>> {
    const { importId } = row;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const acts = await this.#acts(importId, `${rowText(row)}#`);
      const found = foldWithdrawal(acts);
      const asked = request !== undefined && acts.some((act) => act.request === request);
      const decision = asked ? undefined : decide(found);
      if (!decision) return found ? ok(found) : refuse(NONE);
      if (!decision.ok) return decision;
      const sequence = (found?.sequence ?? 0) + 1;
      const named = request !== undefined && { request };
      const act: WithdrawalAct = { ...decision.value, ...row, sequence, at: now(), by, ...named };
      const after = applyWithdrawalAct(found, act);
      const sk = `${rowText(row)}#${String(sequence).padStart(4, '0')}`;
      if ((await this.#table.putNew({ pk: actsKey(importId), sk, act })) === 'created') return ok(after);
    }
    return refuse(BUSY);
  }

  async mark({ importId, row, at }: WithdrawalMark): Promise<void> {
    await this.#table.put({ pk: MARKS, sk: markKey({ importId, row }), importId, row, at, done: false });
  }

  /** Takes the mark away, unless somebody has set it since. */
  async settle({ importId, row, at }: WithdrawalMark): Promise<void> {
    await this.#table.update(
      { pk: MARKS, sk: markKey({ importId, row }) },
      {
        expression: 'SET #done = :done',
        condition: '#at = :at',
        names: { '#done': 'done', '#at': 'at' },
        values: { ':done': true, ':at': at },
      },
    );
  }

  async open(): Promise<WithdrawalMark[]> {
    const open: WithdrawalMark[] = [];
    for await (const { importId, row, at, done } of this.#table.query(MARKS))
      if (done !== true) open.push({ importId: String(importId), row: Number(row), at: String(at) });
    return open;
  }

  async #acts(importId: string, begins = ''): Promise<WithdrawalAct[]> {
    const acts: WithdrawalAct[] = [];
    const options = begins === '' ? {} : { begins };
    for await (const item of this.#table.query(actsKey(importId), options))
      acts.push(item['act'] as WithdrawalAct);
    return acts;
  }
}

const rowText = ({ row }: Pick<ListRow, 'row'>): string => String(row).padStart(6, '0');
const actsKey = (importId: string): string => `GRANT-LIST-BACK#${importId}`;
const markKey = ({ importId, row }: ListRow): string => `${importId}#${rowText({ row })}`;

const NONE = refusal(
  'missing/grant-withdrawal',
  '该行没有提出过撤销',
  'nobody has proposed to withdraw this row',
);
const BUSY = refusal(
  'conflict/busy',
  '有人正在同时办理该行，请稍后重试',
  'others are acting on this row at the same moment: try again',
);
