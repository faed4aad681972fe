/** Local days and times of day in the options' time zone, by the zone table that came in with the options. */
import type { ZoneTable } from './zone-table.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Local − UTC in ms at a moment. */
export function zoneOffsetMs(zone: ZoneTable, at: number): number {
  return zone.offsetsMs[periodOf(zone, at)] ?? 0;
}

/** Index of the period of one offset that holds `at`. */
function periodOf(zone: ZoneTable, at: number): number {
  let low = 0;
  let high = zone.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (zone.starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** `HH:MM` as ms after local midnight. */
export function timeOfDayMs(text: string): number {
  return (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * MINUTE_MS;
}

/**
 * Number of the trading day that holds `at`: days since 1970-01-01, each beginning when the local clock first shows
 * `dayStart`. A clock that is set back over it begins no day twice.
 */
export function dayNumber(zone: ZoneTable, dayStartMs: number, at: number): number {
  const period = periodOf(zone, at);
  let local = at + (zone.offsetsMs[period] ?? 0);
  if (period > 0) local = Math.max(local, zone.starts[period]! - 1 + zone.offsetsMs[period - 1]!);
  return Math.floor((local - dayStartMs) / DAY_MS);
}

/** The moment at which the trading day after the one of `at` begins; where the clock skips `dayStart`, the change itself. */
export function nextDayStart(zone: ZoneTable, dayStartMs: number, at: number): number {
  const local = (dayNumber(zone, dayStartMs, at) + 1) * DAY_MS + dayStartMs;
  const { starts, offsetsMs } = zone;
  for (let period = periodOf(zone, at); ; period++) {
    const moment = Math.max(local - (offsetsMs[period] ?? 0), starts[period] ?? at);
    if (!(moment >= (starts[period + 1] ?? Number.POSITIVE_INFINITY))) return moment;
  }
}

/** `YYYY-MM-DD` of a day number (civil-from-days, H. Hinnant, "chrono-compatible low-level date algorithms"). */
export function dayLabel(day: number): string {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Local weekday (`mon` …) and ms after local midnight. */
export function localTime(zone: ZoneTable, at: number): { weekday: string; previousWeekday: string; timeMs: number } {
  const local = at + zoneOffsetMs(zone, at);
  const day = Math.floor(local / DAY_MS);
  const index = (((day + 4) % 7) + 7) % 7;
  return { weekday: WEEKDAYS[index]!, previousWeekday: WEEKDAYS[(index + 6) % 7]!, timeMs: local - day * DAY_MS };
}
