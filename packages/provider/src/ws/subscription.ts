import { hash } from 'node:crypto';
import { marketEventTypes } from '@inspector/contract';
import type { EventSymbol } from './event-symbol.ts';

/** Sent only to those who subscribe to them, and conflated: of a burst the latest is what counts. */
export const marketDataTypes: ReadonlySet<string> = new Set(marketEventTypes);

/** Of one type: every symbol but those in `symbols`, or only those in it. */
export interface Selection {
  every: boolean;
  symbols: ReadonlySet<string>;
}

/** What a client wants, by event type. A type that is not a key is not wanted. Immutable. */
export interface Subscription {
  /** True once the client named types that are not market data: from then on naming another adds it. */
  narrowed: boolean;
  types: ReadonlyMap<string, Selection>;
}

/** `types` may end in `*`. Left out, it is every type; `symbols` left out is every symbol. */
export interface SubscriptionRequest {
  types?: readonly string[];
  symbols?: readonly string[];
}

const everySymbol: Selection = { every: true, symbols: new Set() };

/** A new connection's: every type but market data. */
export const defaultSubscription = (knownTypes: readonly string[]): Subscription => ({
  narrowed: false,
  types: new Map(knownTypes.filter((type) => !marketDataTypes.has(type)).map((type) => [type, everySymbol])),
});

/**
 * The first call that names a type other than market data narrows the default to what it names; later calls add.
 * Market data is only ever added.
 */
export function subscribe(
  subscription: Subscription,
  { types, symbols }: SubscriptionRequest,
  knownTypes: readonly string[],
): Subscription {
  const named = namedTypes(types, knownTypes);
  const narrows = named.some((type) => !marketDataTypes.has(type));
  const kept = [...subscription.types].filter(
    ([type]) => !narrows || subscription.narrowed || marketDataTypes.has(type),
  );
  const next = new Map<string, Selection>(kept);
  for (const type of named) next.set(type, added(next.get(type), symbols));
  return { narrowed: subscription.narrowed || narrows, types: next };
}

/** Takes the named symbols out of the named types, or the whole types where no symbols are named. */
export function unsubscribe(
  subscription: Subscription,
  { types, symbols }: SubscriptionRequest,
  knownTypes: readonly string[],
): Subscription {
  const next = new Map(subscription.types);
  for (const type of namedTypes(types, knownTypes)) {
    const selection = next.get(type);
    if (selection === undefined) continue;
    const rest = symbols === undefined ? undefined : removed(selection, symbols);
    if (rest === undefined) next.delete(type);
    else next.set(type, rest);
  }
  return { narrowed: true, types: next };
}

/** An event about no single symbol passes whatever symbols are named: a kill switch is everybody's business. */
export function wants(subscription: Subscription, type: string, symbol: EventSymbol | undefined): boolean {
  const selection = subscription.types.get(type);
  if (selection === undefined) return false;
  if (symbol === undefined) return true;
  return (selection.symbols.has(symbol.name) || selection.symbols.has(symbol.key)) !== selection.every;
}

/** Equal for subscriptions that want the same: clients with the same key share one room and one encoding. */
export function subscriptionKey({ types }: Subscription): string {
  const parts = [...types].map(
    ([type, { every, symbols }]) => `${type}${every ? '-' : '+'}${[...symbols].sort().join(',')}`,
  );
  return hash('sha256', parts.sort().join(';'), 'base64url');
}

/** Types that a request names and nobody knows; `X_*` is known when any type begins so. */
export const unknownTypes = ({ types }: SubscriptionRequest, knownTypes: readonly string[]): string[] =>
  (types ?? []).filter((type) => namedTypes([type], knownTypes).length === 0);

function namedTypes(types: readonly string[] | undefined, knownTypes: readonly string[]): readonly string[] {
  if (types === undefined) return knownTypes;
  return knownTypes.filter((known) =>
    types.some((type) => (type.endsWith('*') ? known.startsWith(type.slice(0, -1)) : known === type)),
  );
}

function added(selection: Selection | undefined, symbols: readonly string[] | undefined): Selection {
  if (symbols === undefined) return everySymbol;
  if (selection === undefined) return { every: false, symbols: new Set(symbols) };
  if (!selection.every) return { every: false, symbols: new Set([...selection.symbols, ...symbols]) };
  return { every: true, symbols: without(selection.symbols, symbols) };
}

function removed(selection: Selection, symbols: readonly string[]): Selection | undefined {
  if (selection.every) return { every: true, symbols: new Set([...selection.symbols, ...symbols]) };
  const rest = without(selection.symbols, symbols);
  return rest.size === 0 ? undefined : { every: false, symbols: rest };
}

const without = (from: ReadonlySet<string>, symbols: readonly string[]): Set<string> =>
  new Set([...from].filter((symbol) => !symbols.includes(symbol)));
