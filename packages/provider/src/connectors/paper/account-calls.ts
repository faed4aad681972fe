import type { Envelope, Order } from '@inspector/contract';
import { type AccountFill, type Connector, ConnectorError, type OrderName } from '../connector.ts';
import type { PaperExchange } from './exchange/exchange.ts';

export interface AccountCallPorts {
  exchange: PaperExchange;
  /** Never decreasing. */
  now: () => number;
  /** Keeps what the call changed, then delivers its events. */
  settle: (events: readonly Envelope[], touched: readonly Order[]) => void;
}

export type AccountCalls = Pick<
  Connector,
  'place' | 'cancel' | 'cancelAll' | 'order' | 'openOrders' | 'fills' | 'account' | 'setLeverage'
>;

/** The account half of a connector, over the built-in exchange. Events are delivered before a call settles. */
export function accountCalls({ exchange, now, settle }: AccountCallPorts): AccountCalls {
  const nameOf = (which: OrderName): string | undefined =>
    which.clientOrderId ??
    exchange.recentOrders().find(({ id, externalId }) => (which.id ? which.id === id : which.externalId === externalId))
      ?.clientOrderId;

  return {
    async place(order) {
      const result = exchange.place(order, now());
      settle(result.events, [result.order]);
      if (result.timedOut) throw new ConnectorError('TIMEOUT', `No answer to order ${order.clientOrderId}`);
      if (result.order.reason === 'DUPLICATE')
        throw new ConnectorError('DUPLICATE', result.order.reasonText ?? 'Client order id belongs to another order');
      return result.order;
    },
    async cancel(which) {
      const clientOrderId = nameOf(which);
      if (clientOrderId === undefined) return null;
      const result = exchange.cancel(clientOrderId, now());
      settle(result.events, result.order ? [result.order] : []);
      return result.order;
    },
    async cancelAll(symbol) {
      const result = exchange.cancelAll(now(), symbol);
      settle(result.events, result.orders);
      return result.orders;
    },
    async order(which) {
      const clientOrderId = nameOf(which);
      return clientOrderId === undefined ? null : exchange.lookup(clientOrderId);
    },
    async openOrders(symbol) {
      const { orders } = exchange.state(now());
      return symbol === undefined ? orders : orders.filter((order) => order.symbol.name === symbol);
    },
    async fills(since, symbol) {
      return exchange
        .recentOrders()
        .filter((order) => order.quantityExecuted > 0 && order.updateTime >= since)
        .filter((order) => symbol === undefined || order.symbol.name === symbol)
        .map(fillOf)
        .sort((a, b) => a.time - b.time);
    },
    async account() {
      const { time, walletBalance, availableBalance, marginRatio, positions } = exchange.state(now());
      return { time, walletBalance, availableBalance, marginRatio, positions };
    },
    async setLeverage(symbol, leverage) {
      exchange.setLeverage(symbol, leverage);
      settle([], []);
      return { symbol, leverage: exchange.leverageOf(symbol) };
    },
  };
}

const fillOf = (order: Order): AccountFill => ({
  clientOrderId: order.clientOrderId,
  externalId: order.externalId,
  symbol: order.symbol.name,
  side: order.side,
  quantityExecuted: order.quantityExecuted,
  priceExecuted: order.priceExecuted,
  fee: order.fee ?? 0,
  time: order.updateTime,
});
