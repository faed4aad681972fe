import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRequestLog, isRequestLogFull, MAX_REQUEST_IDS, rememberDecided } from '#state/request-log.ts';
import { codesOf, openBench, START } from '#testing/bench.ts';

const DAY_MS = 86_400_000;

test('refuses with REQUEST_DUPLICATE when the id was approved in the last 24 h, and nothing else happens', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.open({ requestId: 'one', quantity: 1 });
  bench.at(DAY_MS - 1).price('ETHUSDT', 2000);
  const sent = bench.of('ORDER_SENT').length;
  const again = bench.open({ requestId: 'one', quantity: 1 });
  assert.deepEqual(codesOf(again), ['REQUEST_DUPLICATE']);
  assert.match(again.message, /ALLOW OK/, 'the first decision is answered again');
  assert.equal(bench.of('ORDER_SENT').length, sent);
});

test('passes 24 h after the approval', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.open({ requestId: 'one', quantity: 1 });
  bench.at(DAY_MS).price('ETHUSDT', 2000);
  assert.equal(bench.open({ requestId: 'one', quantity: 1 }).code, 'OK');
});

test('refuses with REQUEST_DUPLICATE when the id was refused in the last 60 s, and judges anew after them', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  assert.equal(bench.open({ requestId: 'one', symbol: 'HALTUSDT', quantity: 1 }).code, 'SYMBOL_UNKNOWN');
  bench.at(59_999).price('ETHUSDT', 2000);
  const again = bench.open({ requestId: 'one', quantity: 1 });
  assert.equal(again.code, 'REQUEST_DUPLICATE');
  assert.match(again.message, /SYMBOL_UNKNOWN/);
  bench.at(60_000).price('ETHUSDT', 2000);
  assert.equal(bench.open({ requestId: 'one', quantity: 1 }).code, 'OK', 'the answer in between did not lengthen it');
});

test('an approval after a refusal of the same id is remembered for its own 24 h', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.open({ requestId: 'one', symbol: 'HALTUSDT', quantity: 1 });
  bench.at(60_000).price('ETHUSDT', 2000);
  bench.open({ requestId: 'one', quantity: 1 });
  bench.at(200_000).price('ETHUSDT', 2000);
  bench.open({ requestId: 'other', quantity: 1 });
  assert.equal(bench.open({ requestId: 'one', quantity: 1 }).code, 'REQUEST_DUPLICATE');
});

test('a check is no decision: its id can be decided, and a decided id can be checked', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  assert.equal(bench.check({ requestId: 'one', quantity: 1 }).code, 'OK');
  assert.equal(bench.open({ requestId: 'one', quantity: 1 }).code, 'OK');
  assert.equal(bench.check({ requestId: 'one', quantity: 1 }).code, 'OK');
});

test('at most 1,000,000 ids are kept; when they are full new requests wait as ORDER_RATE', () => {
  const log = createRequestLog();
  const decided = { decision: 'ALLOW', code: 'OK', seq: 1, eventId: 'e', approved: true, at: START };
  for (let id = 0; id < MAX_REQUEST_IDS; id++) rememberDecided(log, `x${id}`, decided);
  assert.equal(isRequestLogFull(log, START + DAY_MS - 1), true);
  const bench = openBench().price('ETHUSDT', 2000);
  bench.engine.requests = log;
  const refused = bench.open({ quantity: 1 });
  assert.equal(refused.code, 'ORDER_RATE');
  assert.equal(refused.data.decision, 'THROTTLE');
  bench.at(DAY_MS).price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK', 'they are 24 h old');
});
