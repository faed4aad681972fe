import type { PositionRuntimeState } from '@inspector/contract';

/** Which candidate the stop in force comes from. */
export type StopOrigin = 'none' | 'fixed' | 'breakeven' | 'trailing';

type StoppedPosition = Pick<PositionRuntimeState, 'side' | 'stopLoss' | 'breakeven' | 'trailing'>;

/**
 * The server names the stop and the candidates, not which of them won. The tightest is in force, and stops are rounded
 * toward the market, so it is the candidate that the stop is at or just inside of; of two the tighter.
 */
export function stopOrigin({ side, stopLoss, breakeven, trailing }: StoppedPosition): StopOrigin {
  if (stopLoss === null) return 'none';
  const direction = side === 'LONG' ? 1 : -1;
  const candidates: { origin: StopOrigin; price: number }[] = [];
  if (breakeven.armed && breakeven.price !== null) candidates.push({ origin: 'breakeven', price: breakeven.price });
  if (trailing.armed && trailing.stop !== null) candidates.push({ origin: 'trailing', price: trailing.stop });
  candidates.sort((a, b) => direction * (b.price - a.price));
  const tightest = candidates[0];
  return tightest !== undefined && isRoundedFrom(tightest.price, stopLoss) ? tightest.origin : 'fixed';
}

/** Part of the price that rounding to a tick, and a trail that waits for its next step, may make. */
const NEAR = 0.0005;

const isRoundedFrom = (candidate: number, stop: number): boolean => Math.abs(stop / candidate - 1) <= NEAR;

export const stopOriginNames: Readonly<Record<StopOrigin, string>> = {
  none: 'no stop',
  fixed: 'fixed',
  breakeven: 'breakeven',
  trailing: 'trailing',
};
