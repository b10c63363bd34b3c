import type { Instant, PlainDate } from '../domain/calendar.ts';

/** China has had one time zone without summer time since 1992. */
const OFFSET_MILLISECONDS = 8 * 3_600_000;

/** The day on which an instant falls where the bureaus are. */
export function shanghaiDate(instant: Instant): PlainDate {
  return new Date(Date.parse(instant) + OFFSET_MILLISECONDS).toISOString().slice(0, 10);
}
