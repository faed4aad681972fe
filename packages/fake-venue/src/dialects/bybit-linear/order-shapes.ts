import { text } from '#dialects/text.ts';
import { rounded, roundToStep } from '#exchange/amounts.ts';
import {
  averagePriceOf,
  type FakeFill,
  type FakeOrder,
  kindOf,
  type PositionSide,
  remainingOf,
} from '#exchange/order.ts';
import { type ExchangeState, marketOf } from '#exchange/state.ts';
import { wireIdOf } from './wire-ids.ts';
import { isConditional, isOpen, type WireOrder, wireOrderOf } from './wire-orders.ts';

export const sideText = (side: FakeOrder['side']): string => (side === 'BUY' ? 'Buy' : 'Sell');

const POSITION_INDEXES: Record<PositionSide, number> = { BOTH: 0, LONG: 1, SHORT: 2 };
export const positionIdxOf = (side: PositionSide): number => POSITION_INDEXES[side];

function statusOf({ placed, working }: WireOrder): string {
  switch ((working ?? placed).status) {
    case 'NEW':
      return working === undefined ? 'Untriggered' : 'New';
    case 'PARTIALLY_FILLED':
      return 'PartiallyFilled';
    case 'FILLED':
    case 'FINISHED':
      return 'Filled';
    case 'CANCELED':
    case 'EXPIRED':
      return working === undefined ? 'Deactivated' : 'Cancelled';
    case 'TRIGGERING':
    case 'TRIGGERED':
      return 'Triggered';
    case 'REJECTED':
      return 'Rejected';
  }
}

/**
 * Why it ended, in words of the page "Enums Definitions". Which of them the venue gives in which case is not
 * documented and assumed here.
 */
const ENDINGS: Record<string, { cancelType?: string; rejectReason?: string }> = {
  'position closed': { cancelType: 'CancelByReduceOnly' },
  'nothing to reduce': { cancelType: 'CancelByReduceOnly' },
  'not filled': { rejectReason: 'EC_NoImmediateQtyToFill' },
  'not filled at once': { rejectReason: 'EC_NoImmediateQtyToFill' },
  'would-take': { rejectReason: 'EC_PostOnlyWillTakeLiquidity' },
  'would-not-fill': { rejectReason: 'EC_CancelForNoFullFill' },
  'Reduce Only reject': { rejectReason: 'EC_QtyCannotBeZero' },
  'Margin is insufficient': { rejectReason: 'EC_Others' },
};

function endingOf({ status, reason }: FakeOrder): { cancelType: string; rejectReason: string } {
  const none = { cancelType: 'UNKNOWN', rejectReason: 'EC_NoError' };
  if (status === 'CANCELED') return { cancelType: 'CancelByUser', rejectReason: 'EC_PerCancelRequest' };
  return { ...none, ...ENDINGS[reason] };
}

const isMarket = ({ type }: FakeOrder): boolean =>
  type === 'MARKET' || type === 'STOP_MARKET' || type === 'TAKE_PROFIT_MARKET';

/** A market order is a limit order that takes at once, as far as this from the price. */
const MARKET_PRICE_BAND = 0.05;

function priceOf(exchange: ExchangeState, { placed, working }: WireOrder): number {
  if (!isMarket(placed)) return placed.price;
  if (working === undefined) return 0;
  const { symbol, last } = marketOf(exchange, placed.symbol);
  const near = averagePriceOf(working) || last;
  return roundToStep(near * (1 + (placed.side === 'BUY' ? MARKET_PRICE_BAND : -MARKET_PRICE_BAND)), symbol.tickSize);
}

const timeInForceText = (order: FakeOrder): string => {
  if (isMarket(order)) return 'IOC';
  return order.timeInForce === 'POST_ONLY' ? 'PostOnly' : order.timeInForce;
};

/** 1 waits for a price that rises to the trigger, 2 for one that falls to it; 0 is no conditional order. */
function triggerDirectionOf(order: WireOrder): number {
  if (!isConditional(order)) return 0;
  return (kindOf(order.placed) === 'stop') === (order.placed.side === 'BUY') ? 1 : 2;
}

/** What closes a whole position is a stop loss or take profit of the position itself. */
function conditionalWords(order: WireOrder): Record<string, unknown> {
  const { placed } = order;
  if (!isConditional(order)) {
    return {
      ...{ stopOrderType: '', tpslMode: '', createType: 'CreateByUser' },
      ...{ triggerPrice: '', triggerBy: '' },
    };
  }
  const ofPosition = kindOf(placed) === 'stop' ? 'StopLoss' : 'TakeProfit';
  return {
    stopOrderType: placed.closePosition ? ofPosition : 'Stop',
    tpslMode: placed.closePosition ? 'Full' : '',
    createType: placed.closePosition ? `CreateBy${ofPosition}` : 'CreateByStopOrder',
    triggerPrice: text(placed.triggerPrice),
    triggerBy: placed.triggerBy === 'mark' ? 'MarkPrice' : 'LastPrice',
  };
}

const feesOf = ({ fills }: ExchangeState, order: FakeOrder): number =>
  rounded(fills.reduce((sum, fill) => (fill.orderId === order.id ? sum + fill.commission : sum), 0));

/** As lists and the order stream have it. */
export function orderShape(exchange: ExchangeState, order: WireOrder): Record<string, unknown> {
  const { placed, working } = order;
  const current = working ?? placed;
  const left = isOpen(order) ? remainingOf(current) : 0;
  const price = priceOf(exchange, order);
  const fees = text(working === undefined ? 0 : feesOf(exchange, working));
  const average = averagePriceOf(current);
  return {
    ...{ orderId: wireIdOf(placed.id), orderLinkId: placed.clientId, blockTradeId: '', symbol: placed.symbol },
    ...{ price: text(price), qty: text(current.quantity), side: sideText(placed.side), isLeverage: '' },
    ...{ positionIdx: positionIdxOf(placed.positionSide), orderStatus: statusOf(order), ...endingOf(current) },
    ...{ avgPrice: average === 0 ? '' : text(average), leavesQty: text(left), leavesValue: text(left * price) },
    ...{ cumExecQty: text(current.filledQuantity), cumExecValue: text(current.filledNotional), cumExecFee: fees },
    ...{ cumFeeDetail: working === undefined || working.filledQuantity === 0 ? {} : { USDT: fees }, extraFees: '' },
    ...{ timeInForce: timeInForceText(placed), orderType: isMarket(placed) ? 'Market' : 'Limit', orderIv: '' },
    ...{ ...conditionalWords(order), triggerDirection: triggerDirectionOf(order) },
    ...{ takeProfit: '', stopLoss: '', tpTriggerBy: '', slTriggerBy: '', tpLimitPrice: '', slLimitPrice: '' },
    ...{ lastPriceOnCreated: '', reduceOnly: placed.reduceOnly || placed.closePosition },
    ...{ closeOnTrigger: placed.closePosition, smpType: 'None', smpGroup: 0, smpOrderId: '', placeType: '' },
    ...{ slippageToleranceType: 'UNKNOWN', slippageTolerance: '' },
    ...{ createdTime: String(placed.createdAt), updatedTime: String(current.updatedAt) },
  };
}

/** As lists and the execution stream have it. `order` is that of the moment, else the one that the exchange holds. */
export function executionShape(exchange: ExchangeState, fill: FakeFill, order?: FakeOrder): Record<string, unknown> {
  const made = order ?? exchange.orders.get(fill.orderId);
  const wire = made === undefined ? undefined : wireOrderOf(exchange, made);
  const words = wire === undefined ? {} : conditionalWords(wire);
  const closed = fill.realizedPnl === 0 ? 0 : fill.quantity;
  return {
    ...{ symbol: fill.symbol, orderId: wireIdOf(wire?.placed.id ?? fill.orderId), orderLinkId: fill.clientId },
    ...{ side: sideText(fill.side), orderType: wire === undefined || isMarket(wire.placed) ? 'Market' : 'Limit' },
    ...{ orderPrice: wire === undefined ? '' : text(priceOf(exchange, wire)), orderQty: text(made?.quantity ?? 0) },
    ...{ leavesQty: text(made === undefined ? 0 : remainingOf(made)), createType: words.createType ?? 'CreateByUser' },
    ...{ stopOrderType: words.stopOrderType || 'UNKNOWN', execId: wireIdOf(fill.id), execType: 'Trade' },
    ...{ execPrice: text(fill.price), execQty: text(fill.quantity), execValue: text(fill.price * fill.quantity) },
    ...{ execFee: text(fill.commission), feeRate: text(fill.maker ? exchange.makerFee : exchange.takerFee) },
    ...{ execTime: String(fill.at), isMaker: fill.maker, closedSize: text(closed), execPnl: text(fill.realizedPnl) },
    ...{ feeCurrency: '', feeCoin: 'USDT', isLeverage: '0', markPrice: text(marketOf(exchange, fill.symbol).mark) },
    ...{ indexPrice: '', underlyingPrice: '', tradeIv: '', markIv: '', blockTradeId: '', marketUnit: '', seq: fill.id },
    extraFees: '',
  };
}
