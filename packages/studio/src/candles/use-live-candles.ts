import type { Candle } from '@inspector/contract';
import { useEffect, useRef, useState } from 'react';
import { type MarketSymbol, type RestError, symbolKeyOf, useCandles, useLiveEvent, useLivePrice } from '#data/index.ts';
import { type LateTick, withReading, withTick } from './running-candle.ts';

/** Candles that a chart can be drawn of, and their length in ms. */
export const chartIntervals = { '1m': 60_000, '5m': 300_000, '15m': 900_000, '1h': 3_600_000 } as const;
export type ChartInterval = keyof typeof chartIntervals;

/** Prices closer than this are drawn at once. */
const DRAW_MS = 200;

/** After the last trade the mark moves the candle: a quiet symbol still has a price. */
const QUIET_MS = 5_000;

interface LiveCandles {
  candles: readonly Candle[];
  error: RestError | null;
  isPending: boolean;
  refetch(): void;
}

const none: readonly Candle[] = [];

/** The venue's candles, read again every few seconds, with its trades in between; marks while no trade comes. */
export function useLiveCandles(market: MarketSymbol, interval: ChartInterval): LiveCandles {
  const { connectorType, marketType, symbol } = market;
  const query = useCandles({ connectorType, marketType, symbol, interval });
  const read = query.isPlaceholderData ? undefined : query.data?.data;
  const place = `${symbolKeyOf(market)} ${interval}`;
  const [shown, setShown] = useState({ place, candles: none });

  useEffect(() => {
    if (read === undefined) return;
    setShown((last) => ({ place, candles: withReading(last.place === place ? last.candles : none, read) }));
  }, [read, place]);

  useTicks(market, (tick) =>
    setShown((last) => {
      const candles = last.place === place ? withTick(last.candles, tick, chartIntervals[interval]) : last.candles;
      return candles === last.candles ? last : { place, candles };
    }),
  );
  return {
    candles: shown.place === place ? shown.candles : none,
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
    newest.current = { price: payload.price, ts: payload.time };
  });
  const mark = useLivePrice(symbolKeyOf(market));
  useEffect(() => {
    if (mark !== undefined && Date.now() - lastTradeAt.current > QUIET_MS) newest.current = mark;
  }, [mark]);
}
