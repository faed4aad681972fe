/** Orders whose answer was lost, that were refused, or that another connector of the same account had placed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountEventsOf, connectedTo, venueFor } from './testing/connector-for-test.ts';
import { orderOf, stopOf } from './testing/order-for-test.ts';
import { until } from './testing/until.ts';

describe('an order whose outcome was not known', { concurrency: true }, () => {
  it('is placed when it is sent again and the venue never had it, and then no more', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('BTCUSDT', 60_000);
    const { connector } = await connectedTo(t, venue);
    const order = orderOf();
    venue.faults.timeoutBeforeAccept = { times: 1, cut: true };
    await assert.rejects(connector.place(order), { code: 'TIMEOUT' });
    assert.equal(await connector.order({ clientOrderId: order.clientOrderId, symbol: 'BTCUSDT' }), null);
    assert.equal((await connector.place(order)).status, 'FILLED');
    assert.equal((await connector.place(order)).status, 'FILLED');
    assert.equal(venue.placings().get(order.clientOrderId), 1);
  });

  it('is not placed again when the venue has it', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('BTCUSDT', 60_000);
    const { connector } = await connectedTo(t, venue);
    const order = orderOf();
    venue.faults.timeoutAfterAccept = { times: 1, cut: true };
    await assert.rejects(connector.place(order), { code: 'TIMEOUT' });
    assert.equal((await connector.place(order)).status, 'FILLED');
    assert.equal(venue.placings().get(order.clientOrderId), 1);
    const sent = venue.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/order'));
    assert.equal(sent.length, 1);
  });

  it('is not placed again under the id of another', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('BTCUSDT', 60_000);
    const { connector } = await connectedTo(t, venue);
    const order = orderOf();
    venue.faults.timeoutBeforeAccept = { times: 1, cut: true };
    await assert.rejects(connector.place(order), { code: 'TIMEOUT' });
    await assert.rejects(connector.place({ ...order, quantity: 0.02 }), { code: 'DUPLICATE' });
    assert.equal(venue.placings().size, 0);
  });
});

describe('an order that the venue refused', () => {
  it('gives the same answer when it is sent again, with the reason', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('BTCUSDT', 60_000);
    const { connector } = await connectedTo(t, venue);
    venue.faults.rejectStop = { reason: 'would-trigger', times: 1 };
    const stop = stopOf();
    const first = await connector.place(stop);
    assert.deepEqual([first.status, first.reason], ['REJECTED', 'WOULD_TRIGGER']);
    assert.match(first.reasonText ?? '', /would immediately trigger/i);
    const second = await connector.place(stop);
    assert.deepEqual(
      [second.status, second.reason, second.reasonText],
      ['REJECTED', 'WOULD_TRIGGER', first.reasonText],
    );
    assert.equal(venue.placings().size, 0);
  });

  const reasons = [
    ['margin', 'MARGIN'],
    ['unknown', 'UNKNOWN'],
  ] as const;
  for (const [reason, code] of reasons) {
    it(`says ${code} when the venue says ${reason}`, async (t) => {
      const venue = await venueFor(t);
      venue.market.move('BTCUSDT', 60_000);
      const { connector } = await connectedTo(t, venue);
      venue.faults.rejectStop = reason;
      assert.equal((await connector.place(stopOf())).reason, code);
    });
  }

  it('is one of a type that is not placed here, and never goes out', async (t) => {
    const venue = await venueFor(t);
    const { connector } = await connectedTo(t, venue);
    const refused = await connector.place(stopOf({ type: 'TRAILING_STOP_MARKET' }));
    assert.equal(refused.status, 'REJECTED');
    assert.match(refused.reasonText ?? '', /TRAILING_STOP_MARKET are not placed here/);
    assert.equal(venue.requests().filter(({ method }) => method === 'POST').length, 1, 'but for the listen key');
  });

  it('is none in a symbol that the venue does not have', async (t) => {
    const venue = await venueFor(t);
    const { connector } = await connectedTo(t, venue);
    await assert.rejects(connector.place(orderOf({ symbol: { name: 'NOSUCH' } })), { code: 'SYMBOL_UNKNOWN' });
  });
});

describe('a second connector of the same account', { concurrency: true }, () => {
  it('sees the orders and fills of the first by their client ids', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('BTCUSDT', 60_000);
    const first = await connectedTo(t, venue);
    const [entry, stop, target] = [orderOf(), stopOf({ stopPrice: 59_000 }), orderOf({ type: 'LIMIT', price: 50_000 })];
    for (const order of [entry, stop, target]) await first.connector.place(order);
    await first.connector.stop();

    const { connector, seen } = await connectedTo(t, venue);
    const idsOf = (orders: readonly { clientOrderId?: string }[] = []) =>
      orders.map((each) => each.clientOrderId).toSorted();
    const open = [stop.clientOrderId, target.clientOrderId].toSorted();
    assert.deepEqual(idsOf(accountEventsOf(seen)[0]?.options.orders), open);
    assert.deepEqual(idsOf(await connector.openOrders()), open);
    const shown = (await connector.openOrders()).find(({ clientOrderId }) => clientOrderId === stop.clientOrderId);
    assert.deepEqual(
      [shown?.type, shown?.stopPrice, shown?.triggerBy, shown?.reduceOnly],
      ['STOP_MARKET', 59_000, 'mark', true],
    );

    const filled = await connector.order({ clientOrderId: entry.clientOrderId, symbol: 'BTCUSDT' });
    assert.deepEqual([filled?.status, filled?.quantityExecuted, filled?.priceExecuted], ['FILLED', 0.01, 60_000.1]);
    assert.ok(filled!.fee! > 0);
    assert.ok(!('price' in filled!), 'a market order has no price');
    assert.deepEqual(
      (await connector.fills(0)).map(({ clientOrderId }) => clientOrderId),
      [entry.clientOrderId],
    );
    await assert.rejects(connector.place(entry), { code: 'DUPLICATE' });
    await assert.rejects(connector.place(stop), { code: 'DUPLICATE' });
  });

  it('sees how a stop ended that fired while no connector was there', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('BTCUSDT', 60_000);
    const first = await connectedTo(t, venue);
    const stop = stopOf({ stopPrice: 59_000 });
    await first.connector.place(orderOf());
    await first.connector.place(stop);
    await first.connector.stop();
    venue.market.move('BTCUSDT', 58_900);

    const { connector } = await connectedTo(t, venue);
    const ended = await connector.order({ clientOrderId: stop.clientOrderId, symbol: 'BTCUSDT' });
    assert.deepEqual([ended?.status, ended?.quantityExecuted], ['FILLED', 0.01]);
    assert.ok(ended!.priceExecuted > 58_000 && ended!.priceExecuted < 59_000);
    assert.deepEqual((await connector.account()).positions, []);
  });

  it('hears of what the first does', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('BTCUSDT', 60_000);
    const [first, second] = [await connectedTo(t, venue), await connectedTo(t, venue)];
    const order = orderOf();
    await first.connector.place(order);
    const ofOrder = () =>
      second.seen.filter(
        ({ payload }) => (payload as { clientOrderId?: string }).clientOrderId === order.clientOrderId,
      );
    await until(() => ofOrder().some(({ type }) => type === 'PROVIDER_ORDER_CLOSE'), 'the second hears its end');
    assert.equal(ofOrder().filter(({ type }) => type === 'PROVIDER_ORDER_CLOSE').length, 1);
  });
});
