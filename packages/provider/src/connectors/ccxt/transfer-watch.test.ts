import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import type { Transfer } from './profiles/profile.ts';
import { createTransferWatch, type TransferWatch } from './transfer-watch.ts';

const START = 1_000_000;
const wallet = { kind: 'account', time: START, wallets: [{ asset: 'USDT', balance: 1 }], positions: [] } as const;
const position = { symbol: 'BTCUSDT', side: 'LONG', quantity: 1, entryPrice: 1 } as const;
const deposit: Transfer = { id: 'a', asset: 'USDT', amount: 500, time: START + 5 };

let now: number;
let asked: number[];
let shown: Transfer[] | Error;
let told: unknown[];
let watch: TransferWatch;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  now = START;
  asked = [];
  shown = [];
  told = [];
  watch = createTransferWatch({
    now: () => now,
    tell: ({ time, transfer, wallets }) => told.push([time, transfer, ...wallets]),
    fetch: async (since) => {
      asked.push(since);
      if (shown instanceof Error) throw shown;
      return shown;
    },
  });
});

test('a wallet that moves alone is asked about once it has stayed unexplained, and each transfer told once', async () => {
  shown = [deposit];
  watch.note(wallet);
  watch.note(wallet);
  mock.timers.tick(149);
  assert.deepEqual(asked, []);
  mock.timers.tick(1);
  assert.deepEqual(asked, [START]);
  await watch.ask();
  assert.deepEqual(asked, [START, START]);
  assert.deepEqual(told, [[START + 5, { asset: 'USDT', amount: 500 }, { asset: 'USDT', balance: 1 }]]);
});

test('what a fill moves is not asked about, whichever is told first', () => {
  watch.note(wallet);
  watch.note({ ...wallet, wallets: [], positions: [position] });
  watch.note({ ...wallet, time: START + 200 });
  mock.timers.tick(1_000);
  assert.deepEqual(asked, []);
  watch.note({ ...wallet, time: START + 201 });
  mock.timers.tick(1_000);
  assert.equal(asked.length, 1);
});

test('a minute is asked for again; what failed is asked for from where it failed', async () => {
  await watch.ask();
  now = START + 100_000;
  shown = new Error('no answer');
  await watch.ask();
  shown = [];
  await watch.ask();
  now = START + 200_000;
  await watch.ask();
  assert.deepEqual(asked, [START, START, START, START + 40_000]);
});

test('nothing is asked after the end, or where the stream tells by itself', async () => {
  watch.note(wallet);
  watch.stop();
  mock.timers.tick(1_000);
  await watch.ask();
  assert.deepEqual(asked, []);
  const silent = createTransferWatch({ fetch: undefined, now: () => now, tell: () => assert.fail('nothing to tell') });
  silent.note(wallet);
  await silent.ask();
});
