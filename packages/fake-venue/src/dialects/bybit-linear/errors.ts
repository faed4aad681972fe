import type { RefusalReason, Refused } from '#exchange/refused.ts';
import type { WireAnswer } from '#server/wire.ts';

/** An error as this venue words it. Most come with HTTP 200. */
export class BybitError extends Error {
  readonly code: number;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(code: number, message: string, status = 200, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'BybitError';
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

export function answerOf({ code, status, headers, message }: BybitError, at: number): WireAnswer {
  const body = { retCode: code, retMsg: message, result: {}, retExtInfo: {}, time: at };
  return { kind: 'answer', status, headers, code, body };
}

export const invalid = (name: string): BybitError => new BybitError(10001, `params error: ${name} invalid`);

/** Code and words for what the exchange refuses. */
export function bybitErrorOf({ reason, figure }: Refused): BybitError {
  const [code, message] = CODES[reason];
  return new BybitError(code, message.replace('%s', String(figure)));
}

/**
 * Codes as on the page "Error Codes" of the v5 documentation. Words of 10001 and 110017 as clients have reported them.
 * Assumed, since no page says it: that sizes and prices of a wrong step are 10001, the codes of a price out of its
 * band, and 110999, which stands for any code that nobody has written down.
 */
const CODES: Record<RefusalReason, readonly [number, string]> = {
  'unknown-symbol': [10001, 'params error: symbol invalid'],
  'symbol-not-trading': [110074, 'This contract is not live'],
  'quantity-zero': [10001, 'Qty invalid'],
  'quantity-precision': [10001, 'Qty invalid'],
  'quantity-step': [10001, 'Qty invalid'],
  'quantity-minimum': [10001, 'The number of contracts exceeds minimum limit allowed'],
  'quantity-maximum': [10001, 'The number of contracts exceeds maximum limit allowed: too large'],
  'price-missing': [10001, 'params error: price invalid'],
  'price-precision': [10001, 'params error: price invalid'],
  'price-tick': [10001, 'params error: price invalid'],
  'price-too-high': [30208, 'The order price is higher than the maximum buying price.'],
  'price-too-low': [30209, 'The order price is lower than the minimum selling price.'],
  'trigger-price-missing': [10001, 'params error: triggerPrice invalid'],
  'notional-minimum': [110094, 'Order does not meet minimum order value %sUSDT'],
  margin: [110007, 'ab not enough for new order'],
  'reduce-only': [110017, 'current position is zero, cannot fix reduce-only order qty'],
  'reduce-only-not-allowed': [10001, 'params error: reduceOnly invalid'],
  // The route words this one, by its direction.
  'would-trigger': [110093, 'expect Falling, but trigger_price >= current'],
  'duplicate-client-id': [110072, 'OrderLinkedID is duplicate'],
  'close-position-exists': [110061, 'Not allowed to have more than 20 TP/SLs under Partial tpSlMode'],
  // Taken and then cancelled here, as rules of the exchange have it; a refusal of them has no code.
  'would-take': [10001, 'params error: timeInForce invalid'],
  'would-not-fill': [10001, 'params error: timeInForce invalid'],
  'no-book': [110118, 'Unable to retrieve a price of the market order due to low liquidity'],
  'position-side': [10001, 'position idx not match position mode'],
  'unknown-order': [110001, 'order not exists or too late to cancel'],
  'not-open': [110001, 'order not exists or too late to cancel'],
  'conditional-count': [110009, 'The number of stop orders exceeds the maximum allowable limit'],
  leverage: [110013, 'Cannot set leverage due to risk limit level.'],
  'margin-mode-same': [110026, 'Cross/isolated margin mode has not been modified.'],
  'margin-mode-orders': [110073, 'Set margin mode failed'],
  'margin-mode-position': [110073, 'Set margin mode failed'],
  'hedge-mode-same': [110025, 'Position mode has not been modified.'],
  'hedge-mode-orders': [110028, 'You have existing open orders, so the position mode cannot be switched.'],
  'hedge-mode-position': [110024, 'You have an existing position, so the position mode cannot be switched.'],
  'multi-assets-same': [10001, 'params error'],
  undocumented: [110999, 'The order was not taken.'],
};
