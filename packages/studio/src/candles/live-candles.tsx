import { useMemo, useState } from 'react';
import { type MarketSymbol, useTickSize } from '#data/index.ts';
import type { ChartLine } from '#design/chart-shapes.ts';
import { Choice, EmptyState, ErrorState, Waiting } from '#design/index.ts';
import { type ChartEvent, chartMarkers } from './chart-markers.ts';
import { PriceChart } from './price-chart.tsx';
import './candles.css';
import { type ChartInterval, chartIntervals, useLiveCandles } from './use-live-candles.ts';

const intervalNames = Object.keys(chartIntervals) as ChartInterval[];

interface LiveCandlesProps {
  market: MarketSymbol;
  /** What is drawn, in a sentence. */
  label: string;
  lines: readonly ChartLine[];
  /** Decisions and fills among them are marked. */
  events: readonly ChartEvent[];
}

/** Candles of the venue, then its prices as they come, with levels as lines and events as marks. */
export function LiveCandles({ market, label, lines, events }: LiveCandlesProps) {
  const [interval, setInterval] = useState<ChartInterval>('1m');
  const { candles, error, isPending, refetch } = useLiveCandles(market, interval);
  const tickSize = useTickSize(market);
  const firstTime = candles[0]?.time ?? Number.POSITIVE_INFINITY;
  const markers = useMemo(
    () => chartMarkers(events, firstTime, chartIntervals[interval]),
    [events, firstTime, interval],
  );
  return (
    <section className="candles" aria-label="Chart">
      <div className="candles-head">
        <Choice
          label="Length of a candle"
          value={interval}
          onChange={setInterval}
          options={intervalNames.map((value) => ({ value, label: value }))}
        />
        {markers.length > 0 && (
          <p className="candles-legend">
            <span>▲ bought</span>
            <span>▼ sold</span>
            <span>● allowed</span>
            <span>■ refused</span>
          </p>
        )}
      </div>
      {candles.length > 0 ? (
        <PriceChart
          key={interval}
          label={`${label}, ${interval} each`}
          candles={candles}
          lines={lines}
          markers={markers}
          tickSize={tickSize ?? 0.01}
        />
      ) : (
        <div className="candles-place">
          {error !== null ? (
            <ErrorState title="The candles cannot be read" error={error} onRetry={refetch} />
          ) : isPending ? (
            <Waiting height="100%" label="Candles" />
          ) : (
            <EmptyState icon="market" title="The venue has no candles of this length yet" />
          )}
        </div>
      )}
    </section>
  );
}
