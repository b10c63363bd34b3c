import type { Instant } from '../domain/calendar.ts';

/** No request lives so long: what was marked or claimed by then, and is not there, will not come. */
const ABANDONED_SECONDS = 600;

export const isAbandoned = (at: Instant, now: Instant): boolean => at < secondsBefore(now, ABANDONED_SECONDS);

export const secondsBefore = (at: Instant, seconds: number): Instant =>
  new Date(Date.parse(at) - seconds * 1000).toISOString();
