/**
 * Naked exposure: quantity less confirmed working stops (semantics 5.8). After `nakedMaxMs` a ladder begins: the stop is
 * placed again, waiting 0.5 s, 1 s and 2 s, then the position is closed at market, or alerted about every 30 s.
 */
import { alert, record, shown } from '#audit/record.ts';
import { isSame } from '#number/compare.ts';
import { isProtectiveStop, liveOrdersAt } from '#orders/live-orders.ts';
import { requestClose } from '#positions/close.ts';
import { quantityOf, settingsOf } from '#positions/positions.ts';
import type { Engine } from '#state/engine.ts';
import { remainingQuantity } from '#state/orders.ts';
import type { Position } from '#state/positions.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { isBeingClosed, isDust, placeStop } from './protect.ts';

/** Waits after each placing of the ladder; after the last comes the market close. */
const LADDER_WAITS_MS = [500, 1000, 2000] as const;
const ALERT_EVERY_MS = 30_000;

/** Confirmed working reduce-only stop quantity against the position, others' included. */
export function coveredQuantity(engine: Engine, position: Position): number {
  const side = position.side === 'LONG' ? 'SELL' : 'BUY';
  let covered = 0;
  for (const order of liveOrdersAt(engine, position.account, position.symbol)) {
    if (order.phase !== 'working' || order.order.side !== side || !isProtectiveStop(order)) continue;
    covered += order.order.closePosition === true ? Number.POSITIVE_INFINITY : remainingQuantity(order);
  }
  return Math.min(covered, quantityOf(engine, position));
}

/** 0 when covered, and when the owner set no stop at all: such a position is unprotected by choice. */
export function nakedQuantity(engine: Engine, position: Position): number {
  if (!wantsStop(engine, position)) return 0;
  const quantity = quantityOf(engine, position);
  const covered = coveredQuantity(engine, position);
  return isSame(covered, quantity) ? 0 : Math.max(0, quantity - covered);
}

export function wantsStop(engine: Engine, position: Position): boolean {
  return position.ownership === 'runtime' && !Number.isNaN(engine.table.stop[position.slot]!);
}

/** Starts or ends the clock of the exposure. */
export function updateNaked(engine: Engine, position: Position): void {
  const { naked } = position;
  const quantity = isDust(engine, position) ? 0 : nakedQuantity(engine, position);
  if (quantity > 0) {
    if (!Number.isNaN(naked.since)) return;
    naked.since = engine.now;
    armRung(engine, position, engine.now + settingsOf(engine, position).nakedMaxMs);
    return;
  }
  if (Number.isNaN(naked.since)) return;
  naked.totalMs += engine.now - naked.since;
  naked.since = Number.NaN;
  naked.due = Number.NaN;
  naked.attempt = 0;
  position.protectionFailures = 0;
  position.protectionRetryDue = Number.NaN;
}

function armRung(engine: Engine, position: Position, due: number): void {
  position.naked.due = due;
  armTimer(engine.timers, timerKinds.naked, position.serial, due);
}

export function onNakedTimer(engine: Engine, serial: number, due: number): void {
  const position = engine.positions.get(serial);
  if (position === undefined || position.naked.due !== due) return;
  takeRung(engine, position);
}

/** The venue refused a stop and has been asked: the ladder need not wait for its deadline. */
export function hastenLadder(engine: Engine, position: Position): void {
  if (!Number.isNaN(position.naked.since) && position.naked.attempt === 0) takeRung(engine, position);
}

function takeRung(engine: Engine, position: Position): void {
  const { naked } = position;
  const quantity = nakedQuantity(engine, position);
  naked.due = Number.NaN;
  if (position.status === 'closed') return;
  if (quantity === 0) {
    updateNaked(engine, position);
    return;
  }
  naked.attempt++;
  if (isBeingClosed(engine, position)) {
    // The close on its way is the last rung already; should it fail, its own retry goes on.
    armRung(engine, position, engine.now + LADDER_WAITS_MS[2]);
    return;
  }
  const wait = LADDER_WAITS_MS[naked.attempt - 1];
  if (wait !== undefined) {
    recordStep(engine, position, 'RETRY', quantity);
    position.protectionRetryDue = Number.NaN;
    armRung(engine, position, engine.now + wait);
    placeStop(engine, position);
    return;
  }
  if (settingsOf(engine, position).onNaked === 'close') {
    recordStep(engine, position, 'CLOSE', quantity);
    armRung(engine, position, engine.now + ALERT_EVERY_MS);
    requestClose(engine, position, { code: 'NAKED_EXPOSURE', reason: 'its stop could not be made to work' });
    return;
  }
  recordStep(engine, position, 'ALERT', quantity);
  armRung(engine, position, engine.now + ALERT_EVERY_MS);
}

function recordStep(engine: Engine, position: Position, step: 'RETRY' | 'CLOSE' | 'ALERT', quantity: number): void {
  const symbol = engine.symbols.names[position.symbol]!;
  const accountKey = engine.accounts[position.account]!.key;
  const nakedMs = engine.now - position.naked.since;
  const message = `${symbol}: ${shown(quantity)} without a working stop for ${nakedMs} ms (${step}).`;
  const data = { nakedQuantity: quantity, nakedMs, attempt: position.naked.attempt };
  const { positionId, traceId, detectorSysname } = position;
  record(engine, 'NAKED_EXPOSURE', {
    code: step,
    severity: step === 'RETRY' ? 'warn' : 'critical',
    accountKey,
    symbol,
    positionId,
    requestId: position.requestIds[0],
    detectorSysname,
    traceId,
    message,
    data,
  });
  if (step !== 'RETRY' || position.naked.attempt === 1) {
    alert(engine, { code: 'NAKED_EXPOSURE', severity: 'critical', accountKey, symbol, positionId, message, data });
  }
}
