import type { LevelChange } from '#design/chart-shapes.ts';
import type { PositionEvent } from './position-events.ts';

/**
 * Where a position's stop or target has stood at the venue, rising by time. `events` are newest first. An order that ends
 * ends the level only when no newer one had taken its place.
 */
export function levelChanges(
  events: readonly PositionEvent[],
  positionId: string,
  of: 'stop' | 'target',
): LevelChange[] {
  const changes: LevelChange[] = [];
  let standing: string | undefined;
  for (const { ts, level } of events.toReversed()) {
    if (level === null || level.of !== of || level.positionId !== positionId) continue;
    if (level.price === null && level.orderId !== standing) continue;
    standing = level.price === null ? undefined : level.orderId;
    changes.push({ ts, price: level.price });
  }
  return changes;
}

/** How often it came to stand at another price. */
export function timesMoved(changes: readonly LevelChange[]): number {
  const prices = changes.flatMap(({ price }) => (price === null ? [] : [price]));
  return prices.filter((price, at) => at > 0 && price !== prices[at - 1]).length;
}
