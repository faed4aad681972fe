import { binanceUsdm } from './binance-usdm/binance-usdm.ts';
import { bybitLinear } from './bybit-linear/bybit-linear.ts';
import type { DialectKind } from './dialect.ts';

/** The venues that the double can speak like. */
export const DIALECTS = {
  'binance-usdm': binanceUsdm,
  'bybit-linear': bybitLinear,
} as const satisfies Record<string, DialectKind>;

export type DialectName = keyof typeof DIALECTS;
