import type { ZoneTable } from '@inspector/engine';

/**
 * The moment at which the trading day `day` (YYYY-MM-DD, as KPI name it) began: when the local clock first showed `dayStart`
 * (HH:MM) on it. Where the clock skips that time, the change itself.
 */
export function tradingDayStart(day: string, dayStart: string, { starts, offsetsMs }: ZoneTable): number {
  const local = Date.parse(`${day}T${dayStart}Z`);
  for (const [period, start] of starts.entries()) {
    const moment = Math.max(local - (offsetsMs[period] ?? 0), start);
    if (moment < (starts[period + 1] ?? Number.POSITIVE_INFINITY)) return moment;
  }
  throw new Error(`the zone table holds no moment of ${day} ${dayStart}`);
}
