/** Equity through a whole Inspector: the venue's wallet, the runner's pictures, disk and REST. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Envelope, EquityResponse } from '@inspector/contract';
import { createMemoryBus, type MemoryBus } from '../bus/index.ts';
import type { Inspector } from '../inspector-port.ts';
import { openSqliteJournal, type SqliteJournal } from '../journal/index.ts';
import { startInspector } from '../main.ts';
import { type Clock, systemClock } from '../runner/clock.ts';
import { configForTest, paperMarket, quietVenue } from '../testing/whole-inspector.ts';
import { ACCOUNT } from './testing/points.ts';

function tellPrice(bus: MemoryBus): Promise<unknown> {
  const timestamp = Date.now();
  const payload = { ...paperMarket, prices: { BTCUSDT: { value: 50_000, moment: timestamp, mark: true } } };
  const envelope = { eventId: randomUUID(), type: 'PROVIDER_SYMBOL_PRICES', source: 'PROVIDER', timestamp, payload };
  return bus.publish('PROVIDER', envelope as Envelope);
}

/** What is due in 5 s is due in 20 ms. */
const hasty: Clock = {
  ...systemClock,
  after: (delayMs, callback) => systemClock.after(delayMs === 5_000 ? 20 : delayMs, callback),
};

async function started(dataDir: string, journal?: SqliteJournal): Promise<Inspector> {
  const bus = createMemoryBus();
  const inspector = await startInspector(configForTest({ dataDir }), {
    bus,
    log: { info() {}, warn() {}, error() {} },
    client: quietVenue(),
    ...(journal === undefined ? {} : { journal }),
    clock: hasty,
    onFailed: (error) => {
      throw error;
    },
  });
  // The engine's time goes on with what it hears.
  const talking = setInterval(() => void tellPrice(bus), 10);
  after(() => {
    clearInterval(talking);
    return inspector.stop('the test is over');
  });
  return inspector;
}

async function equity(inspector: Inspector, query = ''): Promise<EquityResponse> {
  const response = await fetch(`${inspector.url}/api/inspector/risk/equity${query}`);
  assert.equal(response.status, 200);
  return (await response.json()) as EquityResponse;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await holds())) {
    assert.ok(performance.now() < deadline, `${what} did not come about`);
    await wait(10);
  }
}

for (const [opener, journalIn] of [
  ['the Inspector itself', () => undefined],
  ['whoever starts it', (directory: string) => openSqliteJournal({ directory, appKey: 'inspector' })],
] as const) {
  test(`known equity is sampled, told, and there after a restart: the store is opened by ${opener}`, () =>
    outlivesARestart(journalIn));
}

async function outlivesARestart(journalIn: (directory: string) => SqliteJournal | undefined): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'inspector-equity-'));
  after(() => rmSync(dataDir, { recursive: true, force: true }));
  const first = await started(dataDir, journalIn(dataDir));
  await until('a sample is taken', async () => (await equity(first)).count > 1);
  const [oldest] = (await equity(first, `?accountKey=${ACCOUNT}`)).data;
  const flat = { drawdownPct: 0, dailyPnlPct: 0, dailyPnlUsd: 0, exposureUsd: 0 };
  assert.deepEqual(oldest, { accountKey: ACCOUNT, ts: oldest?.ts, equityUsd: 10_000, ...flat });
  await first.stop('restart');

  const second = await started(dataDir, journalIn(dataDir));
  assert.deepEqual((await equity(second, '?from=0')).data[0], oldest);
  const begun = Date.now();
  await until('it goes on', async () => (await equity(second, `?from=${begun}`)).count > 0);
}
