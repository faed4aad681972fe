import type { Order } from '@inspector/contract';
import type { OrderWords } from '../profiles/profile.ts';

export const T0 = 1_723_118_400_000;

/** Two runs of a test against one venue must not meet each other's orders. */
let count = 0;

/** A market BUY of 0.01 BTCUSDT with an id of its own, unless told otherwise. */
export function orderOf(terms: Partial<Order> = {}): Order {
  count += 1;
  return {
    id: '',
    clientOrderId: `client${count}`,
    externalId: '',
    connectorType: 'binance',
    marketType: 'futures',
    symbol: { name: 'BTCUSDT' },
    side: 'BUY',
    type: 'MARKET',
    quantity: 0.01,
    quantityExecuted: 0,
    priceExecuted: 0,
    status: 'NEW',
    time: T0,
    updateTime: T0,
    source: { type: 'inspector', key: 'inspector' },
    ...terms,
  };
}

/** The stop of a long position in BTCUSDT, far from the market. */
export const stopOf = (terms: Partial<Order> = {}): Order =>
  orderOf({ side: 'SELL', type: 'STOP_MARKET', stopPrice: 40_000, reduceOnly: true, ...terms });

/** What the venue says of a market BUY of 0.01 BTCUSDT that has not filled, unless told otherwise. */
export const wordsOf = (terms: Partial<OrderWords> = {}): OrderWords => ({
  externalId: '77',
  clientOrderId: 'client',
  symbol: { name: 'BTCUSDT' },
  side: 'BUY',
  type: 'MARKET',
  quantity: 0.01,
  quantityExecuted: 0,
  priceExecuted: 0,
  status: 'NEW',
  time: T0,
  updateTime: T0,
  ...terms,
});
