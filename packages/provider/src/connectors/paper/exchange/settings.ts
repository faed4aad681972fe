import type { PaperFaults } from './faults.ts';

/** Contract section 5, "Paper venue". */
export const PAPER_BALANCE_USD = 10_000;
export const PAPER_MAKER_FEE_PERCENT = 0.02;
export const PAPER_TAKER_FEE_PERCENT = 0.05;

export interface PaperSettings {
  connectorType: string;
  marketType: string;
  accountId?: string;
  /** Wallet at the start, in quote units. */
  balance: number;
  makerFeePercent: number;
  takerFeePercent: number;
  /** Of symbols whose leverage was never set and orders that name none; 1 (the whole notional) unless told. */
  defaultLeverage?: number;
  /** Age up to which a book judges trades as outliers and a mark values positions; 5000 unless told. */
  priceStaleMs?: number;
  /**
   * False leaves `seq` out of the events. A replay does so: the file's own account events may carry the venue's
   * sequence, and two counters in one stream would look like a gap.
   */
  sequenced?: boolean;
  /** Told apart from other exchanges of the same account by the event ids; 0 to 2^32 − 1. */
  instance?: number;
  faults?: PaperFaults;
}
