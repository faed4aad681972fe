/**
 * CLOSE_ALL of a limit (semantics 4): the cancel, close and verify steps of a kill for the runtime positions of the
 * scope, without a latch or an incident. Closes carry the limit's code; only the limit's lock remains.
 */
import { cancelOrder } from '#orders/cancel.ts';
import { isReducing } from '#orders/live-orders.ts';
import { isCloseWaiting, requestClose } from '#positions/close.ts';
import { askVenue } from '#reconcile/ask.ts';
import type { CloseAll, Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { countedPositions, isGone, type OpenOrders, ordersInScope, positionsInScope } from './remaining.ts';

const POLL_FIRST_MS = 250;
const POLL_LAST_MS = 30_000;

export function startCloseAll(engine: Engine, scope: string, code: string): void {
  const closeAll: CloseAll = {
    serial: ++engine.serials,
    scope,
    code,
    since: engine.now,
    pollDue: Number.NaN,
    nextPollMs: POLL_FIRST_MS,
  };
  engine.closeAlls.push(closeAll);
  closeScope(engine, closeAll);
  verify(engine, closeAll);
}

function closeScope(engine: Engine, closeAll: CloseAll): void {
  const kill = { scopes: [closeAll.scope], includeLegacy: false };
  for (const order of ordersInScope(engine, kill)) {
    if (!isReducing(order)) cancelOrder(engine, order);
  }
  for (const position of positionsInScope(engine, kill)) {
    // What waits for a better book or for its next try goes by its own timer.
    if (isCloseWaiting(position, closeAll.code)) continue;
    requestClose(engine, position, { code: closeAll.code, reason: `${closeAll.code} closes all`, clearsWay: true });
  }
}

function verify(engine: Engine, closeAll: CloseAll): void {
  for (const account of engine.accounts) {
    if (`account:${account.key}` === closeAll.scope) askVenue(engine, account.index, 'close-all');
  }
  closeAll.pollDue = engine.now + closeAll.nextPollMs;
  closeAll.nextPollMs = Math.min(POLL_LAST_MS, closeAll.nextPollMs * 2);
  armTimer(engine.timers, timerKinds.closeAllPoll, closeAll.serial, closeAll.pollDue);
}

export function onCloseAllPollTimer(engine: Engine, serial: number, due: number): void {
  const closeAll = engine.closeAlls.find((candidate) => candidate.serial === serial);
  if (closeAll === undefined || closeAll.pollDue !== due) return;
  closeScope(engine, closeAll);
  verify(engine, closeAll);
}

/** The venue answered: done when nothing in scope is left. */
export function onVenueShownToCloseAll(engine: Engine, accountIndex: number, openOrders: OpenOrders): void {
  const scope = `account:${engine.accounts[accountIndex]!.key}`;
  for (const closeAll of [...engine.closeAlls]) {
    if (closeAll.scope !== scope) continue;
    const kill = { scopes: [scope], includeLegacy: false };
    // An entry whose cancel is on its way may still fill.
    const canOpen = (order: OrderState) => !isReducing(order) && !isGone(order, openOrders);
    if (countedPositions(engine, kill).length === 0 && !ordersInScope(engine, kill).some(canOpen)) {
      engine.closeAlls.splice(engine.closeAlls.indexOf(closeAll), 1);
    }
  }
}

/** A position went flat: ask the venue whether that was the last. */
export function afterFlatOfCloseAll(engine: Engine, accountIndex: number): void {
  const account = engine.accounts[accountIndex]!;
  const isClosing = engine.closeAlls.some((closeAll) => closeAll.scope === `account:${account.key}`);
  if (isClosing && account.positions.size === 0) askVenue(engine, accountIndex, 'close-all');
}
