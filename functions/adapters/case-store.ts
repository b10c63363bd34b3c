import type { Instant } from '../../domain/calendar.ts';
import { bucketOf, type EnrolmentId, subjectOf } from '../../domain/ids.ts';
import {
  applyCaseAct,
  CASE_ID,
  type Case,
  type CaseAct,
  type CaseActBody,
  type CaseActOf,
  type CaseId,
  type CaseSource,
  type CaseState,
  caseIdOf,
  caseState,
  foldCase,
} from '../../domain/matching/case.ts';
import { type Placement, placeSource } from '../../domain/matching/case-commands.ts';
import type { CaseKind } from '../../domain/matching/list-kinds.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { CaseHolds, CLEARED, marksKey, partsOf } from './case-holds.ts';
import { DecidingCases } from './deciding-cases.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';
import type { Scope } from './sweep-store.ts';

/**
 * Cases (疑点) in the operations table. Nothing personal is in them.
 *
 *   CASE#<j>#<p>#<enrolment>   <kind>#<0001>#<000001>   one immutable act of the n-th case of a kind
 *   CASE-OPEN#<j>#<p>#<b>      <case>                   the case holds payments; with the act that opens it, and written before it
 *   CASE-OPEN#<j>#<p>#<b>      <case>#CLEARED           it holds them no more: written after everything that was decided is done
 *   CASES#<j>#<p>              <case>                   list of cases: a projection, never set back
 *   CASE-EXPORTS#<j>           <at>#<staff>             who took a list of cases out of the system, and which
 *
 * A decision is marked before it is written (deciding-cases.ts), so that the sweeper finds it however its writer ends.
 *
 * A writer who dies between the mark and the act leaves a hold and no case: whoever asks for that case, or opens the next one, writes
 * the act from the mark.
 */
export type CaseListing = {
  readonly caseId: CaseId;
  readonly kind: CaseKind;
  readonly enrolment: EnrolmentId;
  readonly street?: string;
  readonly hold: boolean;
  readonly state: CaseState;
  readonly outcome?: string;
  readonly openedAt: Instant;
  readonly waitsSince: Instant;
  readonly sources: number;
  readonly sequence: number;
};
export type CaseExport = {
  readonly at: Instant;
  readonly by: string;
  readonly programme: string;
  readonly format: 'html' | 'csv';
  readonly filters: string;
  readonly cases: number;
};
type Opening = Omit<
  CaseActOf<'opened'>,
  'kind' | 'caseId' | 'sequence' | 'at' | 'by' | 'request' | 'hold' | 'source'
>;
type Stamp = { readonly now: () => Instant; readonly by: string; readonly request?: string };

const TRIES = 20;

export class CaseStore extends CaseHolds {
  readonly #table: DynamoTable;
  /** Decisions that may not be carried out yet. */
  readonly deciding: DecidingCases;

  constructor(table: DynamoTable) {
    super(table);
    this.#table = table;
    this.deciding = new DecidingCases(table);
  }

  /** All cases of a kind about an enrolment, in order; one whose opening was interrupted is opened now. */
  async casesOf(scope: Scope, enrolment: EnrolmentId, kind: CaseKind): Promise<Case[]> {
    const acts: CaseAct[] = [];
    for await (const item of this.#table.query(casesKey(scope, enrolment), { begins: `${kind}#` }))
      acts.push(item['act'] as CaseAct);
    return [...Map.groupBy(acts, ({ caseId }) => caseId).values()].flatMap((own) => foldCase(own) ?? []);
  }

  /** Refusal: `missing/case`. */
  async get(scope: Scope, caseId: CaseId): Promise<Result<Case>> {
    const found = await this.#load(scope, caseId);
    if (found) return ok(found);
    const mark = CASE_ID.test(caseId) && (await this.#table.get(markKey(scope, caseId), caseId));
    if (!mark) return refuse(noCase());
    await this.#finishOpening(scope, mark);
    const opened = await this.#load(scope, caseId);
    return opened ? ok(opened) : refuse(noCase());
  }

  /**
   * Hears another word about an enrolment: opens a case, adds it to the one that is open, or knows it already. At most one case of a
   * kind is open, whoever comes when. The mark of a hold is there before the act.
   */
  async hear(
    scope: Scope,
    opening: Opening,
    said: { readonly source: CaseSource; readonly hold: boolean },
    stamp: Stamp,
  ): Promise<{ readonly to: Placement['to']; readonly found: Case }> {
    const { enrolment, about } = opening;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const cases = await this.casesOf(scope, enrolment, about);
      const before = cases.find((one) => wasHeard(one, stamp.request));
      if (before) return { to: 'known', found: await this.#listed(scope, before) };
      const { to, last } = placeSource(cases, said.source);
      if (to === 'known') {
        invariant(last, 'what is known is in a case');
        return { to, found: await this.#listed(scope, last) };
      }
      const caseId = to === 'open' && last ? last.caseId : caseIdOf(enrolment, about, cases.length + 1);
      const { now, ...who } = stamp;
      const written = { caseId, ...who, at: now() };
      const act: CaseAct =
        to === 'open' && last
          ? { kind: 'added', ...said, ...written, sequence: last.sequence + 1 }
          : { kind: 'opened', ...opening, ...said, ...written, sequence: 1 };
      if (said.hold && !(await this.#mark(scope, act))) continue;
      if ((await this.#append(scope, act)) === 'taken') continue;
      return {
        to,
        found: await this.#listed(scope, applyCaseAct(last && to === 'open' ? last : undefined, act)),
      };
    }
    throw new Error('a case lost every race against other writers');
  }

  /**
   * Load, decide, append; when someone was faster, again from what they did. The same request is told what came of it. Refusals:
   * `missing/case`, `conflict/busy`, those of `decide`.
   */
  async act(
    scope: Scope,
    caseId: CaseId,
    decide: (found: Case) => Result<CaseActBody> | undefined,
    stamp: Stamp,
  ): Promise<Result<Case>> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const found = await this.get(scope, caseId);
      if (!found.ok) return found;
      const asked = await this.#wasAsked(scope, caseId, stamp.request);
      const decision = asked ? undefined : decide(found.value);
      if (!decision) return ok(await this.#listed(scope, found.value));
      if (!decision.ok) return decision;
      const { now, ...who } = stamp;
      const act: CaseAct = {
        ...decision.value,
        caseId,
        sequence: found.value.sequence + 1,
        at: now(),
        ...who,
      };
      if (act.kind === 'decided') await this.deciding.mark({ ...placeOf(scope), caseId, at: act.at });
      if ((await this.#append(scope, act)) === 'taken') continue;
      return ok(await this.#listed(scope, applyCaseAct(found.value, act)));
    }
    return refuse(
      refusal(
        'conflict/busy',
        '本案正被多人操作，请稍后重试',
        'many people are acting on this case: try again',
      ),
    );
  }

  /** Ends the hold of a closed case; before the last act of closing, so that nobody finds it closed and still holding. */
  async clear(scope: Scope, caseId: CaseId, at: Instant): Promise<void> {
    await this.#table.putNew({ pk: markKey(scope, caseId), sk: `${caseId}${CLEARED}`, at });
  }

  /** Writes what whoever opened a hold of an enrolment and died left out: the cases that hold it are in the list then. */
  async finishOpenings(scope: Scope, enrolment: EnrolmentId): Promise<void> {
    const bucket = bucketOf(sha256Hex, subjectOf(enrolment));
    for await (const mark of this.#table.query(marksKey(scope, bucket), { begins: `${enrolment}.` }))
      await this.#finishOpening(scope, mark);
  }

  /** The list of cases from behind a case, in the order of their ids, of all or of one enrolment; it may be a moment behind. */
  async *listings(
    scope: Scope,
    {
      startAfter,
      enrolment,
    }: { readonly startAfter?: string | undefined; readonly enrolment?: string | undefined } = {},
  ): AsyncGenerator<CaseListing, void, undefined> {
    const options = {
      ...(startAfter !== undefined && { startAfter }),
      ...(enrolment !== undefined && { begins: `${enrolment}.` }),
    };
    for await (const { pk: _pk, sk: _sk, ...item } of this.#table.query(listKey(scope), options))
      yield item as unknown as CaseListing;
  }

  /** Written before the list is handed over. */
  async logExport(jurisdiction: string, taken: CaseExport): Promise<void> {
    await this.#table.putNew({ pk: `CASE-EXPORTS#${jurisdiction}`, sk: `${taken.at}#${taken.by}`, ...taken });
  }

  /** The newest first. */
  async exports(jurisdiction: string, limit: number): Promise<CaseExport[]> {
    const page = await this.#table.page(`CASE-EXPORTS#${jurisdiction}`, { descending: true, limit });
    return page.items.map(({ pk: _pk, sk: _sk, ...item }) => item as unknown as CaseExport);
  }

  async #load(scope: Scope, caseId: CaseId): Promise<Case | undefined> {
    return foldCase(await this.acts(scope, caseId));
  }

  /** Everything that was done, in order. */
  async acts(scope: Scope, caseId: CaseId): Promise<CaseAct[]> {
    if (!CASE_ID.test(caseId)) return [];
    const { enrolment, prefix } = partsOf(caseId);
    const acts: CaseAct[] = [];
    for await (const item of this.#table.query(casesKey(scope, enrolment), { begins: prefix }))
      acts.push(item['act'] as CaseAct);
    return acts;
  }

  async #wasAsked(scope: Scope, caseId: CaseId, request: string | undefined): Promise<boolean> {
    if (request === undefined) return false;
    return (await this.acts(scope, caseId)).some((act) => act.request === request);
  }

  /** False when another writer's opening of the same case was found there: it is finished, and the caller looks again. */
  async #mark(scope: Scope, act: CaseAct): Promise<boolean> {
    const { caseId, at } = act;
    const pk = markKey(scope, caseId);
    const opening = act.kind === 'opened' ? { act } : {};
    if ((await this.#table.putNew({ pk, sk: caseId, at, ...opening })) === 'created') return true;
    if (act.kind !== 'opened') return true;
    const mark = await this.#table.get(pk, caseId);
    invariant(mark, `a mark vanished: ${caseId}`);
    await this.#finishOpening(scope, mark);
    return false;
  }

  async #finishOpening(scope: Scope, mark: Item): Promise<void> {
    const act = mark['act'] as CaseAct | undefined;
    if (!act) return;
    await this.#append(scope, act);
    const found = await this.#load(scope, act.caseId);
    if (found) await this.#listed(scope, found);
  }

  async #append(scope: Scope, act: CaseAct): Promise<'appended' | 'taken'> {
    const { enrolment, prefix } = partsOf(act.caseId);
    const sk = `${prefix}${String(act.sequence).padStart(6, '0')}`;
    const put = await this.#table.putNew({ pk: casesKey(scope, enrolment), sk, act });
    return put === 'created' ? 'appended' : 'taken';
  }

  /** Rewrites the projection: absolute, and only ever forward. */
  async #listed(scope: Scope, found: Case): Promise<Case> {
    const { caseId, opened, street, hold, decided, waitsSince, sequence } = found;
    const listing: CaseListing = {
      caseId,
      kind: opened.about,
      enrolment: opened.enrolment,
      ...(street !== undefined && { street }),
      hold,
      state: caseState(found),
      ...(decided && { outcome: decided.outcome }),
      openedAt: opened.at,
      waitsSince,
      sources: 1 + found.added.length,
      sequence,
    };
    await this.#table.putNewer({ pk: listKey(scope), sk: caseId, ...listing });
    return found;
  }
}

const casesKey = ({ jurisdiction, programme }: Scope, enrolment: EnrolmentId): string =>
  `CASE#${jurisdiction}#${programme}#${enrolment}`;
/** Without whatever else a caller's scope carries. */
const placeOf = ({ jurisdiction, programme }: Scope): Scope => ({ jurisdiction, programme });
const listKey = ({ jurisdiction, programme }: Scope): string => `CASES#${jurisdiction}#${programme}`;
const markKey = (scope: Scope, caseId: CaseId): string =>
  marksKey(scope, bucketOf(sha256Hex, subjectOf(partsOf(caseId).enrolment)));

/** Whether a request was heard before; one without a name is told from its source. */
const wasHeard = ({ opened, added }: Case, request: string | undefined): boolean =>
  request !== undefined && [opened, ...added].some((act) => act.request === request);

export const noCase = () =>
  refusal('missing/case', '没有这个疑点案件', 'there is no such case in your reach');
