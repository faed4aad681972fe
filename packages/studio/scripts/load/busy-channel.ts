import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import type { Envelope, EventType } from '@inspector/contract';
import { Server } from 'socket.io';

/** Events are due in the middle of nothing: they come in small lots, as a socket delivers them. */
const LOT_MS = 20;
/** As the Provider conflates prices. */
const PRICES_MS = 100;

export interface BusyChannelSettings {
  eventsPerSecond: number;
  symbols: readonly string[];
  priceOf: (index: number) => number;
}

/** `/ws` with so many `INSPECTOR_*` events a second and the prices of all symbols ten times a second. */
export function busyChannel(server: HttpServer, settings: BusyChannelSettings): { close(): void } {
  const { eventsPerSecond, symbols, priceOf } = settings;
  const channel = new Server(server, { path: '/ws/', serveClient: false });
  const began = Date.now();
  let sent = 0;
  channel.on('connection', (socket) => {
    socket.on('subscribe', ({ types }: { types: readonly string[] }) => {
      if (types.includes('PROVIDER_SYMBOL_PRICES')) void socket.join('prices');
    });
    socket.on('unsubscribe', ({ types }: { types: readonly string[] }) => {
      if (types.includes('PROVIDER_SYMBOL_PRICES')) void socket.leave('prices');
    });
  });
  const tell = (type: EventType, payload: object, room?: string): void => {
    const envelope = { eventId: randomUUID(), type, source: 'INSPECTOR', timestamp: Date.now(), payload } as Envelope;
    (room === undefined ? channel : channel.to(room)).emit(type, envelope);
  };
  const events = setInterval(() => {
    const due = Math.floor(((Date.now() - began) / 1000) * eventsPerSecond);
    for (; sent < due; sent += 1) {
      const symbol = { name: symbols[sent % symbols.length] ?? '' };
      const observed = 50 + (sent % 40);
      const limit = { code: 'POSITION_SIZE_MAX', scope: `symbol:paper:futures:${symbol.name}`, observed, limit: 100 };
      tell('INSPECTOR_RISK_LIMIT_BREACH', { ...limit, unit: 'USD', action: 'BLOCK', symbol, seq: sent + 1 });
    }
  }, LOT_MS);
  const prices = setInterval(() => {
    const moment = Date.now();
    const shown = symbols.map((name, index) => [name, { value: priceOf(index), moment, mark: true }] as const);
    const payload = { connectorType: 'paper', marketType: 'futures', prices: Object.fromEntries(shown) };
    tell('PROVIDER_SYMBOL_PRICES', payload, 'prices');
  }, PRICES_MS);
  return {
    close() {
      clearInterval(events);
      clearInterval(prices);
      void channel.close();
    },
  };
}
