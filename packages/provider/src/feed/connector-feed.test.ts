import assert from 'node:assert/strict';
import test from 'node:test';
import type { Envelope } from '@inspector/contract';
import type { Connector } from '#connectors/connector.ts';
import { createConnectorFeed } from './connector-feed.ts';
import { createSymbolLists } from './symbol-lists.ts';

const account = (seq: number) => ({ type: 'PROVIDER_ORDER_CREATE', seq }) as Envelope;
const trade = (seq: number) => ({ type: 'PROVIDER_MARKETDATA_TRADE', seq }) as Envelope;

test('account events are sent again until the bus has them, in order; market data is let go', async () => {
  let refusals = 3;
  const had: (number | undefined)[] = [];
  let allHad: () => void = () => {};
  const done = new Promise<void>((resolve) => {
    allHad = resolve;
  });
  const feed = createConnectorFeed({
    async publish(_publisher, { seq, type }) {
      if (refusals > 0) {
        refusals -= 1;
        throw new Error('BUS_FULL');
      }
      if (type === 'PROVIDER_ORDER_CREATE') had.push(seq);
      if (had.length === 3) allHad();
    },
  });
  feed.deliver(account(1));
  feed.deliver(trade(100));
  feed.deliver(account(2));
  feed.deliver(account(3));
  assert.equal(feed.stats().waiting, 3);
  await done;
  assert.deepEqual(had, [1, 2, 3]);
  assert.equal(feed.stats().marketDropped, 1);
  feed.stop();
});

test('an event that the bus will never take does not hold up the next', async () => {
  const had: (number | undefined)[] = [];
  const feed = createConnectorFeed({
    async publish(_publisher, { seq }) {
      if (seq === 1) throw Object.assign(new Error('too large'), { code: 'TOO_LARGE' });
      had.push(seq);
    },
  });
  feed.deliver(account(1));
  feed.deliver(account(2));
  while (had.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(had, [2]);
  assert.equal(feed.stats().dropped, 1);
  feed.stop();
});

test('once stopped it publishes nothing more', () => {
  let published = 0;
  const feed = createConnectorFeed({
    async publish() {
      published += 1;
    },
  });
  feed.stop();
  feed.deliver(account(1));
  feed.deliver(trade(1));
  assert.equal(published, 0);
});

test('symbol lists are told when asked, of every connector that answers', async () => {
  const told: unknown[] = [];
  const symbols = [{ name: 'BTCUSDT' }];
  const connectors = [
    { connectorType: 'paper', marketType: 'futures', symbols: async () => symbols },
    { connectorType: 'down', marketType: 'spot', symbols: () => Promise.reject(new Error('down')) },
  ] as unknown as Connector[];
  const lists = createSymbolLists(connectors, (_connector, { type, payload }) => told.push({ type, payload }));
  await lists.tell();
  lists.stop();
  const payload = { connectorType: 'paper', marketType: 'futures', symbols };
  assert.deepEqual(told, [{ type: 'PROVIDER_SYMBOLS', payload }]);
});
