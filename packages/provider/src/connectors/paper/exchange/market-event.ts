import type { Envelope } from '@inspector/contract';
import type { BookLevel } from './walk-book.ts';

/** What happened in one symbol's market. `last` is an indicative price or a candle's close. */
export type MarketEvent =
  | { kind: 'trade'; symbol: string; price: number; time: number; market?: boolean }
  | { kind: 'book'; symbol: string; bids: readonly BookLevel[]; asks: readonly BookLevel[]; time: number }
  | { kind: 'mark'; symbol: string; price: number; time: number }
  | { kind: 'last'; symbol: string; price: number; time: number };

/** The market events in an envelope, none for other types. */
export function marketEventsOf(envelope: Envelope): MarketEvent[] {
  switch (envelope.type) {
    case 'PROVIDER_MARKETDATA_TRADE': {
      const { symbol, price, market, time } = envelope.payload;
      return [{ kind: 'trade', symbol: symbol.name, price, time, ...(market === undefined ? {} : { market }) }];
    }
    case 'PROVIDER_MARKETDATA_ORDERBOOK': {
      const { symbol, bids, asks, time } = envelope.payload;
      return [{ kind: 'book', symbol: symbol.name, bids, asks, time }];
    }
    case 'PROVIDER_MARKETDATA_CANDLE': {
      const { symbol, close, time } = envelope.payload;
      return [{ kind: 'last', symbol: symbol.name, price: close, time }];
    }
    case 'PROVIDER_SYMBOL_PRICES':
      return Object.entries(envelope.payload.prices).map(([symbol, { value, moment, mark }]) => {
        return { kind: mark === true ? 'mark' : 'last', symbol, price: value, time: moment };
      });
    default:
      return [];
  }
}
