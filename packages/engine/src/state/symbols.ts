/**
 * All that the engine knows of symbols' prices: one typed array a quantity, indexed by symbol id, so that a tick touches
 * a few neighbouring doubles and allocates nothing. Prices in quote units, volumes in base units, times in Unix ms by
 * the venue's clock corrected to ours. NaN = never seen.
 */
import type { SymbolSpec } from '#input.ts';

export const priceSources = { none: 0, mark: 1, mid: 2, trade: 3, candle: 4 } as const;
export const priceSourceNames = ['mark', 'mark', 'mid', 'trade', 'candle'] as const;

/** Trades kept for the median valuation. */
export const MEDIAN_TRADES = 5;
/** Levels kept of each side of a book: beyond them a walk counts the book as too thin. */
export const MAX_BOOK_LEVELS = 1000;

const columns = [
  'bid',
  'ask',
  'bidVolume',
  'askVolume',
  'bookTime',
  'mark',
  'markTime',
  'candle',
  'candleTime',
  /** Last valuation price; stays when it grows stale. */
  'price',
  'priceTime',
  'staleMs',
  /** Due time of the armed freshness timer, Infinity when none is armed. */
  'freshnessDue',
  /** Corrected venue time of the newest trade or book, accepted or not. */
  'venueTime',
  /** Price that stops and targets are compared with in the running input. */
  'triggerPrice',
  /** Since when the spread has been at the stress trigger, NaN when it is not. */
  'wideSince',
  /** Since when the spread has been under 0.8 × the trigger while stress lasts, NaN when it is not. */
  'calmSince',
] as const;

type Column = (typeof columns)[number];

/** One side of a book for walking: price, volume, price, volume … best first. */
export interface BookDepth {
  bids: Float64Array;
  bidCount: number;
  asks: Float64Array;
  askCount: number;
}

export interface SymbolTable extends Record<Column, Float64Array> {
  count: number;
  ids: Map<string, number>;
  names: string[];
  keys: string[];
  connectorTypes: string[];
  marketTypes: string[];
  /** Index of the connector's clock in `engine.clocks`. */
  clock: Int32Array;
  specs: (SymbolSpec | null)[];
  depths: BookDepth[];
  tradePrices: Float64Array;
  tradeTimes: Float64Array;
  tradeCount: Int32Array;
  source: Uint8Array;
  /** 1 while a valuation price is fresh. */
  fresh: Uint8Array;
  /** 1 while a fresh mark and a fresh mid agree (semantics 1.3). */
  agrees: Uint8Array;
  /** 1 once a mark was seen: a venue without marks has its stops watched by the mid. */
  hasMark: Uint8Array;
  /** 1 while the symbol's spread keeps its accounts in stress. */
  stressed: Uint8Array;
  /** 1 once a position or a request named it. */
  watched: Uint8Array;
  /** First slot of the list of open positions on the symbol, −1 when there is none. */
  head: Int32Array;
}

const INITIAL_CAPACITY = 16;

const floats = () => new Float64Array(INITIAL_CAPACITY);
const bytes = () => new Uint8Array(INITIAL_CAPACITY);

/** Written out field by field: an object built in a loop becomes a slow dictionary. */
export function createSymbolTable(): SymbolTable {
  return {
    count: 0,
    ids: new Map(),
    names: [],
    keys: [],
    connectorTypes: [],
    marketTypes: [],
    clock: new Int32Array(INITIAL_CAPACITY),
    specs: [],
    depths: [],
    tradePrices: new Float64Array(INITIAL_CAPACITY * MEDIAN_TRADES),
    tradeTimes: new Float64Array(INITIAL_CAPACITY * MEDIAN_TRADES),
    tradeCount: new Int32Array(INITIAL_CAPACITY),
    source: bytes(),
    fresh: bytes(),
    agrees: bytes(),
    hasMark: bytes(),
    stressed: bytes(),
    watched: bytes(),
    head: new Int32Array(INITIAL_CAPACITY),
    bid: floats(),
    ask: floats(),
    bidVolume: floats(),
    askVolume: floats(),
    bookTime: floats(),
    mark: floats(),
    markTime: floats(),
    candle: floats(),
    candleTime: floats(),
    price: floats(),
    priceTime: floats(),
    staleMs: floats(),
    freshnessDue: floats(),
    venueTime: floats(),
    triggerPrice: floats(),
    wideSince: floats(),
    calmSince: floats(),
  };
}

/** Adds a symbol and returns its id. The caller has checked that it is new. */
export function addSymbol(
  table: SymbolTable,
  symbol: { key: string; connectorType: string; marketType: string; name: string; clock: number; staleMs: number },
): number {
  const id = table.count;
  if (id === table.head.length) growSymbols(table, id * 2);
  table.count = id + 1;
  table.ids.set(symbol.key, id);
  table.names.push(symbol.name);
  table.keys.push(symbol.key);
  table.connectorTypes.push(symbol.connectorType);
  table.marketTypes.push(symbol.marketType);
  table.specs.push(null);
  table.depths.push({ bids: new Float64Array(2), bidCount: 0, asks: new Float64Array(2), askCount: 0 });
  for (const column of columns) table[column][id] = Number.NaN;
  table.freshnessDue[id] = Number.POSITIVE_INFINITY;
  table.staleMs[id] = symbol.staleMs;
  table.clock[id] = symbol.clock;
  table.head[id] = -1;
  return id;
}

/** Enlarges every array to hold `capacity` symbols. */
export function growSymbols(table: SymbolTable, capacity: number): void {
  for (const column of columns) table[column] = enlarged(table[column], new Float64Array(capacity));
  table.clock = enlarged(table.clock, new Int32Array(capacity));
  table.tradePrices = enlarged(table.tradePrices, new Float64Array(capacity * MEDIAN_TRADES));
  table.tradeTimes = enlarged(table.tradeTimes, new Float64Array(capacity * MEDIAN_TRADES));
  table.tradeCount = enlarged(table.tradeCount, new Int32Array(capacity));
  table.source = enlarged(table.source, new Uint8Array(capacity));
  table.fresh = enlarged(table.fresh, new Uint8Array(capacity));
  table.agrees = enlarged(table.agrees, new Uint8Array(capacity));
  table.hasMark = enlarged(table.hasMark, new Uint8Array(capacity));
  table.stressed = enlarged(table.stressed, new Uint8Array(capacity));
  table.watched = enlarged(table.watched, new Uint8Array(capacity));
  table.head = enlarged(table.head, new Int32Array(capacity));
}

/** `next` with the content of `previous` at its front. */
export function enlarged<A extends { set(source: A): void }>(previous: A, next: A): A {
  next.set(previous);
  return next;
}

/** Keeps the levels of a book, in arrays that grow to the largest book seen. */
export function keepDepth(
  depth: BookDepth,
  bids: Float64Array,
  bidCount: number,
  asks: Float64Array,
  askCount: number,
): void {
  const bidLevels = Math.min(bidCount, MAX_BOOK_LEVELS);
  const askLevels = Math.min(askCount, MAX_BOOK_LEVELS);
  if (depth.bids.length < bidLevels * 2) depth.bids = new Float64Array(powerOfTwo(bidLevels * 2));
  if (depth.asks.length < askLevels * 2) depth.asks = new Float64Array(powerOfTwo(askLevels * 2));
  for (let index = 0; index < bidLevels * 2; index++) depth.bids[index] = bids[index]!;
  for (let index = 0; index < askLevels * 2; index++) depth.asks[index] = asks[index]!;
  depth.bidCount = bidLevels;
  depth.askCount = askLevels;
}

function powerOfTwo(atLeast: number): number {
  let size = 2;
  while (size < atLeast) size *= 2;
  return size;
}
