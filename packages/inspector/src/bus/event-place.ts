import { accountKey, type Envelope, eventTable } from '@inspector/contract';

/** Where an event belongs: to a connector's market, to an account, or to everybody. */
export type EventPlace =
  | { kind: 'market'; connector: string }
  | { kind: 'account'; account: string }
  | { kind: 'everybody' };

interface Placed {
  connectorType?: unknown;
  marketType?: unknown;
  accountId?: unknown;
}

/** A payload that does not say where it belongs (a request may be malformed) is everybody's. */
export function placeOfEvent({ type, payload }: Envelope): EventPlace {
  const { stream } = eventTable[type];
  if (stream === 'risk') return { kind: 'everybody' };
  const placed = (type === 'ADVISOR_DECISION_RESPONSE' ? (payload as { request?: unknown }).request : payload) as
    | Placed
    | null
    | undefined;
  const { connectorType, marketType, accountId } = placed ?? {};
  if (typeof connectorType !== 'string' || typeof marketType !== 'string') return { kind: 'everybody' };
  if (stream === 'market') return { kind: 'market', connector: `${connectorType}:${marketType}` };
  return {
    kind: 'account',
    account: accountKey(connectorType, marketType, typeof accountId === 'string' ? accountId : undefined),
  };
}

/** `paper:futures` of `paper:futures:main`. */
export const connectorOfAccount = (account: string): string => account.split(':', 2).join(':');
