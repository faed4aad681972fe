import type { Candle } from '@inspector/contract';
import { useEffect, useRef, useState } from 'react';
import { type MarketSymbol, type RestError, symbolKeyOf, useCandles, useLiveEvent, useLivePrice } from '#data/index.ts';
import { type ChartInterval, chartIntervals } from './chart-intervals.ts';
import { type LateTick, type PriceSource, withReading, withTick } from './running-candle.ts';

/** Prices closer than this are drawn at once. */
const DRAW_MS = 200;

/** After the last trade the mark moves the candle: a quiet symbol still has a price. */
const QUIET_MS = 5_000;

interface LiveCandles {
  candles: readonly Candle[];
  /** What the newest candle's last price is. */
  source: PriceSource;
  error: RestError | null;
  isPending: boolean;
  refetch(): void;
}

interface Shown {
  place: string;
  candles: readonly Candle[];
  source: PriceSource;
}

const none: readonly Candle[] = [];

/** The venue's candles, read again every few seconds, with its trades in between; marks while no trade comes. */
export function useLiveCandles(market: MarketSymbol, interval: ChartInterval): LiveCandles {
  const { connectorType, marketType, symbol } = market;
  const query = useCandles({ connectorType, marketType, symbol, interval });
  const read = query.isPlaceholderData ? undefined : query.data?.data;
  const place = `${symbolKeyOf(market)} ${interval}`;
  const [shown, setShown] = useState<Shown>({ place, candles: none, source: 'trade' });

  useEffect(() => {
    if (read === undefined) return;
    setShown((last) => {
      const isSame = last.place === place;
      const candles = withReading(isSame ? last.candles : none, read);
      return { place, candles, source: isSame ? last.source : 'trade' };
    });
  }, [read, place]);

  useTicks(market, (tick) =>
    setShown((last) => {
      const candles = last.place === place ? withTick(last.candles, tick, chartIntervals[interval]) : last.candles;
      return candles === last.candles ? last : { place, candles, source: tick.source };
    }),
  );
  return {
    candles: shown.place === place ? shown.candles : none,
    source: shown.source,
    error: query.error,
    isPending: query.isPending || query.isPlaceholderData,
    refetch: () => void query.refetch(),
  };
}

/** Hears the newest price of a symbol, a few times a second at most. */
function useTicks(market: MarketSymbol, hear: (tick: LateTick) => void): void {
  const { connectorType, marketType, symbol } = market;
  const newest = useRef<LateTick | null>(null);
  const lastTradeAt = useRef(0);
  const heard = useRef(hear);
  useEffect(() => {
    heard.current = hear;
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (newest.current !== null) heard.current(newest.current);
      newest.current = null;
    }, DRAW_MS);
    return () => clearInterval(timer);
  }, []);
  useLiveEvent('PROVIDER_MARKETDATA_TRADE', ({ payload }) => {
    const isOurs =
      payload.symbol.name === symbol && payload.connectorType === connectorType && payload.marketType === marketType;
    if (!isOurs || payload.market === false) return;
    lastTradeAt.current = Date.now();
    newest.current = { price: payload.price, ts: payload.time, source: 'trade' };
  });
  const mark = useLivePrice(symbolKeyOf(market));
  useEffect(() => {
    if (mark !== undefined && Date.now() - lastTradeAt.current > QUIET_MS) newest.current = { ...mark, source: 'mark' };
  }, [mark]);
}
