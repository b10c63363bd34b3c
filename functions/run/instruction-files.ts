import type { InstructionLine } from '../../domain/bank/instruction-file.ts';
import type { Instant } from '../../domain/calendar.ts';
import { endToEndId, type PersonKey } from '../../domain/ids.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import { invariant, ok } from '../../domain/result.ts';
import type { InstructionFileRecord } from '../../domain/run/act.ts';
import { sendsNothing } from '../../domain/run/manifest.ts';
import type { Run } from '../../domain/run/run.ts';
import { BuildFiles } from '../../events/run.ts';
import { FileManifestStore, LINES_PER_BLOCK, type ManifestLine } from '../adapters/file-manifest-store.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { BankFormat, InstructionWriter } from '../bank/formats/bank-format.ts';
import { instructionWriter } from '../bank/formats/gathered-writer.ts';
import { spendUsedBudget } from '../go-live/used-budget.ts';
import { type Log, type QueueHandler, queueHandler } from '../middleware/queue.ts';
import { type Environment, filesFrom, processEnvironment, registerFrom, tableFrom } from '../wiring.ts';
import { fileIdentity, formatOf, lineSummary } from './bank-layout.ts';
import { type RunPorts, runPortsFrom } from './ports.ts';
import { type Placed, placedDrafts, type ShardReleased } from './release-shard.ts';

export type FilesPorts = RunPorts & {
  readonly register: RegisterStore;
  readonly files: ObjectStore;
  readonly manifests: FileManifestStore;
};

/**
 * Builds the instruction files of a run whose every shard is released. Releasing was the intent, this is the sending: the same drafts
 * give the same bytes under the same names, so that doing it again is harmless.
 */
export async function buildFiles(ports: FilesPorts, message: BuildFiles, log: Log): Promise<void> {
  const run = await ports.runs.load(message.runId);
  invariant(run, `a message about a run without acts: ${message.runId}`);
  const released = await ports.runs.shards<ShardReleased>(run.runId, 'RELEASED', run.revision);
  if (run.state !== 'releasing' || !run.manifest.shards.every(({ shard }) => released.has(shard))) {
    log.info('nothing to build', { runId: run.runId, state: run.state });
    return;
  }
  if (run.manifest.opening) await spendUsedBudget(ports, run);
  // An opening and what imprest funds paid out have nothing for the bank.
  const records = sendsNothing(run.manifest) ? [] : await writeFiles(ports, run, log);
  await ports.runs.act(
    run.runId,
    (now) => (now.state === 'releasing' ? ok({ kind: 'dispatched', files: records }) : undefined),
    { at: ports.clock.now(), by: 'system' },
  );
}

/** When the dispatch was asked for that released the run: stands in files that say when they were made, the same for ever. */
async function releaseOf(ports: FilesPorts, run: Run): Promise<Instant | undefined> {
  const acts = await ports.runs.acts(run.runId);
  return acts.findLast(({ kind }) => kind === 'dispatch-started')?.at;
}

/** Shard by shard, so that a run of any size needs the bytes of one file and the lines of one shard. */
async function writeFiles(ports: FilesPorts, run: Run, log: Log): Promise<InstructionFileRecord[]> {
  const format = await formatOf(run.manifest);
  const releasedAt = await releaseOf(ports, run);
  const records: InstructionFileRecord[] = [];
  let open: OpenFile | undefined;
  let lines = 0;
  for (const shard of run.manifest.shards) {
    const { placed } = await placedDrafts(ports, run, shard);
    const byFile = Map.groupBy(await linesOf(ports, run, placed), ({ place }) => place.fileNumber);
    for (const [fileNumber, part] of byFile) {
      if (open && open.fileNumber !== fileNumber) {
        records.push(await open.finish());
        open = undefined;
      }
      open ??= new OpenFile(ports, run, format, { fileNumber, releasedAt });
      await open.add(part);
    }
    lines += placed.length;
    log.info('writing instruction files', { runId: run.runId, lines, of: run.totals?.payable.count ?? 0 });
  }
  if (open) records.push(await open.finish());
  return records;
}

type Line = { readonly place: Placed; readonly line: InstructionLine };

async function linesOf(ports: FilesPorts, run: Run, placed: readonly Placed[]): Promise<Line[]> {
  const persons = await ports.register.persons(placed.flatMap(({ draft }) => draft.account?.payee ?? []));
  const summary = lineSummary(run.manifest);
  const lines: Line[] = [];
  for (const place of placed) {
    const account = await accountOf(ports.register, place, persons);
    lines.push({
      place,
      line: {
        sequence: place.line,
        account: account.account,
        name: account.holderName,
        fen: place.draft.fen,
        endToEndId: endToEndId(place.draft.payment, place.draft.attempt),
        summary,
        ...(account.bankCode !== undefined && { bankCode: account.bankCode }),
        ...(account.bankName !== undefined && { bankName: account.bankName }),
        ...(run.manifest.identityNumbers && idNumberOf(place, persons)),
      },
    });
  }
  return lines;
}

/** The very account that was signed for, even when another was recorded since. */
async function accountOf(
  register: RegisterStore,
  { draft }: Placed,
  persons: ReadonlyMap<PersonKey, PersonDocument>,
) {
  const reference = draft.account;
  const account = reference && persons.get(reference.payee)?.record.accounts[reference.index];
  invariant(account, `the account of ${draft.payment} is not on record`);
  const hash = await register.personalData.lookupHash('account', account.account);
  invariant(hash === reference.hash, `the account of ${draft.payment} is not the one that was signed for`);
  return account;
}

/** Of the account's holder, for bureaus whose bank wants it and whose policy allows it. */
function idNumberOf({ draft }: Placed, persons: ReadonlyMap<PersonKey, PersonDocument>) {
  const holder = draft.account && persons.get(draft.account.payee);
  return holder ? { idNumber: holder.record.idNumber } : {};
}

/** One file while it is being written: its bytes, and which payment stands on which of its lines. */
class OpenFile {
  readonly fileNumber: number;
  readonly #ports: FilesPorts;
  readonly #run: Run;
  readonly #format: BankFormat;
  readonly #writer: InstructionWriter;
  #listed = 0;
  #unlisted: ManifestLine[] = [];
  readonly #fileName: string;

  constructor(
    ports: FilesPorts,
    run: Run,
    format: BankFormat,
    { fileNumber, releasedAt }: { fileNumber: number; releasedAt: Instant | undefined },
  ) {
    const { manifest } = run;
    this.fileNumber = fileNumber;
    this.#ports = ports;
    this.#run = run;
    this.#format = format;
    const identity = fileIdentity(manifest, fileNumber);
    this.#fileName = format.instructionFileName(identity);
    this.#writer = instructionWriter(format, {
      jurisdiction: manifest.jurisdiction,
      programmeCode: identity.programmeCode,
      period: manifest.period,
      round: manifest.round,
      fileNumber,
      payerAccount: manifest.payerAccount,
      payDate: manifest.payDate,
      ...(manifest.bankParty && { bankParty: manifest.bankParty }),
      ...(releasedAt !== undefined && { releasedAt }),
    });
  }

  async add(lines: readonly Line[]): Promise<void> {
    const added = this.#writer.add(lines.map(({ line }) => line));
    const { runId } = this.#run;
    invariant(added.ok, `a line that was checked cannot be written into file ${this.fileNumber} of ${runId}`);
    for (const { place } of lines) {
      const { payment, attempt, fen } = place.draft;
      this.#unlisted.push({ payment, attempt, fen });
    }
    const whole = this.#unlisted.length - (this.#unlisted.length % LINES_PER_BLOCK);
    await this.#list(this.#unlisted.splice(0, whole));
  }

  async finish(): Promise<InstructionFileRecord> {
    const { manifest, runId } = this.#run;
    const { fileName, bytes, count, totalFen, sha256 } = this.#writer.finish();
    invariant(fileName === this.#fileName, `a file of ${runId} is called ${fileName} within`);
    const objectKey = `bank/${manifest.jurisdiction}/${runId}/${fileName}`;
    await this.#ports.files.put(objectKey, bytes, this.#format.contentType);
    await this.#list(this.#unlisted);
    return { fileNumber: this.fileNumber, fileName, objectKey, count, fen: totalFen, sha256 };
  }

  async #list(lines: readonly ManifestLine[]): Promise<void> {
    await this.#ports.manifests.write(this.#fileName, lines, this.#listed);
    this.#listed += lines.length;
  }
}

export function filesPortsFrom(env: Environment = processEnvironment()): FilesPorts {
  return {
    ...runPortsFrom(env),
    register: registerFrom(env),
    files: filesFrom(env),
    manifests: new FileManifestStore(tableFrom('operations', env)),
  };
}

export function filesHandler(ports: () => FilesPorts): QueueHandler {
  return queueHandler(BuildFiles, (message, { log }) => buildFiles(ports(), message, log));
}

let ports: FilesPorts | undefined;
export const handler = filesHandler(() => (ports ??= filesPortsFrom()));
