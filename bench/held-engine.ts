/**
 * An engine with `symbols` listed on one paper market, each held in every one of `accounts` accounts: filled, protected by
 * orders that the venue shows, marked and with a book. Options are the defaults with the day's and the count limits as
 * they are; only exposure is off, because the positions are many.
 */
import { defaultOptions, mergeOptions, type Options, type OptionsPatch } from '@inspector/contract';
import { createEngine, type Engine, step } from '@inspector/engine';

export const connectorType = 'paper';
export const marketType = 'futures';
/** A Thursday in August 2024, noon UTC. */
export const START_MS = 1_723_118_400_000;
export const ENTRY_PRICE = 100;
const TICK = 0.01;

export interface HeldEngine {
  engine: Engine;
  now: number;
  symbols: number;
  accounts: number;
}

export function optionsOf(patch: OptionsPatch): Options {
  const merged = mergeOptions(defaultOptions, patch);
  if ('errors' in merged) throw new Error(JSON.stringify(merged.errors));
  return merged.options;
}

export const symbolName = (symbol: number): string => `S${symbol}USDT`;
export const accountId = (account: number): string | undefined => (account === 0 ? undefined : `a${account}`);

/** Positions alternate LONG and SHORT by symbol. Time is at `now` after it. */
export function holdPositions(symbols: number, accounts: number, patch: OptionsPatch = {}): HeldEngine {
  const engine = createEngine({ options: optionsOf(patch) });
  const held: HeldEngine = { engine, now: START_MS, symbols, accounts };
  listSymbols(held);
  for (let account = 0; account < accounts; account++) {
    const id = accountId(account);
    const place = id === undefined ? { connectorType, marketType } : { connectorType, marketType, accountId: id };
    step(engine, { kind: 'account-start', now: START_MS, ...place, walletBalance: 1000 * symbols, positions: [] });
  }
  quoteAll(held);
  for (let account = 0; account < accounts; account++) {
    for (let symbol = 0; symbol < symbols; symbol++) hold(held, account, symbol);
  }
  return held;
}

function listSymbols({ engine, symbols }: HeldEngine): void {
  for (let symbol = 0; symbol < symbols; symbol++) {
    const name = symbolName(symbol);
    step(engine, { kind: 'symbol-listed', now: START_MS, symbol, connectorType, marketType, name });
  }
  const specs = Array.from({ length: symbols }, (_, symbol) => ({
    name: symbolName(symbol),
    baseAsset: `S${symbol}`,
    quoteAsset: 'USDT',
    status: 'TRADING',
    tickSize: TICK,
    stepSize: 0.001,
    minQuantity: 0.001,
  }));
  step(engine, { kind: 'symbols', now: START_MS, connectorType, marketType, symbols: specs });
}

function quoteAll({ engine, symbols, now }: HeldEngine): void {
  const bids = new Float64Array([ENTRY_PRICE - TICK, 1000]);
  const asks = new Float64Array([ENTRY_PRICE + TICK, 1000]);
  for (let symbol = 0; symbol < symbols; symbol++) {
    step(engine, { kind: 'book', now, symbol, bids, bidCount: 1, asks, askCount: 1, time: now, seq: Number.NaN });
    step(engine, { kind: 'price', now, symbol, price: ENTRY_PRICE, time: now, mark: true, seq: Number.NaN });
  }
}

/** A fill of an order that nobody here sent, and then the venue's word that the protecting orders work. */
function hold({ engine, now }: HeldEngine, account: number, symbol: number): void {
  const id = accountId(account);
  const fill = {
    connectorType,
    marketType,
    ...(id === undefined ? {} : { accountId: id }),
    clientOrderId: `fill-${account}-${symbol}`,
    symbol: { name: symbolName(symbol) },
    side: symbol % 2 === 0 ? ('BUY' as const) : ('SELL' as const),
    type: 'MARKET' as const,
    quantity: 1,
    quantityExecuted: 1,
    priceExecuted: ENTRY_PRICE,
    status: 'FILLED' as const,
    time: now,
    updateTime: now,
  };
  const eventId = `fill-${account}-${symbol}`;
  const protection = [...step(engine, { kind: 'order', now, eventId, closed: false, order: fill }).effects];
  for (const effect of protection) {
    if (effect.kind !== 'place') continue;
    const order = { ...effect.order, status: 'NEW' as const };
    step(engine, { kind: 'order', now, eventId: order.clientOrderId, closed: false, order });
  }
}
