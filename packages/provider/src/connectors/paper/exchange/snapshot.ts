import type { PaperPosition } from './netting.ts';
import type { PaperOrder } from './paper-order.ts';

/** The small part that changes with every fill. */
export interface PaperLedgerSnapshot {
  wallet: number;
  positions: PaperPosition[];
  leverages: [symbol: string, leverage: number][];
  /** Last prices, so that the account has a value before the market speaks again. */
  prices: [symbol: string, price: number][];
  orderCount: number;
  /** Events so far: `seq` and event ids go on from here. */
  eventCount: number;
}

export interface PaperSnapshot {
  ledger: PaperLedgerSnapshot;
  /** Orders that ended in the last 24 h, then those that are open, each in order. */
  orders: PaperOrder[];
}
