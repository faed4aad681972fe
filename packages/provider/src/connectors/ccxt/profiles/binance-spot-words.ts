/**
 * Binance spot's user stream, as in "User Data Streams for Binance": events come wrapped with the number of their
 * subscription. A stop that is triggered goes on as the same order.
 */
import type { Order } from '@inspector/contract';
import type { UserWord } from '../user-words.ts';
import { heldAtCost, moneyAssets } from './money.ts';
import type { OrderWords } from './profile.ts';
import type { SpotBook } from './spot-book.ts';
import type { SpotMarkets } from './spot-markets.ts';

interface SpotMessage {
  /** Of an answer. */
  id?: string;
  status?: number;
  result?: { subscriptionId?: number };
  event?: SpotEvent;
}

type SpotEvent = { e: string } & Partial<ExecutionReport & AccountPosition & BalanceUpdate>;

interface ExecutionReport {
  s: string;
  c: string;
  /** Of a cancelled order its own client id; `c` is then that of the cancel. */
  C: string;
  S: 'BUY' | 'SELL';
  o: string;
  q: string;
  p: string;
  P: string;
  x: string;
  X: string;
  r: string;
  i: number | string;
  l: string;
  L: string;
  z: string;
  Z: string;
  n: string;
  N: string | null;
  t: number | string;
  T: number;
  O: number;
}

interface AccountPosition {
  /** When the account last changed. */
  u: number;
  B: readonly { a: string; f: string; l: string }[];
}

interface BalanceUpdate {
  a: string;
  d: string;
  T: number;
}

export interface SpotReading {
  book: SpotBook;
  markets: SpotMarkets;
  /** When all prices were asked for last, in Unix milliseconds. */
  pricesAt: number;
}

export function spotUserWords(message: unknown, reading: SpotReading): UserWord[] {
  const { id, status, result, event } = (message ?? {}) as SpotMessage;
  if (id !== undefined && status === 200 && result?.subscriptionId !== undefined)
    return [{ kind: 'subscribed', channel: 'account' }];
  switch (event?.e) {
    case 'executionReport':
      return [executionWord(event as ExecutionReport, reading)];
    case 'outboundAccountPosition':
      return [positionWord(event as AccountPosition, reading)];
    case 'balanceUpdate':
      return transferWords(event as BalanceUpdate, reading);
    case 'eventStreamTerminated':
      return [{ kind: 'ended', reason: 'the venue ended the subscription' }];
    default:
      return [];
  }
}

function executionWord(shown: ExecutionReport, { book, markets }: SpotReading): UserWord {
  const { s: symbol, S: side, x: execution, X: status, r: rejection } = shown;
  const executed = Number(shown.z);
  const price = Number(shown.p);
  const stopPrice = Number(shown.P);
  const order: OrderWords = {
    externalId: String(shown.i),
    clientOrderId: execution === 'CANCELED' && shown.C ? shown.C : shown.c,
    symbol: { name: symbol },
    side,
    type: spotTypeOf(shown.o),
    quantity: Number(shown.q),
    quantityExecuted: executed,
    priceExecuted: executed > 0 ? Number(shown.Z) / executed : 0,
    status: statuses[status] ?? 'UNKNOWN',
    time: shown.O,
    updateTime: shown.T,
    ...(price > 0 ? { price } : {}),
    ...(stopPrice > 0 ? { stopPrice, triggerBy: 'trade' } : {}),
    ...reducesOnSpot(side),
    ...(status === 'REJECTED' ? { reason: reasons[rejection] ?? 'UNKNOWN', reasonText: rejection } : {}),
  };
  if (execution !== 'TRADE') return { kind: 'order', order };
  const fee = Number(shown.n);
  const baseFee = shown.N === markets.bySymbol(symbol)?.base ? fee : 0;
  book.fill({ symbol, side, quantity: Number(shown.l), price: Number(shown.L), baseFee, time: shown.T });
  return { kind: 'order', order, trade: { id: String(shown.t), fee, feeAsset: shown.N ?? '' } };
}

const statuses: Readonly<Record<string, Order['status']>> = {
  NEW: 'NEW',
  PENDING_NEW: 'NEW',
  PARTIALLY_FILLED: 'PARTIALLY_FILLED',
  FILLED: 'FILLED',
  CANCELED: 'CANCELED',
  REJECTED: 'REJECTED',
  EXPIRED: 'EXPIRED',
  EXPIRED_IN_MATCH: 'EXPIRED',
};

const reasons: Readonly<Record<string, string>> = {
  INSUFFICIENT_BALANCES: 'MARGIN',
  STOP_PRICE_WOULD_TRIGGER_IMMEDIATELY: 'WOULD_TRIGGER',
};

/** In the words of the orders that are placed here. */
export function spotTypeOf(type: string): string {
  switch (type) {
    case 'STOP_LOSS':
      return 'STOP_MARKET';
    case 'TAKE_PROFIT':
      return 'TAKE_PROFIT_MARKET';
    default:
      return type;
  }
}

/** What sells on spot can only reduce what is there. */
export const reducesOnSpot = (side: 'BUY' | 'SELL'): { reduceOnly?: true } =>
  side === 'SELL' ? { reduceOnly: true } : {};

function positionWord({ u: time, B: shown }: AccountPosition, { book }: SpotReading): UserWord {
  const balances = shown.map(({ a: asset, f, l }) => ({ asset, total: Number(f) + Number(l), free: Number(f) }));
  book.setBalances(balances, time);
  const wallets = [...book.wallets()].map(([asset, balance]) => ({ asset, balance }));
  return { kind: 'account', time, wallets, positions: book.positions(new Set(balances.map(({ asset }) => asset))) };
}

/** A deposit of what is no money counts at the present price; one that has none is not told. */
function transferWords({ a: asset, d: delta, T: time }: BalanceUpdate, { book, markets }: SpotReading): UserWord[] {
  const word = { kind: 'account', time, wallets: [], positions: [] } as const;
  if (moneyAssets.has(asset)) return [{ ...word, transfer: { asset, amount: Number(delta) } }];
  const price = markets.of(asset).flatMap(({ symbol }) => book.priceOf(symbol) ?? [])[0];
  return price === undefined ? [] : [{ ...word, transfer: { asset: heldAtCost, amount: Number(delta) * price } }];
}
