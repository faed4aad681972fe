import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { createMemoryBus } from './bus/index.ts';
import { startInspector } from './main.ts';
import { configForTest } from './testing/whole-inspector.ts';

/** Calls of one run: each is a round through engine and disk. */
const CALLS = 400;

const text = fc.oneof(
  fc.constantFrom('paper', 'futures', 'BTCUSDT', 'LONG', 'SHORT', 'd1', 'global', 'account:paper:futures', 'DRAWDOWN'),
  fc.string({ maxLength: 12 }),
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(0, 1, -1, 1e308),
);
const value = fc.oneof(text, number, fc.boolean(), fc.constant(null), fc.record({ name: text }));
const fields = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), value, { maxKeys: names.length });

const request = fields(
  'requestId',
  'connectorType',
  'marketType',
  'accountId',
  'symbol',
  'side',
  'quantity',
  'sizePercent',
  'price',
  'stopLoss',
  'takeProfit',
  'leverage',
  'expectedRoiPercent',
  'detectorSysname',
  'expiresAt',
);

const call = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constant('POST /risk/check'), fc.record({ request })) },
  fc.tuple(fc.constant('POST /system/standdown'), fc.record({ enabled: fc.boolean(), reason: text, scope: text })),
  fc.tuple(fc.constant('POST /system/standdown'), fields('enabled', 'reason', 'scope', 'until')),
  fc.tuple(fc.constant('POST /governor/rearm'), fields('code', 'scope', 'reason', 'actor', 'baseline')),
  fc.tuple(fc.constant('POST /kill-switch/preview'), fields('scope', 'includeLegacy')),
  fc.tuple(fc.constant('POST /kill-switch/trigger'), fc.record({ scope: text, reason: text, confirm: fc.boolean() })),
  fc.tuple(fc.constant('POST /kill-switch/rearm'), fields('incidentId', 'reason', 'actor', 'secondActor')),
  fc.tuple(fc.constant('POST /lease/d1'), fc.record({ ttlMs: fc.integer({ min: -1, max: 100 }) })),
  fc.tuple(fc.constant('POST /risk/positions/p/close'), fields('quantity', 'reason')),
  fc.tuple(fc.constant('PUT /options'), fc.record({ options: fc.object({ maxDepth: 2 }) })),
);

test('no call makes the Inspector fail, and what it recorded has no hole', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'inspector-'));
  const failures: unknown[] = [];
  const log = { info() {}, warn() {}, error() {} };
  const inspector = await startInspector(configForTest({ dataDir }), {
    bus: createMemoryBus(),
    log,
    onFailed: (error) => failures.push(error),
  });
  t.after(async () => {
    await inspector.stop('the test is over');
    rmSync(dataDir, { recursive: true, force: true });
  });

  await fc.assert(
    fc.asyncProperty(call, async ([target, body]) => {
      const [method = '', path] = target.split(' ');
      const response = await fetch(`${inspector.url}/api/inspector${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const answer = await response.text();
      assert.ok(response.status < 500, `${target} ${JSON.stringify(body)}: ${response.status} ${answer}`);
      assert.deepEqual(failures, []);
    }),
    { numRuns: CALLS },
  );
  const records = inspector.auditAfter(0, 100_000);
  assert.ok(records.every((record, index) => record.seq === index + 1));
});
