import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bench, type BenchSettings, openBench } from '#testing/bench.ts';
import { verify } from '#testing/verify.ts';

const scenario = (name: string, settings: BenchSettings, run: (bench: Bench) => void) =>
  test(name, () => {
    const bench = openBench(settings);
    run(bench);
    verify(bench);
  });

const stopPrices = (bench: Bench) =>
  bench
    .of('ORDER_SENT')
    .filter(({ data }) => data.purpose === 'STOP')
    .map(({ data }) => data.stopPrice);
const targetPrices = (bench: Bench) =>
  bench
    .of('ORDER_SENT')
    .filter(({ data }) => data.purpose === 'TARGET')
    .map(({ data }) => data.stopPrice);
const closesSent = (bench: Bench) => bench.of('ORDER_SENT').filter(({ data }) => data.purpose === 'CLOSE');

const fill = (bench: Bench, ref: string, quantity: number, price: number, more = {}) =>
  bench.order({
    ref,
    symbol: { name: 'ETHUSDT' },
    quantityExecuted: quantity,
    priceExecuted: price,
    status: 'FILLED',
    time: bench.now,
    updateTime: bench.now,
    ...more,
  });
const status = (bench: Bench, ref: string, word: 'NEW' | 'CANCELED' | 'REJECTED' | 'EXPIRED' | 'UNKNOWN', more = {}) =>
  bench.order({ ref, symbol: { name: 'ETHUSDT' }, status: word, time: bench.now, updateTime: bench.now, ...more });

/** A LONG of 2 at 2000 without a venue, its stop working. */
function held(bench: Bench, request = {}): Bench {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2, ...request });
  fill(bench, 'e:entry', 2, 2000);
  status(bench, 'e:stop', 'NEW');
  return bench;
}

// 5.1

const rounding = { riskManagement: { stopLossPercent: 0.3333, takeProfitPercent: 0.7777 } };

scenario('stop and target of a LONG round toward the market', { options: rounding, venue: 'none' }, (bench) => {
  held(bench);
  // 2000 × 0.996667 = 1993.334 up; 2000 × 1.007777 = 2015.554 down
  assert.deepEqual([stopPrices(bench), targetPrices(bench)], [[1993.34], [2015.55]]);
});

scenario('stop and target of a SHORT round toward the market', { options: rounding, venue: 'none' }, (bench) => {
  held(bench, { side: 'SHORT' });
  // 2006.666 down; 1984.446 up
  assert.deepEqual([stopPrices(bench), targetPrices(bench)], [[2006.66], [1984.45]]);
});

scenario(
  'a stop on a tick stays on it',
  { options: { riskManagement: { stopLossPercent: 1 } }, venue: 'none' },
  (bench) => {
    held(bench);
    assert.deepEqual(stopPrices(bench), [1980]);
  },
);

for (const [stopLoss, expected] of [
  [1990, 1990],
  [1970, 1980],
] as const) {
  scenario(
    `of a requested stop at ${stopLoss} and 1 % the tighter counts`,
    { options: { riskManagement: { stopLossPercent: 1 } }, venue: 'none' },
    (bench) => {
      held(bench, { stopLoss });
      assert.deepEqual(stopPrices(bench), [expected]);
    },
  );
}

scenario('a requested target replaces that of the options', { options: rounding, venue: 'none' }, (bench) => {
  held(bench, { takeProfit: 2100 });
  assert.deepEqual(targetPrices(bench), [2100]);
});

// 5.2

const breakeven = {
  riskManagement: { stopLossPercent: 1, breakevenPercent: 0.5, breakevenBufferPercent: -0.1 },
};

scenario('breakeven arms at its percentage and not before', { options: breakeven, venue: 'none' }, (bench) => {
  held(bench).wait(1000).price('ETHUSDT', 2009.99);
  assert.deepEqual(stopPrices(bench), [1980]);
  bench.wait(1000).price('ETHUSDT', 2010);
  assert.deepEqual(stopPrices(bench), [1980, 2002]);
  assert.equal(bench.of('PROTECTION_MOVED').length, 0);
  status(bench, 'e:stop', 'NEW');
  const moved = bench.last('PROTECTION_MOVED', 'STOP');
  assert.deepEqual([moved?.data.price, moved?.data.previousPrice], [2002, 1980]);
});

scenario('breakeven of a SHORT is mirrored', { options: breakeven, venue: 'none' }, (bench) => {
  held(bench, { side: 'SHORT' }).wait(1000).price('ETHUSDT', 1990);
  assert.deepEqual(stopPrices(bench), [2020, 1998]);
});

scenario('breakeven arms at a price that nothing confirms', { options: breakeven, venue: 'none' }, (bench) => {
  held(bench).wait(6000).mark('ETHUSDT', 2010);
  assert.deepEqual(stopPrices(bench), [1980, 2002]);
});

scenario('a stop by breakeven names the close', { options: breakeven }, (bench) => {
  bench.price('ETHUSDT', 2000).open({ quantity: 1 });
  bench.wait(1000).price('ETHUSDT', 2020).wait(1000).price('ETHUSDT', 2001);
  assert.equal(bench.last('POSITION_CLOSED')?.code, 'BREAKEVEN_STOP');
});

// 5.3

const trailing = { riskManagement: { stopLossPercent: 2 }, tradeSettings: { trailingStopPercent: 1 } };

scenario('a trail is active at once, from the entry', { options: trailing, venue: 'none' }, (bench) => {
  held(bench);
  assert.deepEqual(stopPrices(bench), [1980]);
});

scenario('a trail follows the confirmed peak and never loosens', { options: trailing, venue: 'none' }, (bench) => {
  held(bench).wait(1000).price('ETHUSDT', 2020);
  assert.deepEqual(stopPrices(bench), [1980, 1999.8]);
  bench.wait(1000).price('ETHUSDT', 2005);
  assert.deepEqual(stopPrices(bench), [1980, 1999.8]);
});

scenario('a trail of a SHORT follows the low', { options: trailing, venue: 'none' }, (bench) => {
  held(bench, { side: 'SHORT' }).wait(1000).price('ETHUSDT', 1980);
  assert.deepEqual(stopPrices(bench), [2020, 1999.8]);
});

scenario('an unconfirmed peak moves the trail only when it has held', { options: trailing, venue: 'none' }, (bench) => {
  held(bench).wait(500).mark('ETHUSDT', 2040);
  assert.deepEqual(stopPrices(bench), [1980]);
  bench.wait(1499).mark('ETHUSDT', 2040);
  assert.deepEqual(stopPrices(bench), [1980]);
  bench.wait(1).mark('ETHUSDT', 2050);
  // The lowest of the run is what has held.
  assert.deepEqual(stopPrices(bench), [1980, 2019.6]);
});

scenario('a spike that did not hold raises no peak', { options: trailing, venue: 'none' }, (bench) => {
  held(bench).wait(500).mark('ETHUSDT', 2040).wait(1000).mark('ETHUSDT', 2000).wait(1000).mark('ETHUSDT', 2040);
  assert.deepEqual(stopPrices(bench), [1980]);
});

scenario('a stop by the trail names the close', { options: trailing }, (bench) => {
  bench.price('ETHUSDT', 2000).open({ quantity: 1 });
  bench.wait(1000).price('ETHUSDT', 2100).wait(1000).price('ETHUSDT', 2070);
  assert.equal(bench.last('POSITION_CLOSED')?.code, 'TRAILING_STOP');
});

scenario(
  'breakeven and trail reached by one price send one order, the tighter',
  {
    options: { ...breakeven, tradeSettings: { trailingStopPercent: 0.2 } },
    venue: 'none',
  },
  (bench) => {
    held(bench).wait(1000).price('ETHUSDT', 2020);
    assert.deepEqual(stopPrices(bench), [1996, 2015.96]);
  },
);

// 5.4

const trailingTarget = {
  riskManagement: { stopLossPercent: 1, takeProfitPercent: 2, takeProfitMode: 'trailing' },
  tradeSettings: { trailingTakeProfitPercent: 0.5 },
};

scenario(
  'a trailing target is not at the venue and trails from where it was reached',
  { options: trailingTarget, venue: 'none' },
  (bench) => {
    held(bench).wait(1000).price('ETHUSDT', 2039);
    assert.deepEqual([stopPrices(bench), targetPrices(bench)], [[1980], []]);
    bench.wait(1000).price('ETHUSDT', 2040);
    assert.deepEqual(stopPrices(bench), [1980, 2029.8]);
    bench.wait(1000).price('ETHUSDT', 2060);
    assert.deepEqual(stopPrices(bench), [1980, 2029.8, 2049.7]);
  },
);

// 5.5

const plain = { riskManagement: { stopLossPercent: 1, takeProfitPercent: 2 } };

scenario(
  'the stop goes out first, on the first partial fill, and is resized on each',
  { options: plain, venue: 'none' },
  (bench) => {
    bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 6 });
    fill(bench, 'e:entry', 2, 2000, { status: 'PARTIALLY_FILLED' });
    const sent = () =>
      bench
        .of('ORDER_SENT')
        .filter(({ data }) => data.purpose !== 'ENTRY' && data.purpose !== 'CANCEL')
        .map(({ data }) => [data.purpose, data.type, data.side, data.quantity, data.reduceOnly]);
    const first = [
      ['STOP', 'STOP_MARKET', 'SELL', 2, true],
      ['TARGET', 'TAKE_PROFIT_MARKET', 'SELL', 2, true],
    ];
    assert.deepEqual(sent(), first);
    bench.wait(10);
    fill(bench, 'e:entry', 6, 2000);
    assert.deepEqual(sent(), [
      ...first,
      ['STOP', 'STOP_MARKET', 'SELL', 6, true],
      ['TARGET', 'TAKE_PROFIT_MARKET', 'SELL', 6, true],
    ]);
  },
);

scenario(
  'the old stop is cancelled only when the new one works; refused, the old one stays',
  { options: plain, venue: 'none' },
  (bench) => {
    bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 6 });
    fill(bench, 'e:entry', 2, 2000, { status: 'PARTIALLY_FILLED' });
    status(bench, 'e:stop', 'NEW');
    const first = bench.last('PROTECTION_PLACED', 'STOP')?.data.clientOrderId;
    bench.wait(10);
    fill(bench, 'e:entry', 4, 2000, { status: 'PARTIALLY_FILLED' });
    const cancels = () =>
      bench
        .of('ORDER_SENT')
        .filter(({ data }) => data.purpose === 'CANCEL')
        .map(({ data }) => data.cancels);
    assert.deepEqual(cancels(), []);
    status(bench, 'e:stop', 'REJECTED', { reason: 'MARGIN' });
    assert.deepEqual(cancels(), []);
    bench.wait(10);
    fill(bench, 'e:entry', 6, 2000);
    bench.wait(6000);
    status(bench, 'e:stop', 'NEW');
    assert.equal(cancels()[0], first);
  },
);

scenario(
  'a stop moves by a tick or more',
  { options: { tradeSettings: { trailingStopPercent: 50 } }, venue: 'none' },
  (bench) => {
    held(bench).wait(1000);
    assert.deepEqual(stopPrices(bench), [1000]);
    bench.price('ETHUSDT', 2000.01).wait(1000);
    // 1000.005 rounds to 1000.01, one tick.
    assert.deepEqual(stopPrices(bench), [1000, 1000.01]);
    bench.price('ETHUSDT', 2000.02).wait(1000);
    assert.deepEqual(stopPrices(bench), [1000, 1000.01]);
  },
);

scenario(
  'a stop moves not more often than replaceMinMs, and then to where it is by then',
  { options: trailing, venue: 'none' },
  (bench) => {
    held(bench).wait(1000).price('ETHUSDT', 2020);
    status(bench, 'e:stop', 'NEW');
    bench.wait(100).price('ETHUSDT', 2021).wait(100).price('ETHUSDT', 2022);
    assert.deepEqual(stopPrices(bench), [1980, 1999.8]);
    bench.wait(49);
    assert.deepEqual(stopPrices(bench), [1980, 1999.8]);
    bench.wait(1);
    assert.deepEqual(stopPrices(bench), [1980, 1999.8, 2001.78]);
  },
);

scenario(
  'changed options move the stop of an open position only tighter',
  { options: plain, venue: 'none' },
  (bench) => {
    held(bench)
      .wait(1000)
      .options({ riskManagement: { stopLossPercent: 2 } });
    assert.deepEqual(stopPrices(bench), [1980]);
    bench.wait(1000).options({ riskManagement: { stopLossPercent: 0.5 } });
    assert.deepEqual(stopPrices(bench), [1980, 1990]);
  },
);

scenario('a position that grows dearer keeps its tighter stop', { options: plain, venue: 'none' }, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 4 });
  fill(bench, 'e:entry', 2, 2000, { status: 'PARTIALLY_FILLED' });
  fill(bench, 'e:entry', 4, 1990);
  // The mean falls to 1990: 1 % under it would be 1970.1, looser than 1980.
  assert.deepEqual(stopPrices(bench), [1980, 1980]);
});

scenario('flat: its orders and the rest of its entry are cancelled', { options: plain, venue: 'none' }, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 6, price: 2000 });
  fill(bench, 'e:entry', 2, 2000, { status: 'PARTIALLY_FILLED' });
  status(bench, 'e:stop', 'NEW');
  status(bench, 'e:target', 'NEW');
  bench.order({
    clientOrderId: 'theirs',
    externalId: 'x1',
    symbol: { name: 'ETHUSDT' },
    side: 'SELL',
    type: 'STOP_MARKET',
    quantity: 2,
    stopPrice: 1900,
    reduceOnly: true,
    status: 'NEW',
  });
  bench.wait(1000);
  fill(bench, 'e:stop', 2, 1980);
  assert.equal(bench.last('POSITION_CLOSED')?.code, 'STOP_LOSS');
  const kinds = bench
    .of('ORDER_SENT')
    .filter(({ data }) => data.purpose === 'CANCEL')
    .map(({ data }) => data.type);
  assert.deepEqual(kinds.sort(), ['LIMIT', 'STOP_MARKET', 'TAKE_PROFIT_MARKET']);
});

// 5.6

scenario(
  'a venue stop that has not begun to fill after 1 s is done in software',
  { options: plain, venue: 'none' },
  (bench) => {
    held(bench).wait(1000).mark('ETHUSDT', 1980);
    bench.wait(999);
    assert.equal(closesSent(bench).length, 0);
    bench.wait(1);
    assert.equal(closesSent(bench).length, 1);
    assert.equal(bench.last('CLOSE_REQUESTED')?.code, 'STOP_LOSS');
    fill(bench, 'e:close', 2, 1979);
    assert.equal(bench.last('POSITION_CLOSED')?.code, 'STOP_LOSS');
  },
);

scenario('a venue stop that began to fill in time is left to it', { options: plain, venue: 'none' }, (bench) => {
  held(bench).wait(1000).mark('ETHUSDT', 1979);
  bench.wait(900);
  fill(bench, 'e:stop', 1, 1979, { status: 'PARTIALLY_FILLED' });
  bench.wait(3000);
  assert.equal(closesSent(bench).length, 0);
});

scenario('crossed while no venue stop works: closed at once', { options: plain, venue: 'none' }, (bench) => {
  bench.price('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2 });
  fill(bench, 'e:entry', 2, 2000);
  bench.wait(1000).mark('ETHUSDT', 1980.01);
  assert.equal(closesSent(bench).length, 0);
  bench.mark('ETHUSDT', 1980);
  assert.equal(closesSent(bench).length, 1);
});

scenario('a target is done in software likewise', { options: plain, venue: 'none' }, (bench) => {
  held(bench);
  status(bench, 'e:target', 'NEW');
  bench.wait(1000).mark('ETHUSDT', 2040).wait(1000);
  assert.equal(bench.last('CLOSE_REQUESTED')?.code, 'TAKE_PROFIT');
});

scenario(
  'a mark is not a trade: triggerBy says which triggers',
  { options: { ...plain, protection: { triggerBy: 'trade' } }, venue: 'none' },
  (bench) => {
    held(bench).wait(1000).mark('ETHUSDT', 1970).wait(2000);
    assert.equal(closesSent(bench).length, 0);
    bench.book('ETHUSDT', 1975).trade('ETHUSDT', 1980).wait(1000);
    assert.equal(closesSent(bench).length, 1);
    assert.equal(bench.last('ORDER_SENT', 'NEW')?.data.purpose, 'CLOSE');
  },
);

scenario(
  'an outlier never triggers',
  { options: { ...plain, protection: { triggerBy: 'trade' } }, venue: 'none' },
  (bench) => {
    held(bench).wait(100).trade('ETHUSDT', 1979.9).trade('ETHUSDT', 1990, { market: false }).wait(3000);
    assert.equal(bench.of('DATA_OUTLIER').length, 2);
    assert.equal(closesSent(bench).length, 0);
  },
);

scenario('on a venue without marks the mid triggers', { options: plain, venue: 'none' }, (bench) => {
  bench.book('ETHUSDT', 2000).open({ requestId: 'e', quantity: 2 });
  fill(bench, 'e:entry', 2, 2000);
  bench.wait(500).book('ETHUSDT', 1980);
  assert.equal(closesSent(bench).length, 1);
});

scenario('both crossed by one event: the stop wins, one exit', { options: plain, venue: 'none' }, (bench) => {
  held(bench, { takeProfit: 2001 })
    .wait(500)
    .command('protection', {
      positionId: { connectorType: 'paper', marketType: 'futures', symbol: 'ETHUSDT' },
      stopLoss: 1999.5,
    });
  status(bench, 'e:target', 'NEW');
  bench.wait(100).mark('ETHUSDT', 2001).wait(100).mark('ETHUSDT', 1999).wait(2000);
  assert.equal(closesSent(bench).length, 1);
  assert.equal(bench.last('CLOSE_REQUESTED')?.code, 'STOP_LOSS');
});

// 5.7

scenario(
  'maxPositionHoldTime closes at its second',
  { options: { tradeSettings: { maxPositionHoldTime: 60 } } },
  (bench) => {
    bench.price('ETHUSDT', 2000).open({ quantity: 1 });
    bench.wait(59_999);
    assert.equal(bench.of('POSITION_CLOSED').length, 0);
    bench.wait(1);
    assert.equal(bench.last('POSITION_CLOSED')?.code, 'MAX_HOLD_TIME');
  },
);

// 7

scenario('on spot the target is watched in software', { options: plain, venue: 'none' }, (bench) => {
  const place = { connectorType: 'paper', marketType: 'spot' };
  const spec = { name: 'ETHUSDT', baseAsset: 'ETH', quoteAsset: 'USDT', status: 'TRADING' };
  const sizes = { tickSize: 0.01, stepSize: 0.001, minQuantity: 0.001 };
  bench.feed({ kind: 'symbols', now: bench.now, ...place, symbols: [{ ...spec, ...sizes }] });
  bench.feed({ kind: 'account-start', now: bench.now, ...place, walletBalance: 50_000, positions: [] });
  const symbol = bench.engine.symbols.ids.get('paper:spot:ETHUSDT')!;
  const mark = (price: number) =>
    bench.feed({ kind: 'price', now: bench.now, symbol, price, time: bench.now, mark: true, seq: Number.NaN });
  mark(2000);
  bench.open({ requestId: 's', quantity: 1, ...place });
  bench.order({
    ref: 's:entry',
    ...place,
    symbol: { name: 'ETHUSDT' },
    status: 'FILLED',
    quantityExecuted: 1,
    priceExecuted: 2000,
  });
  bench.order({ ref: 's:stop', ...place, symbol: { name: 'ETHUSDT' }, status: 'NEW' });
  assert.deepEqual(targetPrices(bench), []);
  mark(2040);
  assert.equal(bench.last('CLOSE_REQUESTED')?.code, 'TAKE_PROFIT');
  const sent = bench.of('ORDER_SENT').map(({ data }) => data.purpose);
  assert.deepEqual(sent, ['ENTRY', 'STOP', 'CANCEL', 'CLOSE']);
});

scenario(
  'a venue stop that began, then ended: the rest is watched in software again',
  { options: plain, venue: 'none' },
  (bench) => {
    held(bench).wait(1000).mark('ETHUSDT', 1980);
    fill(bench, 'e:stop', 1, 1980, { status: 'PARTIALLY_FILLED' });
    status(bench, 'e:stop', 'EXPIRED', { quantityExecuted: 1, priceExecuted: 1980 });
    bench.wait(1000).mark('ETHUSDT', 1990).wait(1000).mark('ETHUSDT', 1980);
    assert.equal(closesSent(bench).length, 1);
  },
);
