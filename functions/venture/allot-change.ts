import { parseYuan } from '../../domain/money.ts';
import { ok, type Result } from '../../domain/result.ts';
import { allot } from '../../domain/venture/allotments.ts';
import type { Project } from '../../domain/venture/project.ts';
import type { CarryPorts } from './carry-out.ts';
import type { ExecutionCommand } from './execution.ts';

/**
 * A higher grant takes its share of the call's pool before the change is decided: two who raise the last money of a pool at once compete
 * for it. A lower one gives nothing back to the pool: that money went through the committee. Refusals: `limit/pool`, `limit/organisation`.
 */
export async function allotChanged(
  { calls, clock }: Pick<CarryPorts, 'calls' | 'clock'>,
  project: Project,
  command: ExecutionCommand,
  by: string,
): Promise<Result<unknown>> {
  const { contract, execution, jurisdiction, callId, projectKey } = project;
  const wanted = execution.change?.contract.grant;
  if (command.kind !== 'decide-change' || command.wish.outcome !== 'agreed') return ok(undefined);
  if (!contract || wanted === undefined || wanted <= contract.grant) return ok(undefined);
  const call = await calls.call(jurisdiction, callId);
  if (!call.ok) return call;
  const cap = parseYuan(call.value.rules.doubleSupport?.organisationCap ?? '');
  const { document } = command.wish;
  return calls.allot(
    jurisdiction,
    call.value.year,
    (before) => {
      const mine = before.given.get(projectKey);
      if (!mine || mine.grant >= wanted) return undefined;
      const { document: _document, by: _by, ...own } = mine;
      const pool = { callId, fen: call.value.pool };
      const limits = cap.ok ? { money: cap.value } : {};
      return allot(before, [{ ...own, grant: wanted }], document, pool, limits);
    },
    { now: clock.now, by },
  );
}
