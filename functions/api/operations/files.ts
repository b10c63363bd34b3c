import type * as z from 'zod/mini';
import { PROGRAMMES, programmeById } from '../../../domain/programmes/index.ts';
import type { Programme } from '../../../domain/programmes/programme.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../../domain/result.ts';
import { PUBLICITY_COLUMNS } from '../../../domain/street/no-publicity.ts';
import { ImportRequested } from '../../../events/imports.ts';
import { sha256Hex } from '../../adapters/hashing.ts';
import type { ImportStatus } from '../../adapters/import-store.ts';
import { LINK_SECONDS_MAX } from '../../adapters/object-store.ts';
import type { UploadRecord } from '../../adapters/upload-records.ts';
import type { administrationContracts } from '../contracts/administration.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { disclose } from './disclose.ts';
import type { StaffServices } from './services.ts';

/** Files larger than this are refused by the upload form and, should one slip through, here. */
export const UPLOAD_BYTES_MAX = 50_000_000;
const UPLOAD_TYPE = 'application/octet-stream';
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type ImportBody = z.input<(typeof administrationContracts)['getImport']['response']>;

export const filesIn: Pick<
  StaffOperations,
  'createUpload' | 'createImport' | 'getImport' | 'getSheetTemplate'
> = {
  async createUpload({ actor, body, effectId }, { uploads, files, clock }) {
    const wrong = body.bytes === undefined ? undefined : wrongSize(body.bytes, {});
    if (wrong) return refuse(wrong);
    const uploadId = `up-${effectId}`;
    const at = clock.now();
    const record = await uploads.add({
      uploadId,
      jurisdiction: actor.jurisdiction,
      purpose: body.purpose,
      fileName: body.fileName,
      objectKey: `uploads/${actor.jurisdiction}/${uploadId}`,
      by: actor.id,
      at,
    });
    const link = await files.uploadLink(record.objectKey, UPLOAD_TYPE, UPLOAD_BYTES_MAX);
    const expiresAt = new Date(Date.parse(at) + LINK_SECONDS_MAX * 1_000).toISOString();
    const { url, fields } = link;
    return ok({ body: { uploadId, url, fields: { ...fields }, maxBytes: UPLOAD_BYTES_MAX, expiresAt } });
  },

  async createImport({ actor, body, effectId }, services) {
    const { imports, clock } = services;
    const programme = programmeById(body.programme);
    if (!programme.ok) return programme;
    const unfit = unfitSheet(body.kind, programme.value);
    if (unfit) return refuse(unfit);
    const upload = await receivedUpload(services, actor.jurisdiction, body.uploadId, body.kind);
    if (!upload.ok) return upload;
    const importId = `im-${effectId}`;
    await enqueue(services, {
      type: 'import.requested',
      version: 1,
      importId,
      kind: body.kind,
      objectKey: upload.value.objectKey,
      jurisdiction: actor.jurisdiction,
      programme: body.programme,
      by: actor.id,
      requestedAt: clock.now(),
    });
    const status = await imports.get(importId);
    invariant(status, 'an import that was just requested vanished');
    const headers = { location: `/v1/imports/${importId}`, 'retry-after': '2' };
    return ok({ body: importView(status), headers });
  },

  async getImport({ actor, params }, services) {
    const { imports, files } = services;
    const status = await imports.get(params.importId);
    if (!status || status.request.jurisdiction !== actor.jurisdiction) return refuse(noImport());
    // The rejected rows are the sheet's own text, names and numbers included: for those who bring sheets in.
    const errors = actor.roles.includes('preparer') ? status.errorFileKey : undefined;
    const url = errors && (await files.downloadLink(errors, errorFileName(params.importId, errors)));
    if (url) await disclose(services, actor, 'import-errors', params.importId);
    return ok({ body: { ...importView(status), ...(url && { errorFileUrl: url }) } });
  },

  async getSheetTemplate({ params: { kind }, query }, { files }) {
    const programme = query.programme === undefined ? undefined : programmeById(query.programme);
    if (programme?.ok === false) return programme;
    const own = programme?.value.registerColumns;
    // Loaded when needed: of all that the API does only this writes a workbook.
    const { templateXlsx } = await import('../../register/workbook/template.ts');
    const bytes = templateXlsx(kind, own, programme ? unusedColumns(programme.value) : []);
    // The same template has the same name, whoever asks for it and however often.
    const key = `templates/${kind}-${sha256Hex(bytes).slice(0, 16)}.xlsx`;
    if (!(await files.head(key))) await files.put(key, bytes, XLSX_TYPE);
    const its = own || (kind === 'grant-list' && programme?.value.grant);
    const fileName = `fafang-${kind}${its && programme ? `-${programme.value.id}` : ''}.xlsx`;
    return ok({ body: { kind, fileName, url: await files.downloadLink(key, fileName) } });
  },
};

/** Columns that a sheet of the programme has no use for: of publicity, where nothing is made public; of other programmes' lists of grants. */
function unusedColumns({ noPublicity, grant }: Programme): string[] {
  const mine = new Set(Object.keys(grant?.columns ?? {}));
  const all = Object.values(PROGRAMMES).flatMap((one) => Object.keys(one?.grant?.columns ?? {}));
  return [...(noPublicity ? PUBLICITY_COLUMNS : []), ...(grant ? all.filter((id) => !mine.has(id)) : [])];
}

/**
 * The stored request goes on the queue, not the one in hand: a request that is made again after a crash has another time on
 * it, and the first one stands.
 */
export async function enqueue(
  { imports, queues }: Pick<StaffServices, 'imports' | 'queues'>,
  request: ImportRequested,
): Promise<void> {
  await imports.request(request);
  const stored = await imports.read(request.importId);
  invariant(stored, 'an import that was just requested vanished');
  await queues.send('imports', ImportRequested, stored.request);
}

/**
 * The upload of an id, once its file has arrived. Refusals: `missing/upload`, `invalid/upload-purpose`,
 * `conflict/upload-not-received`, `invalid/empty-file`, `limit/file-size`.
 */
export async function receivedUpload(
  { uploads, files }: Pick<StaffServices, 'uploads' | 'files'>,
  jurisdiction: string,
  uploadId: string,
  purpose: string,
): Promise<Result<UploadRecord>> {
  const record = await uploads.get(jurisdiction, uploadId);
  if (!record) {
    return refuse(
      refusal(
        'missing/upload',
        '没有这个上传，请重新申请上传',
        'there is no such upload: ask for a new one',
        {
          uploadId,
        },
      ),
    );
  }
  if (record.purpose !== purpose) {
    return refuse(
      refusal(
        'invalid/upload-purpose',
        `该文件是以“${record.purpose}”用途上传的，不能用于“${purpose}”`,
        `the file was uploaded for "${record.purpose}", not for "${purpose}"`,
        { uploadId },
      ),
    );
  }
  const head = await files.head(record.objectKey);
  if (!head) {
    return refuse(
      refusal(
        'conflict/upload-not-received',
        '文件尚未上传完成：请先按上传表单提交文件',
        'the file has not arrived: post it to the upload form first',
        { uploadId },
      ),
    );
  }
  const wrong = wrongSize(head.bytes, { uploadId });
  if (wrong) return refuse(wrong);
  return ok(record);
}

/** People and households come in sheets of their own; other kinds of sheet are for both. */
function unfitSheet(kind: string, { id, names, unit, grant, paidBy }: Programme): Refusal | undefined {
  if (kind === 'grant-list')
    return grant?.fromRow
      ? undefined
      : refusal(
          'invalid/sheet-kind',
          `${names.zh}不按批量给付名册办理`,
          `${names.en} takes no lists of grants`,
          { programme: id, kind },
        );
  if (paidBy === 'grants' && ['register', 'households', 'opening'].includes(kind))
    return refusal(
      'invalid/sheet-kind',
      `${names.zh}按单笔给付决定发放，不用名册和期初表导入：请办理申请、项目或批量给付名册`,
      `${names.en} pays by single grants and takes no register or opening sheet: use applications, projects or lists of grants`,
      { programme: id, kind },
    );
  const fits = unit === 'household' ? kind !== 'register' : kind !== 'households';
  if (fits) return undefined;
  const wanted = unit === 'household' ? ['家庭名册', 'households'] : ['享受对象名单', 'register'];
  return refusal(
    'invalid/sheet-kind',
    `${names.zh}用${wanted[0]}（${wanted[1]}）导入，不能用“${kind}”`,
    `${names.en} is imported by the sheet "${wanted[1]}", not by "${kind}"`,
    { programme: id, kind },
  );
}

/** Said before the file is sent, when the caller names its size, and again once it is there. */
function wrongSize(bytes: number, detail: Readonly<Record<string, string>>): Refusal | undefined {
  if (bytes === 0)
    return refusal('invalid/empty-file', '文件是空的（0 字节）', 'the file is empty (0 bytes)', detail);
  if (bytes <= UPLOAD_BYTES_MAX) return undefined;
  return refusal(
    'limit/file-size',
    '文件超过 50 MB，请拆分后上传',
    'the file is larger than 50 MB: split it',
    {
      ...detail,
      bytes,
    },
  );
}

/** An import as staff see it, without links. */
export function importView(status: ImportStatus): ImportBody {
  const { importId, state, request, counts, chunks, chunksDone, notes, refusal: why } = status;
  const { accepted, created, changed, unchanged, unmatched, rejected, accountChanges } = counts;
  return {
    importId,
    kind: request.kind,
    programme: request.programme,
    state,
    chunks: { done: chunksDone, of: chunks },
    counts: { accepted, created, changed, unchanged, unmatched, rejected, accountChanges },
    notes: notes.map(({ code, zh, en }) => ({ code, zh, en })),
    ...(why && { refusal: { code: why.code, zh: why.zh, en: why.en } }),
  };
}

/** The ending says what is in it: the sheet itself, or rows as CSV. */
const errorFileName = (importId: string, key: string): string =>
  `import-errors-${importId}${key.slice(key.lastIndexOf('.'))}`;

const noImport = () => refusal('missing/import', '没有这个导入任务', 'there is no such import');
