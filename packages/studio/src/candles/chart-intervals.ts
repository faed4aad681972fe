/** Candles that a chart can be drawn of, and their length in ms, the shortest first. */
export const chartIntervals = { '1m': 60_000, '5m': 300_000, '15m': 900_000, '1h': 3_600_000 } as const;
export type ChartInterval = keyof typeof chartIntervals;
