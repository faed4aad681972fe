/** Messages of Binance spot's user stream, as they come over the WebSocket API. */
const wrapped = (event: object) => ({ subscriptionId: 0, event });

/** A market BUY of 0.01 BTC that has not filled. */
export const executionReport = (fields: object = {}) =>
  wrapped({
    e: 'executionReport',
    E: 1_700_000_000_003,
    s: 'BTCUSDT',
    c: 'ins0',
    S: 'BUY',
    o: 'MARKET',
    f: 'GTC',
    q: '0.01000',
    p: '0.00',
    P: '0.00',
    C: '',
    x: 'NEW',
    X: 'NEW',
    r: 'NONE',
    i: 42,
    l: '0',
    z: '0',
    L: '0',
    n: '0',
    N: null,
    T: 1_700_000_000_002,
    t: -1,
    m: false,
    O: 1_700_000_000_001,
    Z: '0',
    Y: '0',
    ...fields,
  });

/** A fill: last quantity and price, and the whole quantity and worth after it. */
export const spotFill = (last: [string, string], whole: [string, string], fields: object = {}) =>
  executionReport({
    x: 'TRADE',
    X: 'PARTIALLY_FILLED',
    l: last[0],
    L: last[1],
    z: whole[0],
    Z: whole[1],
    t: 7,
    N: 'USDT',
    ...fields,
  });

export const accountPosition = (balances: Record<string, [string, string]>, u = 1_700_000_000_002) =>
  wrapped({
    e: 'outboundAccountPosition',
    E: u + 1,
    u,
    B: Object.entries(balances).map(([a, [f, l]]) => ({ a, f, l })),
  });

export const balanceUpdate = (a: string, d: string) =>
  wrapped({ e: 'balanceUpdate', E: 1_700_000_000_010, a, d, T: 1_700_000_000_009 });
