import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bench, type BenchSettings, openBench, START } from '#testing/bench.ts';
import { verify } from '#testing/verify.ts';

const scenario = (name: string, settings: BenchSettings, run: (bench: Bench) => void) =>
  test(name, () => {
    const bench = openBench(settings);
    run(bench);
    verify(bench);
  });

const protectedBy = { riskManagement: { stopLossPercent: 2 } };
const eth = { name: 'ETHUSDT' };
const order = (bench: Bench, ref: string, more: object) =>
  bench.order({ ref, symbol: eth, time: bench.now, updateTime: bench.now, ...more });
const fillEntry = (bench: Bench, quantity: number, more = {}) =>
  order(bench, 'e:entry', { status: 'FILLED', quantityExecuted: quantity, priceExecuted: 2000, ...more });
const enter = (bench: Bench, quantity = 6) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity });
  return fillEntry(bench, quantity);
};
const rungs = (bench: Bench) =>
  bench
    .of('NAKED_EXPOSURE')
    .map(({ ts, code, data }) => [ts - START, code, data.nakedQuantity, data.nakedMs, data.attempt]);
const stopInForce = (bench: Bench) => {
  const position = [...bench.engine.positions.values()][0]!;
  return bench.engine.table.stop[position.slot];
};

scenario(
  'the ladder: places again at once, after 0.5 s, 1 s, and 2 s later closes',
  { options: protectedBy, venue: 'none' },
  (bench) => {
    enter(bench).wait(4999);
    assert.deepEqual(rungs(bench), []);
    bench.wait(10_000);
    assert.deepEqual(rungs(bench), [
      [5000, 'RETRY', 6, 5000, 1],
      [5500, 'RETRY', 6, 5500, 2],
      [6500, 'RETRY', 6, 6500, 3],
      [8500, 'CLOSE', 6, 8500, 4],
    ]);
    const stops = bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'STOP');
    assert.deepEqual(
      stops.map(({ ts, data }) => [ts - START, data.version, data.reduceOnly]),
      [
        [0, 1, true],
        [5000, 2, true],
        [5500, 3, true],
        [6500, 4, true],
      ],
    );
    order(bench, 'e:close', { status: 'FILLED', quantityExecuted: 6, priceExecuted: 1999 });
    assert.equal(bench.last('POSITION_CLOSED')?.code, 'NAKED_EXPOSURE');
  },
);

scenario(
  'onNaked alert: an alert every 30 s instead of the close',
  { options: { ...protectedBy, protection: { onNaked: 'alert' } }, venue: 'none' },
  (bench) => {
    enter(bench).wait(70_000);
    assert.deepEqual(
      rungs(bench)
        .slice(3)
        .map(([at, code]) => [at, code]),
      [
        [8500, 'ALERT'],
        [38_500, 'ALERT'],
        [68_500, 'ALERT'],
      ],
    );
    assert.equal(bench.of('CLOSE_REQUESTED').length, 0);
    assert.equal(bench.alerts.filter(({ code }) => code === 'NAKED_EXPOSURE').length, 4);
  },
);

scenario(
  'a working stop ends the exposure, and a later one begins with the first rung',
  { options: protectedBy, venue: 'none' },
  (bench) => {
    enter(bench).wait(5200);
    order(bench, 'e:stop', { status: 'NEW' });
    bench.wait(20_000);
    assert.equal(rungs(bench).length, 1);
    order(bench, 'e:stop', { status: 'EXPIRED' });
    bench.wait(5000);
    assert.deepEqual(rungs(bench).at(-1), [30_200, 'RETRY', 6, 5000, 1]);
  },
);

scenario(
  'naked is what working stops leave over: a part that is covered does not count',
  { options: protectedBy, venue: 'none' },
  (bench) => {
    bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 6 });
    fillEntry(bench, 2, { status: 'PARTIALLY_FILLED' });
    order(bench, 'e:stop', { status: 'NEW' });
    bench.wait(50);
    fillEntry(bench, 6);
    bench.wait(5000);
    assert.deepEqual(rungs(bench), [[5050, 'RETRY', 4, 5000, 1]]);
  },
);

scenario(
  "another's reduce-only stop covers; one that could open does not",
  { options: protectedBy, venue: 'none' },
  (bench) => {
    enter(bench);
    const theirs = {
      symbol: eth,
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: 6,
      stopPrice: 1900,
      status: 'NEW',
    } as const;
    bench.order({ clientOrderId: 'a', ...theirs });
    bench.wait(4000);
    assert.equal(bench.engine.positions.values().next().value?.naked.since, START);
    bench.order({ clientOrderId: 'b', ...theirs, reduceOnly: true });
    bench.wait(20_000);
    assert.deepEqual(rungs(bench), []);
    bench.order({ clientOrderId: 'b', symbol: eth, status: 'CANCELED' });
    bench.wait(5000);
    assert.equal(rungs(bench).length, 1);
  },
);

scenario(
  'an accepted placing call alone is not a working stop; the open-orders answer is',
  { options: protectedBy, venue: 'none' },
  (bench) => {
    enter(bench);
    const sent = bench.last('ORDER_SENT')!;
    const clientOrderId = String(sent.data.clientOrderId);
    const answer = {
      kind: 'order-answer',
      accountKey: 'paper:futures',
      clientOrderId,
      call: 'place',
      outcome: 'accepted',
    } as const;
    bench.feed({ ...answer, now: bench.now, order: { status: 'NEW', id: '7', externalId: 'x7' } });
    assert.deepEqual(bench.of('PROTECTION_PLACED'), []);
    const shown = { ...sent.data, externalId: 'x7', status: 'NEW' } as never;
    const positions = [{ symbol: 'ETHUSDT', side: 'LONG' as const, quantity: 6, entryPrice: 2000 }];
    bench.feed({
      kind: 'venue-state',
      now: bench.now,
      accountKey: 'paper:futures',
      queryId: -1,
      ok: true,
      time: bench.now,
      positions,
      orders: [shown],
    });
    assert.equal(bench.of('PROTECTION_PLACED', 'STOP').length, 1);
    bench.wait(10_000);
    assert.deepEqual(rungs(bench), []);
  },
);

scenario(
  'refused because the price is through it: closed at once, by its own code',
  { options: protectedBy, venue: 'none' },
  (bench) => {
    enter(bench);
    order(bench, 'e:stop', { status: 'REJECTED', reason: 'WOULD_TRIGGER' });
    assert.equal(bench.last('PROTECTION_FAILED', 'STOP')?.data.reason, 'WOULD_TRIGGER');
    assert.equal(bench.last('CLOSE_REQUESTED')?.code, 'STOP_LOSS');
    assert.equal(bench.last('ORDER_SENT')?.data.purpose, 'CLOSE');
  },
);

for (const reason of ['MARGIN', 'UNKNOWN'] as const) {
  scenario(
    `refused for ${reason}: the venue is asked first, then the ladder begins`,
    { options: protectedBy, venue: 'none' },
    (bench) => {
      enter(bench).wait(100);
      order(bench, 'e:stop', { status: 'REJECTED', reason });
      const query = bench.effects.findLast((effect) => effect.kind === 'query');
      assert.equal(query?.kind === 'query' && query.reason, 'protection');
      assert.deepEqual(rungs(bench), []);
      const positions = [{ symbol: 'ETHUSDT', side: 'LONG' as const, quantity: 6, entryPrice: 2000 }];
      const { queryId } = query as { queryId: number };
      bench.wait(50);
      bench.feed({
        kind: 'venue-state',
        now: bench.now,
        accountKey: 'paper:futures',
        queryId,
        ok: true,
        time: bench.now,
        positions,
        orders: [],
      });
      assert.deepEqual(rungs(bench), [[150, 'RETRY', 6, 150, 1]]);
      bench.wait(500);
      assert.deepEqual(rungs(bench).at(-1), [650, 'RETRY', 6, 650, 2]);
    },
  );

  scenario(
    `refused for ${reason} and no answer comes: the ladder begins at its deadline`,
    { options: protectedBy, venue: 'none' },
    (bench) => {
      enter(bench).wait(100);
      order(bench, 'e:stop', { status: 'REJECTED', reason });
      bench.wait(5000);
      assert.deepEqual(rungs(bench)[0], [5000, 'RETRY', 6, 5000, 1]);
    },
  );
}

scenario('without any stop the position is unprotected by choice', { options: {}, venue: 'none' }, (bench) => {
  enter(bench).wait(60_000);
  assert.deepEqual(rungs(bench), []);
  assert.ok(Number.isNaN(stopInForce(bench)));
  const { protection } = bench.last('POSITION_OPENED')!.data as { protection: { state: string } };
  assert.equal(protection.state, 'none');
});

scenario('a stop in the request alone is a stop', { options: {}, venue: 'none' }, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 6, stopLoss: 1950 });
  fillEntry(bench, 6);
  bench.wait(5000);
  assert.equal(rungs(bench).length, 1);
});

// 5.9

scenario(
  'a remainder under the minimum is dust: reported once, watched in software, no stop at the venue',
  { options: protectedBy, venue: 'none' },
  (bench) => {
    const dusty = bench.engine.symbols.specs
      .filter((spec) => spec !== null)
      .map((spec) => ({ ...spec, minQuantity: 0.5 }));
    bench.symbols(dusty);
    enter(bench, 1);
    order(bench, 'e:stop', { status: 'NEW' });
    bench.exit('reduce', { requestId: 'r', quantity: 0.8 });
    order(bench, 'r:close', { status: 'FILLED', quantityExecuted: 0.8, priceExecuted: 2000 });
    bench.wait(20_000);
    assert.equal(bench.of('PROTECTION_FAILED').filter(({ data }) => data.reason === 'MIN_SIZE').length, 1);
    assert.deepEqual(rungs(bench), []);
    order(bench, 'e:stop', { status: 'CANCELED' });
    assert.equal(bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'STOP').length, 1);
    bench.mark('ETHUSDT', 1960);
    assert.equal(bench.last('ORDER_SENT')?.data.quantity, 0.2);
    assert.equal(bench.last('ORDER_SENT')?.data.purpose, 'CLOSE');
    order(bench, 'e:close', { status: 'REJECTED', reason: 'MIN_SIZE' });
    bench.wait(60_000);
    assert.equal(bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'CLOSE').length, 2);
  },
);

scenario('a close takes what would be dust with it', { options: {}, venue: 'none' }, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 1 });
  fillEntry(bench, 0.9995, { status: 'PARTIALLY_FILLED' });
  bench.exit('close', { requestId: 'c' });
  assert.equal(bench.last('ORDER_SENT')?.data.quantity, 0.9995);
});
