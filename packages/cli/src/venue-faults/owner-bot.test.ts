/** An account that is traded by a bot which knows nothing of Inspector: what it opens is protected, limited and, if need be, ended. */
import assert from 'node:assert/strict';
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { type GuardedVenue, ready, startGuarded, tail } from './testing/guarded-venue.ts';
import { sentTwice } from './testing/sent-twice.ts';
import { until } from './testing/until.ts';

const RECORDING = fileURLToPath(new URL('../../../../../shared/data/usdm_btcusdt_20240808.gz', import.meta.url));

const recordsOf = ({ audit }: GuardedVenue, kind: string) => audit().filter((record) => record.kind === kind);
const alertsOf = (guarded: GuardedVenue) => recordsOf(guarded, 'ALERT_SENT').map(({ code }) => code);
const stops = ({ venue }: GuardedVenue) =>
  venue.account().conditionalOrders.filter(({ type }) => type === 'STOP_MARKET');

describe("the owner's bot", { concurrency: 2 }, () => {
  test('what it opens is runtime, with stop and target by the options, resized as it adds and reduces', async (t) => {
    const guarded = await startGuarded(t);
    await ready(guarded);
    const { venue, owner, inspector } = guarded;
    owner('SELL', 0.02);
    await until(
      () => venue.account().conditionalOrders.length === 2,
      () => `stop and target\n${tail(inspector)}`,
    );
    await until(() => guarded.position()?.ownership === 'runtime', 'it is managed');
    assert.equal(stops(guarded)[0]?.triggerPrice, 60_599.8);
    owner('SELL', 0.03);
    await until(
      () => stops(guarded).length === 1 && stops(guarded)[0]!.quantity === 0.05,
      () => `the stop covers what was added\n${tail(inspector)}`,
    );
    owner('BUY', 0.04);
    await until(() => stops(guarded).length === 1 && stops(guarded)[0]!.quantity === 0.01, 'and what is left');
    owner('BUY', 0.01);
    await until(() => venue.account().conditionalOrders.length === 0, 'nothing is left over when it has closed');
    assert.deepEqual(sentTwice(venue), []);
  });

  test('its losses trip the limits; under the lock its entries are cancelled, its exits are not', async (t) => {
    const options = { riskManagement: { maxDailyLossPercent: 1 } };
    const guarded = await startGuarded(t, {
      options,
      before: ({ faults }) => {
        // The stop is to lose here, not to save.
        faults.stopDoesNotFire = { kind: 'stop' };
      },
    });
    await ready(guarded);
    const { venue, owner, inspector } = guarded;
    owner('BUY', 0.2);
    await guarded.protectedOrFlat();
    for (let price = 60_000; price >= 59_420; price -= 20) venue.market.move('BTCUSDT', price);
    await until(
      () => recordsOf(guarded, 'LIMIT_BREACHED').some(({ code }) => code === 'DAILY_LOSS'),
      () => {
        venue.market.move('BTCUSDT', 59_420);
        return `the limit trips\n${tail(inspector)}`;
      },
    );
    const entry = venue.owner.order({ symbol: 'ETHUSDT', side: 'BUY', type: 'LIMIT', price: 2_400, quantity: 1 });
    const exit = venue.owner.order({ symbol: 'BTCUSDT', side: 'SELL', type: 'LIMIT', price: 61_000, quantity: 0.2 });
    const statusOf = (id: number) => venue.account().orders.find((order) => order.id === id)?.status;
    await until(
      () => statusOf(entry.id) === 'CANCELED',
      () => `the entry is cancelled\n${tail(inspector)}`,
    );
    assert.equal(statusOf(exit.id), 'NEW', 'an order that can only reduce is its own affair');
    assert.ok(alertsOf(guarded).includes('ORDER_UNDER_LOCK'));
    owner('BUY', 0.4, 'ETHUSDT');
    await until(
      () => alertsOf(guarded).includes('POSITION_UNDER_LOCK'),
      'a position under the lock is told to a person',
    );
    await guarded.protectedOrFlat('ETHUSDT');
  });

  test('a kill holds against it: what it sends is cancelled and closed for as long as it is latched', async (t) => {
    const guarded = await startGuarded(t);
    await ready(guarded);
    const { venue, owner, inspector } = guarded;
    owner('BUY', 0.02);
    await guarded.protectedOrFlat();
    await guarded.call('/kill-switch/trigger', { scope: 'global', reason: 'it runs wild', confirm: true });
    const verified = () => recordsOf(guarded, 'KILL_SWITCH').filter(({ code }) => code === 'VERIFIED_FLAT').length;
    await until(
      () => verified() === 1,
      () => `flat\n${tail(inspector)}`,
    );
    for (const round of [2, 3]) {
      venue.owner.order({ symbol: 'ETHUSDT', side: 'SELL', type: 'LIMIT', price: 2_600, quantity: 1 });
      owner('BUY', 0.02);
      await until(
        () => {
          const { positions, openOrders, conditionalOrders } = venue.account();
          return positions.length + openOrders.length + conditionalOrders.length === 0 && verified() >= round;
        },
        () => `flat again\n${tail(inspector)}`,
      );
    }
    assert.deepEqual(sentTwice(venue), []);
  });

  test('what was open before is legacy: never an order of ours, until it is adopted', async (t) => {
    const guarded = await startGuarded(t, {
      before: ({ owner }) => void owner.order({ symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: 0.02 }),
    });
    await ready(guarded);
    const { venue, inspector } = guarded;
    assert.equal(guarded.position()?.ownership, 'legacy');
    venue.market.move('BTCUSDT', 59_900);
    await guarded.call('/reconcile/runOnce', {});
    assert.equal(venue.placings().size, 0);
    const { positionId } = guarded.position()!;
    await guarded.call(`/risk/positions/${positionId}/adopt`, { reason: 'mine', actor: 'owner' });
    await until(
      () => venue.account().conditionalOrders.length === 2,
      () => `protected\n${tail(inspector)}`,
    );
  });

  test('in hedge mode one side of a symbol is protected and closed by its own side', async (t) => {
    const guarded = await startGuarded(t, { venue: { hedgeMode: true } });
    await ready(guarded);
    const { venue, inspector } = guarded;
    venue.owner.order({ symbol: 'BTCUSDT', side: 'SELL', type: 'MARKET', quantity: 0.02, positionSide: 'SHORT' });
    await until(
      () => venue.account().conditionalOrders.length === 2,
      () => `protected\n${tail(inspector)}`,
    );
    assert.deepEqual(
      venue.account().conditionalOrders.map(({ positionSide }) => positionSide),
      ['SHORT', 'SHORT'],
    );
    guarded.open({ symbol: { name: 'ETHUSDT' }, quantity: 0.4 });
    await until(
      () => venue.account().conditionalOrders.length === 4,
      () => `both\n${tail(inspector)}`,
    );
    await guarded.call('/kill-switch/trigger', { scope: 'global', reason: 'enough', confirm: true });
    await until(
      () => recordsOf(guarded, 'KILL_SWITCH').at(-1)?.code === 'VERIFIED_FLAT',
      () => `flat\n${tail(inspector)}`,
    );
    assert.equal(venue.account().positions.length, 0);
  });

  test('a remainder under the venue’s minimum is reported and does not keep the account from being flat', async (t) => {
    const guarded = await startGuarded(t);
    await ready(guarded);
    const { venue, inspector } = guarded;
    guarded.owner('BUY', 0.02);
    await guarded.protectedOrFlat();
    venue.faults.partialFills = { kind: 'market', pieces: 2, leaveDust: true };
    await guarded.call('/kill-switch/trigger', { scope: 'global', reason: 'enough', confirm: true });
    await until(
      () => recordsOf(guarded, 'KILL_SWITCH').at(-1)?.code === 'VERIFIED_FLAT',
      () => `flat\n${tail(inspector)}\n${JSON.stringify(venue.account().positions)}`,
    );
    assert.equal(venue.account().conditionalOrders.length, 0);
  });

  test('through five minutes of a real market, played fast', {
    skip: existsSync(RECORDING) ? false : 'the recordings are not here',
  }, async (t) => {
    const guarded = await startGuarded(t);
    await ready(guarded);
    const { venue, owner, naked, inspector } = guarded;
    const lines = createInterface({ input: createReadStream(RECORDING).pipe(createGunzip()) });
    let played = 0;
    async function* first(count: number) {
      for await (const line of lines) {
        yield line;
        played += 1;
        if (played % 3_000 === 0) owner(played % 6_000 === 0 ? 'SELL' : 'BUY', 0.02);
        if (played === count) return;
      }
    }
    await venue.market.play(first(30_000), { symbol: 'BTCUSDT', speed: 30 });
    await guarded.protectedOrFlat();
    await until(
      () => {
        const quantity = venue.account().positions.find(({ symbol }) => symbol === 'BTCUSDT')?.quantity ?? 0;
        return Math.abs((guarded.position()?.quantity ?? 0) - Math.abs(quantity)) < 1e-9;
      },
      () => `both see the same\n${tail(inspector)}`,
    );
    assert.equal(recordsOf(guarded, 'DEAD_LETTER').length, 0);
    assert.deepEqual(sentTwice(venue), []);
    t.diagnostic(
      `${played} lines, ${recordsOf(guarded, 'POSITION_OPENED').length} positions, naked ${naked.worstMs()} ms`,
    );
  });
});
