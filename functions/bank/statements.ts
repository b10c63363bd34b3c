import type { Statement } from '../../domain/bank/statement.ts';
import { canonicalJson, contentHash } from '../../domain/canonical.ts';
import { type JurisdictionCode, parseEndToEndId, parsePaymentId } from '../../domain/ids.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import { bankItems } from '../../domain/reconciliation/bank-items.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import type { StatementReceived } from '../../events/bank-statement.ts';
import type { ChunkPlan } from '../adapters/bank-result-store.ts';
import type { StatedItem, StatementJob, StatementRecord } from '../adapters/bank-statement-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import type { RunPorts } from '../run/ports.ts';
import { sendStatementChunks } from './send-statement.ts';

export type StatementPorts = RunPorts & { readonly files: ObjectStore };

/** One per payment at most: a day of a large district, or a month of a small one. */
const BYTES_MAX = 50_000_000;
const ITEMS_PER_CHUNK = 200;

/**
 * Takes in an uploaded statement (对账单): reads it once as a whole, keeps its bytes under their hash and what it says in canonical form,
 * and plans chunks. The same statement again, in the same or in another file, changes nothing; one number with two contents is refused.
 */
export async function takeStatement(ports: StatementPorts, message: StatementReceived): Promise<void> {
  const { jurisdiction, statementId, objectKey } = message;
  const job = await ports.statements.job(jurisdiction, statementId);
  invariant(job, `a message about an unknown statement: ${statementId}`);
  if (job.state === 'refused' || job.state === 'repeated') return;
  if (job.state === 'accepted') return takeAgain(ports, jurisdiction, job);
  const bytes = await readWhole(ports.files, objectKey);
  // Loaded when needed: readers of XML and of workbooks weigh, and most messages are results.
  const { readStatementFile } = await import('./read-statement.ts');
  const read = bytes.ok ? await readStatementFile(bytes.value, job.account, job.layout) : bytes;
  if (!bytes.ok || !read.ok) {
    const error = read.ok ? undefined : read.error;
    invariant(error, 'a statement is either read or refused');
    return refused(ports, jurisdiction, job, error);
  }
  const plans = read.value.map((statement, index) =>
    planStatement(statement, job, bytes.value, jurisdiction, index),
  );
  for (const plan of plans) {
    const standing = await ports.statements.statement(
      { jurisdiction, account: job.account },
      plan.record.name,
    );
    if (standing && standing.c !== plan.record.c)
      return refused(ports, jurisdiction, job, differs(plan.record));
  }
  let mine = false;
  for (const plan of plans) {
    const accepted = await acceptOne(ports, jurisdiction, plan, bytes.value);
    // Another upload of the same number was faster by a moment.
    if (accepted === 'differs') return refused(ports, jurisdiction, job, differs(plan.record));
    if (accepted === 'mine') mine = true;
  }
  const name = plans.map(({ record }) => record.name).join(', ');
  await ports.statements.putJob(jurisdiction, { ...job, state: mine ? 'accepted' : 'repeated', name });
}

/** What was accepted is not read a second time: the upload may hold other bytes by now. Only its chunks may have been lost. */
async function takeAgain(
  ports: StatementPorts,
  jurisdiction: JurisdictionCode,
  { account, statementId }: StatementJob,
): Promise<void> {
  for (const { c, chunks, ...record } of await ports.statements.statements({ jurisdiction, account })) {
    if (record.statementId !== statementId) continue;
    const all = Array.from({ length: chunks }, (_, chunk) => chunk);
    await sendStatementChunks(ports, jurisdiction, c, all);
  }
}

async function refused(
  ports: StatementPorts,
  jurisdiction: JurisdictionCode,
  job: StatementJob,
  { code, zh, en }: Refusal,
) {
  await ports.statements.putJob(jurisdiction, { ...job, state: 'refused', refusal: { code, zh, en } });
}

type Planned = {
  readonly record: StatementRecord;
  readonly items: Uint8Array;
  readonly plans: readonly ChunkPlan[];
};

function planStatement(
  statement: Statement,
  { statementId, account, at, by }: StatementJob,
  bytes: Uint8Array,
  jurisdiction: JurisdictionCode,
  index: number,
): Planned {
  const { sequence, from, to, opening, closing } = statement;
  // Its place in the file and the file itself are no part of what a statement says.
  const c = contentHash(sha256Hex, 'bank-statement.v1', statement);
  const sha256 = sha256Hex(bytes);
  const objectKey = `statements/${jurisdiction}/${sha256}`;
  const { items, plans } = writeItems(statement);
  const record: StatementRecord = {
    name: nameOf(statement, c),
    statementId,
    account,
    ...(sequence !== undefined && { sequence }),
    from,
    to,
    ...(opening !== undefined && closing !== undefined && { opening, closing }),
    entries: statement.entries.filter(({ booked }) => booked).length,
    objectKey,
    itemsKey: `${objectKey}.${index + 1}.items`,
    sha256,
    chunks: plans.length,
    at,
    by,
    c,
  };
  return { record, items, plans };
}

/** By number and first day, for some banks number within a month; an advice of single entries has numbers of its own. */
function nameOf({ sequence, from, to, opening }: Statement, c: string): string {
  if (sequence === undefined) return `${from}~${to}~${c.slice(0, 12)}`;
  return `${from}#${String(sequence).padStart(9, '0')}${opening === undefined ? '~advice' : ''}`;
}

/** @returns whether this upload is the one that brought the statement in; `differs` when one with other content stands. */
async function acceptOne(
  ports: StatementPorts,
  jurisdiction: JurisdictionCode,
  { record, items, plans }: Planned,
  bytes: Uint8Array,
): Promise<'mine' | 'repeated' | 'differs'> {
  await ports.files.put(record.objectKey, bytes);
  await ports.files.put(record.itemsKey, items, 'application/x-ndjson');
  const stands = await ports.statements.accept(jurisdiction, record, plans);
  if (stands.c !== record.c) return 'differs';
  if (stands.statementId !== record.statementId) return 'repeated';
  await sendStatementChunks(
    ports,
    jurisdiction,
    record.c,
    plans.map(({ chunk }) => chunk),
  );
  return 'mine';
}

/** Lines of JSON in pieces of a chunk; nothing personal is in them. */
function writeItems(statement: Statement): { items: Uint8Array; plans: ChunkPlan[] } {
  const lines = bankItems(statement).map((item): string => {
    const stated: StatedItem = { ...item, ...programmeOf(item.endToEndId) };
    return `${canonicalJson(stated)}\n`;
  });
  const pieces: Buffer[] = [];
  const plans: ChunkPlan[] = [];
  let firstByte = 0;
  for (let at = 0; at < lines.length; at += ITEMS_PER_CHUNK) {
    const piece = Buffer.from(lines.slice(at, at + ITEMS_PER_CHUNK).join(''));
    plans.push({
      chunk: plans.length,
      firstByte,
      lastByte: firstByte + piece.length - 1,
      sha256: sha256Hex(piece),
    });
    firstByte += piece.length;
    pieces.push(piece);
  }
  return { items: Buffer.concat(pieces), plans };
}

/** The programme of a payment, by the code its enrolment begins with: looked up here, so that matching carries no programme. */
function programmeOf(endToEndId: string | undefined): Pick<StatedItem, 'programme'> {
  const named = endToEndId === undefined ? undefined : parseEndToEndId(endToEndId);
  const code = named && parsePaymentId(named.payment).enrolment.split('-')[0];
  const programme = Object.values(PROGRAMMES).find((candidate) => candidate?.code === code);
  return programme ? { programme: programme.id } : {};
}

async function readWhole(files: ObjectStore, objectKey: string): Promise<Result<Uint8Array>> {
  const head = await files.head(objectKey);
  if (!head || head.bytes === 0 || head.bytes > BYTES_MAX)
    return refuse(
      refusal(
        head ? 'limit/file-size' : 'missing/upload',
        head ? '对账单文件是空的或超过 50 MB：请重新从银行下载' : '没有找到上传的文件，请重新上传',
        head
          ? 'the statement is empty or larger than 50 MB: download it again'
          : 'the uploaded file is not there: upload it again',
      ),
    );
  const bytes = await files.read(objectKey);
  invariant(bytes, `an upload vanished: ${objectKey}`);
  return ok(bytes);
}

const differs = ({ name }: StatementRecord): Refusal =>
  refusal(
    'conflict/statement-differs',
    `该账号已有同一编号、内容不同的对账单（${name}）：请银行书面说明以哪一份为准，不得覆盖`,
    `there is a statement of this number with other content (${name}): have the bank say in writing which one holds; nothing is overwritten`,
    { name },
  );
