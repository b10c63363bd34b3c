import type * as z from 'zod/mini';
import { ok, type Result, refusal, refuse } from '../../../domain/result.ts';
import type { StoredImport } from '../../adapters/import-store.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { accountFileHash, confirmAccountFile } from '../../register/account-file.ts';
import type { accountFileContracts } from '../contracts/account-files.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { disclose } from './disclose.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type FileBody = z.input<(typeof accountFileContracts)['getAccountFile']['response']>;

export const accountFiles: Pick<StaffOperations, 'getAccountFile' | 'confirmAccountFile'> = {
  async getAccountFile({ actor, params }, services) {
    const stored = await fileOf(services, actor, params.importId);
    return stored.ok ? ok({ body: await fileView(services, actor, stored.value) }) : stored;
  },

  async confirmAccountFile({ actor, params, body }, services) {
    const stored = await fileOf(services, actor, params.importId);
    if (!stored.ok) return stored;
    const signature = { by: actor.id, at: services.clock.now(), hash: body.hash };
    const confirmed = await confirmAccountFile(services, stored.value, signature);
    return confirmed.ok ? ok({ body: await fileView(services, actor, stored.value) }) : confirmed;
  },
};

async function fileOf(
  { imports }: Pick<StaffServices, 'imports'>,
  actor: StaffActor,
  importId: string,
): Promise<Result<StoredImport>> {
  const stored = await imports.read(importId);
  const { kind, jurisdiction } = stored?.request ?? {};
  if (stored && kind === 'accounts' && jurisdiction === actor.jurisdiction) return ok(stored);
  return refuse(
    refusal('missing/account-file', '没有这份批量换卡文件', 'there is no such file of changed accounts', {
      importId,
    }),
  );
}

async function fileView(services: StaffServices, actor: StaffActor, stored: StoredImport): Promise<FileBody> {
  const { request, summary } = stored;
  const { importId, by, requestedAt } = request;
  const { confirmed, done } = await services.accountFiles.read(importId);
  const hash = summary && (await accountFileHash(services, stored));
  const counts = summary?.counts;
  const errors = actor.roles.includes('preparer') ? summary?.errorFileKey : undefined;
  if (errors) await disclose(services, actor, 'account-file-errors', importId);
  const name = `account-file-errors-${importId}.${errors?.endsWith('xlsx') ? 'xlsx' : 'csv'}`;
  const sum = (of: 'changed' | 'unchanged') => done.reduce((total, chunk) => total + chunk[of], 0);
  const refusedSince = done.flatMap(({ refused }) => refused);
  return {
    importId,
    ...(hash !== undefined && { hash }),
    state: stateOf(stored, confirmed !== undefined, done.length),
    lines: {
      matching: counts?.changed ?? 0,
      unchanged: counts?.unchanged ?? 0,
      refused: counts?.rejected ?? 0,
    },
    applied: { changed: sum('changed'), unchanged: sum('unchanged'), refused: refusedSince.length },
    refusedSince: [...refusedSince],
    proposedBy: by,
    proposedAt: requestedAt,
    ...(confirmed && { confirmedBy: confirmed.by, confirmedAt: confirmed.at }),
    ...(errors && { errorFileUrl: await services.files.downloadLink(errors, name) }),
  };
}

function stateOf(
  { refused, summary, plan }: StoredImport,
  confirmed: boolean,
  done: number,
): FileBody['state'] {
  if (refused) return 'refused';
  if (!summary || !plan) return 'checking';
  if (!confirmed) return 'checked';
  return done >= plan.chunks ? 'applied' : 'applying';
}
