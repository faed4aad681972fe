import { roundToStep } from '#exchange/amounts.ts';
import { print, setBook, setMark } from '#exchange/market-moves.ts';
import { type ExchangeState, marketOf } from '#exchange/state.ts';
import { createBookSide } from './order-book.ts';

export interface Playing {
  symbol: string;
  /** 1 is as it was recorded, 10 ten times as fast; without it as fast as it goes. */
  speed?: number;
  /** Factor on all prices, so that a recording fits a market at another level. */
  priceScale?: number;
  /** Asked before every line; true ends the play. */
  isStopped?: () => boolean;
}

export interface Played {
  lines: number;
  trades: number;
  books: number;
}

interface Frame {
  e?: string;
  b?: [string, string][] | string;
  a?: [string, string][] | string;
  B?: string;
  A?: string;
  p?: string;
  q?: string;
  m?: boolean;
  X?: string;
  bids?: [string, string][];
  asks?: [string, string][];
}

/** Without a wait, so many lines are played before others get their turn. */
const LINES_A_TURN = 200;
const BOOK_LEVELS = 20;
/** The mark follows the middle of the book at this pace of the recording. */
const MARK_EVERY_MS = 1000;

/** Plays lines of the form `<receive time, ns> <raw frame>`: book, trades, and the mark from the book's middle. */
export async function playRecording(
  exchange: ExchangeState,
  lines: AsyncIterable<string> | Iterable<string>,
  { symbol, speed, priceScale = 1, isStopped = () => false }: Playing,
): Promise<Played> {
  const played: Played = { lines: 0, trades: 0, books: 0 };
  const { tickSize } = marketOf(exchange, symbol).symbol;
  const scaled = (price: string): number => roundToStep(Number(price) * priceScale, tickSize);
  const bids = createBookSide('bids');
  const asks = createBookSide('asks');
  let markedAtMs = Number.NEGATIVE_INFINITY;
  let firstMs: number | undefined;
  const startedMs = performance.now();

  function showBook(): void {
    const book = { bids: bids.top(BOOK_LEVELS), asks: asks.top(BOOK_LEVELS) };
    const bestBid = book.bids[0]?.price ?? 0;
    const bestAsk = book.asks[0]?.price ?? Number.POSITIVE_INFINITY;
    if (bestBid === 0 || bestBid >= bestAsk || !Number.isFinite(bestAsk)) return;
    setBook(exchange, symbol, book.bids, book.asks);
    played.books++;
  }

  function apply(frame: Frame, atMs: number): void {
    if (frame.bids !== undefined || frame.asks !== undefined) {
      bids.clear();
      asks.clear();
      for (const [price, quantity] of frame.bids ?? []) bids.set(scaled(price), Number(quantity));
      for (const [price, quantity] of frame.asks ?? []) asks.set(scaled(price), Number(quantity));
      showBook();
    } else if (frame.e === 'depthUpdate' && Array.isArray(frame.b) && Array.isArray(frame.a)) {
      for (const [price, quantity] of frame.b) bids.set(scaled(price), Number(quantity));
      for (const [price, quantity] of frame.a) asks.set(scaled(price), Number(quantity));
      showBook();
    } else if (typeof frame.b === 'string' && typeof frame.a === 'string') {
      bids.setBest(scaled(frame.b), Number(frame.B ?? 0));
      asks.setBest(scaled(frame.a), Number(frame.A ?? 0));
      showBook();
    } else if (
      frame.e === 'trade' &&
      frame.p !== undefined &&
      Number(frame.p) > 0 &&
      (frame.X ?? 'MARKET') === 'MARKET'
    ) {
      played.trades++;
      print(exchange, symbol, {
        price: scaled(frame.p),
        quantity: Number(frame.q ?? 0),
        side: frame.m === true ? 'SELL' : 'BUY',
      });
    }
    if (atMs - markedAtMs >= MARK_EVERY_MS) {
      const [bid] = bids.top(1);
      const [ask] = asks.top(1);
      if (bid === undefined || ask === undefined) return;
      markedAtMs = atMs;
      setMark(exchange, symbol, roundToStep((bid.price + ask.price) / 2, tickSize));
    }
  }

  for await (const line of lines) {
    if (isStopped()) break;
    const space = line.indexOf(' ');
    if (space < 0) continue;
    const atMs = Number(line.slice(0, space)) / 1e6;
    firstMs ??= atMs;
    played.lines++;
    const dueMs = speed === undefined ? 0 : startedMs + (atMs - firstMs) / speed - performance.now();
    if (dueMs > 1) await new Promise((done) => setTimeout(done, dueMs));
    else if (played.lines % LINES_A_TURN === 0) await new Promise((done) => setImmediate(done));
    if (isStopped()) break;
    const parsed = JSON.parse(line.slice(space + 1)) as Frame & { data?: Frame };
    apply(parsed.data ?? parsed, atMs);
  }
  return played;
}
