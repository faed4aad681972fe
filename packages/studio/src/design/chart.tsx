import {
  AreaSeries,
  BaselineSeries,
  CandlestickSeries,
  ColorType,
  createChart,
  createSeriesMarkers,
  HistogramSeries,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineSeries,
  LineStyle,
  type SeriesMarker,
  type SeriesType,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { useEffect, useRef } from 'react';
import { type ChartColour, colourOf, transparent } from './chart-colours.ts';
import { useTheme } from './theme.ts';

/** Times are ms since 1970, rising; two points of one second are one, the later. */
export interface LinePoint {
  time: number;
  value: number;
}

export interface CandlePoint {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
}

interface SeriesBase {
  id: string;
  /** Beside the price scale. */
  title?: string;
  /** 0 is the upper pane. */
  pane?: number;
  /** Step of the price scale; 0.01 without. */
  tickSize?: number;
}

export type ChartSeries =
  | (SeriesBase & { kind: 'candles'; points: readonly CandlePoint[] })
  | (SeriesBase & { kind: 'line' | 'area' | 'histogram'; points: readonly LinePoint[]; colour: ChartColour })
  /** Green above `base`, red below. */
  | (SeriesBase & { kind: 'baseline'; points: readonly LinePoint[]; base: number });

/** A level across the chart: entry, stop, target, a limit. */
export interface ChartLine {
  id: string;
  price: number;
  colour: ChartColour;
  title: string;
  dashed?: boolean;
}

export interface ChartMarker {
  time: number;
  colour: ChartColour;
  shape: 'circle' | 'square' | 'arrowUp' | 'arrowDown';
  position: 'aboveBar' | 'belowBar' | 'inBar';
  text?: string;
}

export interface ChartProps {
  /** What is drawn, in a sentence: a chart cannot be read otherwise by everybody. */
  label: string;
  series: readonly ChartSeries[];
  /** On the first series. They move as they move. */
  lines?: readonly ChartLine[];
  markers?: readonly ChartMarker[];
  /** px, or a CSS height. */
  height: number | string;
}

/** Charts of both themes. Series are told apart by `id`; what is the same stays where the reader has scrolled to. */
export function Chart({ label, series, lines = [], markers = [], height }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | null>(null);
  const theme = useTheme();

  useEffect(() => {
    if (place.current === null) return;
    drawn.current = openChart(place.current);
    return () => {
      drawn.current?.chart.remove();
      drawn.current = null;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme is another set of colours
  useEffect(() => {
    if (drawn.current === null) return;
    drawn.current.chart.applyOptions(chartOptions());
    drawSeries(drawn.current, series);
  }, [series, theme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: lines and markers belong to the series that is there
  useEffect(() => {
    if (drawn.current !== null) drawLines(drawn.current, lines);
  }, [lines, series, theme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (drawn.current !== null) drawMarkers(drawn.current, markers);
  }, [markers, series, theme]);

  return (
    <figure className="chart" aria-label={label} style={{ height }}>
      <div ref={place} style={{ position: 'absolute', inset: 0 }} />
    </figure>
  );
}

interface Drawn {
  chart: IChartApi;
  series: Map<string, { api: ISeriesApi<SeriesType>; kind: ChartSeries['kind'] }>;
  lines: Map<string, IPriceLine>;
  markers: ISeriesMarkersPluginApi<Time> | null;
  /** Series that the lines and markers stand on. */
  first: ISeriesApi<SeriesType> | null;
}

function openChart(element: HTMLElement): Drawn {
  const chart = createChart(element, { ...chartOptions(), autoSize: true });
  return { chart, series: new Map(), lines: new Map(), markers: null, first: null };
}

const chartOptions = () => ({
  layout: {
    background: { type: ColorType.Solid, color: 'transparent' },
    textColor: colourOf('text-3'),
    fontFamily: getComputedStyle(document.body).fontFamily,
    fontSize: 11,
    panes: { separatorColor: colourOf('line'), separatorHoverColor: colourOf('line-strong') },
  },
  grid: {
    vertLines: { color: transparent(colourOf('line'), 0.6) },
    horzLines: { color: transparent(colourOf('line'), 0.6) },
  },
  crosshair: {
    vertLine: { color: colourOf('text-3'), labelBackgroundColor: colourOf('surface-3') },
    horzLine: { color: colourOf('text-3'), labelBackgroundColor: colourOf('surface-3') },
  },
  rightPriceScale: { borderColor: colourOf('line') },
  timeScale: { borderColor: colourOf('line'), timeVisible: true, secondsVisible: false, rightOffset: 3 },
  localization: { locale: 'en' },
});

function drawSeries(drawn: Drawn, wanted: readonly ChartSeries[]): void {
  for (const [id, { api, kind }] of drawn.series) {
    if (wanted.some((each) => each.id === id && each.kind === kind)) continue;
    if (drawn.first === api) forgetFirst(drawn);
    drawn.chart.removeSeries(api);
    drawn.series.delete(id);
  }
  for (const each of wanted) {
    const known = drawn.series.get(each.id);
    const api = known?.api ?? addSeries(drawn.chart, each);
    if (known === undefined) drawn.series.set(each.id, { api, kind: each.kind });
    api.applyOptions(seriesOptions(each));
    api.setData(dataOf(each) as never);
  }
  const first = wanted[0] === undefined ? null : (drawn.series.get(wanted[0].id)?.api ?? null);
  if (first !== drawn.first) {
    forgetFirst(drawn);
    drawn.first = first;
  }
}

function forgetFirst(drawn: Drawn): void {
  drawn.lines.clear();
  drawn.markers = null;
  drawn.first = null;
}

function addSeries(chart: IChartApi, { kind, pane = 0 }: ChartSeries): ISeriesApi<SeriesType> {
  switch (kind) {
    case 'candles':
      return chart.addSeries(CandlestickSeries, {}, pane);
    case 'line':
      return chart.addSeries(LineSeries, {}, pane);
    case 'area':
      return chart.addSeries(AreaSeries, {}, pane);
    case 'histogram':
      return chart.addSeries(HistogramSeries, {}, pane);
    case 'baseline':
      return chart.addSeries(BaselineSeries, {}, pane);
  }
}

function seriesOptions(series: ChartSeries) {
  const { title = '', tickSize = 0.01 } = series;
  const shared = {
    title,
    priceFormat: { type: 'price' as const, minMove: tickSize, precision: precisionOf(tickSize) },
  };
  const up = colourOf('up');
  const down = colourOf('down');
  switch (series.kind) {
    case 'candles':
      return { ...shared, upColor: up, downColor: down, wickUpColor: up, wickDownColor: down, borderVisible: false };
    case 'line':
      return { ...shared, color: colourOf(series.colour), lineWidth: 2 as const };
    case 'area': {
      const colour = colourOf(series.colour);
      const fill = { topColor: transparent(colour, 0.22), bottomColor: transparent(colour, 0.02) };
      return { ...shared, ...fill, lineColor: colour, lineWidth: 2 as const };
    }
    case 'histogram':
      return { ...shared, color: colourOf(series.colour) };
    case 'baseline':
      return {
        ...shared,
        baseValue: { type: 'price' as const, price: series.base },
        lineWidth: 2 as const,
        topLineColor: up,
        topFillColor1: transparent(up, 0.2),
        topFillColor2: transparent(up, 0.02),
        bottomLineColor: down,
        bottomFillColor1: transparent(down, 0.02),
        bottomFillColor2: transparent(down, 0.2),
      };
  }
}

const precisionOf = (tickSize: number): number => Math.max(0, Math.min(8, Math.ceil(-Math.log10(tickSize) - 1e-9)));

/** The chart counts seconds and takes each once. */
function dataOf({ points }: ChartSeries): unknown[] {
  const bySecond = new Map<number, unknown>();
  for (const { time, ...rest } of points as readonly (LinePoint | CandlePoint)[]) {
    const second = Math.floor(time / 1000);
    bySecond.set(second, { ...rest, time: second as UTCTimestamp });
  }
  return [...bySecond.values()];
}

function drawLines({ first, lines }: Drawn, wanted: readonly ChartLine[]): void {
  if (first === null) return;
  const ids = new Set(wanted.map(({ id }) => id));
  for (const [id, line] of lines) {
    if (ids.has(id)) continue;
    first.removePriceLine(line);
    lines.delete(id);
  }
  for (const { id, price, colour, title, dashed = false } of wanted) {
    const options = {
      price,
      title,
      color: colourOf(colour),
      lineWidth: 1 as const,
      lineStyle: dashed ? LineStyle.Dashed : LineStyle.Solid,
      axisLabelVisible: true,
    };
    const known = lines.get(id);
    if (known === undefined) lines.set(id, first.createPriceLine(options));
    else known.applyOptions(options);
  }
}

function drawMarkers(drawn: Drawn, wanted: readonly ChartMarker[]): void {
  if (drawn.first === null) return;
  const markers: SeriesMarker<Time>[] = wanted.map(({ time, colour, shape, position, text }) => ({
    time: Math.floor(time / 1000) as UTCTimestamp,
    color: colourOf(colour),
    shape,
    position,
    ...(text === undefined ? {} : { text }),
  }));
  drawn.markers ??= createSeriesMarkers(drawn.first, []);
  drawn.markers.setMarkers(markers);
}
