/** The venue's own view of the account, which the bot and Inspector do not have, and its owner's hands. */
export interface LocalVenue {
  url: string;
  account(): Promise<VenueAccount>;
  /** What the owner does by hand. */
  buy(symbol: string, quantity: number): Promise<void>;
}

export interface VenueAccount {
  wallet: number;
  positions: { symbol: string; quantity: number }[];
  /** All of them, those that have ended too. */
  orders: { clientId: string; symbol: string; status: string; placedBy: string }[];
}

export function localVenue(url: string): LocalVenue {
  async function call<T>(path: string, body?: object): Promise<T> {
    const asked = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${url}/fake/${path}`, { ...asked, signal: AbortSignal.timeout(5_000) });
    const answer = await response.json();
    if (!response.ok) throw new Error(`the local venue: ${JSON.stringify(answer)}`);
    return answer as T;
  }
  return {
    url,
    account: () => call('account'),
    buy: (symbol, quantity) => call('owner/order', { symbol, side: 'BUY', type: 'MARKET', quantity }),
  };
}
