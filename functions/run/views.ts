import { ok, type Result } from '../../domain/result.ts';
import { type Draft, standing } from '../../domain/run/draft.ts';
import { draftedBuckets, type Run, runHash } from '../../domain/run/run.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { fundingRequest } from '../budget/funding-request.ts';
import { ofBuckets } from './buckets.ts';
import { keyed, pageOf } from './pages.ts';
import type { RunPorts } from './ports.ts';
import { runFindings } from './run-findings.ts';
import type { DraftFilter, RunViews } from './service.ts';

/** What people read of runs. */
export function runViews(ports: RunPorts): RunViews {
  return {
    getRun: (runId) => ports.runs.get(runId),
    runHashOf: (run) => runHash(sha256Hex, run),
    runFindings: (run) => runFindings(ports, run),
    progress: (run) => progress(ports, run),
    listRuns: (jurisdiction, { programme, ...page }) => {
      const { startAfter: after } = page;
      const listings = ports.runs.listingsAfter(jurisdiction, {
        ...(programme !== undefined && { programme }),
        ...(after !== undefined && { after }),
      });
      return pageOf(
        page,
        keyed(listings, ({ runId }) => runId),
      );
    },
    listActs: async (runId) => {
      const run = await ports.runs.get(runId);
      return run.ok ? ok(await ports.runs.acts(runId)) : run;
    },
    listDrafts: (runId, options) => listDrafts(ports, runId, options),
    draftsOfStreet: (run, street) => draftsOfStreet(ports, run, street),
    fundingRequest: async (runId) => {
      const run = await ports.runs.get(runId);
      return run.ok ? ok(await fundingRequest(ports, run.value)) : run;
    },
    closingAnswer: async (runId) => {
      const request = await ports.closings.request(runId);
      return (
        request && { at: request.at, by: request.by, ...(request.refusal && { refusal: request.refusal }) }
      );
    },
    assessmentRefusals: async (run) => {
      const done = await ports.runs.shards<{
        refusals: { enrolment: string; refusal: { code: string; zh: string; en: string } }[];
      }>(run.runId, 'DONE', run.draftRevision);
      return [...done.values()].flatMap((shard) => shard.refusals);
    },
  };
}

/** Shards finished in the phase that the run is in; a run that nobody works on is done. */
async function progress(ports: RunPorts, run: Run): Promise<{ done: number; of: number }> {
  const of = run.manifest.shards.length;
  const count = async (phase: 'DONE' | 'CHECK' | 'RELEASED', number: number) => ({
    done: Math.min(of, (await ports.runs.shards(run.runId, phase, number)).size),
    of,
  });
  if (run.state === 'computing') return count('DONE', run.draftRevision);
  if (run.state === 'verifying') return count('CHECK', run.sequence);
  if (run.state === 'releasing') return count('RELEASED', run.revision);
  return { done: of, of };
}

const FILTERS: Record<DraftFilter, (run: Run, draft: Draft) => boolean> = {
  all: () => true,
  held: (run, draft) => run.holds.has(draft.payment) || standing(draft) === 'held',
  blocked: (_, draft) => standing(draft) === 'blocked',
  joined: (_, draft) => draft.movement === 'joined',
  stopped: (_, draft) => draft.movement === 'stopped',
  changed: (_, draft) => draft.movement === 'changed',
  recoveries: (_, draft) => draft.recoveries.length > 0,
};
/** Drafts looked at per request: a rare filter ends a page early, with a cursor to go on from. */
const LOOKED_AT_MAX = 2_000;

/** Drafts in bucket and key order; the cursor is the bucket and key of the last one looked at. */
async function listDrafts(
  ports: RunPorts,
  runId: string,
  options: { readonly filter: DraftFilter; readonly startAfter?: string; readonly limit: number },
): Promise<Result<{ drafts: Draft[]; next?: string }>> {
  const run = await ports.runs.get(runId);
  if (!run.ok) return run;
  const [first = '', after] = options.startAfter?.split('/') ?? [];
  const buckets = draftedBuckets(run.value).filter((bucket) => bucket >= first);
  const drafts: Draft[] = [];
  let lookedAt = 0;
  for (const bucket of buckets) {
    // A cursor may name a bucket that is not listed: the run was computed anew since.
    let startAfter = bucket === first ? after : undefined;
    for (let more = true; more; ) {
      const page = await ports.drafts.page(runId, run.value.draftRevision, bucket, options.limit, startAfter);
      for (const { key, draft } of page.drafts) {
        lookedAt += 1;
        if (FILTERS[options.filter](run.value, draft)) drafts.push(draft);
        if (drafts.length === options.limit || lookedAt === LOOKED_AT_MAX)
          return ok({ drafts, next: `${bucket}/${key}` });
      }
      startAfter = page.drafts.at(-1)?.key;
      more = page.more;
    }
  }
  return ok({ drafts });
}

async function draftsOfStreet(ports: RunPorts, run: Run, street: string): Promise<Draft[]> {
  const { runId, draftRevision } = run;
  const found = await ofBuckets(draftedBuckets(run), (bucket) =>
    ports.drafts.ofBucket(runId, draftRevision, bucket),
  );
  return found.filter((draft) => draft.street === street);
}
