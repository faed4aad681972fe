import type { PositionRuntimeState } from '@inspector/contract';
import { useStudioData } from './data-context.tsx';
import { useLivePrice } from './live-hooks.ts';
import { type PositionValue, positionValue } from './position-value.ts';
import { symbolKeyOf } from './symbol-key.ts';

/** A live mark older than this is no better than the server's last valuation. */
const LIVE_MARK_MS = 3_000;

/** The position at the mark as it moves, or as the server last valued it while no mark comes. */
export function usePositionValue(position: PositionRuntimeState): PositionValue {
  const { clock } = useStudioData();
  const live = useLivePrice(symbolKeyOf(position));
  const isFresh = live !== undefined && clock.now() - live.ts <= LIVE_MARK_MS;
  return positionValue(position, isFresh ? live.price : undefined);
}
