/** A venue that cannot be reached or refuses: the connector says why and what to do, and what reduces risk is tried all the same. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { type FakeVenue, type Refusing, startFakeVenue } from '@inspector/fake-venue';
import {
  API_KEY,
  type ConnectorForTest,
  connectedTo,
  connectorAt,
  SECRET,
  venueFor,
} from './testing/connector-for-test.ts';
import { orderOf, stopOf } from './testing/order-for-test.ts';
import { until } from './testing/until.ts';

/** What the owner is told to do, by what the venue refuses. */
const advice: readonly [Exclude<Refusing, false | 'read-only'>, RegExp][] = [
  ['bad-key', /check CCXT_BINANCE_API_KEY and CCXT_BINANCE_SECRET/],
  ['no-permission', /its permissions: to read and to trade/],
  ['ip', /add the address of this machine/],
  ['restricted', /another place is needed/],
  ['maintenance', /under maintenance: entries wait, exits are tried again/],
];

const placings = (venue: FakeVenue) =>
  venue.requests().filter(({ method, path }) => method === 'POST' && /\/(order|algoOrder)$/.test(path));

const reasonOf = ({ connector }: ConnectorForTest): string => connector.status().reason ?? '';

const isOk = ({ connector }: ConnectorForTest): Promise<void> =>
  until(
    () => connector.status().ok,
    () => `it is connected: ${JSON.stringify(connector.status())}`,
  );

async function openAddress(): Promise<string> {
  const venue = await startFakeVenue();
  await venue.stop();
  return venue.url;
}

async function venueAt(t: TestContext, url: string): Promise<FakeVenue> {
  const venue = await venueFor(t, { port: Number(new URL(url).port) });
  venue.market.move('BTCUSDT', 60_000);
  return venue;
}

describe('a connector that starts while its venue does not serve it', { concurrency: 3 }, () => {
  it('begins without a venue that cannot be reached, goes on trying, and connects when it is there', async (t) => {
    const url = await openAddress();
    const under = await connectorAt(t, url);
    await under.start();
    assert.deepEqual([under.connector.status().ok, under.connector.status().lastEventAt], [false, null]);
    assert.match(reasonOf(under), /ECONNREFUSED/);
    assert.deepEqual(under.seen, []);

    const entry = await under.connector.place(orderOf());
    assert.equal(entry.status, 'REJECTED');
    assert.match(entry.reasonText ?? '', /^entries wait: .*ECONNREFUSED/);
    await assert.rejects(under.connector.place(stopOf()), { code: 'UNAVAILABLE', message: /ECONNREFUSED/ });
    await assert.rejects(under.connector.account(), { code: 'UNAVAILABLE' });

    const venue = await venueAt(t, url);
    await isOk(under);
    assert.ok(under.seen.some(({ type }) => type === 'PROVIDER_ACCOUNT_EVENT'));
    assert.equal((await under.connector.place(orderOf())).status, 'FILLED');
    assert.equal(venue.account().positions[0]?.quantity, 0.01);
  });

  for (const [refuse, words] of advice) {
    it(`says what to do at ${refuse}, refuses entries with it, tries exits, and connects when it is over`, async (t) => {
      const venue = await venueFor(t);
      venue.market.move('BTCUSDT', 60_000);
      venue.faults.refuse = refuse;
      const under = await connectorAt(t, venue.url);
      await under.start();
      assert.match(reasonOf(under), words);
      const entry = await under.connector.place(orderOf());
      assert.deepEqual([entry.status, entry.reason], ['REJECTED', 'UNKNOWN']);
      assert.match(entry.reasonText ?? '', words);
      const asked = venue.requests().length;
      await assert.rejects(under.connector.place(stopOf()), { code: 'UNAVAILABLE' });
      assert.ok(venue.requests().length > asked, 'the venue was asked for the exit');
      venue.faults.refuse = false;
      await isOk(under);
      assert.equal((await under.connector.place(orderOf())).status, 'FILLED');
    });
  }

  it('says the same until it is over, though what everybody is answered comes', async (t) => {
    const venue = await venueFor(t);
    venue.faults.refuse = 'bad-key';
    const under = await connectorAt(t, venue.url);
    await under.start();
    const tries = () => venue.requests().filter(({ path }) => path.endsWith('/positionSide/dual')).length;
    const reasons = new Set<string>();
    await until(() => {
      reasons.add(reasonOf(under));
      return tries() >= 3;
    }, 'it tried three times');
    assert.equal(reasons.size, 1);
    assert.ok(!under.log.some(({ message }) => /answers again/.test(message)));
    assert.equal(under.log.filter(({ message }) => /check CCXT_BINANCE_API_KEY/.test(message)).length, 1);
  });
});

describe('a connector whose venue refuses it later', { concurrency: 3 }, () => {
  for (const [refuse, words] of advice) {
    it(`says what to do at ${refuse}, refuses entries with it, and tries exits`, async (t) => {
      const venue = await venueFor(t);
      venue.market.move('BTCUSDT', 60_000);
      const under = await connectedTo(t, venue);
      await under.connector.place(orderOf());
      venue.faults.refuse = refuse;
      await until(() => !under.connector.status().ok, 'it is noticed');
      assert.match(reasonOf(under), words);

      const before = placings(venue).length;
      const entry = await under.connector.place(orderOf());
      assert.equal(entry.status, 'REJECTED');
      assert.match(entry.reasonText ?? '', words);
      assert.equal(placings(venue).length, before, 'an entry is not sent');
      const exit = await under.connector.place(stopOf());
      assert.equal(exit.status, 'REJECTED');
      assert.match(exit.reasonText ?? '', words);
      assert.equal(placings(venue).length, before + 1, 'an exit is');
      await under.connector.candles({ symbol: 'BTCUSDT', interval: '1m' }).catch(() => {});
      assert.match(reasonOf(under), words, 'market data says nothing of the key');

      venue.faults.refuse = false;
      await isOk(under);
      assert.equal((await under.connector.place(stopOf())).status, 'NEW');
    });
  }

  it('hands on why an order was refused where the key may only read', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('BTCUSDT', 60_000);
    const { connector } = await connectedTo(t, venue);
    venue.faults.refuse = 'read-only';
    for (const order of [orderOf(), stopOf()]) {
      const answer = await connector.place(order);
      assert.equal(answer.status, 'REJECTED');
      assert.match(answer.reasonText ?? '', /-2015.*its permissions: to read and to trade/);
    }
    assert.equal(placings(venue).length, 2);
  });

  it('is not ok, and takes no entry, while no call is answered', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('BTCUSDT', 60_000);
    const under = await connectedTo(t, venue);
    venue.faults.serverErrors = true;
    await until(() => !under.connector.status().ok, 'it is noticed');
    assert.match(reasonOf(under), /502 Bad Gateway/);
    assert.match((await under.connector.place(orderOf())).reasonText ?? '', /^entries wait: .*502/);
    await assert.rejects(under.connector.place(stopOf()), { code: 'TIMEOUT' });
    venue.faults.clear();
    await isOk(under);
  });
});

describe('the secrets of a connector', () => {
  it('are in no status, log line, error or event, whatever goes wrong', async (t) => {
    const venue = await venueFor(t);
    venue.market.move('BTCUSDT', 60_000);
    const said: unknown[] = [];
    const { connector, seen, log } = await connectedTo(t, venue);
    const listenKeys = () => venue.requests().filter(({ path }) => path.endsWith('/listenKey'));
    assert.ok(listenKeys().length > 0);
    const everything = [
      () => connector.place(orderOf()),
      () => connector.place(stopOf()),
      () => connector.cancel({ clientOrderId: 'nobody', symbol: 'BTCUSDT' }),
      () => connector.cancelAll('BTCUSDT'),
      () => connector.openOrders('BTCUSDT'),
      () => connector.account(),
      () => connector.setLeverage('BTCUSDT', 3),
      () => connector.candles({ symbol: 'BTCUSDT', interval: '1m' }),
    ];
    const refusals: readonly (() => void)[] = [
      ...(['bad-key', 'ip', 'restricted', 'maintenance'] as const).map((refuse) => () => {
        venue.faults.refuse = refuse;
      }),
      () => {
        venue.faults.serverErrors = { body: 'json' };
      },
      () => {
        venue.faults.timeoutBeforeAccept = { cut: true };
      },
    ];
    for (const refuse of refusals) {
      venue.faults.clear();
      refuse();
      for (const call of everything) said.push(await call().catch((error: unknown) => error));
      said.push(connector.status());
    }
    venue.faults.clear();
    venue.faults.listenKeyExpired = true;
    venue.faults.cutSockets();
    await until(() => log.some(({ message }) => /by REST meanwhile/.test(message)), 'the loss of the stream is logged');
    const wrong = await connectorAt(t, venue.url, { credentials: { secret: `${SECRET}-and-wrong` } });
    await wrong.start();
    assert.match(reasonOf(wrong), /check CCXT_BINANCE_API_KEY/);

    const text = inspect([said, seen, log, wrong.log, wrong.connector.status()], {
      ...{ depth: 20, showHidden: true, maxArrayLength: null, maxStringLength: null },
    });
    for (const secret of [API_KEY, SECRET, 'signature=', 'listenKey=']) assert.ok(!text.includes(secret), secret);
  });
});
