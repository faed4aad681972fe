import type { Envelope } from '@inspector/contract';
import { connectorOfAccount, placeOfEvent } from './event-place.ts';

/** True for the events of these accounts, the market data of their connectors, and what is everybody's; unset: for all. */
export function createAccountFilter(accounts: readonly string[] | undefined): (envelope: Envelope) => boolean {
  if (accounts === undefined) return () => true;
  const wanted = new Set(accounts);
  const connectors = new Set(accounts.map(connectorOfAccount));
  return (envelope) => {
    const place = placeOfEvent(envelope);
    if (place.kind === 'market') return connectors.has(place.connector);
    return place.kind === 'everybody' || wanted.has(place.account);
  };
}
