/** What venues do differently in the exchange itself, apart from their words. */
export interface ExchangeRules {
  /** Conditional orders that may wait at a time. */
  conditionalOrders: { max: number; per: 'account' | 'symbol' };
  /** Whether a client id may be used again when its order has ended. Where it may not, both books share the ids. */
  clientIds: 'while-open' | 'for-ever';
  mayReduceOnlyInHedgeMode: boolean;
  /** A post-only order that would take, or a fill-or-kill one that would not fill: not taken, or taken and ended. */
  unmetTimeInForce: 'refused' | 'ended';
}
