/** Market data: accepted or refused, then valued, watched for exits, and looked at for its condition. The tick path. */
import { revalueSymbol } from '#account/revalue.ts';
import { publish, record, shown } from '#audit/record.ts';
import type { BookInput, CandleInput, PriceInput, TradeInput } from '#input.ts';
import { retryDeferredCloses } from '#positions/close.ts';
import { triggers, watchExits } from '#protection/software-exit.ts';
import type { Engine } from '#state/engine.ts';
import { keepDepth, MEDIAN_TRADES } from '#state/symbols.ts';
import { observeBook, observePrice } from './condition.ts';
import { writeCorrectedTime } from './connector-clock.ts';
import { noteChannel } from './gaps.ts';
import { agreesWithMid, isBookFresh, midPrice } from './valuation.ts';

const TRADE = 0;
const ORDERBOOK = 1;
const PRICE = 2;

export function onTrade(engine: Engine, input: TradeInput): void {
  const { symbols } = engine;
  const { symbol } = input;
  writeCorrectedTime(engine, symbols.venueTime, input);
  noteChannel(engine, input, TRADE);
  if (!isAcceptedTrade(engine, input)) {
    reportOutlier(engine, symbol, input.price);
    return;
  }
  const at = symbol * MEDIAN_TRADES + (symbols.tradeCount[symbol]! % MEDIAN_TRADES);
  symbols.tradePrices[at] = input.price;
  symbols.tradeTimes[at] = symbols.venueTime[symbol]!;
  // The count serves as ring position too: kept small, so that it never overflows.
  const count = symbols.tradeCount[symbol]! + 1;
  symbols.tradeCount[symbol] = count >= 2 * MEDIAN_TRADES ? count - MEDIAN_TRADES : count;
  revalueSymbol(engine, symbol, true);
  symbols.triggerPrice[symbol] = input.price;
  watchExits(engine, symbol, triggers.trade);
  observePrice(engine, symbol);
}

/** Finite, above 0, a market print, and where the book is fresh within max(1 %, 5 × spread) of mid (semantics 1.2). */
function isAcceptedTrade(engine: Engine, { symbol, price, market }: TradeInput): boolean {
  if (!market || !(price > 0) || price === Number.POSITIVE_INFINITY) return false;
  return !isBookFresh(engine.symbols, symbol, engine.now) || agreesWithMid(engine.symbols, symbol, price);
}

export function onBook(engine: Engine, input: BookInput): void {
  const { symbols } = engine;
  const { symbol, bids, asks, bidCount, askCount } = input;
  writeCorrectedTime(engine, symbols.venueTime, input);
  noteChannel(engine, input, ORDERBOOK);
  const bid = bidCount > 0 ? bids[0]! : Number.NaN;
  const ask = askCount > 0 ? asks[0]! : Number.NaN;
  if (!(bid > 0) || !(ask < Number.POSITIVE_INFINITY) || !(ask >= bid)) {
    reportOutlier(engine, symbol, Number.isNaN(bid) ? ask : bid);
    return;
  }
  symbols.bid[symbol] = bid;
  symbols.ask[symbol] = ask;
  symbols.bidVolume[symbol] = bids[1]!;
  symbols.askVolume[symbol] = asks[1]!;
  symbols.bookTime[symbol] = symbols.venueTime[symbol]!;
  keepDepth(symbols.depths[symbol]!, bids, bidCount, asks, askCount);
  revalueSymbol(engine, symbol, true);
  // A venue without marks has its stops watched by the mid.
  if (symbols.hasMark[symbol] === 0) {
    symbols.triggerPrice[symbol] = (bid + ask) / 2;
    watchExits(engine, symbol, triggers.mark);
  }
  if (symbols.head[symbol]! >= 0) retryDeferredCloses(engine, symbol);
  observePrice(engine, symbol);
  observeBook(engine, symbol);
}

export function onPrice(engine: Engine, input: PriceInput): void {
  const { symbols } = engine;
  const { symbol, price } = input;
  noteChannel(engine, input, PRICE);
  if (!(price > 0) || price === Number.POSITIVE_INFINITY) {
    reportOutlier(engine, symbol, price);
    return;
  }
  if (input.mark) {
    writeCorrectedTime(engine, symbols.markTime, input);
    symbols.mark[symbol] = price;
    symbols.hasMark[symbol] = 1;
  } else {
    writeCorrectedTime(engine, symbols.candleTime, input);
    symbols.candle[symbol] = price;
  }
  revalueSymbol(engine, symbol, true);
  if (input.mark) {
    symbols.triggerPrice[symbol] = price;
    watchExits(engine, symbol, triggers.mark);
  }
  observePrice(engine, symbol);
}

/** A candle's close is the last resort of valuation; its time is no measure of the venue's clock. */
export function onCandle(engine: Engine, input: CandleInput): void {
  const { symbols, now } = engine;
  const { symbol, close } = input;
  if (!(close > 0) || close === Number.POSITIVE_INFINITY) {
    reportOutlier(engine, symbol, close);
    return;
  }
  const offset = engine.clocks.offsetMs[symbols.clock[symbol]!]!;
  const time = Math.min(now, input.time + (!Number.isNaN(offset) ? offset : 0));
  symbols.candle[symbol] = close;
  symbols.candleTime[symbol] = time;
  revalueSymbol(engine, symbol, true);
  observePrice(engine, symbol);
}

/** Outliers recorded per symbol in `OUTLIER_WINDOW_MS`; further ones are refused in silence, so no feed floods the trail. */
const OUTLIERS_RECORDED = 20;
const OUTLIER_WINDOW_MS = 30_000;

function isOutlierRecorded(engine: Engine, symbol: number): boolean {
  const key = engine.symbols.keys[symbol]!;
  const { lastEdges, now } = engine;
  const since = lastEdges.get(`DATA_OUTLIER since ${key}`);
  const isNewWindow = since === undefined || now - since >= OUTLIER_WINDOW_MS;
  const count = isNewWindow ? 1 : lastEdges.get(`DATA_OUTLIER count ${key}`)! + 1;
  if (isNewWindow) lastEdges.set(`DATA_OUTLIER since ${key}`, now);
  if (count > OUTLIERS_RECORDED) return false;
  lastEdges.set(`DATA_OUTLIER count ${key}`, count);
  return true;
}

/** A refused price: recorded, used nowhere. */
function reportOutlier(engine: Engine, symbol: number, price: number): void {
  if (!isOutlierRecorded(engine, symbol)) return;
  const reference = midPrice(engine.symbols, symbol);
  const name = engine.symbols.names[symbol]!;
  const isComparable = Number.isFinite(price) && Number.isFinite(reference);
  const payload = {
    symbol: name,
    price: Number.isFinite(price) ? price : null,
    reference: Number.isFinite(reference) ? reference : null,
    deviationPct: isComparable ? (Math.abs(price - reference) / reference) * 100 : null,
  };
  record(engine, 'DATA_OUTLIER', {
    code: 'DATA_OUTLIER',
    severity: 'warn',
    symbol: name,
    message: `A price of ${name} was refused: ${shown(price)} against ${shown(reference)}.`,
    data: payload,
  });
  publish(engine, 'INSPECTOR_DATA_OUTLIER_DETECTED', payload);
}
