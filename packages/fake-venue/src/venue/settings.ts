import type { DialectName } from '#dialects/dialects.ts';
import type { MarginMode } from '#exchange/state.ts';
import { DEFAULT_SYMBOLS, type FakeSymbol } from '#exchange/symbols.ts';

export interface FakeVenueSettings {
  /** Whose wire it speaks, default Binance USD-M. */
  dialect?: DialectName;
  /** 0, the default, is any free one. */
  port?: number;
  apiKey?: string;
  secret?: string;
  /** USDT, default 10,000. */
  wallet?: number;
  /** Long and short held apart. */
  hedgeMode?: boolean;
  multiAssets?: boolean;
  marginMode?: MarginMode;
  symbols?: readonly FakeSymbol[];
  /** Every answer comes this much later. */
  latencyMs?: number;
  /** Default 0.02 and 0.05. */
  makerFeePercent?: number;
  takerFeePercent?: number;
}

export const withDefaults = (settings: FakeVenueSettings): Required<FakeVenueSettings> => ({
  dialect: 'binance-usdm',
  port: 0,
  apiKey: 'fake-key',
  secret: 'fake-secret',
  wallet: 10_000,
  hedgeMode: false,
  multiAssets: false,
  marginMode: 'cross',
  symbols: DEFAULT_SYMBOLS,
  latencyMs: 0,
  makerFeePercent: 0.02,
  takerFeePercent: 0.05,
  ...settings,
});
