import { planShards } from '../../domain/run/manifest.ts';

/** How a look at all enrolments of a programme is divided: who asks for it and who does it must mean the same. */
export const REVIEW_SHARDS = planShards(16);
