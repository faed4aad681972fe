import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import type { Transfer } from './profiles/profile.ts';
import { createTransferWatch, type TransferWatch } from './transfer-watch.ts';

const START = 1_000_000;
const wallet = { kind: 'account', time: START, wallets: [{ asset: 'USDT', balance: 1 }], positions: [] } as const;
const position = { symbol: 'BTCUSDT', side: 'LONG', quantity: 1, entryPrice: 1 } as const;
const deposit: Transfer = { id: 'a', asset: 'USDT', amount: 500, time: START + 5 };

/** The same, as a stream tells it. */
const streamed = {
  ...{ ...wallet, time: START, wallets: [{ asset: 'USDT', balance: 501 }] },
  transfer: { asset: 'USDT', amount: 500 },
};

let now: number;
let asked: number[];
let shown: Transfer[] | Error;
let told: Transfer[];
let watch: TransferWatch;

function watching(isStreamed: boolean): TransferWatch {
  const begun = createTransferWatch({
    isStreamed,
    now: () => now,
    tell: (transfer) => told.push(transfer),
    fetch: async (since) => {
      asked.push(since);
      if (shown instanceof Error) throw shown;
      return shown;
    },
  });
  begun.begin();
  return begun;
}

/** The log is read, and its answer taken. */
async function ask(which = watch): Promise<void> {
  which.suspect();
  mock.timers.tick(150);
  await settled();
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  now = START;
  asked = [];
  shown = [];
  told = [];
  watch = watching(false);
});

test('a wallet that moves alone is asked about once it has stayed unexplained, and each transfer told once', async () => {
  shown = [deposit];
  watch.heard(wallet);
  watch.heard(wallet);
  mock.timers.tick(149);
  assert.deepEqual(asked, []);
  mock.timers.tick(1);
  assert.deepEqual(asked, [START]);
  await ask();
  assert.deepEqual(asked, [START, START]);
  assert.deepEqual(told, [deposit]);
});

test('what a fill moves is not asked about, whichever is told first', () => {
  watch.heard(wallet);
  watch.heard({ ...wallet, wallets: [], positions: [position] });
  watch.heard({ ...wallet, time: START + 200 });
  mock.timers.tick(1_000);
  assert.deepEqual(asked, []);
  watch.heard({ ...wallet, time: START + 201 });
  mock.timers.tick(1_000);
  assert.equal(asked.length, 1);
});

test('a minute is asked for again', async () => {
  await ask();
  now = START + 100_000;
  await ask();
  await ask();
  assert.deepEqual(asked, [START, START, START + 40_000]);
});

test('a log that does not answer is read again every five seconds, from where it was, whatever moves', async () => {
  shown = new Error('no answer');
  await ask();
  now = START + 100_000;
  watch.heard({ ...wallet, wallets: [], positions: [position] });
  mock.timers.tick(4_999);
  assert.equal(asked.length, 1);
  mock.timers.tick(1);
  await settled();
  shown = [deposit];
  mock.timers.tick(5_000);
  await settled();
  assert.deepEqual(asked, [START, START, START]);
  assert.deepEqual(told, [deposit]);
  mock.timers.tick(60_000);
  assert.equal(asked.length, 3, 'not again once it answered');
});

test('nothing is asked after the end, or where there is no log', async () => {
  watch.heard(wallet);
  watch.stop();
  mock.timers.tick(1_000);
  await ask();
  assert.deepEqual(asked, []);
  const silent = createTransferWatch({
    ...{ fetch: undefined, isStreamed: true, now: () => now },
    tell: () => assert.fail('nothing to tell'),
  });
  assert.equal(silent.heard(streamed), streamed);
  await ask(silent);
});

test('what the stream has told is not told again when the log shows it', async () => {
  watch = watching(true);
  assert.equal(watch.heard(streamed), streamed);
  shown = [deposit];
  await ask();
  assert.deepEqual(told, []);
  const another = { ...deposit, id: 'b' };
  shown = [deposit, another];
  await ask();
  assert.deepEqual(told, [another], 'a second one of the same amount is another one');
});

test('what the log has told is not told again by the stream, which still says what the wallet is', async () => {
  watch = watching(true);
  shown = [deposit];
  await ask();
  assert.deepEqual(told, [deposit]);
  const { transfer: _, ...rest } = streamed;
  assert.deepEqual(watch.heard(streamed), rest);
  assert.equal(watch.heard(streamed), streamed, 'a second one of the same amount is another one');
});

test('one transfer is the other within ten seconds and a millionth of the amount, and not beyond', async () => {
  for (const { amount, time, isSame } of [
    { amount: 500, time: START + 10_000, isSame: true },
    { amount: 500, time: START + 10_001, isSame: false },
    { amount: 500.0004, time: START, isSame: true },
    { amount: 500.0006, time: START, isSame: false },
    { amount: -500, time: START, isSame: false },
  ]) {
    told = [];
    watch = watching(true);
    watch.heard(streamed);
    shown = [{ ...deposit, amount, time }];
    await ask();
    assert.equal(told.length, isSame ? 0 : 1, `${amount} at ${time - START}`);
  }
});

test('where the stream tells of transfers a wallet that moves alone is not asked about', () => {
  watch = watching(true);
  watch.heard(wallet);
  mock.timers.tick(1_000);
  assert.deepEqual(asked, []);
});

test('nothing is asked before it has begun, and beginning again forgets nothing', async () => {
  const begun = createTransferWatch({
    ...{ isStreamed: false, now: () => now, tell: (transfer: Transfer) => told.push(transfer) },
    fetch: async (since) => {
      asked.push(since);
      return [];
    },
  });
  await ask(begun);
  assert.deepEqual(asked, []);
  begun.begin();
  now = START + 10_000;
  begun.begin();
  await ask(begun);
  assert.deepEqual(asked, [START]);
});

test('what the stream told long ago is not told again when the log is read at last', async () => {
  watch = watching(true);
  watch.heard(streamed);
  for (const minutes of [5, 10]) watch.heard({ ...streamed, time: START + minutes * 60_000 });
  now = START + 3_600_000;
  shown = [0, 5, 10].map((minutes) => ({ ...deposit, id: `at ${minutes}`, time: START + minutes * 60_000 }));
  await ask();
  assert.deepEqual(told, []);
});
