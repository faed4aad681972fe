/**
 * Bybit's own words, V5: an order is shown alike by REST and by the stream. A conditional order keeps its id when it is
 * triggered: `Untriggered`, `Triggered`, `New` and so on are states of one order.
 */
import type { Order } from '@inspector/contract';
import type { UserWord } from '../user-words.ts';
import { moneyAssets } from './money.ts';
import type { OrderWords } from './profile.ts';

export interface BybitOrder {
  symbol: string;
  orderId: string;
  orderLinkId: string;
  side: 'Buy' | 'Sell';
  orderType: 'Market' | 'Limit';
  orderStatus: string;
  qty: string;
  price: string;
  avgPrice: string;
  cumExecQty: string;
  cumExecFee?: string;
  /** Fees by coin; newer than `cumExecFee`. */
  cumFeeDetail?: Record<string, string> | string;
  triggerPrice: string;
  triggerBy: string;
  /** 1: when the price rises to it, 2: when it falls. */
  triggerDirection: number;
  stopOrderType: string;
  reduceOnly: boolean;
  positionIdx: number;
  rejectReason: string;
  cancelType: string;
  createdTime: string;
  updatedTime: string;
}

export function bybitOrderWords(shown: BybitOrder): OrderWords {
  const side = shown.side === 'Sell' ? 'SELL' : 'BUY';
  const quantity = Number(shown.qty);
  const executed = Number(shown.cumExecQty);
  const price = Number(shown.price);
  const stopPrice = Number(shown.triggerPrice);
  const status = statusOf(shown.orderStatus, executed);
  const fee = feeOf(shown);
  return {
    externalId: shown.orderId,
    clientOrderId: shown.orderLinkId,
    symbol: { name: shown.symbol },
    side,
    type: typeOf(shown),
    quantity,
    quantityExecuted: executed,
    priceExecuted: Number(shown.avgPrice),
    status,
    time: Number(shown.createdTime),
    updateTime: Number(shown.updatedTime),
    // A market order's price is the end of the band that it may fill in.
    ...(price > 0 && shown.orderType === 'Limit' ? { price } : {}),
    ...(stopPrice > 0 ? { stopPrice, triggerBy: shown.triggerBy === 'MarkPrice' ? 'mark' : 'trade' } : {}),
    ...(shown.reduceOnly || reducesSide(side, shown.positionIdx) ? { reduceOnly: true } : {}),
    ...(quantity === 0 && stopPrice > 0 ? { closePosition: true } : {}),
    ...(fee === undefined ? {} : { fee }),
    ...(status === 'REJECTED' ? refusalOf(shown.rejectReason) : {}),
  };
}

const reducesSide = (side: 'BUY' | 'SELL', positionIdx: number): boolean =>
  (positionIdx === 1 && side === 'SELL') || (positionIdx === 2 && side === 'BUY');

/** One that was cancelled after a part had filled is cancelled, with what it filled. */
function statusOf(status: string, executed: number): Order['status'] {
  switch (status) {
    case 'Created':
    case 'New':
    case 'Active':
    case 'Untriggered':
    case 'Triggered':
    case 'PendingCancel':
    case 'PartiallyFilled':
      return executed > 0 ? 'PARTIALLY_FILLED' : 'NEW';
    case 'Filled':
      return 'FILLED';
    case 'Cancelled':
    case 'Deactivated':
    case 'PartiallyFilledCanceled':
      return 'CANCELED';
    case 'Rejected':
      return 'REJECTED';
    default:
      return 'UNKNOWN';
  }
}

/** In the words of the orders that are placed here. What a trigger is for follows from where it lies. */
function typeOf({ orderType, triggerPrice, triggerDirection, side, stopOrderType }: BybitOrder): string {
  if (stopOrderType === 'TrailingStop') return 'TRAILING_STOP_MARKET';
  if (!(Number(triggerPrice) > 0)) return orderType.toUpperCase();
  const isStop = (side === 'Sell') === (triggerDirection === 2);
  return `${isStop ? 'STOP' : 'TAKE_PROFIT'}${orderType === 'Limit' ? '' : '_MARKET'}`;
}

/** The whole fee so far in money; one that is paid in another coin is in the balance only. */
function feeOf({ cumFeeDetail, cumExecFee, cumExecQty }: BybitOrder): number | undefined {
  if (!(Number(cumExecQty) > 0)) return undefined;
  const byCoin = typeof cumFeeDetail === 'object' ? Object.entries(cumFeeDetail) : [];
  if (byCoin.length === 0) return cumExecFee === undefined || cumExecFee === '' ? undefined : Number(cumExecFee);
  if (byCoin.some(([coin]) => !moneyAssets.has(coin))) return undefined;
  return byCoin.reduce((sum, [, fee]) => sum + Number(fee), 0);
}

const refusalOf = (rejectReason: string): Pick<OrderWords, 'reason' | 'reasonText'> => ({
  reason: rejectReason === 'EC_DuplicatedClOrdID' ? 'DUPLICATE' : 'UNKNOWN',
  reasonText: rejectReason,
});

interface BybitMessage {
  topic?: string;
  op?: string;
  success?: boolean;
  req_id?: string;
  /** When it was sent: what it tells of is not younger. */
  creationTime?: number;
  data?: readonly unknown[];
}

interface BybitPosition {
  category: string;
  symbol: string;
  side: string;
  size: string;
  entryPrice: string;
  leverage: string;
  positionIdx: number;
}

interface BybitWallet {
  coin: readonly { coin: string; walletBalance: string }[];
}

export function bybitUserWords(message: unknown): UserWord[] {
  const { topic, op, success, req_id: id, creationTime: time = 0, data = [] } = (message ?? {}) as BybitMessage;
  if (op === 'subscribe' && success === true) return [{ kind: 'subscribed', channel: String(id) }];
  switch (topic) {
    case 'order':
      return data.filter(isLinear).map((each) => ({ kind: 'order', order: bybitOrderWords(each as BybitOrder) }));
    case 'position':
      return [{ kind: 'account', time, wallets: [], positions: data.filter(isLinear).map(positionOf) }];
    case 'wallet':
      return [{ kind: 'account', time, wallets: data.flatMap(walletsOf), positions: [] }];
    default:
      return [];
  }
}

const isLinear = (shown: unknown): boolean => (shown as { category?: string }).category === 'linear';

function positionOf(shown: unknown): Extract<UserWord, { kind: 'account' }>['positions'][number] {
  const { symbol, side, size, entryPrice, leverage, positionIdx } = shown as BybitPosition;
  // A flat position has no side in one-way mode.
  const isShort = positionIdx === 2 || side === 'Sell';
  return {
    symbol,
    side: isShort ? 'SHORT' : 'LONG',
    quantity: Number(size),
    entryPrice: Number(entryPrice),
    ...(Number(leverage) > 0 ? { leverage: Number(leverage) } : {}),
    ...(positionIdx > 0 ? { hedgeSide: isShort ? 'SHORT' : 'LONG' } : {}),
  };
}

const walletsOf = (shown: unknown): { asset: string; balance: number }[] =>
  (shown as BybitWallet).coin.map(({ coin, walletBalance }) => ({ asset: coin, balance: Number(walletBalance) }));
