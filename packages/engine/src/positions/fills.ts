/**
 * Fills. Each is the growth of an order's executed quantity, so that a repeated or late report changes nothing twice. A
 * fill not after the symbol's last absolute position event is already contained in it: it is attributed, not applied.
 */
import type { CloseCode } from '@inspector/contract';
import { noteKillFill } from '#kill/realized-cost.ts';
import { isSame, reaches } from '#number/compare.ts';
import { snapToStep } from '#number/rounding.ts';
import { refreshLevels } from '#protection/levels.ts';
import { syncProtection } from '#protection/protect.ts';
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import type { Position } from '#state/positions.ts';
import {
  addPosition,
  directionOf,
  positionAt,
  readAfterChange,
  recordPosition,
  rememberRequest,
  setQuantity,
} from './positions.ts';
import { closeTrade } from './trade.ts';

export interface Fill {
  order: OrderState;
  quantity: number;
  price: number;
  feeUsd: number;
  /** Venue time. */
  time: number;
}

export function applyFill(engine: Engine, fill: Fill): void {
  const { account: accountIndex, symbol } = fill.order;
  const account = engine.accounts[accountIndex]!;
  const isContained = isContainedIn(engine, fill);
  const open = positionAt(engine, accountIndex, symbol);
  const position = isContained ? (waitingPosition(engine, accountIndex, symbol) ?? open) : open;
  account.turnoverUsd += fill.quantity * fill.price;
  account.availableBalance = Number.NaN;
  moveWallet(engine, fill, -fill.feeUsd);
  if (position === undefined) {
    if (!isContained) openByFill(engine, fill, fill.quantity, fill.feeUsd);
  } else if (isContained) {
    attribute(engine, position, fill);
  } else if (directionOf(position.side) === directionOfFill(fill)) {
    increase(engine, position, fill);
  } else {
    reduce(engine, position, fill);
  }
  readAfterChange(engine, accountIndex, symbol);
}

/**
 * True for a fill that the symbol's last absolute position shows already: one not after it. At the very same moment it
 * takes a quantity that the event moved and no fill has explained yet, or the fill came after the event after all.
 */
function isContainedIn(engine: Engine, fill: Fill): boolean {
  const { order, time } = fill;
  const asOf = engine.accounts[order.account]!.absoluteAsOf.get(order.symbol) ?? Number.NEGATIVE_INFINITY;
  if (time !== asOf) return time < asOf;
  const position =
    waitingPosition(engine, order.account, order.symbol) ?? positionAt(engine, order.account, order.symbol);
  return position !== undefined && reaches(directionOfFill(fill) * position.unattributed, fill.quantity);
}

function directionOfFill(fill: Fill): 1 | -1 {
  return fill.order.order.side === 'BUY' ? 1 : -1;
}

/** A position that an absolute event showed flat and whose explaining fill has not come yet. */
function waitingPosition(engine: Engine, account: number, symbol: number): Position | undefined {
  for (const position of engine.positions.values()) {
    if (position.account === account && position.symbol === symbol && !Number.isNaN(position.attributionDue))
      return position;
  }
  return undefined;
}

/** What a fill does to the wallet, unless the last balance already contains it. */
function moveWallet(engine: Engine, fill: Fill, amount: number): void {
  const account = engine.accounts[fill.order.account]!;
  const isBefore = fill.time <= account.walletAsOf && fill.order.serial <= account.walletSerial;
  if (isBefore || fill.time < account.walletAsOf) account.containedUsd += amount;
  else account.walletBalance += amount;
}

function openByFill(engine: Engine, fill: Fill, quantity: number, feeUsd: number): void {
  const { order } = fill;
  const account = engine.accounts[order.account]!;
  const isEntry = order.own && order.purpose === 'ENTRY';
  // Before the first reconciliation nobody knows whether the position is new: what is unknown is not ours to touch.
  const ownership = isEntry || account.everReconciled ? 'runtime' : 'legacy';
  const position = addPosition(engine, {
    account: order.account,
    symbol: order.symbol,
    side: order.order.side === 'BUY' ? 'LONG' : 'SHORT',
    quantity,
    entryPrice: fill.price,
    ownership,
    leverage: order.order.leverage ?? Number.NaN,
    entryTime: fill.time,
    detectorSysname: isEntry ? order.detectorSysname : null,
    requestId: isEntry ? order.requestId : null,
    ...(isEntry ? { traceId: order.traceId } : {}),
    requestedStop: isEntry ? order.requestedStop : Number.NaN,
    requestedTarget: isEntry ? order.requestedTarget : Number.NaN,
    decisionPrice: isEntry ? order.price : Number.NaN,
  });
  position.feesUsd = feeUsd;
  adoptOrder(position, order);
  refreshLevels(engine, position);
  recordPosition(engine, 'POSITION_OPENED', position);
  syncProtection(engine, position);
}

/** The entry that fills belongs to the position from now on. */
function adoptOrder(position: Position, order: OrderState): void {
  if (order.own && order.purpose === 'ENTRY') order.position = position.serial;
}

function increase(engine: Engine, position: Position, fill: Fill): void {
  const { table } = engine;
  const before = table.quantity[position.slot]!;
  const quantity = snapToStep(before + fill.quantity, stepOf(engine, position));
  const entry = (table.entryPrice[position.slot]! * before + fill.price * fill.quantity) / quantity;
  position.feesUsd += fill.feeUsd;
  position.openedQuantity += fill.quantity;
  noteEntry(position, fill.order);
  setQuantity(engine, position, quantity, entry);
  refreshLevels(engine, position);
  recordPosition(engine, 'POSITION_UPDATED', position);
  syncProtection(engine, position);
}

function noteEntry(position: Position, order: OrderState): void {
  if (!order.own || order.purpose !== 'ENTRY') return;
  adoptOrder(position, order);
  rememberRequest(position, order.requestId);
  // Of two requested stops the tighter holds; the latest target holds.
  const direction = directionOf(position.side);
  const requested = order.requestedStop;
  if (!Number.isNaN(requested) && !(direction * (requested - position.requestedStop) <= 0))
    position.requestedStop = requested;
  if (!Number.isNaN(order.requestedTarget)) position.requestedTarget = order.requestedTarget;
}

function reduce(engine: Engine, position: Position, fill: Fill): void {
  const { table } = engine;
  const before = table.quantity[position.slot]!;
  const closing = isSame(fill.quantity, before) ? before : Math.min(fill.quantity, before);
  const opening = fill.quantity - closing;
  const feeShare = fill.quantity > 0 ? (fill.feeUsd * closing) / fill.quantity : 0;
  realize(engine, position, fill, closing, feeShare);
  const left = snapToStep(before - closing, stepOf(engine, position));
  setQuantity(engine, position, left, table.entryPrice[position.slot]!);
  if (left > 0) {
    recordPosition(engine, 'POSITION_UPDATED', position);
    syncProtection(engine, position);
    return;
  }
  closeTrade(engine, position, closeCodeOf(fill.order, position));
  if (opening > 0 && !isSame(fill.quantity, before)) openByFill(engine, fill, opening, fill.feeUsd - feeShare);
}

function stepOf(engine: Engine, position: Position): number {
  return engine.symbols.specs[position.symbol]?.stepSize ?? 0;
}

/** Books the result of a part of the position; the wallet moves with it. */
function realize(engine: Engine, position: Position, fill: Fill, quantity: number, feeUsd: number): void {
  const entry = engine.table.entryPrice[position.slot]!;
  const gross = directionOf(position.side) * (fill.price - entry) * quantity;
  position.grossPnlUsd += gross;
  position.feesUsd += feeUsd;
  position.exitQuantity += quantity;
  position.exitNotional += fill.price * quantity;
  noteKillFill(engine, fill.order, quantity, fill.price);
  moveWallet(engine, fill, gross);
}

/** A fill that an absolute event already contains: its order, fees and result belong to the trade, the quantity stays. */
function attribute(engine: Engine, position: Position, fill: Fill): void {
  const direction = directionOfFill(fill);
  position.unattributed -= direction * fill.quantity;
  if (direction === directionOf(position.side)) {
    position.feesUsd += fill.feeUsd;
    noteEntry(position, fill.order);
    if (position.requestIds.length === 1 && fill.order.own) takeOver(position, fill.order);
    refreshLevels(engine, position);
    syncProtection(engine, position);
    return;
  }
  realize(engine, position, fill, fill.quantity, fill.feeUsd);
  position.attributedCode = closeCodeOf(fill.order, position);
  if (!Number.isNaN(position.attributionDue) && isAttributed(position)) {
    closeTrade(engine, position, closeCodeOf(fill.order, position));
  }
}

/** A position first seen by an absolute event turns out to be the one that an own entry opened. */
function takeOver(position: Position, order: OrderState): void {
  position.detectorSysname ??= order.detectorSysname;
  position.traceId = order.traceId;
  if (Number.isNaN(position.decisionPrice)) position.decisionPrice = order.price;
}

function isAttributed(position: Position): boolean {
  return Math.abs(position.unattributed) <= 1e-9 * Math.max(1, position.openedQuantity);
}

/** Why a position ended, by the order whose fill ended it. */
export function closeCodeOf(order: OrderState, position: Position): CloseCode | string {
  if (!order.own) return 'EXTERNAL';
  switch (order.purpose) {
    case 'STOP':
      return order.stopKind ?? position.stopKind;
    case 'TARGET':
      return 'TAKE_PROFIT';
    case 'CLOSE':
      return order.closeCode ?? 'EXTERNAL';
    default:
      return 'DETECTOR';
  }
}
