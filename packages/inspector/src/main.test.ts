import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { AuditRecord, Envelope, EventType, Order } from '@inspector/contract';
import { createMemoryBus, type MemoryBus } from './bus/index.ts';
import type { Inspector, InspectorConfig, InspectorPorts } from './inspector-port.ts';
import { startInspector } from './main.ts';
import { configForTest, paperMarket, quietVenue } from './testing/whole-inspector.ts';

const log = { info() {}, warn() {}, error() {} };
/** A Provider's registry that only counts. */
async function registry(t: TestContext): Promise<{ url: string; calls: string[] }> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(request.url ?? '');
    request.resume().on('end', () => response.end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

function dataDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'inspector-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

interface Started {
  inspector: Inspector;
  bus: MemoryBus;
  placed: Order[];
  config: InspectorConfig;
  ports: InspectorPorts;
}

async function started(t: TestContext, given: Partial<InspectorConfig> = {}): Promise<Started> {
  const bus = createMemoryBus();
  const placed: Order[] = [];
  const config = configForTest({
    ...given,
    dataDir: given.dataDir ?? dataDirectory(t),
    provider: given.provider ?? { url: (await registry(t)).url, token: () => 'secret' },
  });
  const ports: InspectorPorts = {
    bus,
    log,
    client: quietVenue(placed),
    onFailed: (error) => {
      throw error;
    },
  };
  const inspector = await startInspector(config, ports);
  t.after(() => inspector.stop('the test is over'));
  return { inspector, bus, placed, config, ports };
}

async function call(inspector: Inspector, path: string, body?: object, method = body === undefined ? 'GET' : 'POST') {
  const response = await fetch(`${inspector.url}/api/inspector${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

/** Tries again until it holds: what comes over the bus and from the venue comes when it comes. */
async function eventually(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail(`it did not come to pass that ${what}`);
}

const ready = (inspector: Inspector) => eventually(() => inspector.health().ready, 'the Inspector is ready');

async function publish(bus: MemoryBus, type: EventType, payload: object): Promise<void> {
  const source = type.slice(0, type.indexOf('_')) as 'PROVIDER' | 'DETECTOR';
  const envelope = { eventId: randomUUID(), type, source, timestamp: Date.now(), payload } as Envelope;
  await bus.publish(source, envelope);
}

async function publishMarket(bus: MemoryBus): Promise<void> {
  const symbol = { name: 'BTCUSDT' };
  const spec = { ...symbol, baseAsset: 'BTC', quoteAsset: 'USDT', status: 'TRADING', tickSize: 0.1, stepSize: 0.001 };
  await publish(bus, 'PROVIDER_SYMBOLS', { ...paperMarket, symbols: [{ ...spec, minQuantity: 0.001 }] });
  const time = Date.now();
  const prices = { BTCUSDT: { value: 50_000, moment: time, mark: true } };
  await publish(bus, 'PROVIDER_SYMBOL_PRICES', { ...paperMarket, prices });
  const bids = [{ price: 49_999, volume: 10 }];
  const asks = [{ price: 50_001, volume: 10 }];
  await publish(bus, 'PROVIDER_MARKETDATA_ORDERBOOK', { ...paperMarket, symbol, bids, asks, time });
}

const request = (requestId: string) => ({
  requestId,
  ...paperMarket,
  symbol: { name: 'BTCUSDT' },
  side: 'LONG',
  quantity: 0.01,
  detectorSysname: 'd1',
});

const kindsOf = (records: AuditRecord[]) => new Set(records.map((record) => record.kind));

test('a request from the bus is decided, recorded, sent and shown', async (t) => {
  const { inspector, bus, placed } = await started(t);
  await publishMarket(bus);
  await ready(inspector);
  const check = await call(inspector, '/risk/check', { request: request('c1') });
  assert.equal(check.status, 200);
  assert.deepEqual([check.body.decision, check.body.code], ['ALLOW', 'OK'], check.body.message);
  assert.equal(placed.length, 0);

  await publish(bus, 'DETECTOR_POSITION_OPEN_REQUEST', request('r1'));
  await eventually(() => placed.length > 0, 'the entry is sent');
  assert.deepEqual([placed[0]?.symbol.name, placed[0]?.quantity], ['BTCUSDT', 0.01]);
  const { body } = await call(inspector, '/risk/audit?limit=5000');
  const kinds = kindsOf(body.data);
  for (const kind of ['STARTED', 'REQUEST_DECIDED', 'ORDER_INTENT'] as const) {
    assert.ok(kinds.has(kind), `${kind} is not among ${[...kinds]}`);
  }
  const seqs = body.data.map((record: AuditRecord) => record.seq);
  assert.deepEqual(
    seqs,
    Array.from({ length: seqs.length }, (_, index) => seqs.length - index),
  );
  assert.equal(inspector.auditAfter(0, 2).length, 2);
  assert.equal((await call(inspector, '/reservations/stats')).body.count, 1);
});

test('what was changed is seen at once, and is there after a restart', async (t) => {
  const dataDir = dataDirectory(t);
  const first = await started(t, { dataDir });
  const put = await call(
    first.inspector,
    '/options',
    { options: { riskManagement: { maxDailyLossPercent: 4 } } },
    'PUT',
  );
  assert.deepEqual([put.status, put.body.version, put.headers.get('etag')], [200, 2, '"2"']);
  const lock = { enabled: true, reason: 'news', actor: 'ann' };
  assert.equal((await call(first.inspector, '/system/standdown', lock)).status, 200);
  const { body: governor } = await call(first.inspector, '/governor/state');
  assert.deepEqual([governor.action, governor.locks[0].actor], ['STAND_DOWN', 'ann']);
  await first.inspector.stop('restart');

  const second = await started(t, { dataDir });
  assert.equal(second.inspector.epoch, first.inspector.epoch + 1);
  const { body: options } = await call(second.inspector, '/options');
  assert.deepEqual([options.version, options.options.riskManagement.maxDailyLossPercent], [2, 4]);
  assert.equal((await call(second.inspector, '/governor/state')).body.action, 'STAND_DOWN');
  const { body: audit } = await call(second.inspector, '/risk/audit?limit=5000');
  assert.ok(kindsOf(audit.data).has('STOPPED'));
});

test('a second start on the same data directory is refused, and the first goes on', async (t) => {
  const { inspector, config, ports } = await started(t);
  await assert.rejects(startInspector(config, ports), { code: 'DATA_DIR_HELD' });
  assert.equal((await call(inspector, '/options')).status, 200);
});

test('a port that is taken ends the start, and the data directory is free again', async (t) => {
  const { inspector, ports } = await started(t);
  const dataDir = dataDirectory(t);
  const port = Number(new URL(inspector.url).port);
  const other = { ...(await started(t)).config, dataDir };
  await assert.rejects(startInspector({ ...other, port }, ports), { code: 'PORT_IN_USE' });
  const again = await startInspector({ ...other, port: 0 }, ports);
  await again.stop('the test is over');
});

test('it signs on with the Provider and off again', async (t) => {
  const { url, calls } = await registry(t);
  const { inspector } = await started(t, { provider: { url, token: () => 'secret' } });
  // At once: whoever hears that it is up finds it through the proxy.
  assert.ok(calls.includes('/api/apps/registry/register'));
  assert.ok(inspector.nodes().some((node) => node.data?.registered === true));
  await inspector.stop('the test is over');
  assert.ok(calls.includes('/api/apps/registry/unregister'));
});

test('without a Provider it runs, says so, and stops', async (t) => {
  const { inspector } = await started(t, { provider: { url: 'http://127.0.0.1:1', token: () => 'secret' } });
  await eventually(() => inspector.health().degraded, 'it is degraded');
  await inspector.stop('the test is over');
});

test('an event that no one may send is recorded and changes nothing', async (t) => {
  const { inspector, bus } = await started(t);
  bus.receive({ eventId: 'x', type: 'PROVIDER_ORDER_CREATE', source: 'DETECTOR', timestamp: 1, payload: {} });
  await eventually(async () => {
    const { body } = await call(inspector, '/risk/audit?kind=DEAD_LETTER');
    return body.count === 1 && body.data[0].code === 'SOURCE_MISMATCH';
  }, 'the dead letter is recorded');
});

test('beyond loopback it does not start without a token, and leaves nothing open', async (t) => {
  const { config, ports } = await started(t);
  const dataDir = dataDirectory(t);
  await assert.rejects(startInspector({ ...config, dataDir, host: '0.0.0.0' }, ports), { code: 'TOKEN_REQUIRED' });
  const inspector = await startInspector({ ...config, dataDir }, ports);
  await inspector.stop('the test is over');
});
