import { COMPARISONS } from '../../../domain/go-live/parallel.ts';
import { toYuan } from '../../../domain/money.ts';
import { ok } from '../../../domain/result.ts';
import type { parallelContracts } from '../contracts/parallel.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { runView } from '../views/run-view.ts';
import { disclose } from './disclose.ts';
import { receivedUpload } from './files.ts';
import { runInReach } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const parallelRuns: Pick<StaffOperations, keyof typeof parallelContracts> = {
  async startParallelRun({ actor, body, effectId }, { runs }) {
    const { jurisdiction, id: by } = actor;
    const run = await runs.startParallel({ ...body, jurisdiction, by, request: effectId });
    return run.ok ? ok({ body: await runView(runs, run.value) }) : run;
  },

  async compareParallelRun({ actor, params, body }, services) {
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const run = await services.runs.getRun(runId.value);
    if (!run.ok) return run;
    const upload = await receivedUpload(services, actor.jurisdiction, body.uploadId, 'bureau-list');
    if (!upload.ok) return upload;
    const { objectKey: list } = upload.value;
    const compared = await services.runs.compareList(run.value, list, body.unmasked === true);
    if (!compared.ok) return compared;
    const { totals, objectKey } = compared.value;
    await disclose(services, actor, 'list-comparison', runId.value);
    const url = await services.files.downloadLink(objectKey, `parallel-${runId.value}.csv`);
    const lines = COMPARISONS.map((result) => {
      const { count, ours, theirs } = totals[result];
      return { result, count, ours: toYuan(ours), theirs: toYuan(theirs) };
    });
    return ok({ body: { runId: runId.value, lines, url } });
  },
};
