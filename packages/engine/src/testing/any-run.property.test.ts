import { test } from 'node:test';
import type { Order, RejectReason } from '@inspector/contract';
import fc from 'fast-check';
import { type Bench, openBench } from './bench.ts';
import { verify } from './verify.ts';

/**
 * Whatever comes, in whatever order: records are as the contract says, an engine stored and restored after every input
 * writes the same, and with a venue that answers engine and venue agree at the end.
 */
const symbols = ['ETHUSDT', 'BTCUSDT'] as const;
const base: Record<string, number> = { ETHUSDT: 2000, BTCUSDT: 50_000 };
const symbol = fc.constantFrom(...symbols);
const side = fc.constantFrom('LONG' as const, 'SHORT' as const);
const wait = fc.constantFrom(0, 0, 1, 250, 500, 1000, 2000, 5000, 31_000);
const move = fc.constantFrom(-0.06, -0.021, -0.005, -0.001, 0, 0.001, 0.006, 0.022, 0.05);
const quantity = fc.constantFrom(0.001, 0.01, 0.5, 1.234);
const scope = fc.constantFrom('global', 'account:paper:futures', 'symbol:paper:futures:ETHUSDT', 'detector:det');

const market = fc.record({ act: fc.constant('price' as const), symbol, move, wait });
const common = [
  { weight: 8, arbitrary: market },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('mark' as const), symbol, move, wait }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('wide' as const), symbol, wait }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('trade' as const), symbol, move, wait }) },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('open' as const),
      symbol,
      side,
      quantity,
      limit: fc.option(fc.constantFrom(-0.004, 0, 0.004), { nil: undefined }),
      expiresIn: fc.option(fc.constantFrom(500, 3000), { nil: undefined }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('close' as const, 'reduce' as const, 'flip' as const),
      symbol,
      side,
      quantity,
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('kill' as const), scope, includeLegacy: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('rearm' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('standdown' as const), scope, enabled: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('lease' as const),
      onExpiry: fc.constantFrom('block' as const, 'close' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('options' as const), stopLossPercent: fc.constantFrom(0.5, 2, 4) }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('started' as const) }) },
] as const;
type Common = (typeof common)[number]['arbitrary'] extends fc.Arbitrary<infer A> ? A : never;

const options = {
  riskManagement: {
    stopLossPercent: 2,
    takeProfitPercent: 5,
    breakevenPercent: 0.5,
    breakevenBufferPercent: -0.1,
    maxDrawdownPercent: 5,
    maxDailyLossPercent: 3,
  },
  tradeSettings: { trailingStopPercent: 1.5, maxPositionHoldTime: 60 },
  assetManagement: { maxSpreadForClosePercent: 2 },
  strategyLogic: { enableStressPolicy: true, maxConsecutiveLosses: 3 },
  policies: { dailyLoss: { action: 'CLOSE_ALL' } },
};

const priceOf = (name: string, by: number) => Math.round(base[name]! * (1 + by) * 100) / 100;
const wide = (mid: number) => ({ bids: [[mid * 0.97, 50]] as const, asks: [[mid * 1.03, 50]] as const });

function play(bench: Bench, action: Common): void {
  // Venues tell moments apart by the millisecond.
  bench.wait(1);
  if ('wait' in action && action.wait > 0) bench.wait(action.wait);
  switch (action.act) {
    case 'price':
      bench.price(action.symbol, priceOf(action.symbol, action.move));
      break;
    case 'mark':
      bench.mark(action.symbol, priceOf(action.symbol, action.move));
      break;
    case 'trade':
      bench.trade(action.symbol, priceOf(action.symbol, action.move));
      break;
    case 'wide':
      bench.book(action.symbol, wide(base[action.symbol]!));
      break;
    case 'open': {
      const { symbol, side, quantity, limit, expiresIn } = action;
      const price = limit === undefined ? {} : { price: priceOf(symbol, limit) };
      const until = expiresIn === undefined ? {} : { expiresAt: bench.now + expiresIn };
      bench.open({ symbol, side, quantity, ...price, ...until });
      break;
    }
    case 'close':
    case 'reduce':
    case 'flip':
      bench.request(action.act, { symbol: action.symbol, side: action.side, quantity: action.quantity });
      break;
    case 'kill':
      bench.command('kill-switch/trigger', { scope: action.scope, includeLegacy: action.includeLegacy, confirm: true });
      break;
    case 'rearm':
      bench.command('kill-switch/rearm', { incidentId: 'latest' });
      break;
    case 'standdown':
      bench.command('standdown', { scope: action.scope, enabled: action.enabled });
      break;
    case 'lease':
      bench.command('lease', { detectorSysname: 'det', ttlMs: 3000, onExpiry: action.onExpiry });
      break;
    case 'options':
      bench.options({ riskManagement: { stopLossPercent: action.stopLossPercent } });
      break;
    case 'started':
      bench.feed({ kind: 'started', now: bench.now, epoch: bench.engine.epoch + 1, appKey: 'inspector', version: '1' });
      break;
  }
}

/** Each run is restarted after every input: a few seconds in all. */
const RUNS = { numRuns: 15 };

test('with a venue that answers: every run is valid, restartable, and ends as the venue shows it', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(...common), { minLength: 5, maxLength: 60 }), (actions) => {
      const bench = openBench({
        options,
        feePercent: 0.05,
        positions: [{ symbol: 'SOLUSDT', side: 'LONG', quantity: 1, entryPrice: 100 }],
      });
      bench.price('SOLUSDT', 100).price('ETHUSDT', 2000).price('BTCUSDT', 50_000);
      for (const action of actions) play(bench, action);
      bench.wait(2000);
      verify(bench);
      agree(bench);
    }),
    RUNS,
  );
});

function agree(bench: Bench): void {
  const { engine, venue } = bench;
  for (const name of [...symbols, 'SOLUSDT']) {
    const id = engine.symbols.ids.get(`paper:futures:${name}`)!;
    const serial = engine.accounts[0]!.positions.get(id);
    const position = serial === undefined ? undefined : engine.positions.get(serial);
    const ours =
      position === undefined ? 0 : engine.table.direction[position.slot]! * engine.table.quantity[position.slot]!;
    const { signed } = venue.position(name);
    if (Math.abs(ours - signed) > 1e-9) throw new Error(`${name}: ${ours} here, ${signed} at the venue`);
    if (position === undefined || position.ownership === 'legacy' || position.close !== null) continue;
    const stops = [...venue.orders.values()].filter(
      (order) => order.symbol.name === name && order.type === 'STOP_MARKET',
    );
    const covered = stops.reduce((sum, order) => sum + order.quantity, 0);
    if (Math.abs(covered - Math.abs(signed)) > 1e-9) throw new Error(`${name}: ${signed} held, ${covered} covered`);
  }
  if (Math.abs(engine.accounts[0]!.walletBalance - venue.wallet) > 1e-6) {
    throw new Error(`wallet ${engine.accounts[0]!.walletBalance} here, ${venue.wallet} at the venue`);
  }
}

// Without a venue the file says what became of each order, in any way.

const purposes = fc.constantFrom('entry', 'stop', 'target', 'close');
const statuses = fc.constantFrom<Order['status'][]>(
  'NEW',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELED',
  'REJECTED',
  'EXPIRED',
  'UNKNOWN',
);
const reasons = fc.constantFrom<RejectReason[]>(
  'WOULD_TRIGGER',
  'MARGIN',
  'MIN_SIZE',
  'REDUCE_ONLY',
  'RATE_LIMIT',
  'DUPLICATE',
  'UNKNOWN',
);
const told = [
  ...common,
  {
    weight: 14,
    arbitrary: fc.record({
      act: fc.constant('told' as const),
      pick: fc.nat(6),
      purpose: purposes,
      status: statuses,
      reason: reasons,
      part: fc.constantFrom(0.3, 0.5, 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('position' as const),
      symbol,
      side,
      quantity: fc.constantFrom(0, 0.5, 1),
      lateBy: fc.constantFrom(0, 0, 1000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('snapshot' as const),
      symbol,
      side,
      quantity: fc.constantFrom(0, 0, 0.5),
      lose: fc.constantFrom(0, 1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('foreign' as const),
      symbol,
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      status: statuses,
      reduceOnly: fc.boolean(),
    }),
  },
] as const;
type Told = (typeof told)[number]['arbitrary'] extends fc.Arbitrary<infer A> ? A : never;

function playTold(bench: Bench, action: Told): void {
  const stamp = { time: bench.now, updateTime: bench.now };
  switch (action.act) {
    case 'told': {
      const live = [...bench.engine.orders.values()].filter(
        ({ own, purpose }) => own && purpose === action.purpose.toUpperCase(),
      );
      const order = live.at(-1 - (action.pick % 2))?.order;
      if (order === undefined) return;
      const executed =
        action.status === 'FILLED'
          ? order.quantity
          : action.status === 'PARTIALLY_FILLED'
            ? order.quantity * action.part
            : 0;
      const price = order.stopPrice ?? order.price ?? base[order.symbol.name]!;
      const fills = executed > 0 ? { quantityExecuted: executed, priceExecuted: price, fee: executed * 0.1 } : {};
      const refusal = action.status === 'REJECTED' ? { reason: action.reason } : {};
      bench.order({
        clientOrderId: order.clientOrderId,
        symbol: order.symbol,
        status: action.status,
        ...fills,
        ...refusal,
        ...stamp,
      });
      return;
    }
    case 'position': {
      const { symbol, side, quantity } = action;
      const positions = [{ symbol, side, quantity, entryPrice: quantity === 0 ? 0 : base[symbol]! }];
      bench.account('position', { positions }, { eventTime: bench.now - action.lateBy });
      return;
    }
    case 'snapshot': {
      const { symbol, side, quantity } = action;
      const positions = quantity === 0 ? [] : [{ symbol, side, quantity, entryPrice: base[symbol]! }];
      bench.snapshot({ walletBalance: 50_000 - action.lose, positions });
      return;
    }
    case 'foreign': {
      const { symbol, side, status, reduceOnly } = action;
      const executed = status === 'FILLED' ? { quantityExecuted: 0.5, priceExecuted: base[symbol]! } : {};
      const order = {
        symbol: { name: symbol },
        side,
        type: 'LIMIT' as const,
        quantity: 0.5,
        price: base[symbol]!,
        status,
        reduceOnly,
      };
      bench.order({ clientOrderId: `theirs-${bench.inputs.length}`, ...order, ...executed, ...stamp });
      return;
    }
    default:
      play(bench, action);
  }
}

test('without a venue, whatever the events say: every run is valid and restartable', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(...told), { minLength: 5, maxLength: 60 }), (actions) => {
      const bench = openBench({ options, venue: 'none' });
      bench.price('ETHUSDT', 2000).price('BTCUSDT', 50_000);
      for (const action of actions) playTold(bench, action);
      bench.wait(2000);
      verify(bench);
    }),
    RUNS,
  );
});
