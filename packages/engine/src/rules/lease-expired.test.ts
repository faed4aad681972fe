import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

test('refuses with LEASE_EXPIRED when the lease of the detector ran out, and of no other', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.command('lease', { detectorSysname: 'other', ttlMs: 60_000 });
  bench.command('lease', { detectorSysname: 'det', ttlMs: 1000 });
  bench.at(999);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK', 'until the last moment');
  bench.at(1000);
  assert.equal(bench.open({ quantity: 1 }).code, 'LEASE_EXPIRED');
  assert.equal(bench.open({ quantity: 1, detectorSysname: 'other' }).code, 'OK');
  assert.equal(bench.open({ quantity: 1, detectorSysname: 'none' }).code, 'OK', 'one that took no lease needs none');
});

test('passes again after a renewal, where no position was closed', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.command('lease', { detectorSysname: 'det', ttlMs: 1000 }).at(2000);
  bench.command('lease', { detectorSysname: 'det', ttlMs: 1000 });
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});
