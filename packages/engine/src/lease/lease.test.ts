import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bench, type BenchSettings, openBench, START } from '#testing/bench.ts';
import { verify } from '#testing/verify.ts';

const scenario = (name: string, settings: BenchSettings, run: (bench: Bench) => void) =>
  test(name, () => {
    const bench = openBench(settings);
    run(bench);
    verify(bench);
  });

const take = (bench: Bench, onExpiry: 'block' | 'close' = 'block', ttlMs = 1000) =>
  bench.command('lease', { detectorSysname: 'det', ttlMs, onExpiry });
const code = (bench: Bench) => bench.price('ETHUSDT', 2000).open({ quantity: 1 }).code;

scenario('a lease that runs out locks its detector, and no other', {}, (bench) => {
  take(bench);
  assert.equal(bench.last('LEASE_CHANGED')?.code, 'TAKEN');
  bench.wait(999);
  assert.equal(code(bench), 'OK');
  bench.wait(1);
  const expired = bench.last('LEASE_CHANGED')!;
  assert.deepEqual([expired.code, expired.ts, expired.detectorSysname], ['EXPIRED', START + 1000, 'det']);
  assert.equal(code(bench), 'LEASE_EXPIRED');
  assert.equal(bench.price('ETHUSDT', 2000).open({ quantity: 1, detectorSysname: 'other' }).code, 'OK');
});

scenario('renewed in time it does not run out; a plain renewal writes nothing', {}, (bench) => {
  take(bench).wait(900);
  take(bench).wait(999);
  assert.deepEqual(
    bench.of('LEASE_CHANGED').map((record) => record.code),
    ['TAKEN'],
  );
  bench.wait(1);
  assert.equal(bench.last('LEASE_CHANGED')?.code, 'EXPIRED');
});

scenario('block: renewing after expiry unlocks', {}, (bench) => {
  take(bench).wait(2000);
  take(bench);
  assert.equal(bench.last('LEASE_CHANGED')?.code, 'RENEWED');
  assert.equal(code(bench), 'OK');
  bench.wait(1000);
  assert.equal(code(bench), 'LEASE_EXPIRED');
});

scenario('close: its positions are closed, and renewing does not unlock', {}, (bench) => {
  bench.price('ETHUSDT', 2000).price('BTCUSDT', 50_000);
  bench.open({ quantity: 1 });
  bench.open({ symbol: 'BTCUSDT', quantity: 0.1, detectorSysname: 'other' });
  take(bench, 'close').wait(1000);
  assert.deepEqual(
    bench.of('POSITION_CLOSED').map((record) => [record.code, record.symbol]),
    [['LEASE_EXPIRED', 'ETHUSDT']],
  );
  take(bench, 'close', 60_000);
  assert.equal(code(bench), 'LEASE_EXPIRED');
  bench.command('rearm', { code: 'LEASE_EXPIRED', scope: 'detector:det' });
  assert.equal(code(bench), 'OK');
  bench.wait(60_000);
  assert.equal(code(bench), 'LEASE_EXPIRED');
});

scenario('close without positions: renewing unlocks', {}, (bench) => {
  take(bench, 'close').wait(1000);
  assert.equal(code(bench), 'LEASE_EXPIRED');
  take(bench, 'close');
  assert.equal(code(bench), 'OK');
});

scenario('released, it locks nothing', {}, (bench) => {
  take(bench).wait(2000);
  bench.command('lease/release', { detectorSysname: 'det' });
  assert.equal(code(bench), 'OK');
});
