import { type Envelope, type EventType, eventTable, isEventType } from '@inspector/contract';
import { connectorOfAccount, placeOfEvent } from '../event-place.ts';

/** The names of the contract, section 4. */
export const MARKET_PREFIX = 'bus:md:';
export const ACCOUNT_PREFIX = 'bus:acct:';
export const typeStream = (type: EventType): string => `bus:${type}`;

/** `shed`: the oldest may be dropped. `kept`: nothing that a group still needs is. */
export type StreamKind = 'shed' | 'kept';

export function streamOf(envelope: Envelope): { name: string; kind: StreamKind } {
  const place = placeOfEvent(envelope);
  if (place.kind === 'market') return { name: MARKET_PREFIX + place.connector, kind: 'shed' };
  if (place.kind === 'account') return { name: ACCOUNT_PREFIX + place.account, kind: 'kept' };
  return { name: typeStream(envelope.type), kind: eventTable[envelope.type].stream === 'risk' ? 'shed' : 'kept' };
}

/** True when a reader may run past such a stream's entries, shedding the oldest, however full its queue is. */
export const isMarketStream = (name: string): boolean => name.startsWith(MARKET_PREFIX);

/** The type of a `bus:<type>` stream, for older frames that do not name it. */
export function typeOfStream(name: string): EventType | undefined {
  const type = name.slice('bus:'.length);
  return isEventType(type) ? type : undefined;
}

/** What a subscription reads: streams known by name, and the beginnings of those that must be looked for. */
export interface StreamSelection {
  names: readonly string[];
  prefixes: readonly string[];
}

export function selectStreams(types: readonly EventType[], accounts: readonly string[] | undefined): StreamSelection {
  const kinds = new Set<string>(types.map((type) => eventTable[type].stream));
  // A request that does not say where it belongs travels by its type.
  const names = types.filter((type) => ['risk', 'request'].includes(eventTable[type].stream)).map(typeStream);
  const wantsMarket = kinds.has('market');
  const wantsAccounts = kinds.has('account') || kinds.has('request');
  if (accounts !== undefined) {
    if (wantsAccounts) names.push(...accounts.map((account) => ACCOUNT_PREFIX + account));
    if (wantsMarket) names.push(...accounts.map((account) => MARKET_PREFIX + connectorOfAccount(account)));
    return { names: [...new Set(names)], prefixes: [] };
  }
  const prefixes = [...(wantsMarket ? [MARKET_PREFIX] : []), ...(wantsAccounts ? [ACCOUNT_PREFIX] : [])];
  return { names, prefixes };
}

export const isSelected = ({ names, prefixes }: StreamSelection, name: string): boolean =>
  names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix));
