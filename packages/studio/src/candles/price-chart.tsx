import type { Candle } from '@inspector/contract';
import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineSeries,
  LineStyle,
  LineType,
  type Time,
} from 'lightweight-charts';
import { useEffect, useRef } from 'react';
import { colourOf, transparent } from '#design/chart-colours.ts';
import { chartFrame } from '#design/chart-frame.ts';
import type { ChartCourse, ChartLine, ChartMarker } from '#design/chart-shapes.ts';
import { drawMarkers, secondOf } from '#design/draw-markers.ts';
import { useTheme } from '#design/theme.ts';
import { useChart } from '#design/use-chart.ts';
import { formatPrice } from '#words/format.ts';
import { levelPath } from './level-path.ts';
import { openingRange } from './opening-range.ts';
import { type PriceRange, rangeWithLevels } from './range-with-levels.ts';
import type { PriceSource } from './running-candle.ts';
import type { Stretch } from './stretch.ts';

const sourceNames: Readonly<Record<PriceSource, string>> = { trade: 'Last trade', mark: 'Mark' };

interface PriceChartProps {
  label: string;
  candles: readonly Candle[];
  /** Levels that stay in sight where they are near enough. */
  lines: readonly ChartLine[];
  /** Where levels have stood, drawn in steps behind the lines. */
  courses: readonly ChartCourse[];
  markers: readonly ChartMarker[];
  tickSize: number;
  /** What it opens on; null: the newest candles. */
  stretch: Stretch | null;
  /** What the last price is, which stands beside it. */
  source: PriceSource;
}

/** Candles of which only the last moves, with levels that are part of the scale. It fills its place. */
export function PriceChart(props: PriceChartProps) {
  const { label, candles, lines, courses, markers, tickSize, stretch, source } = props;
  const drawn = useRef<Drawn | null>(null);
  const place = useChart(drawn, openPriceChart);
  const theme = useTheme();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme is another set of colours
  useEffect(() => {
    if (drawn.current !== null) paint(drawn.current, tickSize);
  }, [tickSize, theme]);

  useEffect(() => {
    if (drawn.current !== null) drawCandles(drawn.current, candles);
  }, [candles]);

  const hasCandles = candles.length > 0;
  const [from, to] = [stretch?.from, stretch?.to ?? null];
  useEffect(() => {
    if (drawn.current === null || !hasCandles || drawn.current.isMoved) return;
    const { chart, candles: known } = drawn.current;
    chart.timeScale().setVisibleLogicalRange(openingRange(known, from === undefined ? null : { from, to }));
  }, [hasCandles, from, to]);

  useEffect(() => {
    drawn.current?.series.applyOptions({ title: sourceNames[source] });
  }, [source]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (drawn.current !== null) drawLines(drawn.current, lines);
  }, [lines, theme]);

  // A tick moves no level: only another first or last candle does.
  const [firstTime, lastTime] = [candles[0]?.time, candles.at(-1)?.time];
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (drawn.current !== null) drawCourses(drawn.current, courses);
  }, [courses, firstTime, lastTime, theme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (drawn.current !== null) drawMarkers(drawn.current.markers, markers);
  }, [markers, theme]);

  return (
    <figure className="chart candles-place" aria-label={label}>
      <div ref={place} className="chart-canvas" />
    </figure>
  );
}

interface Drawn {
  chart: IChartApi;
  series: ISeriesApi<'Candlestick'>;
  markers: ISeriesMarkersPluginApi<Time>;
  lines: Map<string, IPriceLine>;
  courses: Map<string, ISeriesApi<'Line'>>;
  levels: number[];
  candles: readonly Candle[];
  /** True once the reader has moved or zoomed it: from then on it stays as it is left. */
  isMoved: boolean;
}

function openPriceChart(element: HTMLElement): Drawn {
  const chart = createChart(element, { ...chartFrame(), autoSize: true });
  const series = chart.addSeries(CandlestickSeries, { borderVisible: false });
  const drawn: Drawn = {
    chart,
    series,
    markers: createSeriesMarkers(series, []),
    lines: new Map(),
    courses: new Map(),
    levels: [],
    candles: [],
    isMoved: false,
  };
  const onMove = (): void => {
    drawn.isMoved = true;
  };
  // With the element go its listeners.
  element.addEventListener('wheel', onMove, { passive: true });
  element.addEventListener('pointerdown', onMove);
  series.applyOptions({
    autoscaleInfoProvider: (original: () => { priceRange: PriceRange | null } | null) => {
      const info = original();
      if (info === null || info.priceRange === null) return info;
      return { ...info, priceRange: rangeWithLevels(info.priceRange, drawn.levels) };
    },
  } as Parameters<typeof series.applyOptions>[0]);
  return drawn;
}

function paint({ chart, series }: Drawn, tickSize: number): void {
  const up = colourOf('up');
  const down = colourOf('down');
  chart.applyOptions(chartFrame());
  series.applyOptions({
    upColor: up,
    downColor: down,
    wickUpColor: up,
    wickDownColor: down,
    priceFormat: { type: 'custom', minMove: tickSize, formatter: (price: number) => formatPrice(price, tickSize) },
  });
}

const asDrawn = ({ time, open, high, low, close }: Candle) => ({
  time: secondOf(time),
  open,
  high,
  low,
  close,
});

/** What a tick makes is drawn as a tick; all else anew. */
function drawCandles(drawn: Drawn, candles: readonly Candle[]): void {
  const known = drawn.candles;
  drawn.candles = candles;
  const last = candles.at(-1);
  if (last === undefined) return;
  const isTick = known.length > 1 && candles.length === known.length && candles.at(-2) === known.at(-2);
  const isBegun = known.length > 0 && candles.length === known.length + 1 && candles.at(-2) === known.at(-1);
  if (isTick || isBegun) {
    drawn.series.update(asDrawn(last));
    return;
  }
  drawn.series.setData(candles.map(asDrawn));
}

function drawLines({ series, lines, levels }: Drawn, wanted: readonly ChartLine[]): void {
  levels.splice(0, levels.length, ...wanted.map(({ price }) => price));
  const ids = new Set(wanted.map(({ id }) => id));
  for (const [id, line] of lines) {
    if (ids.has(id)) continue;
    series.removePriceLine(line);
    lines.delete(id);
  }
  for (const { id, price, colour, title, dashed = false } of wanted) {
    const options = {
      price,
      title,
      color: colourOf(colour),
      axisLabelColor: colourOf(colour),
      axisLabelTextColor: colourOf('surface'),
      lineWidth: 1 as const,
      lineStyle: dashed ? LineStyle.Dashed : LineStyle.Solid,
      axisLabelVisible: true,
    };
    const known = lines.get(id);
    if (known === undefined) lines.set(id, series.createPriceLine(options));
    else known.applyOptions(options);
  }
}

/** Beside the solid line of where a level stands, where it stood is faint. */
const COURSE_OPACITY = 0.7;

function drawCourses({ chart, courses, candles }: Drawn, wanted: readonly ChartCourse[]): void {
  const times = candles.map(({ time }) => time);
  for (const { id, colour, ...course } of wanted) {
    const known = courses.get(id);
    const series = known ?? chart.addSeries(LineSeries, courseOptions);
    if (known === undefined) courses.set(id, series);
    const color = transparent(colourOf(colour), COURSE_OPACITY);
    const gone = transparent(colourOf(colour), 0);
    series.setData(
      levelPath(course, times).map(({ time, price, stands }) => ({
        time: secondOf(time),
        value: price,
        color: stands ? color : gone,
      })),
    );
  }
}

const courseOptions = {
  lineType: LineType.WithSteps,
  lineStyle: LineStyle.Dashed,
  lineWidth: 2,
  priceLineVisible: false,
  lastValueVisible: false,
  crosshairMarkerVisible: false,
  // The scale is made by the candles and by where the levels stand now.
  autoscaleInfoProvider: () => null,
} as const;
