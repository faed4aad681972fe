import { text } from '#dialects/text.ts';
import type { BookLevel, MarketTrade, MinuteCandle, SymbolMarket } from '#exchange/symbol-market.ts';
import { sideText } from './order-shapes.ts';
import { wireIdOf } from './wire-ids.ts';

export const levelsOf = (levels: readonly BookLevel[]): [string, string][] =>
  levels.map((level) => [text(level.price), text(level.quantity)]);

/** As a list of trades has it. */
export const tradeShape = (trade: MarketTrade): Record<string, unknown> => ({
  ...{ execId: wireIdOf(trade.id), symbol: trade.symbol, price: text(trade.price), size: text(trade.quantity) },
  ...{
    side: sideText(trade.side),
    time: String(trade.at),
    isBlockTrade: false,
    isRPITrade: false,
    seq: String(trade.id),
  },
});

/** As the trade stream has it. */
export const tradeEntry = (trade: MarketTrade): Record<string, unknown> => ({
  ...{ T: trade.at, s: trade.symbol, S: sideText(trade.side), v: text(trade.quantity), p: text(trade.price) },
  ...{ L: 'PlusTick', i: wireIdOf(trade.id), BT: false, RPI: false, seq: trade.id },
});

const FUNDING_EVERY_MS = 8 * 60 * 60 * 1000;
const DAY_CANDLES = 1440;
const OPEN_INTEREST = 1000;

/** As lists and the ticker stream have it, all of it strings. */
export function tickerShape(
  { symbol, bids, asks, last, mark, candles }: SymbolMarket,
  at: number,
): Record<string, string> {
  const day = candles.slice(-DAY_CANDLES);
  const open = day[0]?.open ?? last;
  return {
    symbol: symbol.name,
    ...{ lastPrice: text(last), indexPrice: text(mark), markPrice: text(mark), prevPrice24h: text(open) },
    ...{ prevPrice1h: text(day.at(-60)?.open ?? open), price24hPcnt: text(open === 0 ? 0 : (last - open) / open, 6) },
    highPrice24h: text(Math.max(...day.map((candle) => candle.high), last)),
    lowPrice24h: text(Math.min(...day.map((candle) => candle.low), last)),
    volume24h: text(day.reduce((sum, candle) => sum + candle.volume, 0)),
    turnover24h: text(day.reduce((sum, candle) => sum + candle.quoteVolume, 0)),
    ...{ openInterest: String(OPEN_INTEREST), openInterestValue: text(OPEN_INTEREST * mark), fundingRate: '0.0001' },
    nextFundingTime: String(Math.ceil(at / FUNDING_EVERY_MS) * FUNDING_EVERY_MS),
    ...{ bid1Price: text(bids[0]?.price ?? 0), bid1Size: text(bids[0]?.quantity ?? 0) },
    ...{ ask1Price: text(asks[0]?.price ?? 0), ask1Size: text(asks[0]?.quantity ?? 0) },
  };
}

/** As a list of candles has it. */
export const klineRow = (kline: MinuteCandle): string[] => [
  String(kline.openedAt),
  ...[kline.open, kline.high, kline.low, kline.close, kline.volume, kline.quoteVolume].map((amount) => text(amount)),
];

/** As the candle stream has it. */
export const klineEntry = (kline: MinuteCandle, interval: string, endsAt: number, at: number) => ({
  ...{ start: kline.openedAt, end: endsAt, interval, open: text(kline.open), close: text(kline.close) },
  ...{ high: text(kline.high), low: text(kline.low), volume: text(kline.volume), turnover: text(kline.quoteVolume) },
  ...{ confirm: at > endsAt, timestamp: at },
});
