import type { Envelope } from '@inspector/contract';
import { type EventSymbol, eventSymbol } from './event-symbol.ts';
import { type Subscription, wants } from './subscription.ts';

/** Streams (type and symbol) whose latest event is kept; past it the one silent longest is forgotten until it moves again. */
export const CONFLATED_STREAMS_LIMIT = 20_000;

/** The latest event of one stream, and the tick in which it last changed. */
export interface ConflatedEvent {
  envelope: Envelope;
  symbol: EventSymbol | undefined;
  changedTick: number;
}

/** Keeps the latest market data of each symbol. Ticks count up; `take` ends one and hands out what changed in it. */
export interface MarketConflation {
  add(envelope: Envelope): void;
  /** What changed since the last `take`, each stream once. */
  take(): ConflatedEvent[];
  /** The latest of every stream that changed in `tick` or later. */
  since(tick: number): ConflatedEvent[];
  tick(): number;
}

export function createMarketConflation(limit = CONFLATED_STREAMS_LIMIT): MarketConflation {
  const latest = new Map<string, ConflatedEvent>();
  let changed = new Map<string, ConflatedEvent>();
  let tick = 0;

  return {
    add(envelope) {
      const symbol = eventSymbol(envelope);
      const key = streamKey(envelope, symbol);
      const kept = latest.get(key);
      const pending = changed.get(key);
      changed.set(key, { envelope: merged(pending?.envelope, envelope), symbol, changedTick: tick });
      // Set anew at the end, so that the first key is the one silent longest.
      latest.delete(key);
      latest.set(key, { envelope: merged(kept?.envelope, envelope), symbol, changedTick: tick });
      if (latest.size > limit) {
        const oldest = latest.keys().next();
        if (!oldest.done) latest.delete(oldest.value);
      }
    },
    take() {
      const taken = [...changed.values()];
      changed = new Map();
      tick += 1;
      return taken;
    },
    since: (from) => [...latest.values()].filter((event) => event.changedTick >= from),
    tick: () => tick,
  };
}

/** The event as a subscription may see it, or undefined: of a map of prices only the wanted symbols remain. */
export function marketDataFor(subscription: Subscription, { envelope, symbol }: ConflatedEvent): Envelope | undefined {
  if (!wants(subscription, envelope.type, symbol)) return undefined;
  const prices = pricesOf(envelope);
  const selection = subscription.types.get(envelope.type);
  if (prices === undefined || selection === undefined || (selection.every && selection.symbols.size === 0)) {
    return envelope;
  }
  const { connectorType, marketType } = envelope.payload as Record<string, unknown>;
  const wanted = Object.entries(prices).filter(([name]) =>
    wants(subscription, envelope.type, { name, key: `${connectorType}:${marketType}:${name}` }),
  );
  return wanted.length === 0 ? undefined : withPrices(envelope, Object.fromEntries(wanted));
}

function streamKey({ type, payload }: Envelope, symbol: EventSymbol | undefined): string {
  const { connectorType, marketType, interval } = payload as Record<string, unknown>;
  return `${type}|${symbol?.key ?? `${connectorType}:${marketType}`}|${interval ?? ''}`;
}

/** Each PROVIDER_SYMBOL_PRICES names only the symbols that moved, so the later adds to the earlier; others replace it. */
function merged(earlier: Envelope | undefined, later: Envelope): Envelope {
  const [before, after] = [earlier && pricesOf(earlier), pricesOf(later)];
  return before === undefined || after === undefined ? later : withPrices(later, { ...before, ...after });
}

const pricesOf = (envelope: Envelope): Record<string, unknown> | undefined =>
  envelope.type === 'PROVIDER_SYMBOL_PRICES'
    ? ((envelope.payload as { prices?: Record<string, unknown> }).prices ?? {})
    : undefined;

const withPrices = (envelope: Envelope, prices: Record<string, unknown>): Envelope =>
  ({ ...envelope, payload: { ...envelope.payload, prices } }) as Envelope;
