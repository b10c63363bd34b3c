import type { Instant, Month } from '../../domain/calendar.ts';
import type { JurisdictionCode, ProgrammeId } from '../../domain/ids.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { RollDraws } from './roll-draws.ts';

/**
 * What the sweeper and the daily tick go by, in the operations table:
 *
 *   SCOPES   <jur>#<prog>   a jurisdiction and programme in which a run was ever started
 *   SWEEP    <work>         how far a piece of work was when last looked at
 *   LOOKS    <jur>          figures of the last daily look at a bureau's open payments (projection)
 *   GRANTED#<jur>#<prog>   <month>   when something that pays in the month was last granted or withdrawn
 */
export type Scope = { readonly jurisdiction: JurisdictionCode; readonly programme: ProgrammeId };

/** Failed and returned payments of a bureau that were open, and of them overdue, at the last daily look. */
export type LastLook = { readonly open: number; readonly overdue: number; readonly at: Instant };

/** The last instant at which a grant for a month was recorded. */
export type GrantedMark = { readonly month: Month; readonly at: Instant };

export class SweepStore {
  readonly #table: DynamoTable;
  /** Draws of rolls for runs that are to start. */
  readonly rolls: RollDraws;
  /** Scopes are never forgotten, so that a process writes each of them once. */
  readonly #remembered = new Set<string>();

  constructor(table: DynamoTable) {
    this.#table = table;
    this.rolls = new RollDraws(table);
  }

  async remember({ jurisdiction, programme }: Scope): Promise<void> {
    const sk = `${jurisdiction}#${programme}`;
    if (this.#remembered.has(sk)) return;
    await this.#table.put({ pk: 'SCOPES', sk, jurisdiction, programme });
    this.#remembered.add(sk);
  }

  async scopes(): Promise<Scope[]> {
    const scopes: Scope[] = [];
    for await (const item of this.#table.query('SCOPES')) scopes.push(item as unknown as Scope);
    return scopes;
  }

  /** Remembers that grants for these months were recorded at an instant; an earlier one changes nothing. */
  async markGranted(
    { jurisdiction, programme }: Scope,
    months: readonly Month[],
    at: Instant,
  ): Promise<void> {
    const pk = `GRANTED#${jurisdiction}#${programme}`;
    for (const sk of months) await this.#table.putNewer({ pk, sk, at, sequence: Date.parse(at) });
  }

  /** Months with grants through one, each with when the last of them was recorded, in order. */
  async grantedThrough({ jurisdiction, programme }: Scope, month: Month): Promise<GrantedMark[]> {
    const marks: GrantedMark[] = [];
    const items = this.#table.query(`GRANTED#${jurisdiction}#${programme}`, { between: ['0', month] });
    for await (const { sk, at } of items) marks.push({ month: sk, at: String(at) });
    return marks;
  }

  async putLook(jurisdiction: JurisdictionCode, { open, overdue, at }: LastLook): Promise<void> {
    await this.#table.put({ pk: 'LOOKS', sk: jurisdiction, look: { open, overdue, at } });
  }

  async lastLook(jurisdiction: JurisdictionCode): Promise<LastLook | undefined> {
    return (await this.#table.get('LOOKS', jurisdiction))?.['look'] as LastLook | undefined;
  }

  /** Whether a look has found before that nothing is to be done while things are so. */
  async isDone(work: string, state: string): Promise<boolean> {
    return (await this.#table.get('SWEEP', work))?.['progress'] === state;
  }

  /** Remembers that nothing is to be done while things are so. */
  async putDone(work: string, state: string): Promise<void> {
    await this.#table.put({ pk: 'SWEEP', sk: work, progress: state });
  }

  /**
   * True when the work stands where it stood at the last look: then its messages are lost or their worker died. Otherwise the
   * look is remembered and the work is left alone.
   */
  async stands(work: string, progress: string): Promise<boolean> {
    const before = await this.#table.get('SWEEP', work);
    if (before?.['progress'] === progress) return true;
    await this.#table.put({ pk: 'SWEEP', sk: work, progress });
    return false;
  }
}
