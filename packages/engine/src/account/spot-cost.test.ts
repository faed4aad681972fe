import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountInput } from '#input.ts';
import { type Bench, openBench } from '#testing/bench.ts';
import { verify } from '#testing/verify.ts';

const place = { connectorType: 'venue', marketType: 'spot' } as const;
const spec = {
  baseAsset: 'ETH',
  quoteAsset: 'USDT',
  status: 'TRADING',
  tickSize: 0.01,
  stepSize: 0.001,
  minQuantity: 0.001,
};

const snapshot = (bench: Bench, walletBalance: number, entryPrice: number, quantity = 2): void => {
  const positions = [{ symbol: 'ETHUSDT', side: 'LONG' as const, quantity, entryPrice }];
  const input: AccountInput = {
    kind: 'account',
    now: bench.now,
    eventId: `s${bench.now}`,
    ...place,
    eventType: 'snapshot',
    eventTime: bench.now,
    options: { walletBalance, positions },
  };
  bench.feed(input);
};

function held(): Bench {
  const bench = openBench({ account: false });
  bench.feed({ kind: 'symbols', now: bench.now, ...place, symbols: [{ name: 'ETHUSDT', ...spec }] });
  // 6,000 in money and 2 that are counted at 2,000.
  snapshot(bench, 10_000, 2000);
  return bench;
}

const account = (bench: Bench) => bench.engine.accounts.find(({ key }) => key === 'venue:spot')!;
const entryOf = (bench: Bench) => bench.engine.table.entryPrice[[...bench.engine.positions.values()].at(-1)!.slot];

test('counted at another cost, the holding and the wallet move together, and nobody doubts the balance', () => {
  const bench = held();
  bench.wait(1000);
  // The reader was started anew and counts them at the price of that moment: 6,000 in money and 2 at 1,500.
  snapshot(bench, 9_000, 1500);
  assert.equal(entryOf(bench), 1500);
  assert.equal(account(bench).walletBalance, 9_000);
  assert.equal(bench.of('DATA_OUTLIER').length, 0);
  verify(bench);
});

test('a balance that the cost does not explain is doubted as anywhere', () => {
  const bench = held();
  bench.wait(1000);
  snapshot(bench, 9_500, 1500);
  assert.ok(bench.of('DATA_OUTLIER').some(({ message }) => message.includes('balance')));
});

test('on a market with margin the venue’s entry is its own affair', () => {
  const bench = openBench({});
  bench.price('ETHUSDT', 2000);
  bench.account('position', { positions: [{ symbol: 'ETHUSDT', side: 'LONG', quantity: 1, entryPrice: 2000 }] });
  const before = bench.engine.accounts[0]!.walletBalance;
  bench.wait(1000).snapshot({
    walletBalance: before,
    positions: [{ symbol: 'ETHUSDT', side: 'LONG', quantity: 1, entryPrice: 1900 }],
  });
  assert.equal(bench.engine.accounts[0]!.containedUsd, 0);
});
