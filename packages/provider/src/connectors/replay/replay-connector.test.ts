import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type Envelope, validateEnvelope } from '@inspector/contract';
import { connectorContract } from '../connector.contract.ts';
import { accountEvent, book, listing, mark, orderOf, T0, trade } from '../paper/exchange/testing.ts';
import { openReplayConnector, type ReplayConnector } from './replay-connector.ts';

const directory = mkdtempSync(join(tmpdir(), 'replay-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const START = T0 + 1_000_000_000;

/** Time that passes by sleeping only. */
const handPacer = () => {
  let time = START;
  return {
    now: () => time,
    sleep: async (ms: number): Promise<void> => {
      time += ms;
      await setImmediate();
    },
  };
};

const fileOf = (name: string, lines: readonly unknown[]): string => {
  const path = join(directory, name);
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
};

const opened = (file: string, settings = {}) =>
  openReplayConnector({
    file,
    balance: 10_000,
    makerFeePercent: 0,
    takerFeePercent: 0,
    pacer: handPacer(),
    ...settings,
  });

const ended = async (connector: ReplayConnector): Promise<void> => {
  while (connector.control.isRunning()) await setImmediate();
};

const recording = [
  {
    type: 'REPLAY_ACCOUNT',
    timestamp: T0,
    payload: {
      connectorType: 'paper',
      marketType: 'futures',
      walletBalance: 5000,
      positions: [],
      symbols: listing().payload.symbols,
    },
  },
  book([[1999, 9]], [[2001, 9]], T0),
  { type: 'CLOCK', timestamp: T0 + 100 },
  trade(2000, T0 + 1000),
  {
    eventId: 'r',
    type: 'DETECTOR_POSITION_OPEN_REQUEST',
    source: 'DETECTOR',
    timestamp: T0 + 1500,
    payload: { requestId: 'r' },
  },
  accountEvent({ eventType: 'transfer', options: { amount: 50 } }, T0 + 2000),
  mark(1990, T0 + 4000),
];

connectorContract('replay', async () => {
  const file = fileOf('contract.ndjson', [...recording, book([[1999, 9]], [[2001, 9]], T0 + 3_600_000)]);
  // Sleeps of an hour's recording never end by themselves: the market that was shown stays as it is.
  const pacer = { now: () => START, sleep: () => setImmediate() };
  const connector = await opened(file, { pacer });
  const market = async () => {
    // Reading a file takes as many turns as it takes; the mark is the last that is played.
    while (connector.control.isRunning() && connector.status().lastEventAt === null) await setImmediate();
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  };
  return { connector, symbol: 'ETHUSDT', quantity: 1, farBelow: 1000, market };
});

describe('the replay connector', () => {
  it('plays market and account as if they came now, in real time, and then says that it has ended', async () => {
    const seen: Envelope[] = [];
    const pacer = handPacer();
    const connector = await opened(fileOf('a.ndjson', recording), { pacer });
    assert.equal(connector.status().ok, false);
    await connector.start((envelope) => seen.push(envelope));
    await ended(connector);
    assert.deepEqual(
      seen.map((event) => [event.type, event.timestamp - START]),
      [
        ['PROVIDER_ACCOUNT_EVENT', 0],
        ['PROVIDER_SYMBOLS', 0],
        ['PROVIDER_ACCOUNT_EVENT', 0],
        ['PROVIDER_MARKETDATA_ORDERBOOK', 0],
        ['PROVIDER_MARKETDATA_TRADE', 1000],
        ['PROVIDER_ACCOUNT_EVENT', 2000],
        ['PROVIDER_SYMBOL_PRICES', 4000],
      ],
    );
    for (const event of seen) {
      assert.equal(validateEnvelope(event).ok, true);
      assert.equal((event.payload as { connectorType: string }).connectorType, 'replay');
    }
    assert.deepEqual(
      seen.flatMap((event) => event.seq ?? []),
      [1, 2, 3],
    );
    const last = seen.at(-1);
    assert.ok(last?.type === 'PROVIDER_SYMBOL_PRICES');
    assert.equal(last.payload.prices.ETHUSDT?.moment, START + 4000);
    assert.equal((await connector.account()).walletBalance, 5050);
    assert.match(connector.status().reason ?? '', /ended/);
    await connector.stop();
  });

  it('plays faster by its speed, from gzip too', async () => {
    const seen: Envelope[] = [];
    const connector = await opened(fileOf('b.ndjson.gz', recording), { speed: 10 });
    await connector.start((envelope) => seen.push(envelope));
    await ended(connector);
    assert.equal(seen.at(-1)!.timestamp, START + 400);
    await connector.stop();
  });

  it('fills orders against the recording', async () => {
    const connector = await opened(fileOf('c.ndjson', recording));
    const seen: Envelope[] = [];
    let placing: Promise<unknown> | undefined;
    await connector.start((envelope) => {
      seen.push(envelope);
      if (envelope.type !== 'PROVIDER_MARKETDATA_TRADE') return;
      const terms = { connectorType: 'replay', leverage: 10 };
      placing = connector
        .place(orderOf(terms))
        .then(() =>
          connector.place(orderOf({ ...terms, side: 'SELL', type: 'STOP_MARKET', stopPrice: 1990, reduceOnly: true })),
        );
    });
    await ended(connector);
    await placing;
    const orders = seen.filter((event) => event.type === 'PROVIDER_ORDER_CLOSE').map(({ payload }) => payload);
    assert.deepEqual(
      orders.map((order) => [order.type, order.status, order.priceExecuted]),
      [
        ['MARKET', 'FILLED', 2001],
        ['STOP_MARKET', 'FILLED', 1999],
      ],
    );
    await connector.stop();
  });

  it('stops, goes on where it stopped, and begins again once it has ended', async () => {
    const seen: string[] = [];
    const connector = await opened(fileOf('d.ndjson', recording));
    await connector.start((envelope) => {
      seen.push(envelope.type);
      if (envelope.type === 'PROVIDER_MARKETDATA_TRADE') connector.control.stop();
    });
    await ended(connector);
    assert.equal(seen.at(-1), 'PROVIDER_MARKETDATA_TRADE');
    connector.control.start(2);
    await ended(connector);
    assert.equal(seen.filter((type) => type === 'PROVIDER_MARKETDATA_TRADE').length, 1);
    assert.equal(seen.at(-1), 'PROVIDER_SYMBOL_PRICES');
    connector.control.start(1);
    await ended(connector);
    assert.equal(seen.at(-1), 'PROVIDER_MARKETDATA_TRADE');
    await connector.stop();
  });

  it('names the file, and the line, that it cannot read', async () => {
    await assert.rejects(opened(join(directory, 'missing.ndjson')), {
      code: 'INPUT_UNREADABLE',
      message: /missing\.ndjson/,
    });
    await assert.rejects(opened(fileOf('e.ndjson', ['{"type"'])), { code: 'INPUT_UNREADABLE', message: /line 1/ });
    await assert.rejects(opened(fileOf('f.ndjson', [])), { code: 'INPUT_UNREADABLE', message: /no market data/ });
    writeFileSync(join(directory, 'g.gz'), 'not gzip');
    await assert.rejects(opened(join(directory, 'g.gz')), { code: 'INPUT_UNREADABLE' });
    const connector = await opened(fileOf('h.ndjson', [recording[1], 'oops']));
    await connector.start(() => {});
    await ended(connector);
    assert.match(connector.status().reason ?? '', /line 2/);
    await connector.stop();
  });

  it('makes books and trades of a capture', async () => {
    const at = (ms: number) => `${BigInt(T0 + ms) * 1_000_000n + 123_456n}`;
    const capture = [
      `${at(0)} {"stream":"x@depth","data":{"e":"depthUpdate","s":"BTCUSDT","pu":1,"b":[["100.0","1"],["101.0","2"]],"a":[["103.0","1"],["99.5","4"]]}}`,
      `${at(10)} {"lastUpdateId":5,"bids":[["98.0","7"]],"asks":[["104.0","8"]]}`,
      `${at(20)} {"stream":"x@bookTicker","data":{"e":"bookTicker","s":"BTCUSDT","b":"100.0","B":"3","a":"102.0","A":"5"}}`,
      `${at(30)} {"stream":"x@trade","data":{"e":"trade","s":"BTCUSDT","p":"102.0","q":"0.5","X":"INSURANCE_FUND","m":false}}`,
    ];
    const seen: Envelope[] = [];
    const connector = await opened(fileOf('i.txt', capture));
    assert.equal(connector.marketType, 'futures');
    await connector.start((envelope) => seen.push(envelope));
    await ended(connector);
    const drawn = seen.find((event) => event.type === 'PROVIDER_MARKETDATA_ORDERBOOK');
    assert.deepEqual(drawn?.payload.bids, [
      { price: 100, volume: 3 },
      { price: 98, volume: 7 },
    ]);
    assert.deepEqual(drawn?.payload.asks, [
      { price: 102, volume: 5 },
      { price: 103, volume: 1 },
      { price: 104, volume: 8 },
    ]);
    const print = seen.find((event) => event.type === 'PROVIDER_MARKETDATA_TRADE');
    assert.equal(print?.payload.market, false);
    for (const event of seen) assert.equal(validateEnvelope(event).ok, true);
    await connector.stop();
  });

  const captured = join(import.meta.dirname, '../../../../../../shared/data/usdm_btcusdt_20240808.gz');
  it('plays a real capture of futures', { skip: !existsSync(captured) && 'the recording is not here' }, async () => {
    const connector = await opened(captured, { speed: 1000 });
    assert.equal(connector.marketType, 'futures');
    const counts = new Map<string, number>();
    let crossed = 0;
    await connector.start((event) => {
      counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
      if (event.timestamp > START + 40) connector.control.stop();
      if (
        event.type === 'PROVIDER_MARKETDATA_ORDERBOOK' &&
        event.payload.bids[0]!.price >= event.payload.asks[0]!.price
      )
        crossed += 1;
    });
    await ended(connector);
    // 40 s of the recording.
    assert.ok(counts.get('PROVIDER_MARKETDATA_TRADE')! > 500);
    assert.ok(counts.get('PROVIDER_MARKETDATA_ORDERBOOK')! > 200);
    assert.equal(crossed, 0);
    await connector.stop();
  });
});
