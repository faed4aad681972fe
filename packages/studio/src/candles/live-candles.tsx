import { useMemo, useState } from 'react';
import { type MarketSymbol, symbolKeyOf, useTickSize } from '#data/index.ts';
import type { ChartCourse, ChartLine } from '#design/chart-shapes.ts';
import { Choice, EmptyState, ErrorState, Waiting } from '#design/index.ts';
import { type ChartInterval, chartIntervals } from './chart-intervals.ts';
import { type ChartEvent, chartMarkers } from './chart-markers.ts';
import { fittingInterval } from './opening-range.ts';
import { PriceChart } from './price-chart.tsx';
import { stretchOf } from './stretch.ts';
import { useLiveCandles } from './use-live-candles.ts';
import './candles.css';

const intervalNames = Object.keys(chartIntervals) as ChartInterval[];

interface LiveCandlesProps {
  /** A position is shown over its lifetime, a market as it is now. */
  market: MarketSymbol & { entryTime?: number };
  /** What is drawn, in a sentence. */
  label: string;
  lines: readonly ChartLine[];
  /** Where levels have stood, over the position's lifetime. */
  courses?: readonly Omit<ChartCourse, 'until'>[];
  /** Decisions and fills among them are marked. */
  events: readonly ChartEvent[];
}

const noCourses: readonly ChartCourse[] = [];

/** Candles of the venue, then its prices as they come, with levels as lines and events as marks. */
export function LiveCandles({ market, label, lines, courses = noCourses, events }: LiveCandlesProps) {
  const { entryTime } = market;
  const stretch = useMemo(() => stretchOf(entryTime, events), [entryTime, events]);
  const [from, to] = [stretch?.from, stretch?.to ?? null];
  const fitting = useMemo(() => (from === undefined ? '1m' : fittingInterval({ from, to }, Date.now())), [from, to]);
  const [chosen, setChosen] = useState<ChartInterval | null>(null);
  const interval = chosen ?? fitting;
  const { candles, source, error, isPending, refetch } = useLiveCandles(market, interval);
  const tickSize = useTickSize(market);
  const firstTime = candles[0]?.time ?? Number.POSITIVE_INFINITY;
  const markers = useMemo(
    () => chartMarkers(events, firstTime, chartIntervals[interval]),
    [events, firstTime, interval],
  );
  const ended = useMemo(() => courses.map((course) => ({ ...course, until: to })), [courses, to]);
  return (
    <section className="candles" aria-label="Chart">
      <div className="candles-head">
        <Choice
          label="Length of a candle"
          value={interval}
          onChange={setChosen}
          options={intervalNames.map((value) => ({ value, label: value }))}
        />
        {markers.length > 0 && (
          <p className="candles-legend">
            <span>▲ bought</span>
            <span>▼ sold</span>
            <span>● allowed</span>
            <span>■ refused</span>
            {courses.some(({ changes }) => changes.length > 0) && <span>┄ earlier levels</span>}
          </p>
        )}
      </div>
      {candles.length > 0 ? (
        <PriceChart
          key={`${symbolKeyOf(market)} ${interval}`}
          label={`${label}, ${interval} each`}
          candles={candles}
          lines={lines}
          courses={ended}
          markers={markers}
          stretch={stretch}
          source={source}
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
