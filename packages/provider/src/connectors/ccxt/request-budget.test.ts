import assert from 'node:assert/strict';
import { beforeEach, describe, it, mock } from 'node:test';
import type { CallKind } from './profiles/profile.ts';
import { createRequestBudget, NotSent, type RequestBudget, type Urgency, urgencies } from './request-budget.ts';
import { T0 } from './testing/order-for-test.ts';
import { settled, standStill } from './testing/standing-clock.ts';

/** Of 10,000 a minute 4,000 may be spent at once, and 0.1 come back in a millisecond. */
const PER_MINUTE = 10_000;
const CAPACITY = 4_000;
const COST = 10;
const DEAR = 40;
const cost = {
  ...{ place: COST, cancel: COST, order: COST, 'open-orders': COST },
  ...{ account: COST, trades: COST, transfers: COST, setting: COST, market: DEAR },
};
const reserves = { exit: 0, 'look-up': 0.1, account: 0.25, tighten: 0.3, entry: 0.35, market: 0.5 };

/** What left, in order, and what was refused. */
interface Watched {
  budget: RequestBudget;
  left: string[];
  refused: string[];
  ask(urgency: Urgency, name?: string, answer?: () => Promise<unknown>, kind?: CallKind): void;
  /** Time goes on, and what waited for it is settled. */
  pass(ms: number): Promise<void>;
}

function watchedBudget(): Watched {
  const budget = createRequestBudget({ perMinute: PER_MINUTE, cost }, Date.now);
  const left: string[] = [];
  const refused: string[] = [];
  const ask: Watched['ask'] = (urgency, name = urgency, answer = async () => {}, kind = 'order') => {
    const call = (): Promise<unknown> => {
      left.push(name);
      return answer();
    };
    budget.spend(urgency, kind, call).catch((error: unknown) => {
      if (error instanceof NotSent) refused.push(name);
    });
  };
  const pass = async (ms: number): Promise<void> => {
    mock.timers.tick(ms);
    await settled();
  };
  return { budget, left, refused, ask, pass };
}

const fails = (): Promise<never> => Promise.reject(new Error('banned'));

/** So much is left that may be spent now. */
const leave = ({ budget }: Watched, amount: number): void => budget.note(PER_MINUTE - amount);

describe('the request budget', () => {
  beforeEach(standStill);

  it('gives the answer of the call, and its error', async () => {
    const { budget } = watchedBudget();
    assert.equal(await budget.spend('entry', 'place', async () => 7), 7);
    await assert.rejects(
      budget.spend('entry', 'place', () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(budget.state().left, CAPACITY - 2 * COST);
  });

  for (const urgency of urgencies.filter((each) => each !== 'exit')) {
    it(`lets ${urgency} leave when its reserve stays untouched, and not when one is missing`, async () => {
      const needed = COST + reserves[urgency] * CAPACITY;
      const enough = watchedBudget();
      leave(enough, needed);
      enough.ask(urgency);
      assert.deepEqual(enough.left, [urgency]);

      const short = watchedBudget();
      leave(short, needed - 1);
      short.ask(urgency);
      assert.deepEqual(short.left, []);
      await short.pass(9);
      assert.deepEqual(short.left, []);
      await short.pass(1);
      assert.deepEqual(short.left, [urgency]);
    });
  }

  it('never holds an exit for want of budget', () => {
    const under = watchedBudget();
    leave(under, 0);
    under.ask('exit');
    under.ask('exit');
    assert.deepEqual(under.left, ['exit', 'exit']);
    assert.equal(under.budget.state().left, 0);
  });

  it('lets the most urgent leave first, and of the same urgency the one that came first', async () => {
    const under = watchedBudget();
    under.budget.pause(T0 + 1_000);
    for (const name of ['market', 'entry', 'tighten']) under.ask(name as Urgency);
    under.ask('entry', 'second entry');
    assert.deepEqual(under.left, []);
    await under.pass(1_000);
    assert.deepEqual(under.left, ['tighten', 'entry', 'second entry', 'market']);
  });

  it('leaves room for what is more urgent while something less urgent waits', async () => {
    const under = watchedBudget();
    leave(under, COST + reserves['look-up'] * CAPACITY);
    under.ask('market');
    under.ask('look-up');
    assert.deepEqual(under.left, ['look-up']);
    assert.equal(under.budget.state().waiting, 1);
  });

  it('keeps the turn of what waits: what costs less does not pass it, nor does what is less urgent', async () => {
    const under = watchedBudget();
    leave(under, reserves['look-up'] * CAPACITY);
    under.ask('look-up', 'costs much', undefined, 'market');
    under.ask('look-up', 'costs little');
    under.ask('account');
    await under.pass(DEAR / 0.1 - 1);
    assert.deepEqual(under.left, []);
    under.ask('exit');
    assert.deepEqual(under.left, ['exit'], 'what is more urgent passes');
    await under.pass(2 + COST / 0.1);
    assert.deepEqual(under.left, ['exit', 'costs much']);
    await under.pass(COST / 0.1);
    assert.deepEqual(under.left, ['exit', 'costs much', 'costs little']);
  });

  it('believes the venue when it counts more, never when it counts less', () => {
    const { budget } = watchedBudget();
    budget.note(PER_MINUTE - 100);
    assert.equal(budget.state().left, 100);
    budget.note(0);
    assert.equal(budget.state().left, 100);
    budget.note(PER_MINUTE + 50);
    assert.equal(budget.state().left, 0);
  });

  it('never spends more in a minute than the venue gives', async () => {
    const under = watchedBudget();
    for (let second = 0; second < 60; second += 1) {
      for (let call = 0; call < 100; call += 1) under.ask('look-up');
      await under.pass(1_000);
    }
    const spent = under.left.length * COST;
    assert.ok(spent <= PER_MINUTE, `${spent}`);
    assert.ok(spent > 0.8 * PER_MINUTE, `${spent}`);
  });

  it('fills up by the minute, to the burst and no further', async () => {
    const under = watchedBudget();
    leave(under, 0);
    await under.pass(1_000);
    under.budget.note(0);
    assert.equal(under.budget.state().left, 100);
    await under.pass(3_600_000);
    under.budget.note(0);
    assert.equal(under.budget.state().left, CAPACITY);
  });

  it('refuses after 8 s what has not left, and lets leave what may leave at that moment', async () => {
    const under = watchedBudget();
    under.budget.pause(T0 + 8_001);
    under.ask('entry');
    await under.pass(7_999);
    assert.deepEqual(under.refused, []);
    await under.pass(1);
    assert.deepEqual([under.left, under.refused], [[], ['entry']]);

    const other = watchedBudget();
    other.budget.pause(Date.now() + 8_000);
    other.ask('entry');
    await other.pass(8_000);
    assert.deepEqual([other.left, other.refused], [['entry'], []]);
  });

  it('holds a thousand that wait; past it the least urgent is refused, never an exit for an entry', async () => {
    const under = watchedBudget();
    under.budget.pause(T0 + 60_000);
    for (let count = 0; count < 999; count += 1) under.ask('entry', `entry ${count}`);
    under.ask('exit', 'first exit', fails);
    assert.deepEqual(under.left, ['first exit']);
    under.ask('entry', 'entry 999');
    await settled();
    assert.deepEqual([under.refused, under.budget.state().waiting], [[], 1_000]);
    under.ask('exit', 'second exit', fails);
    await settled();
    assert.deepEqual(under.refused, ['entry 999']);
    under.ask('market');
    await settled();
    assert.deepEqual(under.refused, ['entry 999', 'market']);
    assert.equal(under.budget.state().waiting, 1_000);
  });

  it('stops: what waits is refused, and what comes later too', async () => {
    const under = watchedBudget();
    under.budget.pause(T0 + 1_000);
    under.ask('entry', 'waits');
    under.budget.stop();
    under.ask('exit', 'comes later');
    await settled();
    assert.deepEqual(under.refused, ['waits', 'comes later']);
    await under.pass(2_000);
    assert.deepEqual(under.left, []);
  });
});

describe('the request budget in a pause', () => {
  beforeEach(standStill);

  it('lets nothing leave until its end, and everything then', async () => {
    const under = watchedBudget();
    under.budget.pause(T0 + 1_000);
    for (const urgency of ['tighten', 'entry', 'market'] as const) under.ask(urgency);
    await under.pass(999);
    assert.deepEqual(under.left, []);
    assert.equal(under.budget.state().pausedUntil, T0 + 1_000);
    await under.pass(1);
    assert.deepEqual(under.left, ['tighten', 'entry', 'market']);
    assert.equal(under.budget.state().pausedUntil, null);
  });

  it('is not made shorter by a shorter one', async () => {
    const under = watchedBudget();
    under.budget.pause(T0 + 1_000);
    under.budget.pause(T0 + 500);
    under.ask('entry');
    await under.pass(999);
    assert.deepEqual(under.left, []);
  });

  it('tries an exit at once and then every 5 s, and refuses those whose turn does not come', async () => {
    const under = watchedBudget();
    under.budget.pause(T0 + 60_000);
    for (const name of ['first', 'second', 'third']) under.ask('exit', name, fails);
    assert.deepEqual(under.left, ['first']);
    await under.pass(4_999);
    assert.deepEqual(under.left, ['first']);
    await under.pass(1);
    assert.deepEqual(under.left, ['first', 'second']);
    await under.pass(3_000);
    assert.deepEqual(under.refused, ['third']);
  });

  for (const urgency of ['look-up', 'account'] as const) {
    it(`tries ${urgency} at once and then every 15 s`, async () => {
      const under = watchedBudget();
      under.budget.pause(T0 + 60_000);
      under.ask(urgency, 'first', fails);
      await under.pass(10_000);
      under.ask(urgency, 'second', fails);
      assert.deepEqual(under.left, ['first']);
      await under.pass(4_999);
      assert.deepEqual(under.left, ['first']);
      await under.pass(1);
      assert.deepEqual(under.left, ['first', 'second']);
    });
  }

  it('goes on when a try fails, and ends when one gets through', async () => {
    const under = watchedBudget();
    under.budget.pause(T0 + 60_000);
    under.ask('entry');
    under.ask('exit', 'a try that fails', fails);
    await settled();
    assert.deepEqual(under.left, ['a try that fails']);
    await under.pass(5_000);
    under.ask('exit', 'a try that gets through');
    await settled();
    assert.deepEqual(under.left, ['a try that fails', 'a try that gets through', 'entry']);
    assert.equal(under.budget.state().pausedUntil, null);
  });

  it('is not ended by a call that had left before it', async () => {
    const under = watchedBudget();
    const { promise, resolve } = Promise.withResolvers<void>();
    under.ask('exit', 'before', () => promise);
    under.budget.pause(T0 + 60_000);
    resolve();
    await settled();
    assert.equal(under.budget.state().pausedUntil, T0 + 60_000);
  });
});
