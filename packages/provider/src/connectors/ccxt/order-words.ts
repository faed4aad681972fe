import type { Order } from '@inspector/contract';
import type { Order as VenueOrder } from 'ccxt';
import { type Instrument, rounded } from './instruments.ts';
import type { AccountMode, OrderWords, VenueProfile } from './profiles/profile.ts';

/** Types that are placed here; what else a sender may ask for only the venue itself takes. */
const placedTypes: ReadonlySet<string> = new Set(['MARKET', 'LIMIT', 'STOP_MARKET', 'TAKE_PROFIT_MARKET']);

export const isPlaced = ({ type }: Pick<Order, 'type'>): boolean => placedTypes.has(type);

export const isConditional = ({ type }: Pick<Order, 'type'>): boolean => /STOP|TAKE_PROFIT|TRAILING/.test(type);

/** Arguments of ccxt's `createOrder`. */
export interface PlacingCall {
  symbol: string;
  type: 'market' | 'limit';
  side: 'buy' | 'sell';
  amount: number;
  price: number | undefined;
  parameters: Record<string, unknown>;
}

export function placingCall(
  order: Order,
  { instrument, profile, mode }: { instrument: Instrument; profile: VenueProfile; mode: AccountMode },
): PlacingCall {
  const { stopPrice } = order;
  const call: PlacingCall = {
    symbol: instrument.unified,
    type: order.type === 'LIMIT' ? 'limit' : 'market',
    side: order.side === 'BUY' ? 'buy' : 'sell',
    amount: rounded(order.quantity / instrument.contractSize),
    price: order.type === 'LIMIT' ? order.price : undefined,
    parameters: {
      clientOrderId: order.clientOrderId,
      // By these names ccxt tells a stop from a target on every venue; by `triggerPrice` alone it does not.
      ...(order.type === 'STOP_MARKET' ? { stopLossPrice: stopPrice } : {}),
      ...(order.type === 'TAKE_PROFIT_MARKET' ? { takeProfitPrice: stopPrice } : {}),
      ...profile.orderParameters(order, mode),
    },
  };
  return profile.shapeCall?.(call, order) ?? call;
}

/** What ccxt shows of an order, with the venue's own corrections. Times that the venue does not give are `askedAt`. */
export function wordsOf(
  shown: VenueOrder,
  { instrument, profile, askedAt }: { instrument: Instrument; profile: VenueProfile; askedAt: number },
): OrderWords {
  const filled = rounded((shown.filled ?? 0) * instrument.contractSize);
  const quantity = rounded((shown.amount ?? 0) * instrument.contractSize);
  const stopPrice = Number(shown.stopLossPrice ?? shown.takeProfitPrice ?? shown.triggerPrice ?? 0);
  const price = Number(shown.price ?? 0);
  const words: OrderWords = {
    externalId: shown.id ?? '',
    clientOrderId: shown.clientOrderId ?? '',
    symbol: { name: instrument.name },
    side: shown.side === 'sell' ? 'SELL' : 'BUY',
    type: typeOf(shown, stopPrice > 0),
    quantity,
    quantityExecuted: filled,
    priceExecuted: shown.average ?? 0,
    status: statusOf(shown, filled, quantity),
    time: shown.timestamp ?? askedAt,
    updateTime: shown.lastUpdateTimestamp ?? shown.lastTradeTimestamp ?? shown.timestamp ?? askedAt,
    ...(stopPrice > 0 ? { stopPrice } : {}),
    // ccxt shows what a market order filled at as its price.
    ...(price > 0 && !/market/i.test(shown.type ?? '') ? { price } : {}),
    ...(shown.reduceOnly === true ? { reduceOnly: true } : {}),
  };
  return profile.refine?.(words, shown) ?? words;
}

function typeOf(shown: VenueOrder, hasTrigger: boolean): string {
  const type = (shown.type ?? 'market').toUpperCase();
  if (!hasTrigger || isConditional({ type })) return type;
  return shown.takeProfitPrice === undefined ? 'STOP_MARKET' : 'TAKE_PROFIT_MARKET';
}

function statusOf({ status }: VenueOrder, filled: number, quantity: number): Order['status'] {
  switch (status) {
    case 'open':
      return filled > 0 ? 'PARTIALLY_FILLED' : 'NEW';
    case 'closed':
      return quantity > 0 && filled < quantity * (1 - 1e-9) ? 'CANCELED' : 'FILLED';
    case 'canceled':
    case 'canceling':
      return 'CANCELED';
    case 'expired':
      return 'EXPIRED';
    case 'rejected':
      return 'REJECTED';
    default:
      return 'UNKNOWN';
  }
}
