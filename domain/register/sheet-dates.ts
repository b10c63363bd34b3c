import { daysInMonth, isMonth, isPlainDate, type PlainDate } from '../calendar.ts';
import type { DateSystem } from './sheet-cell.ts';

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
/** 1900 is taken for a leap year: day 60 of the 1900 system is a 29 February that never was. */
const FALSE_LEAP_DAY = 60;
/** 1904-01-01 is day nought of the 1904 system and day 1462 of the other. */
const BETWEEN_SYSTEMS = 1_462;

/**
 * The day of a serial number; the time of day is dropped. Undefined for a day that never was, before 1900 or after 2199.
 */
export function serialDate(serial: number, system: DateSystem): PlainDate | undefined {
  const day = Math.floor(system === 1904 ? serial + BETWEEN_SYSTEMS : serial);
  if (!Number.isFinite(serial) || day < 1 || day === FALSE_LEAP_DAY) return undefined;
  let left = day > FALSE_LEAP_DAY ? day - 1 : day;
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) {
    for (let month = 1; month <= 12; month += 1) {
      const days = daysInMonth(year, month);
      if (left <= days) return written(String(year), String(month), String(left));
      left -= days;
    }
  }
  return undefined;
}

/** 2024.3.5, 2024/3/5, 2024年3月5日 and 20240305 as 2024-03-05; anything else, and days that never were, unchanged. */
export function dateText(text: string): string {
  const plain = text.replace(/[ T]0{1,2}:00(?::00(?:\.0+)?)?$/, '').replace(/\s/g, '');
  const [, year, month, day] =
    /^(\d{4})(?:[-./。]|年)(\d{1,2})(?:[-./。]|月)(\d{1,2})[日号]?$/.exec(plain) ??
    /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(plain) ??
    [];
  if (year === undefined || month === undefined || day === undefined) return text;
  const date = written(year, month, day);
  return isPlainDate(date) ? date : text;
}

/** 2024.3, 2024/3, 2024年3月 and 202403 as 2024-03; anything else unchanged. */
export function monthText(text: string): string {
  const plain = text.replace(/\s/g, '');
  const [, year, month] =
    /^(\d{4})(?:[-./。]|年)(\d{1,2})月?份?$/.exec(plain) ?? /^((?:19|20)\d{2})(\d{2})$/.exec(plain) ?? [];
  if (year === undefined || month === undefined) return text;
  const found = `${year}-${month.padStart(2, '0')}`;
  return isMonth(found) ? found : text;
}

const written = (year: string, month: string, day: string): PlainDate =>
  `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
