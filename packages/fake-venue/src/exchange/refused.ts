export type RefusalReason =
  | 'unknown-symbol'
  | 'symbol-not-trading'
  | 'quantity-zero'
  | 'quantity-precision'
  | 'quantity-step'
  | 'quantity-minimum'
  | 'quantity-maximum'
  | 'price-missing'
  | 'price-precision'
  | 'price-tick'
  | 'price-too-high'
  | 'price-too-low'
  | 'trigger-price-missing'
  | 'notional-minimum'
  | 'margin'
  | 'reduce-only'
  | 'reduce-only-not-allowed'
  | 'would-trigger'
  | 'duplicate-client-id'
  | 'close-position-exists'
  | 'would-take'
  | 'would-not-fill'
  | 'no-book'
  | 'position-side'
  | 'unknown-order'
  | 'not-open'
  | 'conditional-count'
  | 'leverage'
  | 'margin-mode-same'
  | 'margin-mode-orders'
  | 'margin-mode-position'
  | 'hedge-mode-same'
  | 'hedge-mode-orders'
  | 'hedge-mode-position'
  | 'multi-assets-same'
  | 'undocumented';

/** The exchange does not do it. Each dialect has its own code and words for the reason. */
export class Refused extends Error {
  readonly reason: RefusalReason;
  /** A figure that belongs in the words, such as the minimum that was missed. */
  readonly figure: number;

  constructor(reason: RefusalReason, figure = 0) {
    super(`refused: ${reason}`);
    this.name = 'Refused';
    this.reason = reason;
    this.figure = figure;
  }
}
