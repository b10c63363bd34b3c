import type { DynamoTable } from '../adapters/dynamo-table.ts';
import { ImprestStore } from '../adapters/imprest-store.ts';
import { drawId, drawImprest, undoDraw } from '../imprest/draw.ts';
import type { Clock } from '../wiring.ts';
import type { ApplicationPorts } from './application-ports.ts';

/** Draws from a township's imprest fund for decisions that pay in cash. */
export function imprestCash({
  operations,
  policies,
  clock,
}: {
  readonly operations: DynamoTable;
  readonly policies: ApplicationPorts['policies'];
  readonly clock: Clock;
}): Pick<ApplicationPorts, 'draw' | 'cancelDraw' | 'isPosted'> {
  const ports = { imprest: new ImprestStore(operations), policies, clock };
  return {
    draw: (draw) => drawImprest(ports, draw),
    isPosted: async ({ application, applied, granted }) => {
      if (granted?.means.kind !== 'imprest-cash') return false;
      const fund = await ports.imprest.get(applied.jurisdiction, granted.means.fund);
      const { sequence } = granted;
      return fund.ok && fund.value.draws.get(drawId({ application, sequence }))?.state === 'posted';
    },
    cancelDraw: (draw, said) => undoDraw(ports, draw, said),
  };
}
