import type { Venue } from '../venue.ts';

/**
 * Binance's demo trading, which has one key for spot and futures. ccxt signs nothing for the older futures testnet, and
 * that of spot has keys of its own.
 */
export const useDemoTrading = (venue: Venue): void => venue.enableDemoTrading(true);
