import type { EquityPoint } from '@inspector/contract';
import {
  AreaSeries,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineStyle,
  type Time,
} from 'lightweight-charts';
import { useEffect, useRef } from 'react';
import { colourOf, transparent } from '#design/chart-colours.ts';
import { chartFrame } from '#design/chart-frame.ts';
import type { ChartMarker } from '#design/chart-shapes.ts';
import { drawMarkers, secondOf } from '#design/draw-markers.ts';
import { useTheme } from '#design/theme.ts';
import { useChart } from '#design/use-chart.ts';
import { formatMoney, formatPercent } from '#words/format.ts';

interface EquityChartProps {
  label: string;
  /** Oldest first, each second once. */
  points: readonly EquityPoint[];
  markers: readonly ChartMarker[];
  /** Drawn across the lower pane where it is known. */
  drawdownLimitPct: number | null;
  /** The time under the pointer, ms; null when it has left. */
  onPoint(ts: number | null): void;
}

/** Equity above, drawdown below, on one time scale. It fills its place. */
export function EquityChart({ label, points, markers, drawdownLimitPct, onPoint }: EquityChartProps) {
  const told = useRef(onPoint);
  const theme = useTheme();
  const drawn = useRef<Drawn | null>(null);
  const place = useChart(drawn, (element) => {
    const opened = openChart(element);
    opened.chart.subscribeCrosshairMove(({ time }) => told.current(typeof time === 'number' ? time * 1000 : null));
    return opened;
  });

  useEffect(() => {
    told.current = onPoint;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme is another set of colours
  useEffect(() => {
    if (drawn.current !== null) paint(drawn.current);
  }, [theme]);

  useEffect(() => {
    if (drawn.current !== null) drawPoints(drawn.current, points);
  }, [points]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (drawn.current !== null) drawMarkers(drawn.current.markers, markers);
  }, [markers, theme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (drawn.current !== null) drawLimit(drawn.current, drawdownLimitPct);
  }, [drawdownLimitPct, theme]);

  return (
    <figure className="chart equity-chart" aria-label={label}>
      <div ref={place} className="chart-canvas" />
    </figure>
  );
}

/** Points lie seconds apart where the stretch is short, and the line ends at the scale. */
function equityFrame() {
  const frame = chartFrame();
  return { ...frame, timeScale: { ...frame.timeScale, secondsVisible: true, rightOffset: 1 } };
}

interface Drawn {
  chart: IChartApi;
  equity: ISeriesApi<'Area'>;
  drawdown: ISeriesApi<'Area'>;
  markers: ISeriesMarkersPluginApi<Time>;
  limit: IPriceLine | null;
  /** Somebody scrolled or zoomed: from then on what is in sight is theirs to choose. */
  isMoved: boolean;
}

/** Height of the upper pane to the lower. */
const PANES = [3, 1] as const;

function openChart(element: HTMLElement): Drawn {
  const chart = createChart(element, { ...equityFrame(), autoSize: true });
  const priceFormat = { type: 'custom' as const, minMove: 0.01, formatter: (value: number) => formatMoney(value) };
  const equity = chart.addSeries(AreaSeries, { lineWidth: 2, priceFormat }, 0);
  const drawdown = chart.addSeries(
    AreaSeries,
    {
      lineWidth: 2,
      invertFilledArea: true,
      priceFormat: { type: 'custom', minMove: 0.01, formatter: (value: number) => `${formatPercent(value)} %` },
      // From 0 downward, and never so close that noise looks like a fall.
      autoscaleInfoProvider: (original: () => { priceRange: { minValue: number } | null } | null) => {
        const lowest = original()?.priceRange?.minValue ?? 0;
        return { priceRange: { minValue: Math.min(lowest, -LEAST_DRAWDOWN_PCT), maxValue: 0 } };
      },
    } as Parameters<typeof chart.addSeries<'Area'>>[1],
    1,
  );
  equity.priceScale().applyOptions({ scaleMargins: { top: 0.12, bottom: 0.06 } });
  drawdown.priceScale().applyOptions({ scaleMargins: { top: 0.08, bottom: 0.1 } });
  chart.panes().forEach((pane, index) => {
    pane.setStretchFactor(PANES[index] ?? 1);
  });
  const drawn: Drawn = {
    chart,
    equity,
    drawdown,
    markers: createSeriesMarkers(equity, []),
    limit: null,
    isMoved: false,
  };
  const moved = (): void => {
    drawn.isMoved = true;
  };
  element.addEventListener('wheel', moved, { passive: true });
  element.addEventListener('pointerdown', moved);
  return drawn;
}

/** The lower pane shows at least so much. */
const LEAST_DRAWDOWN_PCT = 0.1;

function paint({ chart, equity, drawdown }: Drawn): void {
  const accent = colourOf('accent');
  const down = colourOf('down');
  chart.applyOptions(equityFrame());
  equity.applyOptions({
    lineColor: accent,
    topColor: transparent(accent, 0.24),
    bottomColor: transparent(accent, 0.02),
  });
  drawdown.applyOptions({
    lineColor: down,
    topColor: transparent(down, 0.04),
    bottomColor: transparent(down, 0.26),
  });
}

const drawdownAt = ({ ts, drawdownPct }: EquityPoint) =>
  drawdownPct === null ? { time: secondOf(ts) } : { time: secondOf(ts), value: -drawdownPct };

/** All of it stays in sight until somebody scrolls or zooms. */
function drawPoints({ chart, equity, drawdown, isMoved }: Drawn, points: readonly EquityPoint[]): void {
  equity.setData(points.map(({ ts, equityUsd }) => ({ time: secondOf(ts), value: equityUsd })));
  drawdown.setData(points.map(drawdownAt));
  if (!isMoved) chart.timeScale().fitContent();
}

function drawLimit(drawn: Drawn, limitPct: number | null): void {
  if (drawn.limit !== null) drawn.drawdown.removePriceLine(drawn.limit);
  drawn.limit =
    limitPct === null
      ? null
      : drawn.drawdown.createPriceLine({
          price: -limitPct,
          title: 'Limit',
          color: colourOf('bad'),
          lineWidth: 1,
          lineStyle: LineStyle.Dashed,
          axisLabelVisible: true,
        });
}
