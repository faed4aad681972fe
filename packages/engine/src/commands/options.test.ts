import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UTC } from '#calendar/zone-table.ts';
import { openBench } from '#testing/bench.ts';
import { optionsWith } from '#testing/limits-off.ts';
import { differenceOf } from './options-difference.ts';

test('new options hold from the next decision on; the record names what changed and who did it', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.options({ tradeSettings: { maxOrderNotionalUsd: 100 } });
  const changed = bench.last('OPTIONS_CHANGED')!;
  assert.deepEqual([changed.code, changed.actor, changed.data.version], ['OK', 'operator', 2]);
  assert.deepEqual(changed.data.difference, [{ path: 'tradeSettings.maxOrderNotionalUsd', from: 0, to: 100 }]);
  assert.equal(bench.open({ quantity: 1 }).code, 'ORDER_NOTIONAL');
});

test('a stale version is refused and changes nothing', () => {
  const bench = openBench();
  const input = { kind: 'options', now: bench.now, options: optionsWith({}), zone: UTC, actor: 'me' } as const;
  bench.feed({ ...input, ifVersion: 2, replyTo: 1 });
  assert.ok(!bench.replies[0]?.ok && bench.replies[0]?.status === 412 && bench.replies[0].code === 'OPTIONS_CONFLICT');
  bench.feed({ ...input, ifVersion: 1, replyTo: 2 });
  assert.ok(bench.replies[1]?.ok);
  assert.equal(bench.engine.optionsVersion, 2);
});

test('priceStaleMs changes what is fresh', () => {
  const bench = openBench()
    .price('ETHUSDT', 2000)
    .options({ tradeSettings: { priceStaleMs: 1000 } })
    .at(1001);
  assert.equal(bench.open({ quantity: 1 }).code, 'PRICE_STALE');
});

test('a time zone that is changed moves the day’s end', () => {
  const tokyo = { name: 'Asia/Tokyo', starts: [-8.64e15], offsetsMs: [9 * 3_600_000] };
  const bench = openBench()
    .price('ETHUSDT', 2000)
    .options({ general: { timezone: 'Asia/Tokyo' } }, tokyo);
  bench.at(3 * 3_600_000 - 1).price('ETHUSDT', 2000);
  assert.deepEqual(bench.of('DAY_ROLLED'), []);
  bench.at(3 * 3_600_000).price('ETHUSDT', 2000);
  assert.equal(bench.of('DAY_ROLLED').length, 1);
});

test('an override that is called like something every object has is a change like any other', () => {
  const after = { overrides: { detectors: { constructor: { maxLeverage: 2 } } } };
  assert.deepEqual(differenceOf({ overrides: { detectors: {} } }, after), [
    { path: 'overrides.detectors.constructor', from: null, to: { maxLeverage: 2 } },
  ]);
});
