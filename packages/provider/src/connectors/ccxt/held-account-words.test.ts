import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import { type HeldAccountWords, holdAccountWords } from './held-account-words.ts';
import { T0 } from './testing/order-for-test.ts';
import { standStill } from './testing/standing-clock.ts';

const change = (time: number) => ({ kind: 'account' as const, time, wallets: [], positions: [] });

function watched(): { held: HeldAccountWords; told: (number | string)[]; orderAt: (updateTime: number) => void } {
  const told: (number | string)[] = [];
  const held = holdAccountWords(({ time }) => told.push(time - T0));
  const orderAt = (updateTime: number): void =>
    held.around({ updateTime }, () => told.push(`order ${updateTime - T0}`));
  return { held, told, orderAt };
}

describe('changes of the account that wait for their fill', () => {
  beforeEach(standStill);

  it('go after the fill of the same moment, and before that of a later one', () => {
    const { held, told, orderAt } = watched();
    held.hold(change(T0));
    assert.deepEqual(told, []);
    orderAt(T0);
    held.hold(change(T0 + 5));
    orderAt(T0 + 6);
    assert.deepEqual(told, ['order 0', 0, 5, 'order 6']);
  });

  it('wait on when the fill is of an earlier moment', () => {
    const { held, told, orderAt } = watched();
    held.hold(change(T0 + 1));
    orderAt(T0);
    assert.deepEqual(told, ['order 0']);
    orderAt(T0 + 1);
    assert.deepEqual(told, ['order 0', 'order 1', 1]);
  });

  it('keep their order among themselves', () => {
    const { held, told, orderAt } = watched();
    for (const time of [T0, T0 + 1, T0 + 2]) held.hold(change(time));
    orderAt(T0 + 1);
    assert.deepEqual(told, [0, 'order 1', 1]);
    held.flush();
    assert.deepEqual(told, [0, 'order 1', 1, 2]);
  });

  it('go without a fill after 40 ms, counted from the first that waits', () => {
    const { held, told } = watched();
    held.hold(change(T0));
    mock.timers.tick(39);
    held.hold(change(T0 + 39));
    assert.deepEqual(told, []);
    mock.timers.tick(1);
    assert.deepEqual(told, [0, 39]);
    held.hold(change(T0 + 40));
    mock.timers.tick(39);
    assert.deepEqual(told, [0, 39]);
    mock.timers.tick(1);
    assert.deepEqual(told, [0, 39, 40]);
  });

  it('are a thousand at most: past it the oldest goes on', () => {
    const { held, told } = watched();
    for (let count = 0; count < 1_000; count += 1) held.hold(change(T0 + count));
    assert.deepEqual(told, []);
    held.hold(change(T0 + 1_000));
    assert.deepEqual(told, [0]);
  });
});
