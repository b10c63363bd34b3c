import type { Run } from '../../../domain/run/run.ts';
import { RunStore } from '../../../functions/adapters/run-store.ts';
import { SweepStore } from '../../../functions/adapters/sweep-store.ts';
import { formatOf } from '../../../functions/run/bank-layout.ts';
import { type Environment, filesFrom, tableFrom } from '../../../functions/wiring.ts';
import { readSentFile, type SentFile } from './sent-file.ts';

/** What the local bank has received: it looks where the files lie, so that nobody has to carry them over. */
export type Received = {
  /** Runs that sent files, by id. */
  readonly runs: () => Promise<Run[]>;
  readonly filesOf: (run: Run) => Promise<SentFile[]>;
};

/** @param env of a function that reads the operations table and the bucket */
export function receivedFrom(env: Environment): Received {
  const operations = tableFrom('operations', env);
  const [store, scopes, files] = [new RunStore(operations), new SweepStore(operations), filesFrom(env)];
  return {
    runs: async () => {
      const pointers = await Promise.all((await scopes.scopes()).map((scope) => store.livePointers(scope)));
      const runs = await Promise.all(pointers.flat().map(({ runId }) => store.load(runId)));
      return runs
        .filter((run) => run !== undefined)
        .filter((run) => run.files.length > 0)
        .sort((a, b) => (a.runId < b.runId ? -1 : 1));
    },
    filesOf: async ({ manifest, files: sent }) => {
      const format = await formatOf(manifest);
      return Promise.all(
        sent.map(async ({ fileName, objectKey }) => {
          const bytes = await files.read(objectKey);
          if (!bytes) throw new Error(`${fileName} is not there`);
          return readSentFile(format, { fileName, bytes }, manifest.payDate);
        }),
      );
    },
  };
}
