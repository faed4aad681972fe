/**
 * The tick path: a new price of a symbol moves the result of its open positions, their peaks and the accounts' equity.
 * One pass over the positions of that symbol alone; nothing is allocated unless something happens.
 */

import { isConfirmedBySources, nextExpiry, refreshPrice } from '#market/valuation.ts';
import { armBreakevenWhenReached, onPeakRaised } from '#protection/stop-price.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { readEquity, readTick } from './equity.ts';

/** Re-reads the valuation of a symbol. `reading` is false for a timer: it may change what is known, but trips nothing. */
export function revalueSymbol(engine: Engine, symbol: number, reading: boolean): void {
  const symbols = engine.symbols;
  const fresh = refreshPrice(engine, symbol) ? 1 : 0;
  const agrees = isConfirmedBySources(engine, symbol) ? 1 : 0;
  if (fresh !== symbols.fresh[symbol] || agrees !== symbols.agrees[symbol])
    noteSourceChange(engine, symbol, fresh, agrees);
  if (symbols.head[symbol]! < 0) return;
  if (fresh === 0) {
    readAccounts(engine, symbol, reading);
    return;
  }
  if (symbols.freshnessDue[symbol] === Number.POSITIVE_INFINITY) armFreshness(engine, symbol);
  movePositions(engine, symbol, reading);
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
  const { symbols, table } = engine;
  for (let slot = symbols.head[symbol]!; slot >= 0; slot = table.next[slot]!) {
    const account = engine.accounts[table.account[slot]!]!;
    account.stalePositions -= fresh - symbols.fresh[symbol]!;
    account.disagreeingPositions -= agrees - symbols.agrees[symbol]!;
  }
  symbols.fresh[symbol] = fresh;
  symbols.agrees[symbol] = agrees;
}

function movePositions(engine: Engine, symbol: number, reading: boolean): void {
  const { table, accounts } = engine;
  const price = engine.symbols.price[symbol]!;
  for (let slot = engine.symbols.head[symbol]!; slot >= 0; ) {
    const next = table.next[slot]!;
    const owner = table.account[slot]!;
    const account = accounts[owner]!;
    const quantity = table.quantity[slot]!;
    const direction = table.direction[slot]!;
    const unrealized = direction * (price - table.entryPrice[slot]!) * quantity;
    // Kahan's compensated sums: thousands of ticks leave no drift.
    const change = unrealized - table.unrealized[slot]! - account.unrealizedError;
    const sum = account.unrealized + change;
    account.unrealizedError = sum - account.unrealized - change;
    account.unrealized = sum;
    const exposed = (price - table.price[slot]!) * quantity - account.exposureError;
    const exposure = account.exposure + exposed;
    account.exposureError = exposure - account.exposure - exposed;
    account.exposure = exposure;
    table.unrealized[slot] = unrealized;
    table.price[slot] = price;
    if (price > table.bestPrice[slot]!) table.bestPrice[slot] = price;
    if (price < table.worstPrice[slot]!) table.worstPrice[slot] = price;
    if (direction * (price - table.peak[slot]!) <= 0) table.peakCandidateSince[slot] = Number.NaN;
    else if (reading && table.managed[slot] === 1) followPeak(engine, slot);
    // An account holds one position a symbol, so its equity can be read right away.
    readTick(engine, account, reading);
    slot = next;
  }
}

/** Adds to the sum of unrealised results, with Kahan's compensation. */
export function addUnrealized(account: Account, amount: number): void {
  const change = amount - account.unrealizedError;
  const sum = account.unrealized + change;
  account.unrealizedError = sum - account.unrealized - change;
  account.unrealized = sum;
}

export function addExposure(account: Account, amount: number): void {
  const change = amount - account.exposureError;
  const sum = account.exposure + change;
  account.exposureError = sum - account.exposure - change;
  account.exposure = sum;
}

/** A price better than the peak raises it: at once when the sources agree, else when it has held for `confirmMs`. */
function followPeak(engine: Engine, slot: number): void {
  const { table, now } = engine;
  const price = table.price[slot]!;
  armBreakevenWhenReached(engine, slot);
  if (engine.symbols.agrees[table.symbol[slot]!] === 1) {
    table.peakCandidateSince[slot] = Number.NaN;
    table.peak[slot] = price;
    onPeakRaised(engine, slot);
    return;
  }
  const since = table.peakCandidateSince[slot]!;
  if (Number.isNaN(since)) {
    table.peakCandidateSince[slot] = now;
    table.peakCandidate[slot] = price;
    return;
  }
  if (table.direction[slot]! * (price - table.peakCandidate[slot]!) < 0) table.peakCandidate[slot] = price;
  if (now - since < engine.accountSettings[table.account[slot]!]!.confirmMs) return;
  table.peak[slot] = table.peakCandidate[slot]!;
  table.peakCandidate[slot] = price;
  table.peakCandidateSince[slot] = now;
  onPeakRaised(engine, slot);
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
