import { eventTypes } from '@inspector/contract';
import type { Client } from './client.ts';
import type { EventHub } from './event-hub.ts';
import { type Subscription, type SubscriptionRequest, subscribe, unknownTypes, unsubscribe } from './subscription.ts';

/** Names in one request; more is refused: such a client wants everything and should say so. */
export const NAMES_LIMIT = 1_000;

/** What a client may send in this window; past it messages are refused until the window ends. */
export const CONTROL_MESSAGES_LIMIT = 100;
export const CONTROL_WINDOW_MS = 1_000;

export type ControlAnswer =
  | { ok: true; types: Record<string, 'every symbol' | string[] | { except: string[] }> }
  | { ok: false; code: 'VALIDATION_FAILED' | 'RATE_LIMITED'; message: string };

/** Changes what a client receives and answers what that is now; an invalid request changes nothing. */
export function changeSubscription(
  hub: EventHub,
  client: Client,
  change: 'subscribe' | 'unsubscribe',
  body: unknown,
): ControlAnswer {
  const request = readRequest(body);
  if (typeof request === 'string') return { ok: false, code: 'VALIDATION_FAILED', message: request };
  const apply = change === 'subscribe' ? subscribe : unsubscribe;
  const next = apply(client.group.subscription, request, eventTypes);
  if (distinctSymbols(next) > NAMES_LIMIT) {
    return { ok: false, code: 'VALIDATION_FAILED', message: `at most ${NAMES_LIMIT} symbols; name none for all` };
  }
  hub.changeSubscription(client, next);
  return { ok: true, types: described(next) };
}

/** The request, or what is wrong with it. Nothing at all means everything. */
function readRequest(body: unknown): SubscriptionRequest | string {
  if (body === undefined || body === null || typeof body === 'function') return {};
  if (typeof body !== 'object' || Array.isArray(body)) return 'must be an object {types?, symbols?}';
  const { types, symbols, ...unknown } = body as Record<string, unknown>;
  const extra = Object.keys(unknown);
  if (extra.length > 0) return `${extra.slice(0, 5).join(', ')} is not known here`;
  for (const [name, value] of Object.entries({ types, symbols })) {
    if (value !== undefined && !isNameList(value)) return `${name} must be a list of at most ${NAMES_LIMIT} names`;
  }
  const request = {
    ...(types === undefined ? {} : { types: types as string[] }),
    ...(symbols === undefined ? {} : { symbols: symbols as string[] }),
  };
  const strangers = unknownTypes(request, eventTypes);
  return strangers.length === 0 ? request : `no such event type: ${strangers.slice(0, 5).join(', ')}`;
}

const isNameList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length <= NAMES_LIMIT &&
  value.every((name) => typeof name === 'string' && name !== '' && name.length <= 128);

const distinctSymbols = ({ types }: Subscription): number =>
  new Set([...types.values()].flatMap(({ symbols }) => [...symbols])).size;

function described({ types }: Subscription): Extract<ControlAnswer, { ok: true }>['types'] {
  return Object.fromEntries(
    [...types].map(([type, { every, symbols }]) => {
      if (!every) return [type, [...symbols].sort()];
      return [type, symbols.size === 0 ? 'every symbol' : { except: [...symbols].sort() }];
    }),
  );
}
