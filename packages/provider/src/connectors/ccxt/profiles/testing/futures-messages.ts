/** Messages of Binance's USD-M user stream. */

/** A stop of a long position, in the algo book. */
export const algoUpdate = (fields: object = {}) => ({
  e: 'ALGO_UPDATE',
  T: 1_700_000_000_005,
  E: 1_700_000_000_006,
  o: {
    caid: 'ins0stop',
    aid: 900,
    at: 'CONDITIONAL',
    o: 'STOP_MARKET',
    s: 'BTCUSDT',
    S: 'SELL',
    ps: 'BOTH',
    f: 'GTC',
    q: '0.010',
    X: 'NEW',
    ai: '',
    ap: '0.00000',
    aq: '0.00000',
    tp: '60000',
    p: '0',
    wt: 'MARK_PRICE',
    cp: false,
    R: true,
    rm: '',
    ...fields,
  },
});

/** The order that the stop became, unless told otherwise. */
export const orderUpdate = (fields: object = {}) => ({
  e: 'ORDER_TRADE_UPDATE',
  E: 1_700_000_000_008,
  T: 1_700_000_000_007,
  o: {
    s: 'BTCUSDT',
    c: 'ins0stop',
    S: 'SELL',
    o: 'MARKET',
    ot: 'MARKET',
    f: 'GTC',
    q: '0.010',
    p: '0',
    ap: '0',
    sp: '0',
    x: 'NEW',
    X: 'NEW',
    i: 555,
    l: '0',
    z: '0',
    L: '0',
    N: 'USDT',
    n: '0',
    T: 1_700_000_000_007,
    t: 0,
    R: true,
    wt: 'CONTRACT_PRICE',
    ps: 'BOTH',
    cp: false,
    ...fields,
  },
});

export const futuresFill = (z: string, ap: string, n: string, fields: object = {}) =>
  orderUpdate({ x: 'TRADE', X: 'PARTIALLY_FILLED', z, ap, n, t: Number(z) * 1_000, ...fields });

export const accountUpdate = (m: string, balance: { wb: string; bc?: string }, position?: object) => ({
  e: 'ACCOUNT_UPDATE',
  E: 1_700_000_000_009,
  T: 1_700_000_000_007,
  a: {
    m,
    B: [{ a: 'USDT', wb: balance.wb, cw: balance.wb, bc: balance.bc ?? '0' }],
    P: position === undefined ? [] : [{ s: 'BTCUSDT', ep: '61000', ps: 'BOTH', ...position }],
  },
});
