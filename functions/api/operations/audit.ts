import type * as z from 'zod/mini';
import { ACCOUNT_CLASSES, classOf } from '../../../domain/ledger/accounts.ts';
import { fen, sumFen, toYuan } from '../../../domain/money.ts';
import { ok, refusal, refuse } from '../../../domain/result.ts';
import type { ObjectStore } from '../../adapters/object-store.ts';
import type { ExportListing, Seal, TrialBalance } from '../../run/service.ts';
import type { auditContracts } from '../contracts/audit.ts';
import type { Operations } from '../operation.ts';
import { actViews } from '../views/act-view.ts';
import { runView } from '../views/run-view.ts';
import { runInReach } from './scope.ts';
import type { AuditServices } from './services.ts';

type ExportBody = z.input<(typeof auditContracts)['getExport']['response']>;
type BalanceBody = z.input<(typeof auditContracts)['getTrialBalance']['response']>;
type SealBody = NonNullable<z.input<(typeof auditContracts)['getAuditRun']['response']>['seal']>;

export const audit: Operations<'audit', typeof auditContracts, AuditServices> = {
  async getAuditRun({ actor, params }, { runs }) {
    const runId = runInReach(actor, params.runId, 'within');
    if (!runId.ok) return runId;
    const run = await runs.getRun(runId.value);
    if (!run.ok) return run;
    const seal = await runs.seal(runId.value);
    if (!seal.ok) return seal;
    const body = { run: await runView(runs, run.value) };
    return ok({ body: seal.value ? { ...body, seal: sealView(seal.value) } : body });
  },

  async listAuditActs({ actor, params }, { runs, staff }) {
    const runId = runInReach(actor, params.runId, 'within');
    if (!runId.ok) return runId;
    const [run, acts] = [await runs.getRun(runId.value), await runs.listActs(runId.value)];
    if (!run.ok) return run;
    if (!acts.ok) return acts;
    // Names of the bureau that ran it, which may lie inside the auditor's jurisdiction.
    const names = await staff.namesOf(run.value.manifest.jurisdiction);
    return ok({ body: { runId: runId.value, acts: actViews(acts.value, names) } });
  },

  async createExport({ actor, body, effectId }, { runs, files }) {
    const runId = runInReach(actor, body.runId, 'within');
    if (!runId.ok) return runId;
    const exportId = `ex-${effectId}`;
    const made = await runs.createExport({ runId: runId.value, format: body.format, by: actor.id, exportId });
    if (!made.ok) return made;
    const headers = { location: `/v1/audit/exports/${exportId}`, 'retry-after': '2' };
    // The answer is kept for replays, and a link that dies is not worth keeping: it comes with the GET.
    const { url: _url, ...body202 } = await exportView(made.value, files);
    return ok({ body: body202, headers });
  },

  async getExport({ actor, params }, { runs, files }) {
    const found = await runs.getExport(params.exportId);
    if (!found.ok) return found;
    if (!runInReach(actor, found.value.runId, 'within').ok) return refuse(noExport());
    return ok({ body: await exportView(found.value, files) });
  },

  async getTrialBalance({ actor, params }, { runs }) {
    const runId = runInReach(actor, params.runId, 'within');
    if (!runId.ok) return runId;
    const balance = await runs.trialBalance(runId.value);
    return balance.ok ? ok({ body: balanceView(runId.value, balance.value) }) : balance;
  },
};

const noExport = () => refusal('missing/export', '没有这个导出', 'there is no such export');

function sealView(seal: Seal): SealBody {
  return {
    sequence: seal.sequence,
    hash: seal.hash,
    previous: seal.previous,
    acts: seal.acts,
    intact: seal.intact,
    ranges: seal.ranges.map(({ shard, count, fen: amount, root }) => ({
      shard,
      count,
      amount: toYuan(amount),
      root,
    })),
  };
}

async function exportView(
  listing: ExportListing,
  files: Pick<ObjectStore, 'downloadLink'>,
): Promise<ExportBody> {
  const { exportId, runId, format, state, entries, sha256, fileName, objectKey } = listing;
  const link =
    objectKey !== undefined && state === 'done'
      ? await files.downloadLink(objectKey, fileName ?? `${exportId}.${format === 'csv' ? 'csv' : 'journal'}`)
      : undefined;
  return {
    exportId,
    runId,
    format,
    state,
    ...(entries !== undefined && { entries }),
    ...(sha256 !== undefined && { sha256 }),
    ...(fileName !== undefined && { fileName }),
    ...(link !== undefined && { url: link }),
  };
}

function balanceView(runId: string, { accounts, entries, afterSeal }: TrialBalance): BalanceBody {
  const debit = sumFen(accounts.map((row) => row.debit));
  const credit = sumFen(accounts.map((row) => row.credit));
  return {
    runId,
    entries,
    accounts: accounts.map(({ account, debit: debits, credit: credits }) => {
      const kind = classOf(account);
      const detail = account.slice(kind.length);
      const { zh, side } = ACCOUNT_CLASSES[kind];
      return {
        account,
        names: { zh: `${zh}${detail}`, en: account },
        debit: toYuan(debits),
        credit: toYuan(credits),
        balance: toYuan(fen(side === 'debit' ? debits - credits : credits - debits)),
      };
    }),
    debit: toYuan(debit),
    credit: toYuan(credit),
    balanced: debit === credit,
    afterSeal: afterSeal.map(({ kind, payment, attempt, fen: amount, at }) => ({
      kind,
      payment,
      attempt,
      at,
      amount: toYuan(amount),
    })),
  };
}
