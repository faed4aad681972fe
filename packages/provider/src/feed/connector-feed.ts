import { type Envelope, marketEventTypes } from '@inspector/contract';
import type { EventBus } from './event-bus.ts';

/**
 * Account and order events that wait for a bus that refuses them. Past it the oldest are dropped: their missing `seq`
 * tells every Inspector of the gap, entries stop and the account is reconciled.
 */
export const WAITING_EVENTS_LIMIT = 100_000;

const RETRY_FROM_MS = 20;
const RETRY_TO_MS = 1_000;

export interface ConnectorFeed {
  deliver(envelope: Envelope): void;
  stats(): { waiting: number; dropped: number; marketDropped: number };
  stop(): void;
}

const marketTypes: ReadonlySet<string> = new Set(marketEventTypes);

/**
 * Carries a connector's envelopes to the bus. Account events go one after the other, each again until the bus has it;
 * market data goes at once and is let go when refused. Neither blocks the connector.
 */
export function createConnectorFeed(bus: Pick<EventBus, 'publish'>): ConnectorFeed {
  let waiting: Envelope[] = [];
  let sending = false;
  let stopped = false;
  let dropped = 0;
  let marketDropped = 0;
  let retry: NodeJS.Timeout | undefined;

  const sendNext = (delayMs: number): void => {
    const [next] = waiting;
    sending = next !== undefined && !stopped;
    if (next === undefined || stopped) return;
    bus.publish('PROVIDER', next).then(
      () => {
        // The one that was sent may have been dropped meanwhile; what is first now has then not been sent.
        if (waiting[0] === next) waiting.shift();
        sendNext(RETRY_FROM_MS);
      },
      (error: unknown) => {
        // One that no bus will ever take must not hold up what follows; its missing number tells of it.
        if (isHopeless(error) && waiting[0] === next) {
          waiting.shift();
          dropped += 1;
        }
        retry = setTimeout(() => sendNext(Math.min(2 * delayMs, RETRY_TO_MS)), delayMs);
      },
    );
  };

  return {
    deliver(envelope) {
      if (stopped) return;
      if (marketTypes.has(envelope.type)) {
        bus.publish('PROVIDER', envelope).catch(() => {
          marketDropped += 1;
        });
        return;
      }
      waiting.push(envelope);
      if (waiting.length > WAITING_EVENTS_LIMIT) {
        waiting = waiting.slice(-Math.floor(WAITING_EVENTS_LIMIT / 2));
        dropped += WAITING_EVENTS_LIMIT + 1 - waiting.length;
      }
      if (!sending) sendNext(RETRY_FROM_MS);
    },
    stats: () => ({ waiting: waiting.length, dropped, marketDropped }),
    stop() {
      stopped = true;
      clearTimeout(retry);
      waiting = [];
    },
  };
}

const isHopeless = (error: unknown): boolean =>
  ['TYPE_UNKNOWN', 'SOURCE_MISMATCH', 'TOO_LARGE'].includes(String((error as { code?: unknown } | null)?.code));
