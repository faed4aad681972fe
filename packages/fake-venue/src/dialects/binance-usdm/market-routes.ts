import { text } from '#dialects/text.ts';
import { klinesOf } from '#exchange/klines.ts';
import { marketOf } from '#exchange/state.ts';
import type { MarketTrade, SymbolMarket } from '#exchange/symbol-market.ts';
import type { Call, Route, Routes } from './context.ts';
import { BinanceError } from './errors.ts';
import { exchangeInfo } from './exchange-info.ts';
import { intervalMs, klineRow } from './klines.ts';
import { levelsOf } from './market-shapes.ts';
import { integer, required } from './parameters.ts';

const stepped =
  (steps: readonly (readonly [number, number])[], most: number) =>
  (params: URLSearchParams): number => {
    const limit = Number(params.get('limit') ?? 500);
    return steps.find(([upTo]) => limit <= upTo)?.[1] ?? most;
  };

/** One object for a symbol, a list for all. */
const perSymbol =
  (shape: (market: SymbolMarket, call: Call) => Record<string, unknown>) =>
  (call: Call): unknown => {
    const symbol = call.params.get('symbol');
    if (symbol !== null) return shape(marketOf(call.context.exchange, symbol), call);
    return [...call.context.exchange.markets.values()].map((market) => shape(market, call));
  };

const bySymbol =
  (cheap: number, dear: number) =>
  (params: URLSearchParams): number =>
    params.has('symbol') ? cheap : dear;

const tradeShape = (trade: MarketTrade): Record<string, unknown> => ({
  id: trade.id,
  price: text(trade.price),
  qty: text(trade.quantity),
  quoteQty: text(trade.price * trade.quantity),
  time: trade.at,
  isBuyerMaker: trade.side === 'SELL',
});

const aggregateShape = (trade: MarketTrade): Record<string, unknown> => ({
  a: trade.id,
  p: text(trade.price),
  q: text(trade.quantity),
  f: trade.id,
  l: trade.id,
  T: trade.at,
  m: trade.side === 'SELL',
});

const trades =
  (shape: (trade: MarketTrade) => unknown): Route['run'] =>
  ({ context, params }) =>
    marketOf(context.exchange, required(params, 'symbol'))
      .trades.slice(-Math.min(integer(params, 'limit') ?? 500, 1000))
      .map(shape);

const dayShape = (market: SymbolMarket, { context }: Call): Record<string, unknown> => {
  const day = market.candles.slice(-1440);
  const open = day[0]?.open ?? market.last;
  const volume = day.reduce((sum, candle) => sum + candle.volume, 0);
  return {
    symbol: market.symbol.name,
    priceChange: text(market.last - open),
    priceChangePercent: text(((market.last - open) / open) * 100, 3),
    weightedAvgPrice: text(market.last),
    lastPrice: text(market.last),
    lastQty: text(market.trades.at(-1)?.quantity ?? 0),
    openPrice: text(open),
    highPrice: text(Math.max(...day.map((candle) => candle.high), market.last)),
    lowPrice: text(Math.min(...day.map((candle) => candle.low), market.last)),
    volume: text(volume),
    quoteVolume: text(day.reduce((sum, candle) => sum + candle.quoteVolume, 0)),
    openTime: day[0]?.openedAt ?? 0,
    closeTime: context.now(),
    firstId: market.trades[0]?.id ?? -1,
    lastId: market.trades.at(-1)?.id ?? -1,
    count: market.trades.length,
  };
};

const klines: Route = {
  ...{
    security: 'none',
    weight: stepped(
      [
        [99, 1],
        [499, 2],
        [1000, 5],
      ],
      10,
    ),
  },
  run: ({ context, params }) => {
    const market = marketOf(context.exchange, required(params, 'symbol'));
    const lengthMs = intervalMs(required(params, 'interval'));
    if (lengthMs === undefined) throw new BinanceError(-1120, 'Invalid interval.');
    const startTime = integer(params, 'startTime');
    const endTime = integer(params, 'endTime') ?? Number.POSITIVE_INFINITY;
    const limit = Math.min(integer(params, 'limit') ?? 500, 1500);
    const found = klinesOf(market, lengthMs).filter(
      (kline) => kline.openedAt >= (startTime ?? 0) && kline.openedAt <= endTime,
    );
    return (startTime === undefined ? found.slice(-limit) : found.slice(0, limit)).map((kline) =>
      klineRow(kline, lengthMs),
    );
  },
};

const tickerPrice: Route = {
  ...{ security: 'none', weight: bySymbol(1, 2) },
  run: perSymbol((market, { context }) => ({
    symbol: market.symbol.name,
    price: text(market.last),
    time: context.now(),
  })),
};

export const marketRoutes: Routes = {
  'GET /fapi/v1/ping': { security: 'none', weight: 1, run: () => ({}) },
  'GET /fapi/v1/time': { security: 'none', weight: 1, run: ({ context }) => ({ serverTime: context.now() }) },
  'GET /fapi/v1/exchangeInfo': { security: 'none', weight: 1, run: ({ context }) => exchangeInfo(context) },
  'GET /fapi/v1/depth': {
    ...{
      security: 'none',
      weight: stepped(
        [
          [50, 2],
          [100, 5],
          [500, 10],
        ],
        20,
      ),
    },
    run: ({ context, params }) => {
      const market = marketOf(context.exchange, required(params, 'symbol'));
      const limit = integer(params, 'limit') ?? 500;
      const at = context.now();
      const { bookVersion, bids, asks } = market;
      return { lastUpdateId: bookVersion, E: at, T: at, bids: levelsOf(bids, limit), asks: levelsOf(asks, limit) };
    },
  },
  'GET /fapi/v1/trades': { security: 'none', weight: 5, run: trades(tradeShape) },
  'GET /fapi/v1/historicalTrades': { security: 'key', weight: 20, run: trades(tradeShape) },
  'GET /fapi/v1/aggTrades': { security: 'none', weight: 20, run: trades(aggregateShape) },
  'GET /fapi/v1/klines': klines,
  'GET /fapi/v1/ticker/24hr': { security: 'none', weight: bySymbol(1, 40), run: perSymbol(dayShape) },
  'GET /fapi/v1/ticker/price': tickerPrice,
  'GET /fapi/v2/ticker/price': tickerPrice,
  'GET /fapi/v1/ticker/bookTicker': {
    ...{ security: 'none', weight: bySymbol(2, 5) },
    run: perSymbol(({ symbol, bids, asks, bookVersion }, { context }) => ({
      symbol: symbol.name,
      bidPrice: text(bids[0]?.price ?? 0),
      bidQty: text(bids[0]?.quantity ?? 0),
      askPrice: text(asks[0]?.price ?? 0),
      askQty: text(asks[0]?.quantity ?? 0),
      time: context.now(),
      lastUpdateId: bookVersion,
    })),
  },
  'GET /fapi/v1/premiumIndex': {
    ...{ security: 'none', weight: bySymbol(1, 10) },
    run: perSymbol(({ symbol, mark }, { context }) => ({
      symbol: symbol.name,
      markPrice: text(mark),
      indexPrice: text(mark),
      estimatedSettlePrice: text(mark),
      lastFundingRate: '0.00010000',
      interestRate: '0.00010000',
      nextFundingTime: Math.ceil(context.now() / 28_800_000) * 28_800_000,
      time: context.now(),
    })),
  },
  'GET /fapi/v1/fundingRate': { security: 'none', weight: 1, run: () => [] },
  'GET /fapi/v1/fundingInfo': { security: 'none', weight: 1, run: () => [] },
  'GET /fapi/v1/openInterest': {
    ...{ security: 'none', weight: 1 },
    run: ({ context, params }) => ({ symbol: required(params, 'symbol'), openInterest: '1000', time: context.now() }),
  },
};
