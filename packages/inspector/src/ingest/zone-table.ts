/** Builds the engine's zone tables: the engine has no locale, so this edge asks `Intl` once per zone. */
import type { ZoneTable } from '@inspector/engine';

const DAY_MS = 86_400_000;
const FIRST_YEAR = 1990;
const LAST_YEAR = 2101;
/** Two changes of one zone lie further apart than this in all zones since 1990, so none is stepped over. */
const SEARCH_STEP_MS = 3 * DAY_MS;
/** Tables kept, each some 220 entries; past it all are forgotten and built again when asked for. */
const CACHED_ZONES_LIMIT = 16;

/** The earliest moment that a Date can hold: the first offset of a table holds from here on. */
const START_OF_TIME = -8.64e15;

const cache = new Map<string, ZoneTable>();

/**
 * The offset changes of an IANA zone from 1990 to 2100, exact to the millisecond; the first offset holds before, the
 * last one after. Throws a RangeError for a name that the platform does not know.
 */
export function zoneTable(name: string): ZoneTable {
  const cached = cache.get(name);
  if (cached) return cached;
  const table = buildZoneTable(name);
  if (cache.size >= CACHED_ZONES_LIMIT) cache.clear();
  cache.set(name, table);
  return table;
}

function buildZoneTable(name: string): ZoneTable {
  if (name === 'UTC') return { name, starts: [START_OF_TIME], offsetsMs: [0] }; // no search: the default must start at once
  const offsetAt = offsetReader(name);
  const end = Date.UTC(LAST_YEAR, 0, 1);
  let at = Date.UTC(FIRST_YEAR, 0, 1);
  let offset = offsetAt(at);
  const starts = [START_OF_TIME];
  const offsetsMs = [offset];
  while (at < end) {
    const next = Math.min(at + SEARCH_STEP_MS, end);
    const nextOffset = offsetAt(next);
    if (nextOffset !== offset) {
      starts.push(changeBetween(offsetAt, at, next, offset));
      offsetsMs.push(nextOffset);
      offset = nextOffset;
    }
    at = next;
  }
  return { name, starts, offsetsMs };
}

/** First millisecond in (`before`, `after`] that no longer has `offset`. */
function changeBetween(offsetAt: (at: number) => number, before: number, after: number, offset: number): number {
  let low = before;
  let high = after;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

function offsetReader(name: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    // "8/8/2024, 23:54:15"
    const [month, day, year, hour, minute, second] = (format.format(at).match(/\d+/g) ?? []).map(Number);
    const local = Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0);
    return local - Math.floor(at / 1000) * 1000;
  };
}
