import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AuditRecord, Envelope } from '@inspector/contract';
import { createRedisBus } from '@inspector/inspector/bus';
import { redisMissing, startRedis } from '@inspector/servers';
import { startProgram } from '#testing/run-program.ts';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { call, TOKEN, until } from './testing/pair.ts';

const skip = redisMissing() ?? false;
const SYMBOL = { name: 'BTCUSDT', baseAsset: 'BTC', quoteAsset: 'USDT', status: 'TRADING' };
const SIZES = { tickSize: 0.1, stepSize: 0.001, minQuantity: 0.001, minNotional: 5, maxLeverage: 50 };

/** A recorded market of another account, half a minute long. */
function recording(): string {
  const place = { connectorType: 'recorded', marketType: 'futures' }; // played as replay:futures
  const start = 1_767_603_600_000;
  const lines: unknown[] = [
    {
      type: 'REPLAY_ACCOUNT',
      timestamp: start,
      payload: { ...place, walletBalance: 10_000, symbols: [{ ...SYMBOL, ...SIZES }] },
    },
  ];
  for (let second = 0; second < 60; second++) {
    lines.push({
      eventId: randomUUID(),
      type: 'PROVIDER_MARKETDATA_ORDERBOOK',
      source: 'PROVIDER',
      timestamp: start + second * 1_000,
      payload: {
        ...place,
        symbol: { name: 'BTCUSDT' },
        bids: [{ price: 60_000, volume: 5 }],
        asks: [{ price: 60_001, volume: 5 }],
        time: start + second * 1_000,
      },
    });
  }
  return lines.map((line) => JSON.stringify(line)).join('\n');
}

test('Inspectors of other keys govern their own accounts, and the proxy knows each by its key', { skip }, async (t) => {
  const directory = temporaryDirectory(t);
  const redis = await startRedis();
  assert.ok(redis);
  t.after(() => redis.stop());
  const file = join(directory, 'recorded.ndjson');
  writeFileSync(file, recording());
  const env = {
    EVENT_BUS_URL: redis.url,
    PROVIDER_API_TOKEN: TOKEN,
    PROVIDER_PORT: '0',
    INSPECTOR_PORT: '0',
    CONNECTORS: `paper,replay:${file}`,
  };
  const provider = startProgram(['provider'], { ...env, INSPECTOR_DATA_DIR: join(directory, 'provider') });
  t.after(() => provider.child.kill('SIGKILL'));
  const url = String((await provider.logged('Provider is up')).provider);
  const accounts = { alpha: 'paper:futures', beta: 'replay:futures' };
  for (const [appKey, account] of Object.entries(accounts)) {
    const own = { INSPECTOR_APP_KEY: appKey, INSPECTOR_ACCOUNTS: account, INSPECTOR_DATA_DIR: join(directory, appKey) };
    const program = startProgram(['serve'], { ...env, ...own, PROVIDER_URL: url });
    t.after(() => program.child.kill('SIGKILL'));
    await program.logged('Inspector is up');
  }
  const of = (appKey: string, path: string) =>
    call<{ data: AuditRecord[] }>(url, `/inspectors/${appKey}/inspector${path}`);
  const decided = async (appKey: string) =>
    (await of(appKey, '/risk/audit?kind=REQUEST_DECIDED')).data.map(({ requestId, accountKey }) => [
      requestId,
      accountKey,
    ]);

  for (const [appKey, account] of Object.entries(accounts)) {
    await until(async () => {
      const { data } = await of(appKey, '/reconcile/state');
      assert.deepEqual(
        data.map(({ accountKey }) => accountKey),
        [account],
      );
      return true;
    }, `${appKey} has reconciled ${account}, and no other account`);
  }

  const bus = createRedisBus({ url: redis.url, name: 'test', log: { info() {}, warn() {} } });
  t.after(() => bus.close());
  await bus.ready();
  for (const account of Object.values(accounts)) await bus.publish('DETECTOR', request(account));
  await until(
    async () => (await decided('alpha')).length > 0 && (await decided('beta')).length > 0,
    'both have decided',
  );
  assert.deepEqual(await decided('alpha'), [['for paper:futures', 'paper:futures']]);
  assert.deepEqual(await decided('beta'), [['for replay:futures', 'replay:futures']]);
});

function request(account: string): Envelope {
  const [connectorType, marketType] = account.split(':');
  return {
    eventId: randomUUID(),
    type: 'DETECTOR_POSITION_OPEN_REQUEST',
    source: 'DETECTOR',
    timestamp: Date.now(),
    payload: {
      requestId: `for ${account}`,
      connectorType,
      marketType,
      symbol: { name: 'BTCUSDT' },
      side: 'LONG',
      quantity: 0.001,
      detectorSysname: 'test',
    },
  } as Envelope;
}
