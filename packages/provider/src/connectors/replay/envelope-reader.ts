import { type Envelope, type EventType, type ReplayAccountLine, validateEnvelope } from '@inspector/contract';

export type RecordedEvent =
  | { kind: 'event'; at: number; envelope: Envelope }
  | { kind: 'account'; at: number; account: ReplayAccountLine['payload'] };

const playedTypes: ReadonlySet<EventType> = new Set<EventType>([
  'PROVIDER_MARKETDATA_TRADE',
  'PROVIDER_MARKETDATA_ORDERBOOK',
  'PROVIDER_MARKETDATA_CANDLE',
  'PROVIDER_SYMBOL_PRICES',
  'PROVIDER_SYMBOLS',
  'PROVIDER_ACCOUNT_EVENT',
]);

/**
 * Reads a line of a replay file (contract 9) for what a venue says: market data, the account, its start. Requests,
 * commands and order events of the recording are passed over: here they come from whoever is connected. So is an envelope
 * that the bus would refuse. Throws on a line that is not JSON.
 */
export function readRecordedEvent(text: string): RecordedEvent | undefined {
  const line: unknown = JSON.parse(text);
  if (typeof line !== 'object' || line === null) throw new Error('it is no object');
  if ((line as { type?: unknown }).type === 'REPLAY_ACCOUNT') {
    const { timestamp, payload } = line as ReplayAccountLine;
    return { kind: 'account', at: timestamp, account: payload };
  }
  const checked = validateEnvelope(line);
  if (!checked.ok || !playedTypes.has(checked.envelope.type)) return undefined;
  return { kind: 'event', at: checked.envelope.timestamp, envelope: checked.envelope };
}

/** The market that an event or account belongs to. */
export const marketOf = (recorded: RecordedEvent): { connectorType: string; marketType: string } =>
  recorded.kind === 'account'
    ? recorded.account
    : (recorded.envelope.payload as unknown as { connectorType: string; marketType: string });

/** The same event at another time and of another connector. `shift` maps recorded times to those of the replay. */
export function retimed(envelope: Envelope, connectorType: string, shift: (time: number) => number): Envelope {
  const timestamp = shift(envelope.timestamp);
  switch (envelope.type) {
    case 'PROVIDER_MARKETDATA_TRADE':
      return {
        ...envelope,
        timestamp,
        payload: { ...envelope.payload, connectorType, time: shift(envelope.payload.time) },
      };
    case 'PROVIDER_MARKETDATA_ORDERBOOK':
      return {
        ...envelope,
        timestamp,
        payload: { ...envelope.payload, connectorType, time: shift(envelope.payload.time) },
      };
    case 'PROVIDER_MARKETDATA_CANDLE':
      return {
        ...envelope,
        timestamp,
        payload: { ...envelope.payload, connectorType, time: shift(envelope.payload.time) },
      };
    case 'PROVIDER_SYMBOLS':
      return { ...envelope, timestamp, payload: { ...envelope.payload, connectorType } };
    case 'PROVIDER_ACCOUNT_EVENT': {
      const { eventTime } = envelope.payload;
      return { ...envelope, timestamp, payload: { ...envelope.payload, connectorType, eventTime: shift(eventTime) } };
    }
    case 'PROVIDER_SYMBOL_PRICES': {
      const prices = Object.fromEntries(
        Object.entries(envelope.payload.prices).map(([name, price]) => [
          name,
          { ...price, moment: shift(price.moment) },
        ]),
      );
      return { ...envelope, timestamp, payload: { ...envelope.payload, connectorType, prices } };
    }
    default:
      return { ...envelope, timestamp };
  }
}
