/** Accounts that are set up in another way than one position a symbol in one kind of money. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startFakeVenue } from '@inspector/fake-venue';
import { accountEventsOf, connectedTo, connectorAt, venueFor } from './testing/connector-for-test.ts';
import { orderOf, stopOf } from './testing/order-for-test.ts';
import { until } from './testing/until.ts';

const MULTI_ASSETS = /The account is in Multi-Assets Mode.*switch it to Single-Asset Mode/;

describe('an account in Multi-Assets Mode', { concurrency: true }, () => {
  it('is refused at the start', async (t) => {
    const venue = await venueFor(t, { multiAssets: true });
    const { connector, start, seen } = await connectorAt(t, venue.url);
    await assert.rejects(start(), { code: 'ACCOUNT_MODE', message: MULTI_ASSETS });
    assert.equal(connector.status().ok, false);
    assert.deepEqual(seen, []);
  });

  it('is named as the reason when the venue was not there at the start', async (t) => {
    const gone = await startFakeVenue();
    await gone.stop();
    const { connector, start, log } = await connectorAt(t, gone.url);
    await start();
    await venueFor(t, { multiAssets: true, port: Number(new URL(gone.url).port) });
    await until(
      () => MULTI_ASSETS.test(connector.status().reason ?? ''),
      () => `it says why: ${connector.status().reason}`,
    );
    assert.ok(log.some(({ level, message }) => level === 'warn' && MULTI_ASSETS.test(message)));
    const entry = await connector.place(orderOf());
    assert.deepEqual([entry.status, MULTI_ASSETS.test(entry.reasonText ?? '')], ['REJECTED', true]);
    await assert.rejects(connector.place(stopOf()), { code: 'ACCOUNT_MODE' });
  });
});

describe('an account in hedge mode', { concurrency: true }, () => {
  it('works on one side of a symbol: orders name the side that they belong to', async (t) => {
    const venue = await venueFor(t, { hedgeMode: true });
    venue.market.move('BTCUSDT', 60_000);
    const { connector, seen } = await connectedTo(t, venue);
    assert.deepEqual(
      connector.capabilities?.().find(({ name }) => name === 'hedge-mode'),
      { name: 'hedge-mode', can: true, note: 'one side of a symbol at a time' },
    );
    const sent = () =>
      venue
        .requests()
        .filter(({ method, path }) => method === 'POST' && /rder$/.test(path))
        .map(({ params }) => [params.side, params.positionSide, params.reduceOnly]);

    assert.equal((await connector.place(orderOf({ side: 'SELL' }))).status, 'FILLED');
    assert.equal((await connector.account()).positions[0]?.side, 'SHORT');
    const stop = await connector.place(stopOf({ side: 'BUY', stopPrice: 70_000 }));
    assert.equal(stop.status, 'NEW');
    assert.equal((await connector.openOrders('BTCUSDT'))[0]?.reduceOnly, true);
    const close = await connector.place(orderOf({ side: 'BUY', reduceOnly: true }));
    assert.equal(close.status, 'FILLED');
    assert.deepEqual(venue.account().positions, []);
    await connector.place(orderOf());
    assert.equal((await connector.account()).positions[0]?.side, 'LONG');
    assert.deepEqual(sent(), [
      ['SELL', 'SHORT', undefined],
      ['BUY', 'SHORT', undefined],
      ['BUY', 'SHORT', undefined],
      ['BUY', 'LONG', undefined],
    ]);
    await until(() => accountEventsOf(seen).at(-1)?.options.positions?.[0]?.side === 'LONG', 'the stream told it');
  });

  it('cannot be governed with both sides of a symbol at once: no position is shown in place of two', async (t) => {
    const venue = await venueFor(t, { hedgeMode: true });
    venue.market.move('BTCUSDT', 60_000);
    const { connector, seen } = await connectedTo(t, venue);
    await connector.place(orderOf());
    await until(() => accountEventsOf(seen).at(-1)?.eventType === 'position', 'the position is told');
    const side = { symbol: 'BTCUSDT', type: 'MARKET', positionSide: 'SHORT' } as const;
    venue.owner.order({ ...side, side: 'SELL', quantity: 0.02 });

    const both = /BTCUSDT is held long and short at once/;
    await assert.rejects(connector.account(), { code: 'ACCOUNT_MODE', message: both });
    await until(
      () => both.test(connector.status().reason ?? ''),
      () => `the status says so: ${JSON.stringify(connector.status())}`,
    );
    assert.match((await connector.place(orderOf())).reasonText ?? '', both);
    const told = accountEventsOf(seen).flatMap(({ options }) => options.positions ?? []);
    assert.ok(
      told.every((position) => position.side === 'LONG'),
      JSON.stringify(told),
    );

    venue.owner.order({ ...side, side: 'BUY', quantity: 0.02 });
    await until(
      () => connector.status().ok,
      () => `it is ok again: ${JSON.stringify(connector.status())}`,
    );
    assert.deepEqual(
      accountEventsOf(seen)
        .at(-1)
        ?.options.positions?.map(({ side: each, quantity }) => [each, quantity]),
      [['LONG', 0.01]],
    );
  });
});
