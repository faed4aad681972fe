/**
 * Closing positions at market. A close is never blocked; some may wait for a better book, with an upper bound; one that
 * fails is sent again until the venue shows the position gone (semantics 3 "Exits", 5.10 and 5.11).
 */
import { record, shown } from '#audit/record.ts';
import { isBookFresh, spreadPercent } from '#market/valuation.ts';
import { exceeds, isBelow, reaches } from '#number/compare.ts';
import { floorToStep, snapToStep } from '#number/rounding.ts';
import { cancelOrder } from '#orders/cancel.ts';
import { isReducing, liveOrdersAt, pendingReduction } from '#orders/live-orders.ts';
import { placeOrder } from '#orders/place.ts';
import { isDust, isSpot, syncProtection } from '#protection/protect.ts';
import { askVenue } from '#reconcile/ask.ts';
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import type { ClosePlan, Position } from '#state/positions.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { quantityOf, settingsOf } from './positions.ts';

export interface CloseRequest {
  code: string;
  reason: string;
  /** Base units; all of it when absent. */
  quantity?: number;
  actor?: string | null;
  requestId?: string | null;
  /** Its stop and target are cancelled as the close goes out. */
  clearsWay?: boolean;
}

/** Closes that may wait for a better book. All others go at once. */
const deferrable = new Set(['MAX_HOLD_TIME', 'DAILY_PROFIT', 'DETECTOR']);
/** Closes that an order in doubt never shortens: reduce-only makes a double harmless. */
const urgent = new Set(['STOP_LOSS', 'TRAILING_STOP', 'BREAKEVEN_STOP', 'KILL_SWITCH', 'NAKED_EXPOSURE']);

const RETRY_FIRST_MS = 250;
const RETRY_LAST_MS = 5000;

/** Quantity that a close of that code could still take. */
export function closableQuantity(engine: Engine, position: Position, code: string): number {
  const step = engine.symbols.specs[position.symbol]?.stepSize ?? 0;
  const pending = pendingReduction(engine, position, !urgent.has(code));
  return snapToStep(Math.max(0, quantityOf(engine, position) - pending), step);
}

/** Writes CLOSE_REQUESTED and sends the close, or defers it. Nothing happens when all of it is on its way out. */
export function requestClose(engine: Engine, position: Position, request: CloseRequest): void {
  const open = closableQuantity(engine, position, request.code);
  const quantity = Math.min(request.quantity ?? Number.POSITIVE_INFINITY, open);
  if (!(quantity > 0) || position.status === 'closed') return;
  const isWhole = reaches(quantity, open);
  const plan: ClosePlan = {
    code: request.code,
    reason: request.reason,
    actor: request.actor ?? null,
    requestId: request.requestId ?? null,
    quantity: isWhole ? Number.POSITIVE_INFINITY : quantity,
    deferredUntil: Number.NaN,
    // On spot a stop binds what the close has to sell.
    clearsWay: request.clearsWay ?? isSpot(engine, position),
    failures: 0,
    doubts: position.close?.code === request.code ? (position.close.doubts ?? 0) : 0,
    retryDue: Number.NaN,
  };
  recordClose(engine, 'CLOSE_REQUESTED', position, plan, { quantity, reason: request.reason });
  const settings = settingsOf(engine, position);
  const why = deferrable.has(request.code) ? badBook(engine, position) : null;
  if (why !== null && settings.maxCloseDeferralSeconds > 0) {
    deferClose(engine, position, plan, { quantity, why, seconds: settings.maxCloseDeferralSeconds });
    return;
  }
  sendClose(engine, position, plan);
}

function deferClose(
  engine: Engine,
  position: Position,
  plan: ClosePlan,
  { quantity, why, seconds }: { quantity: number; why: string; seconds: number },
): void {
  plan.deferredUntil = engine.now + seconds * 1000;
  position.close = plan;
  recordClose(engine, 'CLOSE_DEFERRED', position, plan, { quantity, reason: why, untilTs: plan.deferredUntil });
  armTimer(engine.timers, timerKinds.closeDeferral, position.serial, plan.deferredUntil);
}

function recordClose(
  engine: Engine,
  kind: 'CLOSE_REQUESTED' | 'CLOSE_DEFERRED',
  position: Position,
  plan: ClosePlan,
  data: { quantity: number; reason: string; untilTs?: number },
): void {
  const symbol = engine.symbols.names[position.symbol]!;
  record(engine, kind, {
    code: plan.code,
    severity: urgent.has(plan.code) ? 'warn' : 'info',
    accountKey: engine.accounts[position.account]!.key,
    symbol,
    positionId: position.positionId,
    requestId: plan.requestId ?? position.requestIds[0],
    detectorSysname: position.detectorSysname,
    actor: plan.actor,
    traceId: position.traceId,
    message: `${shown(data.quantity)} of ${symbol} ${kind === 'CLOSE_DEFERRED' ? 'waits to be closed' : 'is to be closed'} (${plan.code}): ${data.reason}.`,
    data,
  });
}

/** Why the book is bad for closing now, null when it is not. A missing or stale book never defers. */
function badBook(engine: Engine, position: Position): string | null {
  const { symbols } = engine;
  const { symbol } = position;
  if (!isBookFresh(symbols, symbol, engine.now)) return null;
  const settings = settingsOf(engine, position);
  const spread = spreadPercent(symbols, symbol);
  if (settings.maxSpreadForClosePercent > 0 && exceeds(spread, settings.maxSpreadForClosePercent)) {
    return `spread ${shown(spread)} % exceeds ${settings.maxSpreadForClosePercent} %`;
  }
  const sells = position.side === 'LONG';
  const depthUsd = sells
    ? symbols.bid[symbol]! * symbols.bidVolume[symbol]!
    : symbols.ask[symbol]! * symbols.askVolume[symbol]!;
  if (settings.minTopDepthUsdForClose > 0 && isBelow(depthUsd, settings.minTopDepthUsdForClose)) {
    return `top depth ${shown(depthUsd)} USD is below ${settings.minTopDepthUsdForClose} USD`;
  }
  return null;
}

/** The book of a symbol changed: closes that waited for it may go. */
export function retryDeferredCloses(engine: Engine, symbol: number): void {
  const { table, symbols } = engine;
  for (let slot = symbols.head[symbol]!; slot >= 0; slot = table.next[slot]!) {
    const position = engine.positionBySlot[slot]!;
    const plan = position.close;
    if (plan === null || Number.isNaN(plan.deferredUntil)) continue;
    if (badBook(engine, position) === null) sendClose(engine, position, plan);
  }
}

export function onCloseDeferralTimer(engine: Engine, serial: number, due: number): void {
  const position = engine.positions.get(serial);
  if (position?.close?.deferredUntil === due) sendClose(engine, position, position.close);
}

function sendClose(engine: Engine, position: Position, plan: ClosePlan): void {
  plan.deferredUntil = Number.NaN;
  plan.retryDue = Number.NaN;
  const open = closableQuantity(engine, position, plan.code);
  const wanted = Math.min(plan.quantity, open);
  const step = engine.symbols.specs[position.symbol]?.stepSize ?? 0;
  // A part rounds down to the step; the whole goes as it is, dust included.
  const quantity = reaches(wanted, open) ? open : floorToStep(wanted, step);
  if (!(quantity > 0)) {
    position.close = null;
    return;
  }
  position.close = plan;
  if (plan.quantity === Number.POSITIVE_INFINITY) position.status = 'closing';
  if (plan.clearsWay) clearTheWay(engine, position);
  placeOrder(engine, {
    account: position.account,
    symbol: position.symbol,
    purpose: 'CLOSE',
    side: position.side === 'LONG' ? 'SELL' : 'BUY',
    type: 'MARKET',
    quantity,
    reduceOnly: true,
    position,
    requestId: plan.requestId ?? position.requestIds[0] ?? null,
    detectorSysname: position.detectorSysname,
    traceId: position.traceId,
    closeCode: plan.code,
  });
}

/** Cancels the position's reduce-only orders, whoever placed them: they would stand in the way of its close. */
function clearTheWay(engine: Engine, position: Position): void {
  for (const order of liveOrdersAt(engine, position.account, position.symbol)) {
    if (isReducing(order) && order.purpose !== 'CLOSE') cancelOrder(engine, order);
  }
}

/** True when a close of that code is wanted already and waits for a better book or for its next try. */
export function isCloseWaiting({ close }: Position, code: string): boolean {
  return close?.code === code && !(Number.isNaN(close.deferredUntil) && Number.isNaN(close.retryDue));
}

/** A CLOSE order ended without taking all of what it was to take: it is tried again, backing off. */
export function onCloseFailed(engine: Engine, position: Position, order: OrderState): void {
  const plan = position.close;
  if (plan === null || position.status === 'closed' || order.closeCode !== plan.code) return;
  plan.quantity -= order.order.quantityExecuted;
  plan.failures++;
  // What the venue will not take as an order is left to the software stop: sending it again changes nothing.
  if (order.order.reason === 'MIN_SIZE' && isDust(engine, position)) return;
  if (order.order.reason === 'REDUCE_ONLY') plan.clearsWay = true;
  if (plan.clearsWay) clearTheWay(engine, position);
  // It may have gone meanwhile, by somebody else or by an event that is still to come.
  askVenue(engine, position.account, 'reconcile', { symbol: position.symbol });
  const wait = Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(plan.failures - 1, 5));
  plan.retryDue = engine.now + wait;
  armTimer(engine.timers, timerKinds.closeRetry, position.serial, plan.retryDue);
}

/**
 * A CLOSE order is in doubt. Whoever may double it does so at once; when doubles end in doubt too, the venue is not to be
 * reached, and the next ones wait longer and longer.
 */
export function onCloseInDoubt(engine: Engine, position: Position, order: OrderState): void {
  const plan = position.close;
  if (plan === null || position.status === 'closed' || order.closeCode !== plan.code || !urgent.has(plan.code)) return;
  plan.doubts = (plan.doubts ?? 0) + 1;
  if (plan.doubts === 1) return;
  plan.retryDue = engine.now + Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(plan.doubts - 2, 5));
  armTimer(engine.timers, timerKinds.closeRetry, position.serial, plan.retryDue);
}

/** A CLOSE order took all that it was to take: what is left of the position, if anything, is protected again. */
export function onCloseFilled(engine: Engine, position: Position, order: OrderState): void {
  if (position.status === 'closed' || position.close?.code !== order.closeCode) return;
  if (pendingReduction(engine, position, true) > 0) return;
  position.close = null;
  position.status = 'open';
  syncProtection(engine, position);
}

export function onCloseRetryTimer(engine: Engine, serial: number, due: number): void {
  const position = engine.positions.get(serial);
  if (position?.close?.retryDue === due) sendClose(engine, position, position.close);
}

/** `maxPositionHoldTime` is reached. */
export function onHoldTimer(engine: Engine, serial: number, due: number): void {
  const position = engine.positions.get(serial);
  if (position === undefined || position.holdDue !== due || position.ownership !== 'runtime') return;
  const seconds = (due - position.entryTime) / 1000;
  requestClose(engine, position, { code: 'MAX_HOLD_TIME', reason: `held for ${seconds} s` });
}
