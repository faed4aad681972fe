import type { Envelope, SymbolSpec } from '@inspector/contract';

/** Levels a side of the books that are made of a capture. */
const BOOK_LEVELS = 20;
/** A book is sent at most this often, in recorded milliseconds. */
const BOOK_EVERY_MS = 100;
/** Price levels kept a side; past it the farther half is let go. */
const KEPT_LEVELS = 20_000;

type Side = Map<number, number>;

interface CapturedSymbol {
  bids: Side;
  asks: Side;
  bestBid: number;
  bestAsk: number;
  bookAt: number;
  isListed: boolean;
}

interface Frame {
  stream?: string;
  data?: Record<string, unknown>;
}

/** `futures` or `spot`, by what the first frames of a capture look like; undefined when they do not tell. */
export function marketTypeOfFrame(text: string): 'futures' | 'spot' | undefined {
  const { data } = frameOf(text).frame;
  if (data?.e === 'depthUpdate') return 'pu' in data ? 'futures' : 'spot';
  if (data?.e === 'bookTicker') return 'futures';
  return undefined;
}

/** `<receive time in ns> <JSON>`. Throws when the line is not of that form. */
function frameOf(text: string): { at: number; frame: Frame } {
  const space = text.indexOf(' ');
  const nanoseconds = text.slice(0, space);
  if (!/^\d{16,20}$/.test(nanoseconds)) throw new Error('it does not begin with a time in nanoseconds');
  const frame: unknown = JSON.parse(text.slice(space + 1));
  if (typeof frame !== 'object' || frame === null) throw new Error('the frame is no object');
  // Cut, not divided: nanoseconds since 1970 have more digits than a double.
  return { at: Number(nanoseconds.slice(0, -6)), frame };
}

/**
 * Reads a capture of Binance combined streams: books are kept from depth updates and the best prices, and sent as whole
 * books at most every 100 ms; trades are passed on. One reader a file: it keeps the books. Throws on a line that is none.
 */
export function createCaptureReader(place: {
  connectorType: string;
  marketType: string;
}): (text: string) => Envelope[] {
  const symbols = new Map<string, CapturedSymbol>();
  let lastName = '';
  let count = 0;

  const head = (at: number) => {
    count += 1;
    return { eventId: `capture-${count}`, source: 'PROVIDER' as const, timestamp: at };
  };

  function symbolOf(name: string): CapturedSymbol {
    let symbol = symbols.get(name);
    if (!symbol) {
      symbol = { bids: new Map(), asks: new Map(), bestBid: 0, bestAsk: 0, bookAt: 0, isListed: false };
      symbols.set(name, symbol);
    }
    return symbol;
  }

  function listing(name: string, at: number): Envelope[] {
    const symbol = symbolOf(name);
    if (symbol.isListed) return [];
    symbol.isListed = true;
    const payload = { ...place, symbols: [...symbols.keys()].map((each) => capturedSpec(each, place.marketType)) };
    return [{ ...head(at), type: 'PROVIDER_SYMBOLS', payload }];
  }

  function book(name: string, symbol: CapturedSymbol, at: number): Envelope[] {
    if (at - symbol.bookAt < BOOK_EVERY_MS) return [];
    const bids = levelsOf(symbol.bids, symbol.bestBid, -1);
    const asks = levelsOf(symbol.asks, symbol.bestAsk, 1);
    if (bids.length === 0 || asks.length === 0) return [];
    symbol.bookAt = at;
    const payload = { ...place, symbol: { name }, bids, asks, time: at };
    return [{ ...head(at), type: 'PROVIDER_MARKETDATA_ORDERBOOK', payload }];
  }

  function trade(name: string, data: Record<string, unknown>, at: number): Envelope[] {
    const payload = {
      ...place,
      symbol: { name },
      price: Number(data.p),
      volume: Number(data.q),
      side: data.m === true ? ('SHORT' as const) : ('LONG' as const),
      time: at,
      ...(data.X === undefined || data.X === 'MARKET' ? {} : { market: false }),
    };
    return [{ ...head(at), type: 'PROVIDER_MARKETDATA_TRADE', payload }];
  }

  return (text) => {
    const { at, frame } = frameOf(text);
    const data = frame.data ?? (frame as Record<string, unknown>);
    // The REST snapshot of depth says of no symbol that it is its own: it belongs to the one that was heard of last.
    const name = typeof data.s === 'string' ? data.s : lastName;
    if (name === '') return [];
    lastName = name;
    const symbol = symbolOf(name);
    const events = listing(name, at);
    if (data.e === 'trade') return [...events, ...trade(name, data, at)];
    if (data.e === 'depthUpdate') {
      apply(symbol.bids, data.b);
      apply(symbol.asks, data.a);
    } else if (Array.isArray(data.bids)) {
      apply(symbol.bids, data.bids);
      apply(symbol.asks, data.asks);
    } else if (data.b !== undefined && data.B !== undefined) {
      symbol.bestBid = Number(data.b);
      symbol.bestAsk = Number(data.a);
      symbol.bids.set(symbol.bestBid, Number(data.B));
      symbol.asks.set(symbol.bestAsk, Number(data.A));
    }
    return symbol.bestBid > 0 ? [...events, ...book(name, symbol, at)] : events;
  };
}

function apply(side: Side, rows: unknown): void {
  for (const [price, quantity] of rows as [string, string][]) {
    const volume = Number(quantity);
    if (volume === 0) side.delete(Number(price));
    else side.set(Number(price), volume);
  }
}

/**
 * The best levels, best first, and none beyond the best price: what stands there is gone. One pass that keeps the few
 * best, because a side has thousands of levels and is asked ten times a second.
 */
function levelsOf(side: Side, bestPrice: number, direction: 1 | -1): { price: number; volume: number }[] {
  if (side.size > KEPT_LEVELS) shed(side, direction);
  const best: number[] = [];
  for (const price of side.keys()) {
    if (direction * (price - bestPrice) < 0) {
      side.delete(price);
      continue;
    }
    if (best.length === BOOK_LEVELS && direction * (price - best[BOOK_LEVELS - 1]!) >= 0) continue;
    let at = best.length;
    while (at > 0 && direction * (price - best[at - 1]!) < 0) at -= 1;
    best.splice(at, 0, price);
    if (best.length > BOOK_LEVELS) best.pop();
  }
  return best.map((price) => ({ price, volume: side.get(price)! }));
}

function shed(side: Side, direction: 1 | -1): void {
  const prices = [...side.keys()].sort((a, b) => direction * (a - b));
  for (const price of prices.slice(KEPT_LEVELS / 2)) side.delete(price);
}

const quoteAssets = ['USDT', 'USDC', 'FDUSD', 'BTC', 'ETH'];

/** A capture names no specification; these are the venue's steps of its most traded symbol. */
function capturedSpec(name: string, marketType: string): SymbolSpec {
  const quoteAsset = quoteAssets.find((asset) => name.endsWith(asset)) ?? '';
  const baseAsset = name.slice(0, name.length - quoteAsset.length);
  const steps = marketType === 'spot' ? { tickSize: 0.01, stepSize: 0.00001 } : { tickSize: 0.1, stepSize: 0.001 };
  return { name, baseAsset, quoteAsset, status: 'TRADING', ...steps, minQuantity: steps.stepSize, minNotional: 5 };
}
