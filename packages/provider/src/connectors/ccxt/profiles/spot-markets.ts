import type { Market } from 'ccxt';
import { moneyAssets } from './money.ts';

/** A market in money, by the venue's names. */
export interface SpotMarket {
  symbol: string;
  /** ccxt's name. */
  unified: string;
  base: string;
  stepSize: number;
  minQuantity: number;
  minNotional: number;
  /** Takes stops that become market orders. */
  takesMarketStops: boolean;
}

export interface SpotMarkets {
  bySymbol(symbol: string): SpotMarket | undefined;
  /** Those in which an asset can be sold for money, the preferred one first. */
  of(asset: string): readonly SpotMarket[];
}

const quotes = [...moneyAssets];

export function readSpotMarkets(markets: Iterable<Market>): SpotMarkets {
  const bySymbol = new Map<string, SpotMarket>();
  const byAsset = new Map<string, { market: SpotMarket; rank: number }[]>();
  for (const shown of markets) {
    if (shown?.spot !== true || !moneyAssets.has(String(shown.quoteId))) continue;
    const market = marketOf(shown);
    bySymbol.set(market.symbol, market);
    // What is halted goes on by its name, and is no place to sell at.
    if (shown.active === false) continue;
    const others = byAsset.get(market.base) ?? [];
    others.push({ market, rank: quotes.indexOf(String(shown.quoteId)) });
    byAsset.set(market.base, others);
  }
  const sorted = new Map(
    [...byAsset].map(([asset, list]) => [asset, list.sort((a, b) => a.rank - b.rank).map(({ market }) => market)]),
  );
  return { bySymbol: (symbol) => bySymbol.get(symbol), of: (asset) => sorted.get(asset) ?? [] };
}

function marketOf(shown: NonNullable<Market>): SpotMarket {
  const { orderTypes = [] } = shown.info as { orderTypes?: readonly string[] };
  return {
    symbol: String(shown.id),
    unified: String(shown.symbol),
    base: String(shown.baseId),
    stepSize: Number(shown.precision.amount),
    minQuantity: shown.limits.amount?.min ?? 0,
    minNotional: shown.limits.cost?.min ?? 0,
    takesMarketStops: orderTypes.includes('STOP_LOSS'),
  };
}
