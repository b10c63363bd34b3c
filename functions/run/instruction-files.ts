import type { InstructionLine } from '../../domain/bank/instruction-file.ts';
import { endToEndId, type PersonKey } from '../../domain/ids.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import { invariant, ok } from '../../domain/result.ts';
import type { InstructionFileRecord } from '../../domain/run/act.ts';
import type { Run } from '../../domain/run/run.ts';
import { BuildFiles } from '../../events/run.ts';
import { FileManifestStore } from '../adapters/file-manifest-store.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { spendUsedBudget } from '../go-live/used-budget.ts';
import { type Log, type QueueHandler, queueHandler } from '../middleware/queue.ts';
import { type Environment, filesFrom, processEnvironment, registerFrom, tableFrom } from '../wiring.ts';
import { formatOf, lineSummary } from './bank-layout.ts';
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
  const records: InstructionFileRecord[] = [];
  let waiting: Line[] = [];
  if (run.manifest.opening) await spendUsedBudget(ports, run);
  // An opening has nothing for the bank.
  for (const shard of run.manifest.opening ? [] : run.manifest.shards) {
    const { placed } = await placedDrafts(ports, run, shard);
    waiting.push(...(await linesOf(ports, run, placed)));
    while (waiting.length > 0 && waiting[0]?.place.fileName !== waiting.at(-1)?.place.fileName) {
      const fileName = waiting[0]?.place.fileName;
      records.push(
        await writeFile(
          ports,
          run,
          waiting.filter(({ place }) => place.fileName === fileName),
        ),
      );
      waiting = waiting.filter(({ place }) => place.fileName !== fileName);
    }
  }
  if (waiting.length > 0) records.push(await writeFile(ports, run, waiting));
  await ports.runs.act(
    run.runId,
    (now) => (now.state === 'releasing' ? ok({ kind: 'dispatched', files: records }) : undefined),
    { at: ports.clock.now(), by: 'system' },
  );
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

async function writeFile(
  ports: FilesPorts,
  run: Run,
  lines: readonly Line[],
): Promise<InstructionFileRecord> {
  const { manifest } = run;
  const fileNumber = lines[0]?.place.fileNumber ?? 0;
  const programme = programmeById(manifest.programme);
  invariant(programme.ok, `a run of an unknown programme: ${manifest.programme}`);
  const format = await formatOf(manifest);
  const file = format.writeInstruction({
    jurisdiction: manifest.jurisdiction,
    programmeCode: programme.value.code,
    period: manifest.period,
    round: manifest.round,
    fileNumber,
    payerAccount: manifest.payerAccount,
    payDate: manifest.payDate,
    lines: lines.map(({ line }) => line),
  });
  invariant(file.ok, `a line that was checked cannot be written into file ${fileNumber} of ${run.runId}`);
  const { fileName, bytes, count, totalFen, sha256 } = file.value;
  const objectKey = `bank/${manifest.jurisdiction}/${run.runId}/${fileName}`;
  await ports.files.put(objectKey, bytes, format.contentType);
  await ports.manifests.write(
    fileName,
    lines.map(({ place: { draft } }) => ({ payment: draft.payment, attempt: draft.attempt, fen: draft.fen })),
  );
  return { fileNumber, fileName, objectKey, count, fen: totalFen, sha256 };
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
