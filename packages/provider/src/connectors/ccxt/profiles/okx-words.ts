/**
 * OKX's own words: orders and algo orders are shown alike by REST and by the stream. A triggered stop is `effective` and
 * has filled nothing by that: the order that it became has an id of its own, and names the stop by `algoId` and
 * `algoClOrdId`. Sizes are in contracts.
 */
import type { Order } from '@inspector/contract';
import { rounded } from '../instruments.ts';
import type { UserWord } from '../user-words.ts';
import type { OrderWords } from './profile.ts';

export interface OkxOrder {
  instId: string;
  instType: string;
  /** Empty of an algo order that has not been triggered. */
  ordId: string;
  clOrdId: string;
  algoId: string;
  algoClOrdId: string;
  /** `conditional`, `oco`, `trigger`, `move_order_stop` and others of algo orders; `market`, `limit` and so on. */
  ordType: string;
  side: 'buy' | 'sell';
  posSide: string;
  sz: string;
  px: string;
  state: string;
  reduceOnly: string;
  cTime: string;
  uTime: string;
  accFillSz?: string;
  avgPx?: string;
  fillSz?: string;
  fillTime?: string;
  fillFee?: string;
  fillFeeCcy?: string;
  tradeId?: string;
  slTriggerPx?: string;
  slTriggerPxType?: string;
  tpTriggerPx?: string;
  tpTriggerPxType?: string;
  triggerPx?: string;
  triggerPxType?: string;
  failCode?: string;
}

const algoTypes: ReadonlySet<string> = new Set(['conditional', 'oco', 'trigger', 'move_order_stop', 'iceberg', 'twap']);

/** `contractSize` in base units. */
export const okxOrderWords = (shown: OkxOrder, contractSize: number): OrderWords =>
  algoTypes.has(shown.ordType) ? algoWords(shown, contractSize) : regularWords(shown, contractSize);

function regularWords(shown: OkxOrder, contractSize: number): OrderWords {
  const { ordId, clOrdId, algoClOrdId, algoId, ordType, px, cTime, uTime, fillTime } = shown;
  const price = Number(px);
  const quantity = rounded(Number(shown.sz) * contractSize);
  const executed = rounded(Number(shown.accFillSz) * contractSize);
  const isFill = Number(shown.fillSz) > 0 && Number(fillTime) > 0;
  return {
    ...partiesOf(shown),
    externalId: ordId,
    // Of a triggered stop the client id is empty or made up by the venue: it goes by that of the stop.
    clientOrderId: algoClOrdId || algoId || clOrdId,
    type: ordType === 'market' ? 'MARKET' : 'LIMIT',
    quantity,
    quantityExecuted: executed,
    priceExecuted: Number(shown.avgPx),
    status: statusOfRegular(shown.state, executed, quantity),
    time: Number(cTime),
    updateTime: Number(isFill ? fillTime : uTime),
    ...(price > 0 ? { price } : {}),
  };
}

function algoWords(shown: OkxOrder, contractSize: number): OrderWords {
  const { algoId, algoClOrdId, state, ordId, cTime, uTime, failCode } = shown;
  const { stopPrice, triggerBy } = triggerOf(shown);
  const quantity = rounded(Number(shown.sz) * contractSize);
  const status = statusOfAlgo(state);
  return {
    ...partiesOf(shown),
    externalId: algoId,
    clientOrderId: algoClOrdId,
    type: typeOfAlgo(shown),
    quantity,
    quantityExecuted: 0,
    priceExecuted: 0,
    status,
    time: Number(cTime),
    updateTime: Number(uTime) || Number(cTime),
    ...(stopPrice > 0 ? { stopPrice, triggerBy } : {}),
    ...(quantity === 0 ? { closePosition: true } : {}),
    ...(ordId ? { becomes: ordId } : {}),
    ...(status === 'REJECTED' ? { reason: 'UNKNOWN', reasonText: `the triggered order failed: ${failCode}` } : {}),
  };
}

function partiesOf({ instId, side, posSide, reduceOnly }: OkxOrder) {
  const reducesSide = (posSide === 'long' && side === 'sell') || (posSide === 'short' && side === 'buy');
  return {
    symbol: { name: instId },
    side: side === 'sell' ? ('SELL' as const) : ('BUY' as const),
    ...(String(reduceOnly) === 'true' || reducesSide ? { reduceOnly: true } : {}),
  };
}

function statusOfRegular(state: string, executed: number, quantity: number): Order['status'] {
  switch (state) {
    case 'live':
    case 'partially_filled':
      return executed > 0 ? 'PARTIALLY_FILLED' : 'NEW';
    case 'filled':
      return executed < quantity * (1 - 1e-9) ? 'CANCELED' : 'FILLED';
    case 'canceled':
    case 'mmp_canceled':
      return 'CANCELED';
    default:
      return 'UNKNOWN';
  }
}

/** `effective` says that it was triggered: how far that got, the order that it became says. */
function statusOfAlgo(state: string): Order['status'] {
  switch (state) {
    case 'live':
    case 'pause':
    case 'effective':
    case 'partially_effective':
      return 'NEW';
    case 'canceled':
      return 'CANCELED';
    case 'order_failed':
    case 'partially_failed':
      return 'REJECTED';
    default:
      return 'UNKNOWN';
  }
}

/** Of a pair of stop and target the stop counts: it is what protects. */
function triggerOf(shown: OkxOrder): { stopPrice: number; triggerBy: 'mark' | 'trade' } {
  const { slTriggerPx, slTriggerPxType, tpTriggerPx, tpTriggerPxType, triggerPx, triggerPxType } = shown;
  const [[price, by] = []] = [
    [slTriggerPx, slTriggerPxType],
    [tpTriggerPx, tpTriggerPxType],
    [triggerPx, triggerPxType],
  ].filter(([each]) => Number(each) > 0);
  return { stopPrice: Number(price ?? 0), triggerBy: by === 'mark' ? 'mark' : 'trade' };
}

/** In the words of the orders that are placed here; other kinds protect nothing that is known. */
function typeOfAlgo({ ordType, slTriggerPx }: OkxOrder): string {
  if (ordType === 'move_order_stop') return 'TRAILING_STOP_MARKET';
  if (ordType !== 'conditional' && ordType !== 'oco') return ordType.toUpperCase();
  return slTriggerPx ? 'STOP_MARKET' : 'TAKE_PROFIT_MARKET';
}

/** A fill that the order's message tells of; the venue's fees are negative when they are paid. */
export function okxTradeOf({ tradeId, fillSz, fillFee, fillFeeCcy }: OkxOrder) {
  if (!tradeId || !(Number(fillSz) > 0)) return undefined;
  return { id: tradeId, fee: 0 - Number(fillFee), feeAsset: fillFeeCcy ?? '' };
}

interface OkxMessage {
  event?: string;
  code?: string;
  channel?: string;
  arg?: { channel?: string };
  data?: readonly unknown[];
}

/** What `userWords` of OKX needs beside the message. */
export interface OkxReading {
  /** Base units in a contract; undefined of a market that is not known. */
  contractSizeOf(symbol: string): number | undefined;
  /** Hears in which margin mode positions are. */
  onPosition(position: OkxPosition): void;
  /** The cash of a coin as heard last; notes the present one. */
  cashBefore(coin: string, present: number): number | undefined;
}

export interface OkxPosition {
  instId: string;
  instType: string;
  mgnMode: 'cross' | 'isolated';
  posSide: 'net' | 'long' | 'short';
  pos: string;
  avgPx: string;
}

interface OkxChange {
  /** When it was sent: what it tells of is not younger. */
  pTime: string;
  eventType: string;
  balData: readonly { ccy: string; cashBal: string }[];
  posData: readonly OkxPosition[];
}

export function okxUserWords(message: unknown, reading: OkxReading): UserWord[] {
  const { event, code, channel, arg, data = [] } = (message ?? {}) as OkxMessage;
  if (event === 'subscribe') return [{ kind: 'subscribed', channel: String(arg?.channel) }];
  if (event === 'notice' && code === '64008') return [{ kind: 'ended', reason: 'the venue closes the connection' }];
  if (event === 'channel-conn-count-error')
    return [{ kind: 'ended', reason: `too many connections of this account listen to ${channel}` }];
  if (event !== undefined) return [];
  switch (arg?.channel) {
    case 'orders':
    case 'orders-algo':
      return data.flatMap((each) => orderWord(each as OkxOrder, reading));
    case 'balance_and_position':
      return data.flatMap((each) => changeWords(each as OkxChange, reading));
    case 'account':
      return data.map((each) => balanceWord(each as OkxBalance));
    default:
      return [];
  }
}

function orderWord(shown: OkxOrder, { contractSizeOf }: OkxReading): UserWord[] {
  const contractSize = contractSizeOf(shown.instId);
  if (contractSize === undefined) return [];
  const order = okxOrderWords(shown, contractSize);
  const trade = okxTradeOf(shown);
  return [trade === undefined ? { kind: 'order', order } : { kind: 'order', order, trade }];
}

function changeWords({ pTime, eventType, balData, posData }: OkxChange, reading: OkxReading): UserWord[] {
  const time = Number(pTime);
  const words: UserWord[] = [];
  for (const { ccy: asset, cashBal } of balData) {
    const before = reading.cashBefore(asset, Number(cashBal));
    const amount = rounded(Number(cashBal) - (before ?? Number(cashBal)));
    if (eventType !== 'transferred' || amount === 0) continue;
    words.push({ kind: 'account', time, wallets: [], positions: [], transfer: { asset, amount } });
  }
  const positions = posData.flatMap((each) => positionOf(each, reading));
  if (positions.length > 0) words.push({ kind: 'account', time, wallets: [], positions });
  return words;
}

type Positions = Extract<UserWord, { kind: 'account' }>['positions'];

function positionOf(shown: OkxPosition, { contractSizeOf, onPosition }: OkxReading): Positions {
  const { instId: symbol, posSide, pos, avgPx } = shown;
  const contractSize = contractSizeOf(symbol);
  if (contractSize === undefined) return [];
  onPosition(shown);
  const isShort = posSide === 'short' || (posSide === 'net' && Number(pos) < 0);
  const side = isShort ? 'SHORT' : 'LONG';
  const row = {
    symbol,
    side,
    quantity: rounded(Math.abs(Number(pos)) * contractSize),
    entryPrice: Number(avgPx),
  } as const;
  return [posSide === 'net' ? row : { ...row, hedgeSide: side }];
}

export interface OkxBalance {
  uTime: string;
  availEq: string;
  adjEq: string;
  mmr: string;
  details: readonly { ccy: string; eq: string; upl: string; availEq: string; mmr: string }[];
}

const balanceWord = ({ uTime, details }: OkxBalance): UserWord => ({
  kind: 'account',
  time: Number(uTime),
  wallets: details.map((each) => ({ asset: each.ccy, balance: okxWalletOf(each) })),
  positions: [],
});

/** What is there without what open positions would bring: margin of isolated positions is not in the venue's own cash. */
export const okxWalletOf = ({ eq, upl }: { eq: string; upl: string }): number => rounded(Number(eq) - Number(upl));
