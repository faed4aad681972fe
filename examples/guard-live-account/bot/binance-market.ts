import { createHmac } from 'node:crypto';

/** One symbol of Binance USD-M futures and what the account has in it, over plain REST. */
export interface BinanceMarket {
  /** With a price a limit order, good till cancelled; without one at market. */
  place(order: { side: Side; quantity: number; price?: number; reduceOnly?: boolean }): Promise<ShownOrder>;
  order(orderId: number): Promise<ShownOrder>;
  cancel(orderId: number): Promise<ShownOrder>;
  /** Signed: above 0 long, below 0 short. */
  position(): Promise<number>;
  markPrice(): Promise<number>;
}

export type Side = 'BUY' | 'SELL';

export interface ShownOrder {
  orderId: number;
  status: string;
  avgPrice: string;
}

/** The venue has said no, in its own code and words. */
export class VenueRefused extends Error {}

export interface Credentials {
  url: string;
  apiKey: string;
  secret: string;
}

/** A call that is not answered by then is given up. */
const ANSWER_MS = 5_000;

export function openMarket(symbol: string, { url, apiKey, secret }: Credentials): BinanceMarket {
  async function call<T>(method: string, path: string, given: Record<string, string | number> = {}): Promise<T> {
    const parameters = Object.entries({ symbol, ...given, timestamp: Date.now() });
    const query = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, String(value)]));
    const signature = createHmac('sha256', secret).update(query.toString()).digest('hex');
    const response = await fetch(`${url}${path}?${query}&signature=${signature}`, {
      method,
      headers: { 'X-MBX-APIKEY': apiKey },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const answer = (await response.json()) as T & { code?: number; msg?: string };
    if (!response.ok) throw new VenueRefused(`${answer.code ?? response.status} ${answer.msg ?? ''}`.trim());
    return answer;
  }

  return {
    place({ price, reduceOnly, ...order }) {
      const terms = price === undefined ? { type: 'MARKET' } : { type: 'LIMIT', timeInForce: 'GTC', price };
      const restricted = reduceOnly === true ? { reduceOnly: 'true' } : {};
      return call('POST', '/fapi/v1/order', { ...order, ...terms, ...restricted, newOrderRespType: 'RESULT' });
    },
    order: (orderId) => call('GET', '/fapi/v1/order', { orderId }),
    cancel: (orderId) => call('DELETE', '/fapi/v1/order', { orderId }),
    async position() {
      const rows = await call<{ positionAmt: string }[]>('GET', '/fapi/v3/positionRisk');
      return rows.reduce((sum, { positionAmt }) => sum + Number(positionAmt), 0);
    },
    async markPrice() {
      const { markPrice } = await call<{ markPrice: string }>('GET', '/fapi/v1/premiumIndex');
      return Number(markPrice);
    },
  };
}
