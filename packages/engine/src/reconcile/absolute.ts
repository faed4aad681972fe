/**
 * Absolute positions: what the venue says a position is. A `position` event is applied at once; fills that are not after
 * it are attributed later without moving the quantity again (semantics 2.5).
 */
import { alert } from '#audit/record.ts';
import type { VenuePosition } from '#input.ts';
import { coveringKill } from '#kill/covering-kill.ts';
import { subjectOfPosition } from '#kill/remaining.ts';
import { isLocked } from '#limits/locks.ts';
import { covers } from '#limits/scope.ts';
import { isSame } from '#number/compare.ts';
import { liveOrdersAt, ownOrdersOf } from '#orders/live-orders.ts';
import { requestClose } from '#positions/close.ts';
import {
  addPosition,
  directionOf,
  positionAt,
  quantityOf,
  readAfterChange,
  recordPosition,
  removePosition,
  setQuantity,
} from '#positions/positions.ts';
import { closeTrade } from '#positions/trade.ts';
import { refreshLevels } from '#protection/levels.ts';
import { syncProtection } from '#protection/protect.ts';
import { type Account, countLeverage } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import type { Ownership, Position } from '#state/positions.ts';
import { armTimer, timerKinds } from '#state/timers.ts';

/** A flat position waits so long for the fill that explains it, where one is to be expected. */
const ATTRIBUTION_MS = 1000;

export function applyAbsolute(
  engine: Engine,
  account: Account,
  symbol: number,
  shown: VenuePosition,
  time: number,
): void {
  if (time < (account.absoluteAsOf.get(symbol) ?? Number.NEGATIVE_INFINITY)) return;
  account.absoluteAsOf.set(symbol, time);
  setToShown(engine, account, symbol, shown);
}

/** Brings the position to what the venue shows; `ownership` of one that is new, when it is not simply runtime. */
export function setToShown(
  engine: Engine,
  account: Account,
  symbol: number,
  shown: VenuePosition,
  ownership?: Ownership,
): void {
  const position = positionAt(engine, account.index, symbol);
  const quantity = Math.abs(shown.quantity);
  if (position === undefined) {
    if (quantity > 0) openShown(engine, account, symbol, shown, ownership);
  } else if (quantity === 0) {
    endShown(engine, position);
  } else if (shown.side !== position.side) {
    position.unattributed -= directionOf(position.side) * quantityOf(engine, position);
    endNow(engine, position, 'EXTERNAL');
    openShown(engine, account, symbol, shown, ownership);
  } else {
    changeShown(engine, position, quantity, shown);
  }
  readAfterChange(engine, account.index, symbol);
}

function openShown(
  engine: Engine,
  account: Account,
  symbol: number,
  shown: VenuePosition,
  ownership?: Ownership,
): void {
  const entry = liveOrdersAt(engine, account.index, symbol).find((order) => order.own && order.purpose === 'ENTRY');
  const position = addPosition(engine, {
    account: account.index,
    symbol,
    side: shown.side,
    quantity: Math.abs(shown.quantity),
    entryPrice: shown.entryPrice,
    ownership: ownership ?? (account.everReconciled || entry !== undefined ? 'runtime' : 'legacy'),
    leverage: shown.leverage ?? Number.NaN,
    entryTime: engine.now,
    ...(entry === undefined
      ? {}
      : {
          detectorSysname: entry.detectorSysname,
          requestId: entry.requestId,
          traceId: entry.traceId,
          requestedStop: entry.requestedStop,
          requestedTarget: entry.requestedTarget,
          decisionPrice: entry.price,
        }),
  });
  position.unattributed = directionOf(shown.side) * Math.abs(shown.quantity);
  if (entry !== undefined) entry.position = position.serial;
  refreshLevels(engine, position);
  recordPosition(engine, 'POSITION_OPENED', position);
  if (entry === undefined) reportUnderLock(engine, position);
  syncProtection(engine, position);
}

/**
 * A position that nobody here opened and that a lock should have kept shut is an anomaly (semantics 2.6). It is protected
 * like any other; under a lock that closes all, it is closed.
 */
export function reportUnderLock(engine: Engine, position: Position): void {
  if (position.ownership !== 'runtime' || !isLocked(engine, subjectOfPosition(engine, position))) return;
  const symbol = engine.symbols.names[position.symbol]!;
  const accountKey = engine.accounts[position.account]!.key;
  const message = `${symbol} ${position.side} opened on ${accountKey} under a lock, not by Inspector.`;
  const { positionId } = position;
  alert(engine, {
    code: 'POSITION_UNDER_LOCK',
    severity: 'critical',
    accountKey,
    symbol,
    positionId,
    message,
    data: { positionId },
  });
  const subject = subjectOfPosition(engine, position);
  const closing = engine.locks.find(({ action, scope }) => action === 'CLOSE_ALL' && covers(scope, subject));
  if (closing === undefined || coveringKill(engine, subject) !== undefined) return;
  requestClose(engine, position, { code: closing.code, reason: `${closing.code} closes all`, clearsWay: true });
}

function changeLeverage(engine: Engine, position: Position, leverage: number): void {
  const account = engine.accounts[position.account]!;
  countLeverage(account, position.leverage, -1);
  position.leverage = leverage;
  countLeverage(account, leverage, 1);
}

function changeShown(engine: Engine, position: Position, quantity: number, shown: VenuePosition): void {
  const { table } = engine;
  const before = table.quantity[position.slot]!;
  const entry = table.entryPrice[position.slot]!;
  if (shown.leverage !== undefined) changeLeverage(engine, position, shown.leverage);
  const isSameQuantity = isSame(before, quantity);
  if (isSameQuantity && isSame(entry, shown.entryPrice)) return;
  if (!isSameQuantity) {
    position.unattributed += directionOf(position.side) * (quantity - before);
    if (quantity > before) position.openedQuantity += quantity - before;
  }
  setQuantity(engine, position, quantity, shown.entryPrice);
  refreshLevels(engine, position);
  recordPosition(engine, 'POSITION_UPDATED', position);
  syncProtection(engine, position);
}

/** Shown flat: explained by an order of ours whose fill is on its way, or ended by somebody else. */
function endShown(engine: Engine, position: Position): void {
  position.unattributed -= directionOf(position.side) * quantityOf(engine, position);
  if (Math.abs(position.unattributed) <= 1e-9 * Math.max(1, position.openedQuantity)) {
    endNow(engine, position, position.attributedCode ?? expectedCode(engine, position) ?? 'EXTERNAL');
    return;
  }
  if (expectedCode(engine, position) === null) {
    endNow(engine, position, 'EXTERNAL');
    return;
  }
  removePosition(engine, position);
  position.attributionDue = engine.now + ATTRIBUTION_MS;
  armTimer(engine.timers, timerKinds.flatAttribution, position.serial, position.attributionDue);
}

/** The code that an own order on its way would give the close; null when none can explain it. */
function expectedCode(engine: Engine, position: Position): string | null {
  const close = ownOrdersOf(engine, position, 'CLOSE').at(-1);
  if (close !== undefined) return close.closeCode;
  return position.crossed;
}

function endNow(engine: Engine, position: Position, code: string): void {
  bookAtLastPrice(engine, position);
  closeTrade(engine, position, code);
}

/** What no fill explains is booked at the last valuation price. */
function bookAtLastPrice(engine: Engine, position: Position): void {
  const { table } = engine;
  const left = Math.max(0, position.openedQuantity - position.exitQuantity);
  if (!(left > 1e-9 * position.openedQuantity)) return;
  const price = table.price[position.slot]!;
  position.grossPnlUsd += directionOf(position.side) * (price - table.entryPrice[position.slot]!) * left;
  position.exitQuantity += left;
  position.exitNotional += price * left;
}

export function onFlatAttributionTimer(engine: Engine, serial: number, due: number): void {
  const position = engine.positions.get(serial);
  if (position === undefined || position.attributionDue !== due) return;
  endNow(engine, position, expectedCode(engine, position) ?? 'EXTERNAL');
}
