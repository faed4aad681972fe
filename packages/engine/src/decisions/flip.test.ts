import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

function held(options: object = {}) {
  const bench = openBench({ options }).price('ETHUSDT', 2000);
  bench.open({ requestId: 'in', quantity: 2 });
  return bench;
}

test('a flip is two decisions: the exit first, then, once that has filled, the entry of the other side', () => {
  const bench = held();
  const from = bench.records.length;
  const decisions = bench.request('flip', { requestId: 'turn' });
  assert.deepEqual(
    decisions.map(({ code, data, requestId }) => [code, data.exit ?? false, requestId]),
    [
      ['OK', true, 'turn'],
      ['OK', false, 'turn'],
    ],
  );
  const story = bench.story(from).filter((line) => /DECIDED|OPENED|CLOSED/.test(line));
  assert.deepEqual(story, [
    'REQUEST_DECIDED OK',
    'POSITION_CLOSED DETECTOR',
    'REQUEST_DECIDED OK',
    'POSITION_OPENED RUNTIME',
  ]);
  const opened = bench.last('POSITION_OPENED')?.data;
  assert.deepEqual([opened?.side, opened?.quantity], ['SHORT', 2], 'what was closed, where nothing is said');
});

test('the entry waits for the exit’s fill', () => {
  const bench = openBench({ venue: 'none' }).price('ETHUSDT', 2000);
  bench.open({ requestId: 'in', quantity: 2 });
  const filled = { symbol: { name: 'ETHUSDT' }, status: 'FILLED', quantityExecuted: 2, priceExecuted: 2000 } as const;
  bench.order({ ref: 'in:entry', ...filled });
  assert.equal(bench.request('flip', { requestId: 'turn', quantity: 0.5 }).length, 1);
  bench.order({ ref: 'turn:close', ...filled, status: 'PARTIALLY_FILLED', quantityExecuted: 1 });
  assert.equal(bench.of('REQUEST_DECIDED').length, 2);
  bench.order({ ref: 'turn:close', ...filled });
  assert.equal(bench.of('REQUEST_DECIDED').length, 3);
  const { side, quantity, purpose } = bench.last('ORDER_SENT')!.data;
  assert.deepEqual([side, quantity, purpose], ['SELL', 0.5, 'ENTRY']);
});

test('if the entry is refused the exit still happens', () => {
  const bench = held().command('standdown', { enabled: true });
  const decisions = bench.request('flip', { requestId: 'turn' });
  assert.deepEqual(
    decisions.map(({ code }) => code),
    ['OK', 'STAND_DOWN_ACTIVE'],
  );
  assert.equal(bench.last('POSITION_CLOSED')?.code, 'DETECTOR');
  assert.equal(bench.of('POSITION_OPENED').length, 1);
});

test('a flip without a position of that side is NO_POSITION, and no entry follows', () => {
  const bench = held();
  const decisions = bench.request('flip', { side: 'SHORT' });
  assert.deepEqual(
    decisions.map(({ code }) => code),
    ['NO_POSITION'],
  );
});

test('levels of a flip belong to its entry', () => {
  const bench = held();
  const decisions = bench.request('flip', { requestId: 'turn', stopLoss: 2020, takeProfit: 1900 });
  assert.deepEqual(
    decisions.map(({ code }) => code),
    ['OK', 'OK'],
  );
  assert.equal(bench.last('POSITION_OPENED')?.data.stopLoss, 2020);
});
