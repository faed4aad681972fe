/**
 * The software stop and target (semantics 5.6): the exact levels are watched on the trigger price. Crossed, and the
 * venue's order not working, or not begun to fill within 1 s: Inspector closes at market.
 */
import { reaches } from '#number/compare.ts';
import { ownOrdersOf } from '#orders/live-orders.ts';
import { requestClose } from '#positions/close.ts';
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import type { Position } from '#state/positions.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { isBeingClosed } from './protect.ts';

/** The venue's own stop may take so long to begin to fill. */
const BEGIN_TO_FILL_MS = 1000;

export const triggers = { mark: 0, trade: 1 } as const;

/** Looks at every managed position of the symbol. On the tick path: nothing is allocated unless a level is crossed. */
export function watchExits(engine: Engine, symbol: number, trigger: 0 | 1): void {
  const { table } = engine;
  const price = engine.symbols.triggerPrice[symbol]!;
  for (let slot = engine.symbols.head[symbol]!; slot >= 0; ) {
    const next = table.next[slot]!;
    if (table.managed[slot] === 1 && table.triggerBy[slot] === trigger) {
      const direction = table.direction[slot]!;
      // The stop is looked at first: crossed by the same event, it wins.
      if (direction * (price - table.stop[slot]!) <= 0) onCrossed(engine, slot, true);
      else if (direction * (price - table.target[slot]!) >= 0) onCrossed(engine, slot, false);
    }
    slot = next;
  }
}

function onCrossed(engine: Engine, slot: number, isStop: boolean): void {
  const position = engine.positionBySlot[slot]!;
  const kind = isStop ? position.stopKind : 'TAKE_PROFIT';
  if (position.crossed !== null && (position.crossed !== 'TAKE_PROFIT' || !isStop)) return;
  if (isBeingClosed(engine, position)) return;
  position.crossed = kind;
  if (isVenueOrderReached(engine, position, isStop)) {
    position.crossedDue = engine.now + BEGIN_TO_FILL_MS;
    armTimer(engine.timers, timerKinds.softwareExit, position.serial, position.crossedDue);
    return;
  }
  closeByCrossing(engine, position);
}

/** True when a working order at the venue has been reached by the price too, so that the venue is at it. */
function isVenueOrderReached(engine: Engine, position: Position, isStop: boolean): boolean {
  const price = engine.symbols.triggerPrice[position.symbol]!;
  const direction = position.side === 'LONG' ? 1 : -1;
  return ownOrdersOf(engine, position, isStop ? 'STOP' : 'TARGET').some((order) => {
    const level = order.order.stopPrice!;
    const isReached = isStop
      ? reaches(-direction * price, -direction * level)
      : reaches(direction * price, direction * level);
    return order.phase === 'working' && isReached;
  });
}

function closeByCrossing(engine: Engine, position: Position): void {
  const code = position.crossed!;
  position.crossedDue = Number.NaN;
  const reason = code === 'TAKE_PROFIT' ? 'the target was crossed' : 'the stop was crossed';
  requestClose(engine, position, { code, reason: `${reason} and the venue's order did not act` });
}

export function onSoftwareExitTimer(engine: Engine, serial: number, due: number): void {
  const position = engine.positions.get(serial);
  if (position === undefined || position.crossedDue !== due) return;
  closeByCrossing(engine, position);
}

/** The venue's stop or target began to fill: the crossing is answered. */
export function onExitBegan(position: Position, order: OrderState): void {
  const isAnswer = order.purpose === 'STOP' || order.purpose === 'TARGET';
  if (isAnswer && position.crossed !== null) position.crossedDue = Number.NaN;
}
