import type { PositionRuntimeState } from '@inspector/contract';
import { useMemo } from 'react';
import { LiveCandles } from '#candles/live-candles.tsx';
import type { ChartLine, LevelChange } from '#design/chart-shapes.ts';
import { formatPrice } from '#words/format.ts';
import { stopOrigin, stopOriginNames } from '#words/stop-origin.ts';
import { levelChanges, timesMoved } from './level-changes.ts';
import type { PositionEvent } from './position-events.ts';

interface PositionChartProps {
  position: PositionRuntimeState;
  isOpen: boolean;
  events: readonly PositionEvent[];
}

/**
 * The position's market with entry, stop and target as lines that move as they move, and the way that stop and target came;
 * decisions and fills marked.
 */
export function PositionChart({ position, isOpen, events }: PositionChartProps) {
  const { positionId } = position;
  const courses = useMemo(
    () => [
      { id: 'stop', colour: 'bad' as const, changes: levelChanges(events, positionId, 'stop') },
      { id: 'target', colour: 'good' as const, changes: levelChanges(events, positionId, 'target') },
    ],
    [events, positionId],
  );
  return (
    <LiveCandles
      market={position}
      label={chartLabel(position, courses[0]!.changes)}
      lines={usePositionLines(position, isOpen)}
      courses={courses}
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

function chartLabel(
  { symbol, side, entryPrice, stopLoss, takeProfit }: PositionRuntimeState,
  stopChanges: readonly LevelChange[],
): string {
  const moved = timesMoved(stopChanges);
  const times = moved === 0 ? '' : moved === 1 ? ', moved once' : `, moved ${moved} times`;
  const levels = [
    `entry ${formatPrice(entryPrice)}`,
    stopLoss === null ? 'no stop' : `stop ${formatPrice(stopLoss)}${times}`,
    takeProfit === null ? 'no target' : `target ${formatPrice(takeProfit)}`,
  ];
  return `Candles of ${symbol} with the levels of the ${side} position: ${levels.join(', ')}; its marks are listed below`;
}
