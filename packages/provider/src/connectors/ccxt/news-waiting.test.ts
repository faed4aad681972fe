import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import { createNewsWaiting } from './news-waiting.ts';
import { orderOf } from './testing/order-for-test.ts';
import { standStill } from './testing/standing-clock.ts';

describe('callers that wait for news of an order', () => {
  beforeEach(standStill);

  const news = orderOf({ clientOrderId: 'a', status: 'FILLED' });

  it('all hear the next news of their order, once', async () => {
    const waiting = createNewsWaiting();
    const two = [waiting.next('a', 100), waiting.next('a', 200)];
    waiting.tell(news);
    waiting.tell({ ...news, status: 'CANCELED' });
    assert.deepEqual(await Promise.all(two), [news, news]);
  });

  it('do not hear news of another order', async () => {
    const waiting = createNewsWaiting();
    const next = waiting.next('b', 100);
    waiting.tell(news);
    mock.timers.tick(100);
    assert.equal(await next, undefined);
  });

  it('give up each after its own time, and not sooner', async () => {
    const waiting = createNewsWaiting();
    const short = waiting.next('a', 100);
    const long = waiting.next('a', 101);
    mock.timers.tick(100);
    assert.equal(await short, undefined);
    waiting.tell(news);
    assert.equal(await long, news);
  });

  it('hear nothing of what was told before', async () => {
    const waiting = createNewsWaiting();
    waiting.tell(news);
    const next = waiting.next('a', 100);
    mock.timers.tick(100);
    assert.equal(await next, undefined);
  });
});
