import type { PlainDate } from '../calendar.ts';
import type { CaseId } from './case.ts';
import type { CaseKind } from './list-kinds.ts';

/** A case that keeps an enrolment's payments out of runs until it is closed. */
export type OpenCase = { readonly caseId: CaseId; readonly kind: CaseKind; readonly openedOn: PlainDate };
