import type { OrderRequest, OrderSide, OrderType, TimeInForce } from '#exchange/order.ts';
import { BybitError, invalid } from './errors.ts';

/** A parameter that was sent with a value; what is sent empty counts as not sent. */
export function optional(params: URLSearchParams, name: string): string | undefined {
  const value = params.get(name);
  return value === null || value === '' ? undefined : value;
}

export function required(params: URLSearchParams, name: string): string {
  const value = optional(params, name);
  if (value === undefined) throw invalid(name);
  return value;
}

export function integer(params: URLSearchParams, name: string): number | undefined {
  const value = optional(params, name);
  if (value !== undefined && !/^\d+$/.test(value)) throw invalid(name);
  return value === undefined ? undefined : Number(value);
}

function amount(params: URLSearchParams, name: string): number | undefined {
  const value = optional(params, name);
  if (value !== undefined && !/^\d+(\.\d+)?$/.test(value)) throw invalid(name);
  return value === undefined ? undefined : Number(value);
}

function oneOf<T>(params: URLSearchParams, name: string, known: Record<string, T>): T {
  const value = known[required(params, name)];
  if (value === undefined) throw invalid(name);
  return value;
}

const CATEGORIES: Record<string, string> = { spot: 'spot', linear: 'linear', inverse: 'inverse', option: 'option' };

/** The category; only of `linear` is there anything at this venue. */
export const categoryOf = (params: URLSearchParams): string => oneOf(params, 'category', CATEGORIES);

export function requireLinear(params: URLSearchParams): void {
  if (categoryOf(params) !== 'linear') throw new BybitError(10001, 'this double has linear contracts only');
}

/** What is asked about: one symbol, or all that are settled in a coin. One of them must be said. */
export function scopeOf(
  params: URLSearchParams,
): (symbol: { name: string; baseAsset: string; quoteAsset: string }) => boolean {
  const symbol = optional(params, 'symbol');
  const baseCoin = optional(params, 'baseCoin');
  const settleCoin = optional(params, 'settleCoin');
  if (symbol === undefined && baseCoin === undefined && settleCoin === undefined) {
    throw new BybitError(10001, 'Missing some parameters that must be filled in, symbol or settleCoin or baseCoin');
  }
  return ({ name, baseAsset, quoteAsset }) => {
    if (symbol !== undefined) return name === symbol;
    return baseCoin === undefined ? quoteAsset === settleCoin : baseAsset === baseCoin;
  };
}

const SIDES: Record<string, OrderSide> = { Buy: 'BUY', Sell: 'SELL' };
const TYPES: Record<string, 'MARKET' | 'LIMIT'> = { Market: 'MARKET', Limit: 'LIMIT' };
const TIMES_IN_FORCE: Record<string, TimeInForce> = { GTC: 'GTC', IOC: 'IOC', FOK: 'FOK', PostOnly: 'POST_ONLY' };
const POSITIONS: Record<string, { positionSide?: 'LONG' | 'SHORT' }> = {
  0: {},
  1: { positionSide: 'LONG' },
  2: { positionSide: 'SHORT' },
};
/** The index price is the mark here. */
const TRIGGERS: Record<string, 'mark' | 'last'> = { LastPrice: 'last', MarkPrice: 'mark', IndexPrice: 'mark' };
const RISING: Record<string, boolean> = { 1: true, 2: false };
/** Fields of an order that this double does not serve; better refused than passed over. */
const NOT_SERVED = ['takeProfit', 'stopLoss', 'tpLimitPrice', 'slLimitPrice', 'bboSideType'];
const CLIENT_ID = /^[A-Za-z0-9_-]{1,36}$/;

/** A stop waits for the price to move against the side that it protects, a target for the opposite. */
const conditionalType = (side: OrderSide, isRising: boolean, type: 'MARKET' | 'LIMIT'): OrderType => {
  const isStop = isRising === (side === 'BUY');
  if (type === 'MARKET') return isStop ? 'STOP_MARKET' : 'TAKE_PROFIT_MARKET';
  return isStop ? 'STOP' : 'TAKE_PROFIT';
};

/** The order that a body of `order/create` asks for. */
export function orderOf(params: URLSearchParams): OrderRequest {
  requireLinear(params);
  for (const name of NOT_SERVED) if (optional(params, name) !== undefined) throw invalid(name);
  const side = oneOf(params, 'side', SIDES);
  const plainType = oneOf(params, 'orderType', TYPES);
  const quantity = amount(params, 'qty');
  if (quantity === undefined) throw invalid('qty');
  const price = plainType === 'LIMIT' ? amount(params, 'price') : undefined;
  const position = POSITIONS[optional(params, 'positionIdx') ?? '0'];
  if (position === undefined) throw invalid('positionIdx');
  const triggerPrice = amount(params, 'triggerPrice');
  const clientId = optional(params, 'orderLinkId');
  if (clientId !== undefined && !CLIENT_ID.test(clientId)) throw invalid('orderLinkId');
  const timeInForce =
    plainType === 'LIMIT' && params.has('timeInForce') ? oneOf(params, 'timeInForce', TIMES_IN_FORCE) : undefined;
  const isConditional = triggerPrice !== undefined;
  return {
    ...{ symbol: required(params, 'symbol'), side, quantity, ...position },
    type: isConditional ? conditionalType(side, oneOf(params, 'triggerDirection', RISING), plainType) : plainType,
    reduceOnly: params.get('reduceOnly') === 'true' || params.get('closeOnTrigger') === 'true',
    ...(price === undefined ? {} : { price }),
    ...(timeInForce === undefined ? {} : { timeInForce }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(isConditional
      ? { triggerPrice, triggerBy: TRIGGERS[optional(params, 'triggerBy') ?? 'LastPrice'] ?? 'last' }
      : {}),
  };
}
