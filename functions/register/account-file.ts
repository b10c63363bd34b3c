import type { Instant } from '../../domain/calendar.ts';
import { contentHash } from '../../domain/canonical.ts';
import { currentAccount } from '../../domain/register/account.ts';
import { type SignedFile, withNewAccount } from '../../domain/register/account-file.ts';
import { readRow } from '../../domain/register/sheets.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { AccountFileChunk } from '../../events/imports.ts';
import type { AppliedChunk } from '../adapters/account-file-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { StoredImport } from '../adapters/import-store.ts';
import { laterOf } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import { findAccountLine } from './find-account-line.ts';
import { type ImportServices, readRowsKey, rejectedRowsKey } from './import-services.ts';
import { parseReadRows, type ReadRow } from './read-row.ts';

type FileServices = Pick<ImportServices, 'imports' | 'accountFiles' | 'queues'>;
const AT_ONCE = 12;
const SAVE_ATTEMPTS = 8;
const DAY_MILLISECONDS = 86_400_000;
/** The rows as read are deleted after 30 days (infra/data-stack.ts): what is signed by then has time left to be applied. */
const SIGNED_WITHIN_DAYS = 20;

/** The hash of a checked file: all its lines as read, in order. What the second person signs, and what is applied. */
export async function accountFileHash(
  { imports }: Pick<ImportServices, 'imports'>,
  { request, plan }: StoredImport,
): Promise<string | undefined> {
  if (!plan) return undefined;
  const numbers = Array.from({ length: plan.chunks }, (_, chunk) => chunk);
  const chunks = await mapBounded(numbers, AT_ONCE, (chunk) => imports.chunk(request.importId, chunk));
  return contentHash(sha256Hex, 'account-file.v1', {
    jurisdiction: request.jurisdiction,
    columns: [...plan.columnIds],
    lines: chunks.map((chunk) => chunk?.sha256 ?? ''),
  });
}

/**
 * The second signature on a file as a whole; then its chunks are announced. The same person again announces what is left. Refusals:
 * `conflict/not-checked`, `conflict/stale-hash`, `forbidden/same-person`, `conflict/nothing-to-change`, `conflict/file-too-old`,
 * `conflict/same-file`, `conflict/already-confirmed`.
 */
export async function confirmAccountFile(
  services: FileServices,
  stored: StoredImport,
  { by, at, hash }: { readonly by: string; readonly at: Instant; readonly hash: string },
): Promise<Result<void>> {
  const { importId, jurisdiction } = stored.request;
  if (!stored.summary) return refuse(NOT_CHECKED);
  if ((await accountFileHash(services, stored)) !== hash) return refuse(STALE_HASH);
  if (by === stored.request.by) return refuse(SAME_PERSON);
  if (stored.summary.counts.changed === 0) return refuse(NOTHING);
  const { confirmed } = await services.accountFiles.read(importId);
  if (!confirmed && isTooOld(stored.request.requestedAt, at)) return refuse(TOO_OLD);
  if ((await services.accountFiles.claimHash(jurisdiction, hash, importId)) === 'taken')
    return refuse(SAME_FILE);
  if ((await services.accountFiles.confirm(importId, { by, at, hash })) === 'divergent')
    return refuse(CONFIRMED);
  await announceAccountFile(services, importId);
  return ok(undefined);
}

function isTooOld(requestedAt: Instant, at: Instant): boolean {
  return Date.parse(at) - Date.parse(requestedAt) > SIGNED_WITHIN_DAYS * DAY_MILLISECONDS;
}

/** Sends a message for every chunk of a confirmed file that is not applied. @returns whether there was any. */
export async function announceAccountFile(services: FileServices, importId: string): Promise<boolean> {
  const stored = await services.imports.read(importId);
  const { confirmed, done } = await services.accountFiles.read(importId);
  if (!stored?.plan || !confirmed) return false;
  const applied = new Set(done.map(({ chunk }) => chunk));
  const open = Array.from({ length: stored.plan.chunks }, (_, chunk) => chunk).filter(
    (chunk) => !applied.has(chunk),
  );
  if (open.length === 0) {
    await services.accountFiles.markFinished(importId);
    return false;
  }
  await services.queues.sendAll(
    'imports',
    AccountFileChunk,
    open.map((chunk) => ({ type: 'account-file.chunk', version: 1, importId, chunk }) as const),
  );
  return true;
}

/**
 * Applies one chunk of a confirmed file: its lines that matched when they were checked are held against the register once more, and each
 * person's account is appended. Done again, it finds its own records. Nothing is applied without the second signature.
 */
export async function applyAccountFile(
  services: ImportServices,
  { importId, chunk }: Pick<AccountFileChunk, 'importId' | 'chunk'>,
): Promise<void> {
  const stored = await services.imports.read(importId);
  const { confirmed, done } = await services.accountFiles.read(importId);
  invariant(
    stored?.plan && confirmed,
    `chunk ${chunk} of file ${importId} was announced and is not confirmed`,
  );
  if (!done.some((one) => one.chunk === chunk)) {
    const { by } = stored.request;
    const file = { importId, by, confirmedBy: confirmed.by, validFrom: shanghaiDate(confirmed.at) };
    const lines = await matchingRows(services, stored, chunk);
    const applied = await mapBounded(lines, AT_ONCE, (line) => applyLine(services, stored, line, file));
    await services.accountFiles.chunkDone(importId, summed(chunk, applied));
  }
  const after = await services.accountFiles.read(importId);
  if (after.done.length >= stored.plan.chunks) await services.accountFiles.markFinished(importId);
}

/** The rows of a chunk without those that the check refused, and without repeats. */
async function matchingRows(
  { imports, files }: ImportServices,
  { request, done }: StoredImport,
  chunk: number,
): Promise<ReadRow[]> {
  const { importId } = request;
  const planned = await imports.chunk(importId, chunk);
  const bytes = planned && (await files.read(readRowsKey(importId, chunk, planned.sha256)));
  invariant(
    planned && bytes && sha256Hex(bytes) === planned.sha256,
    `rows of chunk ${chunk} are not those signed`,
  );
  const counts = done.find((one) => one.chunk === chunk)?.counts;
  const rejected = counts?.rejected ? await files.read(rejectedRowsKey(importId, chunk)) : undefined;
  invariant(!counts?.rejected || rejected, `the rejected rows of chunk ${chunk} are missing`);
  const left = new Set(rejected ? parseReadRows(rejected).map(({ row }) => row) : []);
  for (const { row, kind } of planned.clashes) if (kind === 'repeat') left.add(row);
  return parseReadRows(bytes).filter(({ row }) => !left.has(row));
}

type Applied = 'changed' | 'unchanged' | { readonly row: number; readonly zh: string; readonly en: string };

async function applyLine(
  { register, clock }: ImportServices,
  { request, plan }: StoredImport,
  { row, cells }: ReadRow,
  file: SignedFile,
): Promise<Applied> {
  const { jurisdiction, requestedAt } = request;
  const context = { jurisdiction, today: shanghaiDate(requestedAt) };
  const values = readRow('accounts', plan?.columnIds ?? [], cells, context);
  invariant(values.ok, 'a line that was read when it was checked');
  const where = { jurisdiction, today: file.validFrom };
  for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt += 1) {
    const found = await findAccountLine(register, where, values.value);
    if (!found.ok) {
      const [fault] = found.error;
      return { row, zh: fault?.zh ?? '', en: fault?.en ?? '' };
    }
    const { document, outcome } = found.value;
    const { record, changedAt } = document;
    // Counted as the first time when it is done again.
    if (record.accounts.some(({ evidence }) => evidence === file.importId)) return 'changed';
    if (outcome === 'unchanged') return 'unchanged';
    // The bank knew nothing of it: what was decided since the file came stands.
    if ((currentAccount(record)?.recordedAt ?? '') > requestedAt) return { row, ...CHANGED_SINCE };
    const at = laterOf(clock.now(), changedAt);
    const next = withNewAccount(record, values.value, file, at);
    await register.savePersonPointers(next, document);
    const stamped = laterOf(clock.now(), changedAt);
    const again = withNewAccount(record, values.value, file, stamped);
    if ((await register.putPerson(again, document, stamped)) === 'written') return 'changed';
  }
  throw new Error('a line of the bank lost every race against other writers');
}

function summed(chunk: number, applied: readonly Applied[]): AppliedChunk {
  return {
    chunk,
    changed: applied.filter((one) => one === 'changed').length,
    unchanged: applied.filter((one) => one === 'unchanged').length,
    refused: applied.flatMap((one) => (typeof one === 'string' ? [] : [one])),
  };
}

const NOT_CHECKED: Refusal = refusal(
  'conflict/not-checked',
  '文件尚未核对完毕，或已整件退回：请稍后刷新',
  'the file is not checked yet, or was refused as a whole: look again later',
);
const STALE_HASH: Refusal = refusal(
  'conflict/stale-hash',
  '摘要与本文件不符：请重新打开文件核对后签认',
  'this is not the hash of the file: open it again, check it, and sign what you see',
);
const SAME_PERSON: Refusal = refusal(
  'forbidden/same-person',
  '批量换卡须由上传人以外的第二人签认',
  'the file is confirmed by a second person, not by the one who uploaded it',
);
const NOTHING: Refusal = refusal(
  'conflict/nothing-to-change',
  '文件中没有可办理的行',
  'no line of the file changes an account',
);
const TOO_OLD: Refusal = refusal(
  'conflict/file-too-old',
  `文件上传已超过${SIGNED_WITHIN_DAYS}天，账户可能另有变更：请向银行取得新文件，重新上传核对`,
  `the file was uploaded more than ${SIGNED_WITHIN_DAYS} days ago and accounts may have changed since: get a new one from the bank and upload it`,
);
const CHANGED_SINCE = {
  zh: '该收款人的账号在文件上传之后另有变更：请核实后按单笔账户变更办理',
  en: 'the account of this payee was changed after the file was uploaded: verify, then change this one account by itself',
} as const;
const SAME_FILE: Refusal = refusal(
  'conflict/same-file',
  '内容相同的文件已签认过，不重复办理',
  'a file with the same lines was confirmed before: it is not applied twice',
);
const CONFIRMED: Refusal = refusal(
  'conflict/already-confirmed',
  '这份文件已由他人签认',
  'this file was already confirmed by someone else',
);
