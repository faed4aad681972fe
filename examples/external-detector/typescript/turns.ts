import type { Settings } from './settings.ts';

/** What is asked for in a turn: in each round of four a long is opened and closed, then a short. */
const round = [
  { action: 'OPEN', side: 'LONG' },
  { action: 'CLOSE', side: 'LONG' },
  { action: 'OPEN', side: 'SHORT' },
  { action: 'CLOSE', side: 'SHORT' },
] as const;

export type Turn = (typeof round)[number] & {
  symbol: string;
  /** The same for the same turn, before and after a restart: Inspector then repeats its decision and acts once. */
  requestId: string;
  /** Unix milliseconds. */
  endsAt: number;
};

/**
 * The turn of a symbol at a time. This is no strategy: it only makes requests at a steady pace. It needs no memory, so a
 * process that was killed goes on where it was. Symbols take their turns one after the other.
 */
export function turnAt(
  now: number,
  symbol: string,
  { symbols, turnMs, detectorSysname }: Pick<Settings, 'symbols' | 'turnMs' | 'detectorSysname'>,
): Turn {
  const number = Math.floor(now / turnMs);
  const step = round[(number + symbols.indexOf(symbol)) % round.length] ?? round[0];
  return {
    ...step,
    symbol,
    requestId: `${detectorSysname}-${symbol}-${turnMs}-${number}`,
    endsAt: (number + 1) * turnMs,
  };
}
