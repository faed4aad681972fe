/**
 * The peer of the tick path: the same arithmetic on bare typed arrays in one flat loop. Per tick: time and day, the
 * channel's interval, the venue clock's offset, the price, staleness of mark and book, agreement of mark and mid, for
 * both positions of the symbol the unrealised result and the exposure as compensated sums, best and worst price, peak, trail,
 * stop and target, equity and the band in which no limit can be touched, and the grids of seconds and minutes. It has
 * no timers, writes no record and cannot trip: it counts what would have been looked at.
 */
import { ENTRY_PRICE, type HeldEngine, START_MS } from '../held-engine.ts';
import { BOOK_EVERY, HALF_SPREAD, type TickStream } from './tick-stream.ts';

const STALE_MS = 5000;
const GRID_SECONDS = 61;
const INTERVALS = 5;
const STOP = 0.005;
const TARGET = 0.025;
const TRAIL = 0.015;
const LOSS = 0.05;
const DRAWDOWN = 0.15;
const PROFIT = 0.1;

export interface BareLoop {
  run(stream: TickStream): number;
}

export function createBareLoop({ symbols, accounts }: Pick<HeldEngine, 'symbols' | 'accounts'>): BareLoop {
  const count = symbols * accounts;
  const filled = (length: number, value: number) => new Float64Array(length).fill(value);
  // symbols
  const mark = filled(symbols, ENTRY_PRICE);
  const markTime = filled(symbols, START_MS);
  const bid = filled(symbols, ENTRY_PRICE - HALF_SPREAD);
  const ask = filled(symbols, ENTRY_PRICE + HALF_SPREAD);
  const bookTime = filled(symbols, START_MS);
  const price = filled(symbols, ENTRY_PRICE);
  const lastReceived = filled(symbols, START_MS);
  const intervals = new Float32Array(symbols * INTERVALS);
  const intervalCount = new Int32Array(symbols);
  const gridSecond = new Int32Array(symbols).fill(START_MS / 1000);
  const gridPrice = filled(symbols, ENTRY_PRICE);
  const gridLength = new Int32Array(symbols);
  const grid = filled(symbols * GRID_SECONDS, ENTRY_PRICE);
  const variance = filled(symbols, 0);
  const minute = new Int32Array(symbols).fill(START_MS / 60_000);
  const minutePrice = filled(symbols, ENTRY_PRICE);
  // positions, those of a symbol side by side
  const direction = new Float64Array(count);
  const quantity = filled(count, 1);
  const entry = filled(count, ENTRY_PRICE);
  const marked = filled(count, ENTRY_PRICE);
  const unrealized = filled(count, 0);
  const best = filled(count, ENTRY_PRICE);
  const worst = filled(count, ENTRY_PRICE);
  const peak = filled(count, ENTRY_PRICE);
  const stop = new Float64Array(count);
  const target = new Float64Array(count);
  for (let slot = 0; slot < count; slot++) {
    const sign = Math.floor(slot / accounts) % 2 === 0 ? 1 : -1;
    direction[slot] = sign;
    stop[slot] = ENTRY_PRICE * (1 - sign * STOP);
    target[slot] = ENTRY_PRICE * (1 + sign * TARGET);
  }
  // accounts
  const wallet = filled(accounts, 1000 * symbols);
  const sum = filled(accounts, 0);
  const sumError = filled(accounts, 0);
  const exposure = filled(accounts, ENTRY_PRICE * symbols);
  const exposureError = filled(accounts, 0);
  const equity = filled(accounts, 1000 * symbols);
  const accountPeak = filled(accounts, 1000 * symbols);
  const deepest = filled(accounts, 0);
  const offset = new Float64Array(1);
  const least = filled(1, Number.POSITIVE_INFINITY);
  let clock = START_MS;
  let looked = 0;

  function run({ symbol, price: prices, length, intervalMs }: TickStream): number {
    const begun = clock;
    for (let at = 0; at < length; at++) {
      const now = begun + Math.floor((at + 1) * intervalMs);
      const id = symbol[at]!;
      const tick = prices[at]!;
      // channel
      const interval = now - lastReceived[id]!;
      const seen = intervalCount[id]!;
      lastReceived[id] = now;
      intervals[id * INTERVALS + (seen % INTERVALS)] = interval;
      intervalCount[id] = seen >= 2 * INTERVALS ? seen - INTERVALS + 1 : seen + 1;
      if (interval > STALE_MS) looked++;
      // clock
      const delay = now - now;
      if (delay < offset[0]!) offset[0] = delay;
      if (delay < least[0]!) least[0] = delay;
      const time = now + offset[0]!;
      // price
      if (!(tick > 0) || tick === Number.POSITIVE_INFINITY) continue;
      if (at % BOOK_EVERY === 0) {
        bid[id] = tick - HALF_SPREAD;
        ask[id] = tick + HALF_SPREAD;
        bookTime[id] = time < now ? time : now;
      } else {
        mark[id] = tick;
        markTime[id] = time < now ? time : now;
      }
      const isMarkFresh = now - markTime[id]! <= STALE_MS;
      const isBookFresh = now - bookTime[id]! <= STALE_MS;
      const mid = (bid[id]! + ask[id]!) / 2;
      const value = isMarkFresh ? mark[id]! : mid;
      price[id] = value;
      const allowed = Math.max(0.01 * mid, 5 * (ask[id]! - bid[id]!));
      const agrees = isMarkFresh && isBookFresh && Math.abs(mark[id]! - mid) <= allowed;
      // positions
      for (let account = 0; account < accounts; account++) {
        const slot = id * accounts + account;
        const sign = direction[slot]!;
        const result = sign * (value - entry[slot]!) * quantity[slot]!;
        const change = result - unrealized[slot]! - sumError[account]!;
        const total = sum[account]! + change;
        sumError[account] = total - sum[account]! - change;
        sum[account] = total;
        const exposed = (value - marked[slot]!) * quantity[slot]! - exposureError[account]!;
        const whole = exposure[account]! + exposed;
        exposureError[account] = whole - exposure[account]! - exposed;
        exposure[account] = whole;
        unrealized[slot] = result;
        marked[slot] = value;
        if (value > best[slot]!) best[slot] = value;
        if (value < worst[slot]!) worst[slot] = value;
        if (agrees && sign * (value - peak[slot]!) > 0) {
          peak[slot] = value;
          const candidate = value * (1 - sign * TRAIL);
          if (sign * (candidate - stop[slot]!) > 0) stop[slot] = candidate;
        }
        const money = wallet[account]! + total;
        equity[account] = money;
        if (money > accountPeak[account]!) accountPeak[account] = money;
        const top = accountPeak[account]!;
        const drawdown = (top - money) / top;
        if (drawdown > deepest[account]!) deepest[account] = drawdown;
        const day = (money - wallet[account]!) / wallet[account]!;
        if (drawdown >= DRAWDOWN || day <= -LOSS || day >= PROFIT || whole > 3 * money) looked++;
        if (sign * (tick - stop[slot]!) <= 0 || sign * (tick - target[slot]!) >= 0) looked++;
      }
      // grids
      const second = (now / 1000) | 0;
      const last = gridSecond[id]!;
      if (second !== last) {
        gridSecond[id] = second;
        for (let ended = last; ended < second; ended++) {
          const before = grid[id * GRID_SECONDS + ((ended - 1) % GRID_SECONDS)]!;
          const move = gridPrice[id]! / before - 1;
          variance[id] = 0.94 * variance[id]! + 0.06 * move * move;
          grid[id * GRID_SECONDS + (ended % GRID_SECONDS)] = gridPrice[id]!;
          if (gridLength[id]! < GRID_SECONDS) gridLength[id]!++;
        }
      }
      gridPrice[id] = value;
      if (gridLength[id]! >= GRID_SECONDS - 1) {
        const then = grid[id * GRID_SECONDS + ((second - 60) % GRID_SECONDS)]!;
        const moved = Math.abs(value / then - 1);
        if (moved > 0.01 && moved > 6 * Math.sqrt(60 * variance[id]!)) looked++;
      }
      const minuteNow = (now / 60_000) | 0;
      if (minuteNow !== minute[id]!) minute[id] = minuteNow;
      minutePrice[id] = value;
    }
    clock = begun + Math.floor(length * intervalMs);
    return looked + sum[0]!;
  }

  return { run };
}
