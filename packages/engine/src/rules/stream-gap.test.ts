import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

test('refuses with STREAM_GAP when the number of an account event jumps, until a reconciliation', () => {
  const bench = openBench({ venue: 'none' }).price('ETHUSDT', 2000);
  bench.account('balance', { walletBalance: 50_000 }, { seq: 7 });
  bench.account('balance', { walletBalance: 50_000 }, { seq: 8 });
  assert.equal(bench.open({ quantity: 1 }).code, 'OK', 'it counts by one from any start');
  bench.account('balance', { walletBalance: 50_000 }, { seq: 10 });
  assert.equal(bench.open({ quantity: 1 }).code, 'STREAM_GAP');
  const gap = bench.last('DATA_GAP')?.data;
  assert.deepEqual([gap?.expectedSeq, gap?.seenSeq], [9, 10]);
  bench.snapshot({ walletBalance: 50_000, positions: [] });
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

test('account and order events share one count', () => {
  const bench = openBench({ venue: 'none' }).price('ETHUSDT', 2000);
  bench.account('balance', { walletBalance: 50_000 }, { seq: 1 });
  bench.order({ clientOrderId: 'x', externalId: 'x', symbol: { name: 'ETHUSDT' }, side: 'BUY', status: 'NEW' }, 3);
  assert.equal(bench.open({ quantity: 1 }).code, 'STREAM_GAP');
});

test('passes when an event is repeated: that is no jump', () => {
  const bench = openBench({ venue: 'none' }).price('ETHUSDT', 2000);
  for (const seq of [1, 2, 2, 1, 3]) bench.account('balance', { walletBalance: 50_000 }, { seq });
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});
