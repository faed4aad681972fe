import type { IconName } from '#design/icon.tsx';
import type { Tone } from '#design/tone.ts';
import type { CountedKind, Regime } from './market-conditions.ts';

export const kindNames: Readonly<Record<CountedKind, { one: string; many: string }>> = {
  DATA_OUTLIER: { one: 'outlier', many: 'outliers' },
  DATA_GAP: { one: 'gap', many: 'gaps' },
  VOLATILITY_SPIKE: { one: 'spike', many: 'spikes' },
  LIQUIDITY_DROPPED: { one: 'thin book', many: 'thin books' },
};

export const regimeLooks: Readonly<Record<Regime, { name: string; tone: Tone; icon: IconName }>> = {
  TREND: { name: 'Trend', tone: 'accent', icon: 'market' },
  RANGE: { name: 'Range', tone: 'calm', icon: 'more' },
  VOLATILE: { name: 'Volatile', tone: 'alert', icon: 'now' },
  UNKNOWN: { name: 'Unknown', tone: 'calm', icon: 'info' },
};

/** What a valuation price comes from, in the order in which the server takes them. */
export const sourceNames = {
  mark: 'mark',
  mid: 'mid of the book',
  trade: 'median of trades',
  candle: 'candle',
} as const;
