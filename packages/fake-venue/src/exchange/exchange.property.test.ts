import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '#market/random.ts';
import { transfer } from './account-settings.ts';
import { createExchange } from './exchange.ts';
import { accountMargin } from './margin.ts';
import { move } from './market-moves.ts';
import type { OrderRequest, OrderType } from './order.ts';
import { place } from './placing.ts';
import { cancelAll } from './queries.ts';
import { Refused } from './refused.ts';
import { DEFAULT_SYMBOLS } from './symbols.ts';

const TYPES: readonly OrderType[] = ['MARKET', 'LIMIT', 'STOP_MARKET', 'TAKE_PROFIT_MARKET'];

/** Random orders, moves and transfers; money and quantities must add up whatever comes. */
function run(seed: number): void {
  const random = createRandom(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  let transfers = 0;
  const exchange = createExchange(
    {
      ...{
        symbols: DEFAULT_SYMBOLS,
        wallet: 10_000,
        hedgeMode: seed % 2 === 0,
        multiAssets: false,
        marginMode: 'cross',
      },
      ...{ makerFee: 0.0002, takerFee: 0.0005, now: () => 1_700_000_000_000, later: () => {} },
      rules: {
        conditionalOrders: seed % 5 === 0 ? { max: 10, per: 'symbol' } : { max: 200, per: 'account' },
        clientIds: seed % 5 === 0 ? 'for-ever' : 'while-open',
        mayReduceOnlyInHedgeMode: seed % 5 === 0,
        unmetTimeInForce: seed % 5 === 0 ? 'ended' : 'refused',
      },
      faults: { neverWorking: false, stopDoesNotFire: false, partialFills: seed % 3 === 0 ? { pieces: 3 } : false },
    },
    () => {},
  );
  for (let turn = 0; turn < 300; turn++) {
    const market = pick([...exchange.markets.values()]);
    const { name, stepSize, tickSize } = market.symbol;
    const near = Math.round((market.last * (0.97 + random() * 0.06)) / tickSize) * tickSize;
    const price = Number(near.toFixed(2));
    const order: OrderRequest = {
      ...{ symbol: name, side: pick(['BUY', 'SELL'] as const), type: pick(TYPES), price, triggerPrice: price },
      quantity: Number((Math.ceil((random() * 2000) / market.last / stepSize) * stepSize).toFixed(3)),
      ...(exchange.hedgeMode ? { positionSide: pick(['LONG', 'SHORT'] as const) } : { reduceOnly: random() < 0.3 }),
      ...{ triggerBy: pick(['mark', 'last'] as const), timeInForce: pick(['GTC', 'IOC', 'FOK', 'POST_ONLY'] as const) },
    };
    const action = random();
    try {
      if (action < 0.6) place(exchange, order, 'api');
      else if (action < 0.9) move(exchange, name, price);
      else if (action < 0.95) cancelAll(exchange, pick(['main', 'conditional'] as const), name);
      else {
        const amount = Math.round(random() * 100);
        transfers += amount;
        transfer(exchange, amount);
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    const earned = exchange.fills.reduce((sum, fill) => sum + fill.realizedPnl - fill.commission, 0);
    assert.ok(Math.abs(exchange.wallet - (10_000 + transfers + earned)) < 1e-4, `seed ${seed}, turn ${turn}: money`);
    for (const position of exchange.positions.values()) {
      const moved = exchange.fills
        .filter((fill) => fill.symbol === position.symbol && fill.positionSide === position.positionSide)
        .reduce((sum, fill) => sum + (fill.side === 'BUY' ? fill.quantity : -fill.quantity), 0);
      assert.ok(Math.abs(position.quantity - moved) < 1e-6, `seed ${seed}, turn ${turn}: quantity`);
      if (position.positionSide === 'LONG') assert.ok(position.quantity >= 0, `seed ${seed}: a long side goes short`);
      if (position.positionSide === 'SHORT') assert.ok(position.quantity <= 0, `seed ${seed}: a short side goes long`);
    }
    for (const { quantity, filledQuantity } of exchange.orders.values()) {
      assert.ok(filledQuantity <= quantity + 1e-9, `seed ${seed}: filled beyond the order`);
    }
    assert.ok(accountMargin(exchange).available >= 0);
  }
  assert.ok(exchange.fills.length > 20, `seed ${seed}: something must have happened`);
}

test('money, positions and orders add up through random orders, moves and cancels', () => {
  for (let seed = 1; seed <= 20; seed++) run(seed);
});
