/** Messages of Bybit's private stream, and orders as its lists show them. */
import type { BybitOrder } from '../bybit-words.ts';

/** A stop of a long position, with fields that are read and some that are not. */
export const bybitOrder = (fields: Partial<BybitOrder> = {}) => ({
  category: 'linear',
  symbol: 'BTCUSDT',
  orderId: 'abc-1',
  orderLinkId: 'ins0stop',
  side: 'Sell' as const,
  positionIdx: 0,
  orderStatus: 'Untriggered',
  orderType: 'Market' as const,
  stopOrderType: 'Stop',
  cancelType: 'UNKNOWN',
  rejectReason: 'EC_NoError',
  timeInForce: 'IOC',
  price: '0',
  qty: '0.010',
  avgPrice: '',
  leavesQty: '0.010',
  cumExecQty: '0.000',
  cumExecValue: '0',
  cumExecFee: '0',
  triggerPrice: '60000',
  triggerBy: 'MarkPrice',
  triggerDirection: 2,
  reduceOnly: true,
  closeOnTrigger: false,
  tpslMode: '',
  createType: 'CreateByUser',
  createdTime: '1700000000001',
  updatedTime: '1700000000002',
  takeProfit: '',
  stopLoss: '',
  ...fields,
});

const messageOf = (topic: string, data: readonly object[]) => ({
  id: '1',
  topic,
  creationTime: 1_700_000_000_500,
  data,
});

export const orderMessage = (...orders: object[]) => messageOf('order', orders);

export const positionMessage = (side: string, size: string, fields: object = {}) =>
  messageOf('position', [
    {
      category: 'linear',
      symbol: 'BTCUSDT',
      side,
      size,
      positionIdx: 0,
      entryPrice: side === '' ? '0' : '61000',
      leverage: '5',
      updatedTime: '1700000000400',
      ...fields,
    },
  ]);

export const walletMessage = (walletBalance: string) =>
  messageOf('wallet', [
    {
      accountType: 'UNIFIED',
      accountMMRate: '0.003',
      totalAvailableBalance: '900',
      coin: [
        { coin: 'USDT', equity: '1010', walletBalance, unrealisedPnl: '10' },
        { coin: 'BTC', equity: '0.1', walletBalance: '0.1', unrealisedPnl: '0' },
      ],
    },
  ]);
