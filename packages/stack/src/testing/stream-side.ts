import { type Envelope, validateEnvelope } from '@inspector/contract';
import { createClient } from 'redis';

/** The other side of the bus, for a detector's test: gives prices and answers, and reads what was asked. */
export interface StreamSide {
  price(symbol: string, value: number): Promise<void>;
  say(envelope: Pick<Envelope, 'type' | 'payload'>): Promise<void>;
  /** All requests so far, oldest first. Throws when an entry is no valid envelope. */
  requests(): Promise<Envelope[]>;
  close(): void;
}

const ACCOUNT = 'paper:futures';
let count = 0;

export async function openStreamSide(url: string): Promise<StreamSide> {
  const client = createClient({ url });
  client.on('error', () => {});
  await client.connect();
  const add = async (stream: string, event: Pick<Envelope, 'type' | 'payload'>): Promise<void> => {
    count += 1;
    const source = event.type.slice(0, event.type.indexOf('_'));
    const envelope = { eventId: `test-${count}`, source, timestamp: Date.now(), ...event };
    const check = validateEnvelope(envelope);
    if (!check.ok) throw new Error(`${check.code}: ${check.message} ${JSON.stringify(check.errors)}`);
    await client.xAdd(stream, '*', { event: JSON.stringify(envelope) });
  };
  return {
    price: (symbol, value) =>
      add(`bus:md:${ACCOUNT}`, {
        type: 'PROVIDER_SYMBOL_PRICES',
        payload: {
          connectorType: 'paper',
          marketType: 'futures',
          prices: { [symbol]: { value, moment: Date.now(), mark: true } },
        },
      }),
    say: (event) => add(`bus:${event.type}`, event),
    async requests() {
      const entries = await client.xRange(`bus:acct:${ACCOUNT}`, '-', '+');
      return (entries ?? []).map(({ message }) => {
        if (Object.keys(message).join() !== 'event') throw new Error(`fields ${Object.keys(message).join()}`);
        const check = validateEnvelope(JSON.parse(String(message.event)));
        if (!check.ok) throw new Error(`${check.code}: ${check.message} ${JSON.stringify(check.errors)}`);
        return check.envelope;
      });
    },
    close: () => client.destroy(),
  };
}
