import assert from 'node:assert/strict';
import test from 'node:test';
import type { Order } from '@inspector/contract';
import { type Connector, ConnectorError } from '#connectors/connector.ts';
import { openDatabase } from '#storage/database.ts';
import { newOrder } from '#testing/provider-for-test.ts';
import { createConnectorDirectory } from '#venues/connector-directory.ts';
import { createOrderGateway } from './order-gateway.ts';
import { createOrderMemory, type OrderMemory } from './order-memory.ts';
import { IDEMPOTENT_MS, type OrderStore, openOrderStore } from './order-store.ts';

type Sent = Parameters<ReturnType<typeof createOrderGateway>['place']>[0];
const order = (fields: Partial<Order> = {}) => newOrder(fields) as Sent;

const memoryOver = (store: OrderStore): OrderMemory =>
  createOrderMemory(store, { onTrouble: assert.fail, now: () => 1_000 });

/** A venue that answers as the test says, and what it was asked. */
function setup(venue: Partial<Connector> = {}, store = memoryOver(openOrderStore(openDatabase(':memory:')))) {
  const placed: Order[] = [];
  const connector = {
    connectorType: 'paper',
    marketType: 'futures',
    place: async (sent: Order) => ({ ...sent, id: 'v1', externalId: 'x1', status: 'NEW' as const }),
    order: async () => null,
    cancel: async () => null,
    ...venue,
  } as Connector;
  const answer = connector.place;
  connector.place = (sent) => {
    placed.push(sent);
    return answer(sent);
  };
  const clock = { now: 1_000 };
  const connectors = createConnectorDirectory([connector]);
  const gateway = createOrderGateway({ connectors, store, now: () => clock.now, venueDeadlineMs: 50 });
  return { gateway, placed, clock, store, connector };
}

test('an order goes to the venue once, with its id, and is answered with the venue’s', async () => {
  const { gateway, placed } = setup();
  const first = await gateway.place(order());
  assert.equal(first.outcome, 'accepted');
  assert.ok(first.outcome === 'accepted');
  assert.deepEqual([first.order.clientOrderId, first.order.externalId, first.order.status], ['order1', 'x1', 'NEW']);
  assert.deepEqual(await gateway.place(order()), first);
  assert.equal(placed.length, 1);
  assert.equal(gateway.known('order1')?.externalId, 'x1');
  assert.equal(gateway.known('x1')?.clientOrderId, 'order1');
});

test('the same id with another body is refused, whatever is different', async () => {
  const { gateway, placed } = setup();
  await gateway.place(order());
  const others: Partial<Order>[] = [
    { quantity: 0.02 },
    { side: 'SELL' },
    { type: 'LIMIT', price: 1 },
    { symbol: { name: 'ETHUSDT' } },
    { reduceOnly: true },
    { leverage: 4 },
    { source: { type: 'inspector', key: 'other' } },
  ];
  for (const fields of others) {
    const outcome = await gateway.place(order(fields));
    assert.equal(outcome.outcome, 'refused');
    assert.equal(outcome.outcome === 'refused' && outcome.code, 'CLIENT_ORDER_ID_REUSED');
  }
  assert.equal(placed.length, 1);
});

test('another epoch and other times are the same order', async () => {
  const { gateway, placed } = setup();
  await gateway.place(order({ epoch: 1 }));
  const again = await gateway.place(order({ epoch: 2, time: 9, updateTime: 9, status: 'UNKNOWN' }));
  assert.equal(again.outcome, 'accepted');
  assert.equal(placed.length, 1);
});

test('two at once are one order with one answer', async () => {
  const { gateway, placed } = setup();
  const [a, b] = await Promise.all([gateway.place(order()), gateway.place(order())]);
  assert.deepEqual(a, b);
  assert.equal(placed.length, 1);
});

test('the id is free again after 24 hours, and not a millisecond before', async () => {
  const { gateway, placed, clock } = setup();
  await gateway.place(order());
  clock.now += IDEMPOTENT_MS - 1;
  assert.equal((await gateway.place(order({ quantity: 5 }))).outcome, 'refused');
  clock.now += 1;
  assert.equal((await gateway.place(order({ quantity: 5 }))).outcome, 'accepted');
  assert.equal(placed.length, 2);
  clock.now += IDEMPOTENT_MS - 1;
  assert.equal((await gateway.place(order({ quantity: 5 }))).outcome, 'accepted');
  assert.equal(placed.length, 2);
});

test('all of it survives a restart', async () => {
  const disk = openOrderStore(openDatabase(':memory:'));
  const before = setup({}, memoryOver(disk));
  await before.gateway.place(order({ epoch: 7 }));
  before.store.flush();
  const after = setup({}, memoryOver(disk));
  assert.equal((await after.gateway.place(order({ epoch: 7 }))).outcome, 'accepted');
  assert.equal(after.placed.length, 0);
  const outcome = await after.gateway.place(order({ clientOrderId: 'order2', epoch: 6 }));
  assert.equal(outcome.outcome === 'refused' && outcome.code, 'FENCED');
});

test('an instance that was replaced is refused with FENCED, the newest and other Inspectors are not', async () => {
  const { gateway, placed } = setup();
  let count = 0;
  const place = (epoch: number | undefined, key = 'inspector', type: 'inspector' | 'detector' = 'inspector') => {
    count += 1;
    const fields = { clientOrderId: `o${count}`, source: { type, key }, ...(epoch === undefined ? {} : { epoch }) };
    return gateway.place(order(fields));
  };
  assert.equal((await place(3)).outcome, 'accepted');
  assert.equal((await place(3)).outcome, 'accepted');
  assert.equal((await place(4)).outcome, 'accepted');
  const old = await place(3);
  assert.equal(old.outcome === 'refused' && old.code, 'FENCED');
  assert.equal((await place(1, 'other')).outcome, 'accepted');
  assert.equal((await place(undefined)).outcome, 'accepted');
  assert.equal((await place(1, 'inspector', 'detector')).outcome, 'accepted');
  assert.equal(placed.length, 6);
});

test('a fence that was told by itself holds for orders, and says which epoch is the highest', async () => {
  const { gateway } = setup();
  assert.equal(gateway.fence('inspector', 4), undefined);
  assert.equal(gateway.fence('inspector', 4), undefined);
  assert.equal(gateway.fence('inspector', 3), 4);
  assert.equal(gateway.fence('other', 1), undefined);
  const old = await gateway.place(order({ epoch: 3 }));
  assert.equal(old.outcome === 'refused' && old.code, 'FENCED');
  assert.equal((await gateway.place(order({ clientOrderId: 'o2', epoch: 4 }))).outcome, 'accepted');
});

test('a rejection is an answer with the venue’s words, and stays one', async () => {
  const { gateway, placed } = setup({
    place: async (sent) => ({ ...sent, status: 'REJECTED', reason: 'MARGIN', reasonText: 'no money' }),
  });
  for (let times = 0; times < 2; times += 1) {
    const outcome = await gateway.place(order());
    assert.equal(outcome.outcome, 'rejected');
    assert.ok(outcome.outcome === 'rejected');
    assert.deepEqual([outcome.order.reason, outcome.order.reasonText], ['MARGIN', 'no money']);
  }
  assert.equal(placed.length, 1);
});

test('a timeout or an error of the venue is an unknown outcome, asked for before it is sent again', async () => {
  let known: Order | null | Error = new ConnectorError('UNAVAILABLE', 'still down');
  const { gateway, placed } = setup({
    place: async () => {
      throw new ConnectorError('TIMEOUT', 'no answer');
    },
    order: async () => {
      if (known instanceof Error) throw known;
      return known;
    },
  });
  const first = await gateway.place(order());
  assert.equal(first.outcome, 'unknown');
  assert.equal(first.outcome === 'unknown' && first.order.status, 'UNKNOWN');
  assert.equal((await gateway.place(order())).outcome, 'unknown');
  assert.equal(placed.length, 1, 'not sent again while the venue cannot say');
  known = null;
  assert.equal((await gateway.place(order())).outcome, 'unknown');
  assert.equal(placed.length, 2, 'sent again where the venue does not have it');
  known = { ...(placed[0] as Order), externalId: 'x9', status: 'FILLED' };
  const found = await gateway.place(order());
  assert.ok(found.outcome === 'accepted');
  assert.deepEqual([found.order.externalId, found.order.status], ['x9', 'FILLED']);
  assert.equal(placed.length, 2);
});

test('a venue that says nothing at all leaves the outcome unknown after the deadline', async () => {
  const { gateway } = setup({ place: () => new Promise(() => {}), cancel: () => new Promise(() => {}) });
  assert.equal((await gateway.place(order())).outcome, 'unknown');
  const account = { connectorType: 'paper', marketType: 'futures' };
  assert.equal((await gateway.cancel(account, { clientOrderId: 'order1' })).outcome, 'unknown');
});

test('a duplicate id at the venue is looked up, not an error', async () => {
  let held: Order | null = null;
  const { gateway } = setup({
    place: async (sent) => {
      held ??= { ...sent, externalId: 'x5', status: 'NEW' };
      throw new ConnectorError('DUPLICATE', 'id is taken');
    },
    order: async () => held,
  });
  const outcome = await gateway.place(order());
  assert.ok(outcome.outcome === 'accepted');
  assert.equal(outcome.order.externalId, 'x5');
});

test('a bug of a connector is not turned into an answer', async () => {
  const { gateway } = setup({
    place: async () => {
      throw new TypeError('bug');
    },
  });
  await assert.rejects(gateway.place(order()), TypeError);
});

test('what the venue’s events told before it answered is not taken back by the answer', async () => {
  const late = setup({
    place: async (sent) => {
      late.gateway.observe({ clientOrderId: 'order1', status: 'FILLED', quantityExecuted: 0.01, externalId: 'x1' });
      return { ...sent, externalId: 'x1', status: 'NEW' };
    },
  });
  const filled = await late.gateway.place(order());
  assert.equal(filled.outcome === 'accepted' && filled.order.status, 'FILLED');
  const silent = setup({
    place: async () => {
      silent.gateway.observe({ clientOrderId: 'order1', status: 'NEW', externalId: 'x1' });
      throw new ConnectorError('TIMEOUT', 'no answer');
    },
  });
  const working = await silent.gateway.place(order());
  assert.equal(working.outcome === 'accepted' && working.order.status, 'NEW');
});

test('the stored order follows the venue’s events, and none of them takes it back', async () => {
  const { gateway } = setup();
  await gateway.place(order());
  gateway.observe({ clientOrderId: 'order1', quantityExecuted: 0.004, status: 'PARTIALLY_FILLED' });
  assert.equal(gateway.known('order1')?.quantityExecuted, 0.004);
  gateway.observe({ clientOrderId: 'order1', quantityExecuted: 0.01, priceExecuted: 5, status: 'FILLED' });
  gateway.observe({ clientOrderId: 'order1', quantityExecuted: 0.004, status: 'PARTIALLY_FILLED' });
  gateway.observe({ clientOrderId: 'order1', quantityExecuted: 0.01, status: 'NEW' });
  const { status, quantityExecuted, source } = gateway.known('order1') as Order;
  assert.deepEqual([status, quantityExecuted, source.key], ['FILLED', 0.01, 'inspector']);
  gateway.observe({ clientOrderId: 'nobody', status: 'FILLED' });
  assert.equal(gateway.known('nobody'), undefined);
  assert.equal(gateway.recent({ connectorType: 'paper', marketType: 'futures' }, 10).length, 1);
});

test('an order for a connector that is not there is not sent', async () => {
  const { gateway } = setup();
  const outcome = await gateway.place(order({ connectorType: 'moon' }));
  assert.equal(outcome.outcome === 'refused' && outcome.code, 'CONNECTOR_UNKNOWN');
});
