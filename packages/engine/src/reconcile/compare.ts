/**
 * Comparison with the venue (semantics 8): positions and open orders. A difference is acted on only when it is seen
 * twice, at least 1 s apart; until then entries of the account are shut.
 */
import type { Order } from '@inspector/contract';
import { record } from '#audit/record.ts';
import type { VenuePosition } from '#input.ts';
import { onVenueShownToCloseAll } from '#kill/close-all.ts';
import { hastenKill, onVenueShown } from '#kill/kill-switch.ts';
import { governorChanged } from '#limits/governor.ts';
import { ensureSymbol } from '#market/symbol-inputs.ts';
import { isSame } from '#number/compare.ts';
import { cancelOrder } from '#orders/cancel.ts';
import { foreignOpenOrder } from '#orders/foreign.ts';
import { allLiveOrders } from '#orders/live-orders.ts';
import { CLIENT_ORDER_PREFIX } from '#orders/place.ts';
import { reportEntryUnderLock } from '#orders/under-lock.ts';
import { markUnknown } from '#orders/unknown.ts';
import { applyUpdate } from '#orders/updates.ts';
import { addPosition, directionOf, positionAt, quantityOf, recordPosition } from '#positions/positions.ts';
import { syncProtection } from '#protection/protect.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import type { Ownership } from '#state/positions.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { setToShown } from './absolute.ts';
import { askVenue } from './ask.ts';

const SEEN_TWICE_MS = 1000;
/** From a cancel to the next one of an order that the venue still shows, at the least. */
const CANCEL_AGAIN_MS = 1000;

export interface VenueShown {
  positions: readonly VenuePosition[];
  /** All open orders; undefined when the answer does not speak of orders. */
  orders?: readonly Order[] | undefined;
  time: number;
}

interface Difference {
  key: string;
  detail: Record<string, unknown>;
  repair: () => void;
}

export function compareWithVenue(engine: Engine, account: Account, shown: VenueShown): void {
  const wasOpen = account.reconciled && !account.streamGap;
  const wasDown = account.answered && !account.lastReconcileOk;
  if (!account.everReconciled) {
    adoptVenuePositions(engine, account, shown.positions);
    if (shown.orders !== undefined) for (const order of shown.orders) noteOrder(engine, account, order);
  }
  // Orders first: a fill that was missed explains a position before it counts as a difference.
  const ofOrders = orderDifferences(engine, account, shown);
  const found = [...positionDifferences(engine, account, shown), ...ofOrders];
  const isCleared = account.differences.size > 0 && found.length === 0;
  const repaired = act(engine, account, found);
  account.lastReconciledAt = engine.now;
  account.lastReconcileOk = true;
  account.lastRepairs = repaired;
  if (account.differences.size === 0) {
    account.reconciled = true;
    account.streamGap = false;
    account.restarted = false;
  }
  if (found.length > 0 || isCleared || (!wasOpen && account.reconciled)) report(engine, account, repaired);
  governorChanged(engine);
  const openOrders = shown.orders === undefined ? null : new Set(shown.orders.map((order) => order.clientOrderId));
  onVenueShown(engine, account.index, openOrders);
  if (wasDown) hastenKill(engine);
  onVenueShownToCloseAll(engine, account.index, openOrders);
}

/** The account is first seen: what it holds is legacy. */
export function adoptVenuePositions(engine: Engine, account: Account, positions: readonly VenuePosition[]): void {
  for (const shown of positions) {
    if (!(Math.abs(shown.quantity) > 0)) continue;
    const symbol = ensureSymbol(engine, account.connectorType, account.marketType, shown.symbol);
    if (account.positions.has(symbol)) continue;
    const position = addPosition(engine, {
      account: account.index,
      symbol,
      side: shown.side,
      quantity: Math.abs(shown.quantity),
      entryPrice: shown.entryPrice,
      ownership: 'legacy',
      leverage: shown.leverage ?? Number.NaN,
      entryTime: engine.now,
    });
    recordPosition(engine, 'POSITION_OPENED', position);
  }
  account.reconciled = true;
  account.everReconciled = true;
}

function positionDifferences(engine: Engine, account: Account, shown: VenueShown): Difference[] {
  const differences: Difference[] = [];
  const bySymbol = new Map<number, VenuePosition>();
  for (const position of shown.positions) {
    if (!(Math.abs(position.quantity) > 0)) continue;
    bySymbol.set(ensureSymbol(engine, account.connectorType, account.marketType, position.symbol), position);
  }
  const symbols = [...new Set([...bySymbol.keys(), ...account.positions.keys()])].sort((left, right) => left - right);
  for (const symbol of symbols) {
    const ours = signedQuantity(engine, account, symbol);
    const theirs = bySymbol.get(symbol);
    const venue = theirs === undefined ? 0 : directionOf(theirs.side) * Math.abs(theirs.quantity);
    if (isSame(ours, venue)) continue;
    const name = engine.symbols.names[symbol]!;
    differences.push({
      key: `position:${name}`,
      detail: { kind: 'position', symbol: name, ours, venue },
      repair: () => {
        account.absoluteAsOf.set(symbol, shown.time);
        const flat: VenuePosition = { symbol: name, side: ours > 0 ? 'LONG' : 'SHORT', quantity: 0, entryPrice: 0 };
        setToShown(engine, account, symbol, theirs ?? flat, ownershipOfNew(engine, account, symbol));
      },
    });
  }
  return differences;
}

/** After a restart, what is new is runtime only when an order of Inspector opened it; while running, it is runtime. */
function ownershipOfNew(engine: Engine, account: Account, symbol: number): Ownership {
  if (!account.restarted) return 'runtime';
  for (const order of engine.orders.values()) {
    if (order.own && order.purpose === 'ENTRY' && order.account === account.index && order.symbol === symbol)
      if (order.phase !== 'done' || order.order.quantityExecuted > 0) return 'runtime';
  }
  return 'legacy';
}

function signedQuantity(engine: Engine, account: Account, symbol: number): number {
  const position = positionAt(engine, account.index, symbol);
  return position === undefined ? 0 : directionOf(position.side) * quantityOf(engine, position);
}

function orderDifferences(engine: Engine, account: Account, shown: VenueShown): Difference[] {
  if (shown.orders === undefined) return [];
  const open = new Set<string>();
  for (const order of shown.orders) {
    noteOrder(engine, account, order);
    open.add(order.clientOrderId);
  }
  const differences: Difference[] = [];
  for (const state of allLiveOrders(engine)) {
    const id = state.clientOrderId;
    if (state.account !== account.index || open.has(id) || state.phase !== 'working') continue;
    differences.push({
      key: `order:${id}`,
      detail: {
        kind: 'order',
        clientOrderId: id,
        symbol: state.order.symbol.name,
        ours: state.order.status,
        venue: null,
      },
      repair: () => {
        if (state.own) markUnknown(engine, state, 'the venue does not show it among open orders');
        else applyUpdate(engine, state, { status: 'CANCELED' });
      },
    });
  }
  return differences;
}

/** An open order at the venue: news of one that is known, or one that somebody else placed. */
function noteOrder(engine: Engine, account: Account, order: Order): void {
  const known = engine.orders.get(order.clientOrderId);
  if (known !== undefined) {
    applyUpdate(engine, known, order);
    // A cancel that the venue refused or never answered: the order is there all the same.
    if (known.phase === 'working' && known.cancelRequested && isCancelSpent(engine, known))
      cancelOrder(engine, known, true);
    return;
  }
  const symbol = ensureSymbol(engine, account.connectorType, account.marketType, order.symbol.name);
  const state = foreignOpenOrder(engine, account.index, symbol, order);
  const held = positionAt(engine, account.index, symbol);
  if (held !== undefined) syncProtection(engine, held);
  const isOrphan = order.clientOrderId.startsWith(CLIENT_ORDER_PREFIX) && order.reduceOnly === true;
  // A protective order of an earlier life without a position to protect.
  if (isOrphan && positionAt(engine, account.index, symbol)?.ownership !== 'runtime') cancelOrder(engine, state);
  // What came while nobody listened was there before the lock, as far as anybody can tell.
  else if (account.everReconciled && !account.restarted) reportEntryUnderLock(engine, state);
}

/**
 * Answered, and a while ago: each refusal asks the venue what it shows, so a cancel at once would be refused, and the
 * venue asked, without end.
 */
function isCancelSpent(engine: Engine, order: OrderState): boolean {
  return order.cancelPending === false && engine.now - (order.cancelSentAt ?? 0) >= CANCEL_AGAIN_MS;
}

/** Keeps what was seen first, and acts on what was seen before, at least a second ago. */
function act(engine: Engine, account: Account, found: Difference[]): Record<string, unknown>[] {
  const repaired: Record<string, unknown>[] = [];
  const before = account.differences;
  account.differences = new Map();
  for (const { key, detail, repair } of found) {
    const earlier = before.get(key);
    const isSameAgain = earlier !== undefined && earlier.detail.venue === detail.venue;
    if (isSameAgain && engine.now - earlier.since >= SEEN_TWICE_MS) {
      repair();
      repaired.push(detail);
    } else {
      account.differences.set(key, { since: isSameAgain ? earlier.since : engine.now, detail });
    }
  }
  if (account.differences.size > 0) {
    const first = Math.min(...[...account.differences.values()].map(({ since }) => since + SEEN_TWICE_MS));
    account.differenceDue = first > engine.now ? first : engine.now + SEEN_TWICE_MS;
    armTimer(engine.timers, timerKinds.differenceCheck, account.index, account.differenceDue);
  }
  return repaired;
}

export function onDifferenceTimer(engine: Engine, accountIndex: number, due: number): void {
  const account = engine.accounts[accountIndex]!;
  if (account.differenceDue === due && account.differences.size > 0) askVenue(engine, accountIndex, 'reconcile');
}

function report(engine: Engine, account: Account, repaired: Record<string, unknown>[]): void {
  const differences = [...account.differences.values()].map(({ detail }) => detail);
  let code = 'OK';
  if (repaired.length > 0) code = 'REPAIRED';
  else if (differences.length > 0) code = 'DIFFERENCE';
  record(engine, 'RECONCILED', {
    code,
    severity: code === 'OK' ? 'info' : 'warn',
    accountKey: account.key,
    message: `${account.key} was compared with the venue: ${differences.length} differences, ${repaired.length} repaired.`,
    data: { accountKey: account.key, reconciled: account.reconciled, differences, repaired },
  });
}
