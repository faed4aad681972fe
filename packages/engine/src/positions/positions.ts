/** Opening, changing and ending positions: the one place that moves quantity, entry and the lists of the tick path. */

import { readEquity } from '#account/equity.ts';
import { addExposure, addUnrealized, armFreshness, revalueSymbol } from '#account/revalue.ts';
import { record, shown } from '#audit/record.ts';
import { isConfirmedBySources, refreshPrice } from '#market/valuation.ts';
import { hashText, traceIdOf } from '#number/hash.ts';
import { type Settings, settingsFor } from '#settings/settings.ts';
import { countLeverage } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { type Ownership, type Position, type Side, takeSlot } from '#state/positions.ts';
import { positionState } from '#views/position-state.ts';

/** Requests remembered per position; further ones are in the audit. */
const MAX_REQUEST_IDS_PER_POSITION = 32;

export function positionAt(engine: Engine, account: number, symbol: number): Position | undefined {
  const serial = engine.accounts[account]!.positions.get(symbol);
  return serial === undefined ? undefined : engine.positions.get(serial);
}

export function quantityOf(engine: Engine, position: Position): number {
  return position.status === 'closed' ? 0 : engine.table.quantity[position.slot]!;
}

export function directionOf(side: Side): 1 | -1 {
  return side === 'LONG' ? 1 : -1;
}

export function settingsOf(engine: Engine, position: Position): Settings {
  return settingsFor(
    engine.settings,
    engine.accounts[position.account]!.key,
    engine.symbols.names[position.symbol]!,
    position.detectorSysname,
  );
}

export interface NewPosition {
  account: number;
  symbol: number;
  side: Side;
  quantity: number;
  entryPrice: number;
  ownership: Ownership;
  leverage: number;
  entryTime: number;
  detectorSysname?: string | null;
  requestId?: string | null;
  traceId?: string;
  requestedStop?: number;
  requestedTarget?: number;
  decisionPrice?: number;
}

/** Adds a position to the account and to the symbol's list. Its levels and record are the caller's to see to. */
export function addPosition(engine: Engine, wanted: NewPosition): Position {
  const account = engine.accounts[wanted.account]!;
  const serial = ++engine.serials;
  const slot = takeSlot(engine.table);
  const symbolKey = engine.symbols.keys[wanted.symbol]!;
  const positionId = `p${hashText(`${account.key}|${symbolKey}|${serial}|${wanted.entryTime}`).slice(0, 15)}`;
  const position: Position = {
    serial,
    slot,
    positionId,
    account: wanted.account,
    symbol: wanted.symbol,
    side: wanted.side,
    ownership: wanted.ownership,
    status: 'open',
    entryTime: wanted.entryTime,
    leverage: wanted.leverage,
    detectorSysname: wanted.detectorSysname ?? null,
    requestIds: wanted.requestId == null ? [] : [wanted.requestId],
    traceId: wanted.traceId ?? traceIdOf(`position|${positionId}`),
    requestedStop: wanted.requestedStop ?? Number.NaN,
    requestedTarget: wanted.requestedTarget ?? Number.NaN,
    manualStop: Number.NaN,
    manualTarget: Number.NaN,
    stopLoosened: false,
    stopKind: 'STOP_LOSS',
    breakevenArmed: false,
    trailingTargetBegun: false,
    feesUsd: 0,
    grossPnlUsd: 0,
    exitQuantity: 0,
    exitNotional: 0,
    openedQuantity: wanted.quantity,
    decisionPrice: wanted.decisionPrice ?? Number.NaN,
    unattributed: 0,
    attributedCode: null,
    versions: {},
    lastStopAt: Number.NEGATIVE_INFINITY,
    replaceDue: Number.NaN,
    protectionRetryDue: Number.NaN,
    protectionFailures: 0,
    targetFailures: 0,
    confirmedStop: Number.NaN,
    confirmedTarget: Number.NaN,
    naked: { since: Number.NaN, due: Number.NaN, attempt: 0, totalMs: 0 },
    close: null,
    crossed: null,
    crossedDue: Number.NaN,
    holdDue: Number.NaN,
    dustReported: false,
    riskBudgetUsd: Number.NaN,
    flip: null,
    openedSeq: engine.lastSeq + 1,
    updatedAt: engine.now,
    attributionDue: Number.NaN,
  };
  engine.positions.set(serial, position);
  account.positions.set(wanted.symbol, serial);
  link(engine, position, wanted);
  return position;
}

function link(engine: Engine, position: Position, wanted: NewPosition): void {
  const { table, symbols } = engine;
  const { slot, symbol } = position;
  const account = engine.accounts[position.account]!;
  engine.positionBySlot[slot] = position;
  table.symbol[slot] = symbol;
  table.account[slot] = position.account;
  table.serial[slot] = position.serial;
  table.managed[slot] = wanted.ownership === 'runtime' ? 1 : 0;
  table.direction[slot] = directionOf(wanted.side);
  table.quantity[slot] = 0;
  table.entryPrice[slot] = wanted.entryPrice;
  table.unrealized[slot] = 0;
  table.peak[slot] = wanted.entryPrice;
  table.trail[slot] = 0;
  table.triggerBy[slot] = 0;
  const held = symbols.head[symbol]! >= 0;
  // Other accounts may hold it: what is fresh is taken anew for them before it is taken for this one.
  if (held) revalueSymbol(engine, symbol, false);
  table.next[slot] = symbols.head[symbol]!;
  symbols.head[symbol] = slot;
  symbols.watched[symbol] = 1;
  account.openPositions++;
  countLeverage(account, position.leverage, 1);
  symbols.fresh[symbol] = refreshPrice(engine, symbol) ? 1 : 0;
  if (!held) symbols.agrees[symbol] = isConfirmedBySources(engine, symbol) ? 1 : 0;
  if (symbols.fresh[symbol] === 0) account.stalePositions++;
  if (symbols.agrees[symbol] === 0) account.disagreeingPositions++;
  const last = symbols.price[symbol]!;
  table.price[slot] = !Number.isNaN(last) ? last : wanted.entryPrice;
  table.bestPrice[slot] = table.price[slot]!;
  table.worstPrice[slot] = table.price[slot]!;
  if (symbols.fresh[symbol] === 1 && symbols.freshnessDue[symbol] === Number.POSITIVE_INFINITY)
    armFreshness(engine, symbol);
  setQuantity(engine, position, wanted.quantity, wanted.entryPrice);
}

/** Sets quantity and entry, and with them the position's part of unrealised result and exposure. */
export function setQuantity(engine: Engine, position: Position, quantity: number, entryPrice: number): void {
  const { table } = engine;
  const { slot } = position;
  const account = engine.accounts[position.account]!;
  const price = table.price[slot]!;
  const unrealized = table.direction[slot]! * (price - entryPrice) * quantity;
  addUnrealized(account, unrealized - table.unrealized[slot]!);
  addExposure(account, price * (quantity - table.quantity[slot]!));
  table.unrealized[slot] = unrealized;
  table.quantity[slot] = quantity;
  table.entryPrice[slot] = entryPrice;
}

/** Takes a flat position out of the lists; its slot stays until `releaseSlot`. */
export function removePosition(engine: Engine, position: Position): void {
  const { table, symbols } = engine;
  const account = engine.accounts[position.account]!;
  setQuantity(engine, position, 0, table.entryPrice[position.slot]!);
  unlink(engine, position);
  account.openPositions--;
  countLeverage(account, position.leverage, -1);
  if (symbols.fresh[position.symbol] === 0) account.stalePositions--;
  if (symbols.agrees[position.symbol] === 0) account.disagreeingPositions--;
  if (account.openPositions === 0) {
    account.unrealized = 0;
    account.unrealizedError = 0;
    account.exposure = 0;
    account.exposureError = 0;
  }
  account.positions.delete(position.symbol);
  position.status = 'closed';
}

function unlink(engine: Engine, position: Position): void {
  const { table, symbols } = engine;
  let slot = symbols.head[position.symbol]!;
  if (slot === position.slot) {
    symbols.head[position.symbol] = table.next[slot]!;
  } else {
    while (table.next[slot] !== position.slot) slot = table.next[slot]!;
    table.next[slot] = table.next[position.slot]!;
  }
}

/** Gives the slot of a removed position back. */
export function releaseSlot(engine: Engine, position: Position): void {
  engine.table.free.push(position.slot);
  engine.positionBySlot[position.slot] = null;
}

export function rememberRequest(position: Position, requestId: string | null): void {
  if (requestId === null || position.requestIds.includes(requestId)) return;
  if (position.requestIds.length < MAX_REQUEST_IDS_PER_POSITION) position.requestIds.push(requestId);
}

/** Writes POSITION_OPENED or POSITION_UPDATED with the state as it now is. */
export function recordPosition(engine: Engine, kind: 'POSITION_OPENED' | 'POSITION_UPDATED', position: Position): void {
  if (kind === 'POSITION_OPENED') position.openedSeq = engine.lastSeq + 1;
  position.updatedAt = engine.now;
  const state = positionState(engine, position);
  const verb = kind === 'POSITION_OPENED' ? 'opened' : 'is now';
  record(engine, kind, {
    code: position.ownership === 'runtime' ? 'RUNTIME' : 'LEGACY',
    accountKey: state.accountKey,
    symbol: state.symbol,
    positionId: position.positionId,
    requestId: position.requestIds[0],
    detectorSysname: position.detectorSysname,
    traceId: position.traceId,
    message: `${state.symbol} ${verb} ${state.side} ${shown(state.quantity)} at ${shown(state.entryPrice)}.`,
    data: { ...state },
  });
}

/** After fills and balances: the account's equity is read again; the symbol's price is looked up where it is held. */
export function readAfterChange(engine: Engine, account: number, symbol: number): void {
  if (engine.symbols.head[symbol]! >= 0) revalueSymbol(engine, symbol, true);
  readEquity(engine, engine.accounts[account]!, true);
}
