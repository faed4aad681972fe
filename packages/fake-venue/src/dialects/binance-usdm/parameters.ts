import type { FakeOrder, OrderRequest, OrderType, TimeInForce } from '#exchange/order.ts';
import { BinanceError, missing } from './errors.ts';

export function required(params: URLSearchParams, name: string): string {
  const value = params.get(name);
  if (value === null || value === '') throw missing(name.toLowerCase());
  return value;
}

export function amount(params: URLSearchParams, name: string): number | undefined {
  const value = params.get(name);
  if (value === null || value === '') return undefined;
  if (!/^\d+(\.\d+)?$/.test(value))
    throw new BinanceError(
      -1100,
      `Illegal characters found in parameter '${name.toLowerCase()}'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.`,
    );
  return Number(value);
}

export function integer(params: URLSearchParams, name: string): number | undefined {
  const value = params.get(name);
  if (value === null || value === '') return undefined;
  if (!/^\d+$/.test(value))
    throw new BinanceError(
      -1100,
      `Illegal characters found in parameter '${name.toLowerCase()}'; legal range is '^[0-9]{1,20}$'.`,
    );
  return Number(value);
}

export function flag(params: URLSearchParams, name: string): boolean {
  const value = params.get(name);
  if (value === null || value === '') return false;
  if (!/^(true|false)$/i.test(value)) throw missing(name.toLowerCase());
  return value.toLowerCase() === 'true';
}

function oneOf<T extends string>(params: URLSearchParams, name: string, known: readonly T[], wrong: BinanceError): T {
  const value = required(params, name) as T;
  if (!known.includes(value)) throw wrong;
  return value;
}

const MAIN_TYPES: readonly OrderType[] = ['MARKET', 'LIMIT'];
const CONDITIONAL_TYPES: readonly OrderType[] = ['STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET'];
const TIMES_IN_FORCE: Record<string, TimeInForce> = {
  GTC: 'GTC',
  IOC: 'IOC',
  FOK: 'FOK',
  GTX: 'POST_ONLY',
  GTD: 'GTC',
};
const CLIENT_ID = /^[.A-Z:/a-z0-9_-]{1,36}$/;

/** The words of this venue for a time in force. */
export const timeInForceText = (order: FakeOrder): string =>
  order.timeInForce === 'POST_ONLY' ? 'GTX' : order.timeInForce;

function clientIdOf(params: URLSearchParams, name: string): { clientId?: string } {
  const clientId = params.get(name);
  if (clientId === null) return {};
  if (!CLIENT_ID.test(clientId)) {
    throw new BinanceError(-4015, 'Client order id length should be less than 36 chars');
  }
  return { clientId };
}

function common(params: URLSearchParams, type: OrderType): OrderRequest {
  const positionSide = params.get('positionSide');
  const closePosition = flag(params, 'closePosition');
  const timeInForce = params.get('timeInForce');
  const price = amount(params, 'price');
  if (timeInForce !== null && TIMES_IN_FORCE[timeInForce] === undefined)
    throw new BinanceError(-1115, 'Invalid timeInForce.');
  const quantity = amount(params, 'quantity');
  if (quantity === undefined && !closePosition) throw missing('quantity');
  return {
    symbol: required(params, 'symbol'),
    side: oneOf(params, 'side', ['BUY', 'SELL'] as const, new BinanceError(-1117, 'Invalid side.')),
    type,
    quantity: quantity ?? 0,
    reduceOnly: flag(params, 'reduceOnly'),
    closePosition,
    ...(price === undefined ? {} : { price }),
    ...(timeInForce === null ? {} : { timeInForce: TIMES_IN_FORCE[timeInForce]! }),
    ...(positionSide === 'LONG' || positionSide === 'SHORT' ? { positionSide } : {}),
  };
}

/** An order for the main book. */
export function mainOrderOf(params: URLSearchParams): OrderRequest {
  const type = required(params, 'type') as OrderType;
  if (CONDITIONAL_TYPES.includes(type) || (type as string) === 'TRAILING_STOP_MARKET') {
    throw new BinanceError(
      -4120,
      'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.',
    );
  }
  if (!MAIN_TYPES.includes(type)) throw new BinanceError(-1116, 'Invalid orderType.');
  if (type === 'LIMIT' && !params.has('timeInForce')) throw missing('timeinforce');
  return { ...common(params, type), ...clientIdOf(params, 'newClientOrderId') };
}

/** An order for the book of conditional orders. */
export function conditionalOrderOf(params: URLSearchParams): OrderRequest {
  if (required(params, 'algoType') !== 'CONDITIONAL') throw new BinanceError(-1102, 'Invalid algoType.');
  const type = oneOf(params, 'type', CONDITIONAL_TYPES, new BinanceError(-1116, 'Invalid orderType.'));
  const triggerPrice = amount(params, 'triggerPrice');
  const triggerBy = params.get('workingType') === 'MARK_PRICE' ? 'mark' : 'last';
  return {
    ...common(params, type),
    ...clientIdOf(params, 'clientAlgoId'),
    ...(triggerPrice === undefined ? {} : { triggerPrice }),
    triggerBy,
  };
}
