import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { type Envelope, validateEnvelope } from '@inspector/contract';
import { type FakeVenue, startFakeVenue } from '@inspector/fake-venue';
import { connectorContract } from '../connector.contract.ts';
import { CANDLES_LIMIT } from '../connector.ts';
import { openCcxtConnector } from './ccxt-connector.ts';
import { capabilityNames } from './probe.ts';
import { accountEventsOf, connectedTo, connectorAt, typesOf, venueFor } from './testing/connector-for-test.ts';
import { orderOf } from './testing/order-for-test.ts';
import { until } from './testing/until.ts';

const venues: FakeVenue[] = [];
after(() => Promise.all(venues.map((venue) => venue.stop())));

connectorContract('ccxt:binance:futures against the fake venue', async () => {
  const venue = await startFakeVenue();
  venues.push(venue);
  venue.market.move('BTCUSDT', 60_000);
  const inner = await openCcxtConnector({
    exchange: 'binance',
    marketType: 'futures',
    symbols: ['BTCUSDT'],
    credentials: { apiKey: 'fake-key', secret: 'fake-secret', password: null, testnet: false, url: venue.url },
    log: { info() {}, warn() {} },
  });
  let wasBookShown = false;
  let isStopped = false;
  const connector: typeof inner = {
    ...inner,
    start: (deliver) =>
      inner.start((envelope) => {
        wasBookShown ||= envelope.type === 'PROVIDER_MARKETDATA_ORDERBOOK';
        deliver(envelope);
      }),
    stop: () => {
      isStopped = true;
      return inner.stop();
    },
  };
  return {
    connector,
    symbol: 'BTCUSDT',
    quantity: 0.01,
    farBelow: 40_000,
    toldWithinMs: 5_000,
    async market() {
      const deadline = performance.now() + 30_000;
      for (let price = 60_000; (!wasBookShown || !inner.status().ok) && !isStopped; price += 0.1) {
        if (performance.now() > deadline) throw new Error(`no book was shown: ${inner.status().reason}`);
        venue.market.move('BTCUSDT', price);
        await setTimeout(50);
      }
      // Time in which a connector that goes on although it was stopped would deliver.
      if (isStopped) {
        venue.market.move('BTCUSDT', 60_100);
        await setTimeout(300);
      }
    },
  };
});

/** Types of public data of a symbol. */
const dataOf = (seen: readonly Envelope[], symbol: string): Set<string> =>
  new Set(
    seen.flatMap(({ type, payload }) => {
      const { symbol: named, prices } = payload as { symbol?: { name: string }; prices?: Record<string, unknown> };
      const isOf = prices === undefined ? named?.name === symbol : symbol in prices;
      return isOf && (prices !== undefined || type.startsWith('PROVIDER_MARKETDATA')) ? [type] : [];
    }),
  );

const allData = ['PROVIDER_MARKETDATA_ORDERBOOK', 'PROVIDER_MARKETDATA_TRADE', 'PROVIDER_SYMBOL_PRICES'];

/** The market of a symbol goes on until the connector has shown all of it. */
async function shown(venue: FakeVenue, seen: readonly Envelope[], symbol: string): Promise<void> {
  let price = venue.account().positions.find((each) => each.symbol === symbol)?.entryPrice ?? 60_000;
  await until(
    async () => {
      price += 1;
      venue.market.move(symbol, price);
      await setTimeout(50);
      return dataOf(seen, symbol).size === allData.length;
    },
    () => `${symbol} is shown: ${[...dataOf(seen, symbol)].join()}`,
  );
}

describe('the public data of a connector', { concurrency: true }, () => {
  it('is that of the symbols that are named, in valid envelopes', async (t) => {
    const venue = await venueFor(t);
    const { seen } = await connectedTo(t, venue, { symbols: ['BTCUSDT', 'ETHUSDT', 'NOSUCH'] });
    await shown(venue, seen, 'BTCUSDT');
    await shown(venue, seen, 'ETHUSDT');
    assert.deepEqual([...dataOf(seen, 'BTCUSDT')].toSorted(), allData);
    for (const envelope of seen) assert.equal(validateEnvelope(envelope).ok, true, JSON.stringify(envelope));
    assert.equal(dataOf(seen, 'SOLUSDT').size, 0);
  });

  it('is also that of what the account comes to hold', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('ETHUSDT', 3_000);
    venue.market.move('SOLUSDT', 150);
    venue.owner.order({ symbol: 'SOLUSDT', side: 'BUY', type: 'MARKET', quantity: 1 });
    const { seen } = await connectedTo(t, venue, { symbols: ['BTCUSDT'] });
    await shown(venue, seen, 'SOLUSDT');
    assert.equal(dataOf(seen, 'ETHUSDT').size, 0);
    venue.owner.order({ symbol: 'ETHUSDT', side: 'SELL', type: 'MARKET', quantity: 0.1 });
    await shown(venue, seen, 'ETHUSDT');
  });

  it('is that of two usual symbols where none is named', async (t) => {
    const venue = await venueFor(t);
    const { seen } = await connectedTo(t, venue, { symbols: [] });
    for (const symbol of ['BTCUSDT', 'ETHUSDT']) await shown(venue, seen, symbol);
  });

  it('comes without a key, and then orders are refused with words', async (t) => {
    const venue = await venueFor(t);
    const { connector, seen } = await connectedTo(t, venue, { credentials: { apiKey: null, secret: null } });
    await shown(venue, seen, 'BTCUSDT');
    assert.ok(!typesOf(seen).includes('PROVIDER_ACCOUNT_EVENT'));
    const refused = await connector.place(orderOf());
    assert.deepEqual([refused.status, refused.reasonText], ['REJECTED', 'no key is set: CCXT_BINANCE_API_KEY']);
  });

  it('comes again when its sockets are open and dead', async (t) => {
    const venue = await venueFor(t);
    const { connector, seen } = await connectedTo(t, venue);
    await shown(venue, seen, 'BTCUSDT');
    venue.faults.halfOpenSockets = 'existing';
    await setTimeout(100);
    const before = seen.length;
    await until(
      () => dataOf(seen.slice(before), 'BTCUSDT').has('PROVIDER_SYMBOL_PRICES'),
      () => `marks come again: ${JSON.stringify(connector.status())}`,
    );
    await until(
      () => connector.status().ok,
      () => `it is well again: ${JSON.stringify(connector.status())}`,
    );
  });
});

describe('money that is moved', { concurrency: true }, () => {
  const transfersOf = (seen: readonly Envelope[]) =>
    accountEventsOf(seen).flatMap(({ eventType, options }) =>
      eventType === 'transfer' ? [[options.amount, options.walletBalance]] : [],
    );
  const snapshotsOf = (seen: readonly Envelope[]) =>
    accountEventsOf(seen).filter(({ eventType }) => eventType === 'snapshot').length;

  it('while the stream is lost is told once it is back, after the wallet that it is in', async (t) => {
    const venue = await venueFor(t);
    const { seen } = await connectedTo(t, venue);
    const before = snapshotsOf(seen);
    venue.faults.cutSockets();
    venue.owner.transfer(500);
    await until(
      () => transfersOf(seen).length > 0,
      () => `it is told: ${typesOf(seen).join()}`,
    );
    assert.deepEqual(transfersOf(seen), [[500, 10_500]]);
    assert.ok(snapshotsOf(seen) > before);
  });

  it('while the stream lives is told by it, and not again when the log is read for another', async (t) => {
    const venue = await venueFor(t);
    const { seen } = await connectedTo(t, venue);
    venue.owner.transfer(-200);
    await until(() => transfersOf(seen).length > 0, 'the stream tells it');
    venue.faults.cutSockets();
    venue.owner.transfer(300);
    await until(() => transfersOf(seen).length > 1, 'the log tells the other');
    await setTimeout(200);
    assert.deepEqual(transfersOf(seen), [
      [-200, 9_800],
      [300, 10_100],
    ]);
  });
});

describe('a connector', { concurrency: true }, () => {
  it('that was asked before it is started keeps what it has to tell until then', async (t) => {
    const venue = await venueFor(t);
    const { connector, start, seen } = await connectorAt(t, venue.url);
    await connector.account();
    // Streams would be open, and the account told, well before this is over.
    await setTimeout(1_500);
    await start();
    await until(
      () => connector.status().ok,
      () => `it is connected: ${JSON.stringify(connector.status())}`,
    );
    const told = new Set(typesOf(seen));
    assert.ok(told.has('PROVIDER_SYMBOLS'), [...told].join());
    assert.equal(accountEventsOf(seen).length, 1, 'the account as it stands');
  });

  it('says what its venue can do, once that is known', async (t) => {
    const venue = await venueFor(t);
    const { connector, start, log } = await connectorAt(t, venue.url);
    assert.deepEqual(connector.capabilities?.(), []);
    await start();
    const found = connector.capabilities?.() ?? [];
    assert.deepEqual(
      found.map(({ name }) => name),
      capabilityNames,
    );
    assert.deepEqual(
      found.flatMap(({ name, can }) => (can ? [] : [name])),
      ['hedge-mode'],
    );
    assert.equal(log.filter(({ fields }) => fields.capability !== undefined).length, capabilityNames.length);
  });

  it('sets the leverage of a symbol, and says when the venue does not take it', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('BTCUSDT', 60_000);
    const { connector } = await connectedTo(t, venue);
    assert.deepEqual(await connector.setLeverage('BTCUSDT', 7), { symbol: 'BTCUSDT', leverage: 7 });
    await connector.place(orderOf({ quantity: 0.7 }));
    const used = 9_999 - venue.account().available;
    assert.ok(Math.abs(used - (0.7 * 60_000) / 7) < 50, `a seventh is bound: ${used}`);
    await assert.rejects(connector.setLeverage('BTCUSDT', 126), { code: 'REFUSED', message: /leverage/ });
    await assert.rejects(connector.setLeverage('NOSUCH', 7), { code: 'SYMBOL_UNKNOWN' });
  });

  it('has candles, oldest first, that began from one time on and before another', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('BTCUSDT', 60_000);
    const { connector } = await connectedTo(t, venue);
    const minutes = { symbol: 'BTCUSDT', interval: '1m' };
    const all = await connector.candles(minutes);
    assert.ok(all.length > 100);
    assert.deepEqual(
      all.map(({ time }) => time),
      all.map((_, index) => all[0]!.time + 60_000 * index),
    );
    const { time: newest, ...prices } = all.at(-1)!;
    assert.ok(newest <= Date.now());
    assert.deepEqual(Object.keys(prices), ['open', 'high', 'low', 'close', 'volume']);
    const [from, to] = [all[10]!.time, all[20]!.time];
    assert.deepEqual(await connector.candles({ ...minutes, from, to }), all.slice(10, 20));
    assert.deepEqual(await connector.candles({ ...minutes, to }), all.slice(0, 20));
    await assert.rejects(connector.candles({ ...minutes, interval: '7m' }), { code: 'INTERVAL_UNKNOWN' });
    await assert.rejects(connector.candles({ ...minutes, symbol: 'NOSUCH' }), { code: 'SYMBOL_UNKNOWN' });
  });

  it('asks for the newest candles of a time that holds too many', async (t) => {
    const venue = await venueFor(t);
    const { connector } = await connectedTo(t, venue);
    const to = Date.now();
    const longest = CANDLES_LIMIT * 60_000;
    const asked = () => Number(venue.requests().findLast(({ path }) => path.endsWith('/klines'))?.params.startTime);
    await connector.candles({ symbol: 'BTCUSDT', interval: '1m', from: to - longest, to });
    assert.equal(asked(), to - longest);
    await connector.candles({ symbol: 'BTCUSDT', interval: '1m', from: to - 2 * longest, to });
    assert.equal(asked(), to - longest);
  });

  it('leaves what it may not enter: a symbol without steps is not listed, and its position is seen and closed', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('ETHUSDT', 3_000);
    venue.owner.order({ symbol: 'ETHUSDT', side: 'BUY', type: 'MARKET', quantity: 0.1 });
    venue.faults.symbolWithoutPrecision = 'ETHUSDT';
    const { connector, seen, log } = await connectedTo(t, venue);
    assert.deepEqual(
      (await connector.symbols()).map(({ name }) => name),
      ['BTCUSDT', 'SOLUSDT'],
    );
    assert.ok(log.some(({ fields }) => (fields.symbols as string[] | undefined)?.includes('ETHUSDT')));
    assert.equal(accountEventsOf(seen)[0]?.options.positions?.[0]?.symbol, 'ETHUSDT');
    assert.equal((await connector.account()).positions[0]?.quantity, 0.1);
    const close = { symbol: { name: 'ETHUSDT' }, side: 'SELL', quantity: 0.1, reduceOnly: true } as const;
    assert.equal((await connector.place(orderOf(close))).status, 'FILLED');
    assert.deepEqual(venue.account().positions, []);
  });

  it('is refused for an exchange that ccxt does not have, and for a kind of market that is not governed', async () => {
    const credentials = { apiKey: null, secret: null, password: null, testnet: false, url: null };
    const settings = { symbols: [], credentials, log: { info() {}, warn() {} } };
    const open = (exchange: string, marketType: string) => openCcxtConnector({ ...settings, exchange, marketType });
    await assert.rejects(open('nosuch', 'futures'), { code: 'VENUE_UNKNOWN', message: /nosuch/ });
    await assert.rejects(open('binance', 'options'), { code: 'MARKET_TYPE_UNKNOWN', message: /futures or spot/ });
  });
});

describe('a connector that is stopped', () => {
  it('lets go of its sockets and timers, and a second stop does nothing', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('BTCUSDT', 60_000);
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const { connector, seen } = await connectedTo(t, venue);
    await connector.place(orderOf());
    assert.ok(venue.socketCount() >= 2);
    await connector.stop();
    await connector.stop();
    await until(
      () => venue.socketCount() === 0,
      () => `no socket is open: ${venue.socketCount()}`,
    );
    await until(
      () => timers() <= before,
      () => `no timer is left: ${timers()} of ${before}`,
    );
    const told = seen.length;
    const asked = venue.requests().length;
    venue.owner.closePosition('BTCUSDT');
    await setTimeout(500);
    assert.deepEqual([seen.length, venue.requests().length, venue.socketCount()], [told, asked, 0]);
  });

  it('while it connects begins nothing any more', async (t) => {
    const venue = await venueFor(t, { latencyMs: 100 });
    const { connector, start, seen } = await connectorAt(t, venue.url);
    const started = start();
    await until(() => venue.requests().length > 0, 'it asks the venue');
    await connector.stop();
    await started;
    await setTimeout(300);
    assert.deepEqual([seen, venue.socketCount()], [[], 0]);
  });
});
