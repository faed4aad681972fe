import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Order } from '@inspector/contract';
import { orderOf, stopOf } from './testing/order-for-test.ts';
import { pass, standStill } from './testing/standing-clock.ts';
import { type WatchedAccount, watchedLive } from './testing/watched-account.ts';

describe('the watch over orders that are believed to be open', () => {
  beforeEach(standStill);

  const stop = stopOf({ clientOrderId: 'stop', externalId: '1' });

  async function watchedWith(believed: Order): Promise<WatchedAccount> {
    const under = await watchedLive();
    under.is.held = ['BTCUSDT'];
    under.is.believed = [believed];
    return under;
  }

  it('finds one that the venue does not list, asks how it ended, and opens the stream anew', async () => {
    const { watch, done, is } = await watchedWith(stop);
    is.asked = () => {
      is.believed = [];
    };
    await pass(3_590);
    assert.deepEqual(done, ['checked', 'listed BTCUSDT']);
    await pass(10);
    const why = 'the stream did not tell of the end of order stop';
    assert.deepEqual(done.slice(2), ['asked for stop', `reopened: ${why}`, 'gap', 'told']);
    watch.stop();
  });

  it('is content when it has not ended after all, or when the stream told it meanwhile', async () => {
    const asking = await watchedWith(stop);
    await pass(3_700);
    assert.deepEqual(asking.done, ['checked', 'listed BTCUSDT', 'asked for stop']);
    asking.watch.stop();

    const telling = await watchedWith(stop);
    await pass(3_300);
    telling.is.believed = [];
    await pass(400);
    assert.deepEqual(telling.done, ['checked', 'listed BTCUSDT']);
    telling.watch.stop();
  });

  const unchecked: readonly [string, Order[], string[]][] = [
    ['that the venue shows', [stop], ['listed BTCUSDT']],
    ['that the venue has not taken yet', [{ ...stop, externalId: '' }], []],
    ['that are not conditional', [orderOf({ type: 'LIMIT', externalId: '1' })], []],
    ['of symbols without a position', [{ ...stop, symbol: { name: 'ETHUSDT' } }], []],
  ];
  for (const [name, believed, listed] of unchecked) {
    it(`asks for none ${name}`, async () => {
      const { watch, done, is } = await watchedWith(stop);
      is.believed = believed;
      is.shown = [stop];
      await pass(3_700);
      assert.deepEqual(done, ['checked', ...listed]);
      watch.stop();
    });
  }

  it('looks at ten symbols in a round, in turns', async () => {
    const { watch, done, is } = await watchedLive();
    is.held = Array.from({ length: 12 }, (_, index) => `S${index}`);
    is.believed = is.held.map((name) => ({ ...stop, clientOrderId: name, symbol: { name } }));
    is.shown = is.believed;
    await pass(3_000);
    assert.equal(done.filter((each) => each.startsWith('listed')).length, 10);
    await pass(3_000);
    assert.equal(new Set(done.filter((each) => each.startsWith('listed'))).size, 12);
    watch.stop();
  });
});
