import type { PositionRuntimeState } from '@inspector/contract';
import { useMemo } from 'react';
import { LiveCandles } from '#candles/live-candles.tsx';
import type { ChartLine } from '#design/chart-shapes.ts';
import { formatPrice } from '#words/format.ts';
import { stopOrigin, stopOriginNames } from '#words/stop-origin.ts';
import type { PositionEvent } from './position-events.ts';

interface PositionChartProps {
  position: PositionRuntimeState;
  isOpen: boolean;
  events: readonly PositionEvent[];
}

/** The position's market with entry, stop and target as lines that move as they move; decisions and fills marked. */
export function PositionChart({ position, isOpen, events }: PositionChartProps) {
  return (
    <LiveCandles
      market={position}
      label={chartLabel(position)}
      lines={usePositionLines(position, isOpen)}
      events={events}
    />
  );
}

function usePositionLines(position: PositionRuntimeState, isOpen: boolean): ChartLine[] {
  const { entryPrice, stopLoss, takeProfit } = position;
  const origin = stopOrigin(position);
  return useMemo(() => {
    const lines: ChartLine[] = [{ id: 'entry', price: entryPrice, colour: 'accent', title: 'Entry', dashed: true }];
    if (isOpen && stopLoss !== null) {
      const title = origin === 'fixed' ? 'Stop' : `Stop, ${stopOriginNames[origin]}`;
      lines.push({ id: 'stop', price: stopLoss, colour: 'bad', title });
    }
    if (isOpen && takeProfit !== null) lines.push({ id: 'target', price: takeProfit, colour: 'good', title: 'Target' });
    return lines;
  }, [entryPrice, stopLoss, takeProfit, origin, isOpen]);
}

function chartLabel({ symbol, side, entryPrice, stopLoss, takeProfit }: PositionRuntimeState): string {
  const levels = [
    `entry ${formatPrice(entryPrice)}`,
    stopLoss === null ? 'no stop' : `stop ${formatPrice(stopLoss)}`,
    takeProfit === null ? 'no target' : `target ${formatPrice(takeProfit)}`,
  ];
  return `Candles of ${symbol} with the levels of the ${side} position: ${levels.join(', ')}; its marks are listed below`;
}
