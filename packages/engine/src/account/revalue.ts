/**
 * The tick path: a new price of a symbol moves the result of its open positions, their peaks and the accounts' equity.
 * One pass over the positions of that symbol alone; nothing is allocated unless something happens.
 */

import { isConfirmedBySources, nextExpiry, refreshPrice } from '#market/valuation.ts';
import { onPeakRaised } from '#protection/stop-price.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import type { PositionTable } from '#state/positions.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { readEquity } from './equity.ts';

/** Re-reads the valuation of a symbol. `reading` is false for a timer: it may change what is known, but trips nothing. */
export function revalueSymbol(engine: Engine, symbol: number, reading: boolean): void {
  const symbols = engine.symbols;
  const price = refreshPrice(symbols, symbol, engine.now);
  const fresh = !Number.isNaN(price) ? 1 : 0;
  const agrees = isConfirmedBySources(symbols, symbol, engine.now) ? 1 : 0;
  if (symbols.head[symbol]! >= 0) {
    if (fresh !== symbols.fresh[symbol] || agrees !== symbols.agrees[symbol]) {
      noteSourceChange(engine, symbol, fresh - symbols.fresh[symbol]!, agrees - symbols.agrees[symbol]!);
    }
    symbols.fresh[symbol] = fresh;
    symbols.agrees[symbol] = agrees;
    if (fresh === 1) {
      if (symbols.freshnessDue[symbol] === Number.POSITIVE_INFINITY) armFreshness(engine, symbol);
      movePositions(engine, symbol, price, agrees === 1, reading);
    } else {
      readAccounts(engine, symbol, reading);
    }
  } else {
    symbols.fresh[symbol] = fresh;
    symbols.agrees[symbol] = agrees;
  }
}

/** A held symbol is looked at again when one of its sources goes stale, whether or not anything comes in. */
export function armFreshness(engine: Engine, symbol: number): void {
  const expiry = nextExpiry(engine.symbols, symbol, engine.now);
  if (expiry === Number.POSITIVE_INFINITY) return;
  engine.symbols.freshnessDue[symbol] = expiry + 1;
  armTimer(engine.timers, timerKinds.freshness, symbol, expiry + 1);
}

export function onFreshnessTimer(engine: Engine, symbol: number, due: number): void {
  const symbols = engine.symbols;
  if (symbols.freshnessDue[symbol] !== due) return;
  symbols.freshnessDue[symbol] = Number.POSITIVE_INFINITY;
  if (symbols.head[symbol]! < 0) return;
  revalueSymbol(engine, symbol, false);
  if (symbols.fresh[symbol] === 1 && symbols.freshnessDue[symbol] === Number.POSITIVE_INFINITY)
    armFreshness(engine, symbol);
}

function noteSourceChange(engine: Engine, symbol: number, fresh: number, agrees: number): void {
  const table = engine.table;
  for (let slot = engine.symbols.head[symbol]!; slot >= 0; slot = table.next[slot]!) {
    const account = engine.accounts[table.account[slot]!]!;
    account.stalePositions -= fresh;
    account.disagreeingPositions -= agrees;
  }
}

function movePositions(engine: Engine, symbol: number, price: number, confirmed: boolean, reading: boolean): void {
  const table = engine.table;
  let account: Account | null = null;
  for (let slot = engine.symbols.head[symbol]!; slot >= 0; ) {
    // A stop that moves may close nothing at once, so the list stays; read the link first all the same.
    const next = table.next[slot]!;
    const owner = engine.accounts[table.account[slot]!]!;
    if (account !== null && owner !== account) readEquity(engine, account, reading);
    account = owner;
    moveOne(table, slot, price, owner);
    if (reading && table.managed[slot] === 1) followPeak(engine, slot, price, confirmed);
    slot = next;
  }
  if (account !== null) readEquity(engine, account, reading);
}

function moveOne(table: PositionTable, slot: number, price: number, account: Account): void {
  const quantity = table.quantity[slot]!;
  const unrealized = table.direction[slot]! * (price - table.entryPrice[slot]!) * quantity;
  addUnrealized(account, unrealized - table.unrealized[slot]!);
  addExposure(account, (price - table.price[slot]!) * quantity);
  table.unrealized[slot] = unrealized;
  table.price[slot] = price;
  if (price > table.bestPrice[slot]!) table.bestPrice[slot] = price;
  if (price < table.worstPrice[slot]!) table.worstPrice[slot] = price;
}

/** Sum with Neumaier's compensation: thousands of ticks leave no drift. */
export function addUnrealized(account: Account, change: number): void {
  const sum = account.unrealized + change;
  account.unrealizedError +=
    Math.abs(account.unrealized) >= Math.abs(change)
      ? account.unrealized - sum + change
      : change - sum + account.unrealized;
  account.unrealized = sum;
}

export function addExposure(account: Account, change: number): void {
  const sum = account.exposure + change;
  account.exposureError +=
    Math.abs(account.exposure) >= Math.abs(change) ? account.exposure - sum + change : change - sum + account.exposure;
  account.exposure = sum;
}

/** Raises the trailing peak: at once when the sources agree, else when the better price has held for `confirmMs`. */
function followPeak(engine: Engine, slot: number, price: number, confirmed: boolean): void {
  const table = engine.table;
  const direction = table.direction[slot]!;
  const gain = direction * (price - table.peak[slot]!);
  if (!(gain > 0)) {
    table.peakCandidateSince[slot] = Number.NaN;
    return;
  }
  if (confirmed) {
    table.peakCandidateSince[slot] = Number.NaN;
    table.peak[slot] = price;
    onPeakRaised(engine, slot);
    return;
  }
  const since = table.peakCandidateSince[slot]!;
  if (Number.isNaN(since)) {
    table.peakCandidateSince[slot] = engine.now;
    table.peakCandidate[slot] = price;
    return;
  }
  if (direction * (price - table.peakCandidate[slot]!) < 0) table.peakCandidate[slot] = price;
  const position = engine.positionBySlot[slot]!;
  const confirmMs = engine.accountSettings[position.account]!.confirmMs;
  if (engine.now - since >= confirmMs) {
    table.peak[slot] = table.peakCandidate[slot]!;
    table.peakCandidate[slot] = price;
    table.peakCandidateSince[slot] = engine.now;
    onPeakRaised(engine, slot);
  }
}

/** Reads the equity of every account that holds the symbol. */
function readAccounts(engine: Engine, symbol: number, reading: boolean): void {
  const table = engine.table;
  let account: Account | null = null;
  for (let slot = engine.symbols.head[symbol]!; slot >= 0; slot = table.next[slot]!) {
    const owner = engine.accounts[table.account[slot]!]!;
    if (owner !== account) readEquity(engine, owner, reading);
    account = owner;
  }
}
