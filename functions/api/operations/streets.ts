import type * as z from 'zod/mini';
import { ok } from '../../../domain/result.ts';
import { recordStreetChange } from '../../../domain/street/record-change.ts';
import { placeHistory, placesOn } from '../../../domain/street/street-history.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type ChangeBody = z.input<(typeof staffContracts)['recordStreetChange']['response']>;

export const streets: Pick<StaffOperations, 'recordStreetChange' | 'listStreets'> = {
  async recordStreetChange({ actor, body, effectId }, services) {
    const recorded = await services.streets.changes.record(
      actor.jurisdiction,
      (changes) => recordStreetChange(changes, body, actor.jurisdiction),
      { at: services.clock.now(), by: actor.id, request: effectId },
    );
    return recorded.ok ? ok({ body: recorded.value as ChangeBody }) : recorded;
  },

  async listStreets({ actor, query }, services) {
    const changes = await services.streets.changes.changes(actor.jurisdiction);
    const places =
      query.date === undefined ? placeHistory(changes) : [...placesOn(changes, query.date).values()];
    return ok({ body: { places } });
  },
};
