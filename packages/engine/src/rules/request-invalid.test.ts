import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, openBench } from '#testing/bench.ts';

const bad: [string, Record<string, unknown>][] = [
  ['quantity is text', { quantity: '1' }],
  ['quantity is null', { quantity: null }],
  ['quantity is infinite', { quantity: Number.POSITIVE_INFINITY }],
  ['quantity is 0 as sent', { quantity: 0 }],
  ['quantity is below 0', { quantity: -1 }],
  ['quantity and sizePercent are both given', { quantity: 1, sizePercent: 1 }],
  ['sizePercent is 0', { sizePercent: 0 }],
  ['neither size is given and riskPerTradePercent is 0', {}],
  ['side is no side', { quantity: 1, side: 'BUY' }],
  ['symbol is missing', { quantity: 1, symbol: {} as { name: string } }],
  ['connectorType is missing', { quantity: 1, connectorType: undefined }],
  ['marketType is a number', { quantity: 1, marketType: 7 }],
  ['detectorSysname is missing', { quantity: 1, detectorSysname: undefined }],
  ['price is 0', { quantity: 1, price: 0 }],
  ['leverage is below 0', { quantity: 1, leverage: -3 }],
  ['expiresAt is text', { quantity: 1, expiresAt: 'soon' }],
  ['expectedRoiPercent is not a number', { quantity: 1, expectedRoiPercent: Number.NaN }],
  ['the stop of a LONG is above the price', { quantity: 1, stopLoss: 2001 }],
  ['the stop of a LONG is at the price', { quantity: 1, price: 2000, stopLoss: 2000 }],
  ['the target of a LONG is below the price', { quantity: 1, takeProfit: 1999 }],
  ['the stop of a SHORT is below the price', { quantity: 1, side: 'SHORT', stopLoss: 1990 }],
  ['the target of a SHORT is above the price', { quantity: 1, side: 'SHORT', takeProfit: 2010 }],
];

for (const [when, request] of bad) {
  test(`refuses with REQUEST_INVALID when ${when}`, () => {
    const bench = openBench().price('ETHUSDT', 2000);
    const decision = bench.open(request);
    assert.equal(decision.data.decision, 'BLOCK');
    assert.deepEqual(codesOf(decision), ['REQUEST_INVALID'], 'it ends the evaluation');
    assert.deepEqual(bench.of('ORDER_SENT'), []);
  });
}

test('refuses with REQUEST_INVALID when the other side is open or on its way: that is a flip', () => {
  const filled = openBench().price('ETHUSDT', 2000);
  filled.open({ quantity: 1 });
  assert.equal(filled.open({ quantity: 1, side: 'SHORT' }).code, 'REQUEST_INVALID');
  const sent = openBench({ venue: 'none' }).price('ETHUSDT', 2000);
  sent.open({ quantity: 1 });
  assert.equal(sent.open({ quantity: 1, side: 'SHORT' }).code, 'REQUEST_INVALID');
});

test('passes with levels on their sides, and levels are judged by the limit price where one is given', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 1, stopLoss: 1999, takeProfit: 2001 }).code, 'OK');
  assert.equal(
    bench.open({ symbol: 'ETHUSDT', quantity: 1, price: 1950, stopLoss: 1949, takeProfit: 1951 }).code,
    'OK',
  );
});

test('a request that names no account place makes no account', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.open({ connectorType: undefined, quantity: 1 });
  bench.exit('close', { marketType: '' });
  assert.deepEqual(
    bench.engine.accounts.map(({ key }) => key),
    ['paper:futures'],
  );
});
