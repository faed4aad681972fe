/** What every connector must do, whatever venue is behind it. Each implementation's test calls this with its own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { type Envelope, type Order, validateEnvelope } from '@inspector/contract';
import type { Connector } from './connector.ts';

export interface ConnectorUnderTest {
  connector: Connector;
  /** A symbol that trades, the quantity to trade of it, and a stop price that is not reached meanwhile. */
  symbol: string;
  quantity: number;
  farBelow: number;
  /** Comes back when the connector has shown a book of the symbol. */
  market: () => Promise<void>;
  /** A live venue tells what a call caused by a stream: it may come so much later. Without it, not after the call settles. */
  toldWithinMs?: number;
}

export function connectorContract(name: string, open: () => Promise<ConnectorUnderTest>): void {
  describe(`${name} as a connector`, () => {
    it('delivers valid envelopes of its own market, and an account snapshot at the start', () =>
      during(open, async ({ connector }, seen) => {
        assert.ok(seen.length > 0);
        for (const envelope of seen) {
          assert.equal(validateEnvelope(envelope).ok, true, JSON.stringify(envelope));
          assert.equal(envelope.source, 'PROVIDER');
          const { connectorType, marketType } = envelope.payload as { connectorType: string; marketType: string };
          assert.deepEqual([connectorType, marketType], [connector.connectorType, connector.marketType]);
        }
        const account = seen.find((envelope) => envelope.type === 'PROVIDER_ACCOUNT_EVENT');
        assert.equal(account?.payload.eventType, 'snapshot');
        assert.equal(connector.status().ok, true);
      }));

    it('lists its symbols', () =>
      during(open, async ({ connector, symbol }, seen) => {
        assert.ok((await connector.symbols()).some((spec) => spec.name === symbol));
        assert.ok(seen.some(({ type }) => type === 'PROVIDER_SYMBOLS'));
      }));

    it('delivers what a call causes before the call settles, or right after, numbered without a hole', () =>
      during(open, async (under, seen) => {
        const before = seen.length;
        const placed = await under.connector.place(orderFor(under));
        assert.equal(placed.status, 'FILLED');
        const types = await typesWhen(under, () => seen.slice(before), 'PROVIDER_ACCOUNT_EVENT');
        assert.deepEqual(types.slice(-3), ['PROVIDER_ORDER_CREATE', 'PROVIDER_ORDER_CLOSE', 'PROVIDER_ACCOUNT_EVENT']);
        const words = seen.filter(({ seq }) => seq !== undefined);
        words.forEach(({ seq }, index) => {
          if (index > 0) assert.equal(seq, words[index - 1]!.seq! + 1);
        });
        assert.equal((await under.connector.account()).positions[0]?.quantity, under.quantity);
        assert.equal((await under.connector.fills(0)).at(-1)?.clientOrderId, placed.clientOrderId);
      }));

    it('takes the same order once, and another one under its id never', () =>
      during(open, async (under) => {
        const order = orderFor(under);
        const first = await under.connector.place(order);
        assert.deepEqual(await under.connector.place(order), first);
        await assert.rejects(under.connector.place({ ...order, quantity: 2 * order.quantity }), { code: 'DUPLICATE' });
        assert.equal((await under.connector.account()).positions[0]?.quantity, under.quantity);
      }));

    it('shows a conditional order among the open ones until it is cancelled', () =>
      during(open, async (under) => {
        const { connector, symbol, farBelow } = under;
        await connector.place(orderFor(under));
        const stop = await connector.place(
          orderFor(under, { side: 'SELL', type: 'STOP_MARKET', stopPrice: farBelow, reduceOnly: true }),
        );
        assert.equal(stop.status, 'NEW');
        assert.deepEqual(
          (await connector.openOrders(symbol)).map(({ clientOrderId }) => clientOrderId),
          [stop.clientOrderId],
        );
        assert.equal((await connector.cancel({ clientOrderId: stop.clientOrderId, symbol }))?.status, 'CANCELED');
        assert.deepEqual(await connector.openOrders(), []);
        assert.equal((await connector.order({ clientOrderId: stop.clientOrderId, symbol }))?.status, 'CANCELED');
      }));

    it('answers a refusal as an order, and null for an order that it does not know', () =>
      during(open, async (under) => {
        const refused = await under.connector.place(orderFor(under, { side: 'SELL', reduceOnly: true }));
        assert.deepEqual([refused.status, refused.reason], ['REJECTED', 'REDUCE_ONLY']);
        assert.equal(await under.connector.cancel({ clientOrderId: 'nobody', symbol: under.symbol }), null);
        assert.equal(await under.connector.order({ clientOrderId: 'nobody', symbol: under.symbol }), null);
      }));

    it('delivers nothing once it was stopped', () =>
      during(open, async (under, seen) => {
        await under.connector.stop();
        const before = seen.length;
        await under.market();
        assert.equal(seen.length, before);
      }));
  });
}

async function during(
  open: () => Promise<ConnectorUnderTest>,
  test: (under: ConnectorUnderTest, seen: Envelope[]) => Promise<void>,
): Promise<void> {
  const under = await open();
  const seen: Envelope[] = [];
  await under.connector.start((envelope) => seen.push(envelope));
  try {
    await under.market();
    await test(under, seen);
  } finally {
    await under.connector.stop();
  }
}

/** The types of the account's events, read when the last one may be there. */
async function typesWhen(
  { toldWithinMs = 0 }: ConnectorUnderTest,
  told: () => readonly Envelope[],
  last: Envelope['type'],
): Promise<string[]> {
  const deadline = performance.now() + toldWithinMs;
  for (;;) {
    const types = told().flatMap(({ seq, type }) => (seq === undefined ? [] : [type]));
    if (types.at(-1) === last || performance.now() >= deadline) return types;
    await setTimeout(5);
  }
}

let count = 0;

function orderFor({ connector, symbol, quantity }: ConnectorUnderTest, terms: Partial<Order> = {}): Order {
  count += 1;
  const { connectorType, marketType } = connector;
  return {
    id: '',
    clientOrderId: `contract${count}`,
    externalId: '',
    connectorType,
    marketType,
    symbol: { name: symbol },
    side: 'BUY',
    type: 'MARKET',
    quantity,
    leverage: 5,
    quantityExecuted: 0,
    priceExecuted: 0,
    status: 'NEW',
    time: 0,
    updateTime: 0,
    source: { type: 'inspector', key: 'inspector' },
    ...terms,
  };
}
