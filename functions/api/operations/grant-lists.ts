import type * as z from 'zod/mini';
import { monthOf } from '../../../domain/calendar.ts';
import { relativeConcerned, relativesAmong } from '../../../domain/matching/relatives.ts';
import { fen, parseYuan, sumFen, toYuan } from '../../../domain/money.ts';
import { programmeById } from '../../../domain/programmes/index.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../../domain/result.ts';
import type { StoredImport } from '../../adapters/import-store.ts';
import { decideGrantList, type ReadList, readList } from '../../grants/decide-grant-list.ts';
import { paidFrom } from '../../grants/paid-from.ts';
import { recoverWithdrawn } from '../../grants/recover-withdrawn.ts';
import { decideRowWithdrawal, proposeRowWithdrawal } from '../../grants/withdraw-row.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { SHEET_STYLE } from '../approval-sheet.ts';
import type { grantListContracts } from '../contracts/grant-lists.ts';
import type { staffContracts } from '../contracts/staff.ts';
import { grantListNotice, grantListSheet } from '../grant-list-pages.ts';
import { LIST_STYLE } from '../list-style.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { withdrawalView } from '../views/grant-withdrawal-view.ts';
import { allMasked } from '../views/masked-persons.ts';
import { disclose } from './disclose.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type ListBody = z.input<(typeof grantListContracts)['getGrantList']['response']>;
type SummaryBody = z.input<(typeof grantListContracts)['listGrantLists']['response']>['lists'][number];

/** A notice of more is taken street by street. */
const NOTICE_ROWS_MAX = 2_000;
/** The newest lists of a programme that are shown. */
const LISTS_SHOWN = 100;

export const grantLists: Pick<StaffOperations, keyof typeof grantListContracts> = {
  async listGrantLists({ actor, query: { programme } }, services) {
    const known = programmeById(programme);
    if (!known.ok) return known;
    const ids = await services.grantLists.listed(actor.jurisdiction, programme);
    const lists: SummaryBody[] = [];
    for (const importId of ids) {
      const stored = await services.imports.read(importId);
      if (stored) lists.push(summaryOf(stored, await services.grantLists.read(importId)));
    }
    lists.sort((a, b) => (a.uploadedAt < b.uploadedAt ? 1 : -1));
    return ok({ body: { lists: lists.slice(0, LISTS_SHOWN) } });
  },

  async getGrantList({ actor, params }, services) {
    const found = await listOf(services, actor, params.importId);
    return found.ok ? shown(services, found.value) : found;
  },

  async decideGrantList({ actor, params, body }, services) {
    const found = await listOf(services, actor, params.importId);
    if (!found.ok) return found;
    const amount = parseYuan(body.amount);
    if (!amount.ok) return amount;
    if (await relativeListed(services, actor, params.importId)) return refuse(relativeConcerned());
    const { hash, count, document, decidedOn } = body;
    const asked = { by: actor.id, hash, count, fen: amount.value, document, decidedOn };
    const { clock } = services;
    const paid = await paidFrom(services.grants, found.value.request, [monthOf(decidedOn)]);
    if (!paid.ok) return paid;
    const stamp = { at: clock.now(), today: clock.today() };
    const { withdrawals } = services.grants;
    const decided = await decideGrantList({ ...services, withdrawals }, found.value, asked, stamp);
    return decided.ok ? shown(services, found.value) : decided;
  },

  async proposeGrantRowWithdrawal({ actor, params, body, effectId }, services) {
    const found = await listOf(services, actor, params.importId);
    if (!found.ok) return found;
    const { jurisdiction, programme } = found.value.request;
    const row = { importId: params.importId, row: Number(params.row), jurisdiction, programme };
    const asked = { by: actor.id, request: effectId };
    const { withdrawnOn, ...rest } = body;
    const said = { ...rest, ...(withdrawnOn !== undefined && { withdrawnOn }) };
    const done = await proposeRowWithdrawal(services.grants, row, said, asked);
    return done.ok ? ok({ body: withdrawalView(done.value) }) : done;
  },

  async decideGrantRowWithdrawal({ actor, params, body, effectId }, services) {
    const found = await listOf(services, actor, params.importId);
    if (!found.ok) return found;
    const row = { importId: params.importId, row: Number(params.row) };
    if (await relativeListed(services, actor, row.importId, row.row)) return refuse(relativeConcerned());
    const asked = { by: actor.id, request: effectId };
    const done = await decideRowWithdrawal(services.grants, row, body, asked);
    if (!done.ok) return done;
    const ports = { ...services.recoveries, withdrawals: services.grants.withdrawals };
    const after = await recoverWithdrawn(ports, done.value);
    return after.ok ? ok({ body: withdrawalView(after.value) }) : after;
  },

  async getGrantListSheet({ actor, params }, services) {
    const found = await listOf(services, actor, params.importId);
    if (!found.ok) return found;
    const streets = await services.register.streetNames(actor.jurisdiction);
    return ok(htmlPage(grantListSheet(await readList(services, found.value), streets), SHEET_STYLE));
  },

  async getGrantListNotice({ actor, params, query: { street } }, services) {
    const found = await listOf(services, actor, params.importId);
    if (!found.ok) return found;
    const list = await readList(services, found.value);
    const rows = list.rows.filter((row) => street === undefined || row.street === street);
    if (rows.length > NOTICE_ROWS_MAX) return refuse(tooLong(rows.length));
    const { register } = services;
    const masked = await allMasked(
      register,
      rows.map(({ subject }) => subject),
    );
    const names = new Map([...masked].map(([key, { name }]) => [key, name]));
    const streets = await register.streetNames(actor.jurisdiction);
    await disclose(services, actor, 'notice-list', `${params.importId} ${street ?? ''}`.trim());
    return ok(htmlPage(grantListNotice(list, rows, names, streets), LIST_STYLE));
  },
};

async function listOf(
  { imports }: Pick<StaffServices, 'imports'>,
  actor: StaffActor,
  importId: string,
): Promise<Result<StoredImport>> {
  const stored = await imports.read(importId);
  const { kind, jurisdiction } = stored?.request ?? {};
  if (stored && kind === 'grant-list' && jurisdiction === actor.jurisdiction) return ok(stored);
  return refuse(
    refusal('missing/grant-list', '没有这份批量给付名册', 'there is no such list of grants', { importId }),
  );
}

/** 回避: whether somebody on the list, or paid by it, is a declared relative of who decides. */
async function relativeListed(
  { grantLists: lists, matching, clock }: StaffServices,
  { id, jurisdiction }: StaffActor,
  importId: string,
  only?: number,
): Promise<boolean> {
  const declared = await matching.relatives.declared(jurisdiction, id);
  if (declared.length === 0) return false;
  const rows = (await lists.rows(importId)).filter(({ row }) => only === undefined || row === only);
  const concerned = rows.flatMap(({ subject, payee }) =>
    payee === undefined ? [subject] : [subject, payee],
  );
  return relativesAmong(declared, concerned, clock.now()).length > 0;
}

async function shown(services: StaffServices, stored: StoredImport): Promise<Result<{ body: ListBody }>> {
  const list = await readList(services, stored);
  const withdrawn = await services.grants.withdrawals.ofList(stored.request.importId);
  return ok({ body: { ...listView(stored, list), withdrawals: withdrawn.map(withdrawalView) } });
}

type Progress = Pick<ReadList, 'decision' | 'done'>;

function listedOf(stored: StoredImport, { decision, done }: Progress) {
  const { importId, programme, by, requestedAt } = stored.request;
  return {
    importId,
    programme,
    state: stateOf(stored, decision !== undefined, decision?.blocks.length === done.length),
    rejected: stored.summary?.counts.rejected ?? 0,
    uploadedBy: by,
    uploadedAt: requestedAt,
  };
}

/** Without its rows: of what was decided the control totals are kept. */
function summaryOf(stored: StoredImport, progress: Progress): SummaryBody {
  const { decision } = progress;
  return {
    ...listedOf(stored, progress),
    rows: stored.summary?.counts.accepted ?? 0,
    ...(decision && {
      decision: {
        document: decision.document,
        decidedOn: decision.decidedOn,
        count: decision.count,
        amount: toYuan(decision.fen),
      },
    }),
  };
}

function listView(stored: StoredImport, list: ReadList): Omit<ListBody, 'withdrawals'> {
  const { summary } = stored;
  const { totals, decision, done } = list;
  return {
    ...listedOf(stored, list),
    ...(summary && { hash: totals.hash }),
    count: totals.count,
    amount: toYuan(totals.fen),
    persons: totals.persons,
    sample: totals.sample,
    streets: totals.streets.map(({ street, count, persons, fen: sum }) => ({
      street,
      count,
      amount: toYuan(sum),
      persons,
    })),
    ...(decision && {
      decision: {
        by: decision.by,
        at: decision.at,
        document: decision.document,
        decidedOn: decision.decidedOn,
      },
    }),
    granted: {
      count: done.reduce((sum, block) => sum + block.granted, 0),
      amount: toYuan(sumFen(done.map((block) => fen(block.fen)))),
    },
    notGranted: done.flatMap(({ refused }) => refused.map(({ row, zh, en }) => ({ row, zh, en }))),
  };
}

function stateOf({ refused, summary }: StoredImport, decided: boolean, all: boolean): ListBody['state'] {
  if (refused) return 'refused';
  if (!summary) return 'checking';
  if (!decided) return 'checked';
  return all ? 'granted' : 'granting';
}

const tooLong = (rows: number): Refusal =>
  refusal(
    'limit/notice-rows',
    `公示名单有 ${rows} 行，超过 ${NOTICE_ROWS_MAX} 行：请按街道分别打印`,
    `the notice has ${rows} rows, more than ${NOTICE_ROWS_MAX}: print it street by street`,
    { rows },
  );
