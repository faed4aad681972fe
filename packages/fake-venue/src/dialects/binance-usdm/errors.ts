import type { RefusalReason } from '#exchange/refused.ts';
import type { WireAnswer } from '#server/wire.ts';

/** An error as this venue words it. */
export class BinanceError extends Error {
  readonly code: number;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(code: number, message: string, status = 400, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'BinanceError';
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

export function answerOf(error: BinanceError): WireAnswer {
  const { code, status, headers, message } = error;
  return { kind: 'answer', status, headers, code, body: { code, msg: message } };
}

export const missing = (name: string): BinanceError =>
  new BinanceError(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);

/** Code and words for what the exchange refuses. */
export function binanceErrorOf(reason: RefusalReason, figure: number): BinanceError {
  const [code, message] = CODES[reason];
  return new BinanceError(code, message.replace('%s', String(figure)));
}

const CODES: Record<RefusalReason, readonly [number, string]> = {
  'unknown-symbol': [-1121, 'Invalid symbol.'],
  'symbol-not-trading': [-4141, 'Symbol is closed.'],
  'quantity-zero': [-4003, 'Quantity less than or equal to zero.'],
  'quantity-precision': [-1111, 'Precision is over the maximum defined for this asset.'],
  'quantity-step': [-4023, 'Qty not increased by step size.'],
  'quantity-minimum': [-4004, 'Quantity less than min quantity.'],
  'quantity-maximum': [-4005, 'Quantity greater than max quantity.'],
  'price-missing': [-1102, "Mandatory parameter 'price' was not sent, was empty/null, or malformed."],
  'price-precision': [-1111, 'Precision is over the maximum defined for this asset.'],
  'price-tick': [-4014, 'Price not increased by tick size.'],
  'price-too-high': [-4016, "Limit price can't be higher than %s."],
  'price-too-low': [-4024, "Limit price can't be lower than %s."],
  'trigger-price-missing': [-1102, "Mandatory parameter 'triggerprice' was not sent, was empty/null, or malformed."],
  'notional-minimum': [-4164, "Order's notional must be no smaller than %s (unless you choose reduce only)."],
  margin: [-2019, 'Margin is insufficient.'],
  'reduce-only': [-2022, 'ReduceOnly Order is rejected.'],
  'reduce-only-not-allowed': [-1106, "Parameter 'reduceonly' sent when not required."],
  'would-trigger': [-2021, 'Order would immediately trigger.'],
  'duplicate-client-id': [-4116, 'ClientOrderId is duplicated.'],
  'close-position-exists': [
    -4130,
    'An open stop or take profit order with GTE and closePosition in the direction is existing.',
  ],
  'would-take': [
    -5022,
    'Due to the order could not be executed as maker, the Post Only order will be rejected. The order will not be recorded in the order history',
  ],
  'would-not-fill': [
    -5021,
    'Due to the order could not be filled immediately, the FOK order has been rejected. The order will not be recorded in the order history',
  ],
  'no-book': [-2020, 'Unable to fill.'],
  'position-side': [-4061, "Order's position side does not match user's setting."],
  'unknown-order': [-2013, 'Order does not exist.'],
  'not-open': [-2011, 'Unknown order sent.'],
  'conditional-count': [-4045, 'Reach max stop order limit.'],
  leverage: [-4028, 'Leverage %s is not valid'],
  'margin-mode-same': [-4046, 'No need to change margin type.'],
  'margin-mode-orders': [-4047, 'Margin type cannot be changed if there exists open orders.'],
  'margin-mode-position': [-4048, 'Margin type cannot be changed if there exists position.'],
  'hedge-mode-same': [-4059, 'No need to change position side.'],
  'hedge-mode-orders': [-4067, 'Position side cannot be changed if there exists open orders.'],
  'hedge-mode-position': [-4068, 'Position side cannot be changed if there exists position.'],
  'multi-assets-same': [-4171, 'Adjusted asset mode is currently set and does not need to be adjusted repeatedly'],
  undocumented: [-4999, 'The order was not taken.'],
};
