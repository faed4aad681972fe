import { klinesOf } from '#exchange/klines.ts';
import { marketOf } from '#exchange/state.ts';
import type { SymbolMarket } from '#exchange/symbol-market.ts';
import type { Call, Route, Routes } from './context.ts';
import { invalid } from './errors.ts';
import { instrumentShape, riskLimitsOf } from './instruments.ts';
import { intervalMs } from './intervals.ts';
import { klineRow, levelsOf, tickerShape, tradeShape } from './market-shapes.ts';
import { pageOf } from './pages.ts';
import { categoryOf, integer, optional, required } from './parameters.ts';

/** The venue's own pages and depths. */
const INSTRUMENT_PAGE = { normal: 500, max: 1000 };
const BOOK_DEPTH = { normal: 25, max: 500 };
const TRADES = { normal: 500, max: 1000 };
const KLINES = { normal: 200, max: 1000 };

const limitOf = (params: URLSearchParams, { normal, max }: { normal: number; max: number }): number =>
  Math.min(integer(params, 'limit') ?? normal, max);

/** The symbol that is asked for, or all; none in another category than linear. */
function marketsAsked({ context: { exchange }, params }: Call): SymbolMarket[] {
  if (categoryOf(params) !== 'linear') return [];
  const symbol = optional(params, 'symbol');
  if (symbol !== undefined) return [marketOf(exchange, symbol)];
  const baseCoin = optional(params, 'baseCoin');
  return [...exchange.markets.values()].filter(
    (market) => (baseCoin ?? market.symbol.baseAsset) === market.symbol.baseAsset,
  );
}

function theMarket(call: Call): SymbolMarket {
  required(call.params, 'symbol');
  const [market] = marketsAsked(call);
  if (market === undefined) throw invalid('symbol');
  return market;
}

function time({ context: { now } }: Call): unknown {
  const at = now();
  return { timeSecond: String(Math.floor(at / 1000)), timeNano: `${at}000000` };
}

/** Without a status those that trade or settle; others, such as PreLaunch, do not exist here. */
function instruments(call: Call): unknown {
  const { context, params } = call;
  const bare = context.faults.symbolWithoutPrecision;
  const status = optional(params, 'status');
  const shapes = marketsAsked(call)
    .map(({ symbol }) => instrumentShape(symbol, bare === symbol.name))
    .filter((shape) => status === undefined || shape.status === status);
  const { items, nextPageCursor } = pageOf(shapes, params, INSTRUMENT_PAGE);
  // Unlike lists of the account, this one has no cursor on its last page.
  const isLast = items.at(-1) === shapes.at(-1);
  return { category: categoryOf(params), list: items, nextPageCursor: isLast ? '' : nextPageCursor };
}

function orderBook(call: Call): unknown {
  const { symbol, bids, asks, bookVersion } = theMarket(call);
  const depth = limitOf(call.params, BOOK_DEPTH);
  const at = call.context.now();
  return {
    ...{ s: symbol.name, b: levelsOf(bids.slice(0, depth)), a: levelsOf(asks.slice(0, depth)) },
    ...{ ts: at, u: bookVersion, seq: bookVersion, cts: at },
  };
}

const tickers = (call: Call): unknown => ({
  category: categoryOf(call.params),
  list: marketsAsked(call).map((market) => ({ ...tickerShape(market, call.context.now()), deliveryTime: '0' })),
});

/** Newest first. */
function klines(call: Call): unknown {
  const market = theMarket(call);
  const lengthMs = intervalMs(required(call.params, 'interval'));
  if (lengthMs === undefined) throw invalid('interval');
  const start = integer(call.params, 'start') ?? 0;
  const end = integer(call.params, 'end') ?? Number.POSITIVE_INFINITY;
  const found = klinesOf(market, lengthMs).filter(({ openedAt }) => openedAt >= start && openedAt <= end);
  const list = found.reverse().slice(0, limitOf(call.params, KLINES)).map(klineRow);
  return { category: 'linear', symbol: market.symbol.name, list };
}

/** Newest first. */
const recentTrades = (call: Call): unknown => ({
  category: 'linear',
  list: theMarket(call).trades.slice(-limitOf(call.params, TRADES)).reverse().map(tradeShape),
});

const riskLimits = (call: Call): unknown => ({
  category: categoryOf(call.params),
  list: marketsAsked(call).flatMap(({ symbol }) => riskLimitsOf(symbol)),
  nextPageCursor: '',
});

const open = (run: Route['run']): Route => ({ security: 'none', run });

export const marketRoutes: Routes = {
  'GET /v5/market/time': open(time),
  'GET /v5/market/instruments-info': open(instruments),
  'GET /v5/market/orderbook': open(orderBook),
  'GET /v5/market/tickers': open(tickers),
  'GET /v5/market/kline': open(klines),
  'GET /v5/market/recent-trade': open(recentTrades),
  'GET /v5/market/risk-limit': open(riskLimits),
  'GET /v5/market/funding/history': open(({ params }) => ({ category: categoryOf(params), list: [] })),
};
