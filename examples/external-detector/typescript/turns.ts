import type { Settings } from './settings.ts';

export interface Turn {
  action: 'OPEN' | 'CLOSE';
  side: 'LONG' | 'SHORT';
  symbol: string;
  /** The same for the same turn, before and after a restart: Inspector then repeats its decision and acts once. */
  requestId: string;
  /** Unix milliseconds. */
  endsAt: number;
}

/**
 * The turn of a symbol at a time: open, then close, for ever. This is no strategy: it only makes requests at a steady pace. It
 * needs no memory, so a process that was killed goes on where it was; and because a symbol is always traded on the same side, a
 * close that was missed while it was away is made good by the next one.
 */
export function turnAt(
  now: number,
  symbol: string,
  { symbols, turnMs, detectorSysname }: Pick<Settings, 'symbols' | 'turnMs' | 'detectorSysname'>,
): Turn {
  const number = Math.floor(now / turnMs);
  const place = symbols.indexOf(symbol);
  return {
    // Neighbours in the list take turns, so that something is open at any time, on both sides.
    action: (number + place) % 2 === 0 ? 'OPEN' : 'CLOSE',
    side: place % 2 === 0 ? 'LONG' : 'SHORT',
    symbol,
    requestId: `${detectorSysname}-${symbol}-${turnMs}-${number}`,
    endsAt: (number + 1) * turnMs,
  };
}
