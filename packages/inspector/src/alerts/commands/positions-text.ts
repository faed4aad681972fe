import type { PositionRuntimeState } from '@inspector/contract';
import type { Picture } from '@inspector/engine';
import { figure, rounded, signedMoney, signedPercent } from './figures.ts';

/** Positions and limits that one message lists; the rest is counted. */
const LISTED = 25;

/** `/positions`: a line each with entry, stop, target and what is naked. */
export function positionsText({ positions }: Picture): string {
  if (positions.length === 0) return 'No open position.';
  const more = positions.length > LISTED ? [`… and ${positions.length - LISTED} more`] : [];
  return [...positions.slice(0, LISTED).map(positionLine), ...more].join('\n');
}

function positionLine(position: PositionRuntimeState): string {
  const {
    symbol,
    side,
    quantity,
    entryPrice,
    markPrice,
    stopLoss,
    takeProfit,
    ownership,
    status,
    protection,
    accountKey,
  } = position;
  const naked =
    ownership === 'runtime' && protection.nakedQuantity > 0
      ? `, ⚠️ ${figure(protection.nakedQuantity)} WITHOUT A STOP`
      : '';
  const marks = [ownership === 'legacy' ? 'legacy' : '', status === 'open' ? '' : status].filter(Boolean);
  const mark = marks.length > 0 ? ` (${marks.join(', ')})` : '';
  return [
    `${symbol} ${side} ${figure(quantity)} @ ${figure(entryPrice)}${mark}`,
    ` now ${figure(markPrice)}, ${signedMoney(position.unrealizedPnlUsd)} USD (${signedPercent(position.unrealizedPnlPct)})`,
    `, stop ${figure(stopLoss)}, target ${figure(takeProfit)}${naked}, ${accountKey}`,
  ].join('');
}

/** `/headroom`: the limits that are used most. */
export function headroomText({ headroom }: Picture): string {
  const used = headroom.filter(({ usedPct }) => usedPct !== null).sort((left, right) => right.usedPct! - left.usedPct!);
  if (used.length === 0) return 'No limit has a known use.';
  return used
    .slice(0, LISTED)
    .map(({ code, scope, observed, limit, unit, usedPct, timeToTripSec }) => {
      const trips = timeToTripSec === null ? '' : `, trips in ${Math.ceil(timeToTripSec / 60)} min at this pace`;
      return `${Math.round(usedPct!)} % ${code} ${scope}: ${rounded(observed)} of ${rounded(limit)} ${unit}${trips}`;
    })
    .join('\n');
}
