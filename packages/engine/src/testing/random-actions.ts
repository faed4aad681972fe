/** Random things that can happen to a bench, as fast-check would shrink them: each is a name and a few numbers. */
import type { Bench, BenchRequest } from './bench.ts';

/** What happens: `kind` is one of `actionKinds`, the rest are drawn by the property. */
export interface Action {
  kind: (typeof actionKinds)[number];
  symbol: number;
  /** 0 … 1 */
  size: number;
  /** −1 … 1 */
  drift: number;
  side: boolean;
  pick: number;
}

export const actionKinds = [
  'price',
  'price',
  'price',
  'mark',
  'book',
  'trade',
  'wait',
  'long-wait',
  'open',
  'open',
  'open',
  'limit',
  'close',
  'reduce',
  'flip',
  'balance',
  'transfer',
  'snapshot',
  'position',
  'fill',
  'fill',
  'reject',
  'unknown',
  'foreign',
  'standdown',
  'kill',
  'rearm',
  'options',
  'lease',
  'protect',
  'adopt',
  'operator-close',
  'started',
] as const;

const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'] as const;
const basePrices = [60_000, 2000, 150] as const;
const place = { connectorType: 'paper', marketType: 'futures' } as const;

const optionPatches: readonly object[] = [
  { riskManagement: { stopLossPercent: 1, takeProfitPercent: 2 } },
  { riskManagement: { maxDailyLossPercent: 1, maxDrawdownPercent: 3 } },
  { tradeSettings: { trailingStopPercent: 1, maxPositionHoldTime: 20 } },
  { strategyLogic: { maxConsecutiveLosses: 1, cooldownPeriod: 5 } },
  { riskManagement: { maxPortfolioExposurePercent: 50, breakevenPercent: 0.5 } },
  { policies: { dailyLoss: { action: 'CLOSE_ALL', until: 5 } } },
  { general: { dayStart: '12:00' } },
  { riskManagement: { stopLossPercent: 0, takeProfitPercent: 0, maxDailyLossPercent: 0 } },
];

/** Does one thing to the bench. Invalid and untimely ones are part of it. */
export function act(bench: Bench, action: Action): void {
  const { kind, size, drift, pick } = action;
  const index = action.symbol % symbols.length;
  const symbol = symbols[index]!;
  const price = Math.round(basePrices[index]! * (1 + drift * 0.05) * 100) / 100;
  const side = action.side ? 'LONG' : 'SHORT';
  const quantity = Math.round(((size * 20_000) / price) * 1000) / 1000;
  const request: BenchRequest = { symbol, side, quantity };
  switch (kind) {
    case 'price':
      bench.price(symbol, price);
      return;
    case 'mark':
      bench.mark(symbol, price);
      return;
    case 'book':
      bench.book(symbol, {
        bids: pick % 5 === 0 ? [] : [[price, size * 100 + 0.001]],
        asks: [[price * (1 + (drift + 0.8) * 0.02), 10]],
      });
      return;
    case 'trade':
      bench.trade(symbol, price * (pick % 7 === 0 ? 3 : 1), { market: pick % 11 !== 0 });
      return;
    case 'wait':
      bench.wait(Math.round(size * 3000));
      return;
    case 'long-wait':
      bench.wait(Math.round(size * 40_000_000));
      return;
    case 'open':
      bench.open(pick % 4 === 0 ? { ...request, stopLoss: price * (action.side ? 0.97 : 1.03) } : request);
      return;
    case 'limit':
      bench.open({ ...request, price: price * (1 - drift * 0.01), expiresAt: bench.now + Math.round(size * 10_000) });
      return;
    case 'close':
      bench.exit('close', { symbol, side });
      return;
    case 'reduce':
      bench.exit('reduce', request);
      return;
    case 'flip':
      bench.exit('flip', pick % 2 === 0 ? { symbol, side } : { ...request, $: pick });
      return;
    case 'balance':
      bench.balance(50_000 * (1 + drift * (pick % 3 === 0 ? 0.5 : 0.01)));
      return;
    case 'transfer':
      bench.transfer(drift * 5000);
      return;
    case 'snapshot':
      bench.snapshot({
        walletBalance: 50_000,
        positions: pick % 2 === 0 ? [] : [shown(symbol, side, quantity, price)],
      });
      return;
    case 'position':
      bench.account('position', { positions: [shown(symbol, side, pick % 3 === 0 ? 0 : quantity, price)] });
      return;
    default:
      actOnOrders(bench, action, { symbol, side, quantity, price });
  }
}

function shown(symbol: string, side: 'LONG' | 'SHORT', quantity: number, entryPrice: number) {
  return { symbol, side, quantity, entryPrice };
}

interface Drawn {
  symbol: string;
  side: 'LONG' | 'SHORT';
  quantity: number;
  price: number;
}

function actOnOrders(bench: Bench, action: Action, drawn: Drawn): void {
  const { kind, size, pick } = action;
  const { symbol, side, quantity, price } = drawn;
  const known = [...bench.engine.orders.values()].filter(({ own }) => own);
  const order = known[pick % Math.max(1, known.length)];
  const named = { symbol: { name: order?.order.symbol.name ?? symbol }, clientOrderId: order?.clientOrderId ?? 'none' };
  switch (kind) {
    case 'fill': {
      if (order === undefined) return;
      const executed = size > 0.5 ? order.order.quantity : Math.floor(order.order.quantity * size * 1000) / 1000;
      const status = size > 0.5 ? ('FILLED' as const) : ('PARTIALLY_FILLED' as const);
      bench.order({ ...named, status, quantityExecuted: executed, priceExecuted: price, fee: size });
      return;
    }
    case 'reject':
      if (order !== undefined)
        bench.order({ ...named, status: 'REJECTED', reason: pick % 2 === 0 ? 'MARGIN' : 'WOULD_TRIGGER' });
      return;
    case 'unknown':
      if (order !== undefined) bench.order({ ...named, status: size > 0.5 ? 'UNKNOWN' : 'NEW' });
      return;
    case 'foreign':
      bench.order({
        clientOrderId: `foreign-${pick % 4}`,
        externalId: `x${pick % 4}`,
        symbol: { name: symbol },
        side: side === 'LONG' ? 'BUY' : 'SELL',
        type: pick % 2 === 0 ? 'MARKET' : 'STOP_MARKET',
        reduceOnly: pick % 3 === 0,
        quantity,
        stopPrice: price,
        status: size > 0.5 ? 'FILLED' : 'NEW',
        quantityExecuted: size > 0.5 ? quantity : 0,
        priceExecuted: price,
      });
      return;
    default:
      command(bench, action, drawn);
  }
}

function command(bench: Bench, { kind, size, side: isOn, pick }: Action, { symbol, price, quantity }: Drawn): void {
  const scopes = ['global', 'account:paper:futures', `symbol:paper:futures:${symbol}`, 'detector:det'];
  const scope = scopes[pick % scopes.length]!;
  const positionId = { ...place, symbol };
  switch (kind) {
    case 'standdown':
      bench.command('standdown', {
        enabled: isOn,
        scope,
        ...(pick % 2 === 0 ? { until: bench.now + size * 10_000 } : {}),
      });
      return;
    case 'kill':
      if (isOn) bench.command('kill-switch/trigger', { scope, confirm: true, includeLegacy: pick % 5 === 0 });
      else bench.command('kill-switch/rearm', { incidentId: 'latest' });
      return;
    case 'rearm':
      bench.command('rearm', { code: isOn ? 'DRAWDOWN' : 'DAILY_LOSS', scope: scopes[1], baseline: 'reset' });
      return;
    case 'options':
      bench.options(optionPatches[pick % optionPatches.length]!);
      return;
    case 'lease':
      if (isOn)
        bench.command('lease', {
          detectorSysname: 'det',
          ttlMs: 1 + size * 5000,
          onExpiry: pick % 2 ? 'block' : 'close',
        });
      else bench.command('lease/release', { detectorSysname: 'det' });
      return;
    case 'protect':
      bench.command('protection', {
        positionId,
        stopLoss: price,
        ...(isOn ? { force: true } : { takeProfit: price * 1.01 }),
      });
      return;
    case 'adopt':
      bench.command('adopt', { positionId });
      return;
    case 'operator-close':
      bench.command('close', isOn ? { positionId } : { positionId, quantity });
      return;
    default:
      bench.feed({ kind: 'started', now: bench.now, epoch: 1 + (pick % 9), appKey: 'inspector', version: '0' });
  }
}
