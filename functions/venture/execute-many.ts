import type { Call } from '../../domain/venture/call.ts';
import { mapBounded } from '../concurrency.ts';
import type { CarryPorts } from './carry-out.ts';
import { type ExecutionCommand, execute } from './execution.ts';
import { keyOf } from './file-project.ts';
import type { Many } from './funnel.ts';
import type { By } from './ports.ts';

export type NumberedCommand = { readonly number: string; readonly command: ExecutionCommand };

const AT_ONCE = 8;

/** The same step for each of some projects of a call; each stands for itself. Two steps of one project follow each other. */
export async function executeMany(
  ports: CarryPorts,
  call: Call,
  items: readonly NumberedCommand[],
  { jurisdiction, by, request }: By,
): Promise<Many> {
  const byProject = [...Map.groupBy(items, ({ number }) => number).entries()];
  const outcomes = await mapBounded(byProject, AT_ONCE, async ([number, steps]) => {
    const done: string[] = [];
    const refused: Many['refused'][number][] = [];
    for (const [index, { command }] of steps.entries()) {
      const named = request === undefined ? {} : { request: `${request}.${index + 1}` };
      const stamp = { jurisdiction, by, ...named };
      const after = await execute(ports, keyOf(call, number), command, stamp);
      if (after.ok) done.push(number);
      else refused.push({ number, refusal: after.error });
    }
    return { done, refused };
  });
  return {
    done: outcomes.flatMap(({ done }) => done),
    refused: outcomes.flatMap(({ refused }) => refused),
  };
}
