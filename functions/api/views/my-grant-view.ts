import type * as z from 'zod/mini';
import {
  type Application,
  applicationState,
  grantedFen,
  papersOpen,
} from '../../../domain/grants/application.ts';
import { toYuan } from '../../../domain/money.ts';
import type { MyGrantView } from '../contracts/beneficiary.ts';
import { applicationStateNames } from './application-state-names.ts';
import { programmeNames } from './run-view.ts';

/** An application as the person sees it whom it is for: what was decided, and what they still have to bring. */
export function myGrantView(found: Application): z.input<typeof MyGrantView> {
  const { application, applied, granted, rejected, stopped } = found;
  const state = applicationState(found);
  const decided = granted ?? rejected;
  const months = (granted?.parts ?? [])
    .map(({ month }) => month)
    .filter((month) => stopped === undefined || month < stopped.from);
  return {
    applicationId: application,
    programme: applied.programme,
    programmeNames: programmeNames(applied.programme),
    appliedOn: applied.appliedOn,
    state,
    stateNames: applicationStateNames(state),
    ...(decided && { decidedOn: decided.decidedOn, document: decided.document }),
    ...(granted && { amount: toYuan(grantedFen(found)), means: granted.means.kind }),
    months,
    ...(rejected && { reason: rejected.reason }),
    papersOpen: [...papersOpen(found)],
    ...(granted?.papersDue !== undefined && { papersDue: granted.papersDue }),
  };
}
