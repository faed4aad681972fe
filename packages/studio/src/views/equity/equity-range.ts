const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Stretches of time that the view can show. */
export const equityRanges = ['day', 'week', 'month', 'all'] as const;
export type EquityRange = (typeof equityRanges)[number];

export const rangeNames: Readonly<Record<EquityRange, { short: string; sentence: string }>> = {
  day: { short: 'Day', sentence: 'the running trading day' },
  week: { short: 'Week', sentence: 'the last seven days' },
  month: { short: 'Month', sentence: 'the last thirty days' },
  all: { short: 'All', sentence: 'all that is kept' },
};

export const isEquityRange = (text: string | undefined): text is EquityRange =>
  (equityRanges as readonly (string | undefined)[]).includes(text);

/** From when equity is asked for, ms; undefined: from the start of the running trading day, which the server knows. */
export function equityFrom(range: EquityRange, now: number): number | undefined {
  switch (range) {
    case 'day':
      return undefined;
    case 'week':
      return now - 7 * DAY;
    case 'month':
      return now - 30 * DAY;
    case 'all':
      return 0;
  }
}

/** From when records are asked for: a trading day began at most a day and the hour of a changed clock ago. */
export const recordsFrom = (range: EquityRange, now: number): number => equityFrom(range, now) ?? now - DAY - HOUR;
