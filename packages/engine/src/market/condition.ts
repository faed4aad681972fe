/** Market condition (semantics 10): volatility spikes, regime and maturity from prices; stress and liquidity from books. */
import { isNewEdge, publish, record, shown } from '#audit/record.ts';
import { exceeds } from '#number/compare.ts';
import { DEPTH_SAMPLE_MS, DEPTH_SAMPLES, GRID_SECONDS, REGIME_CLOSES, regimes } from '#state/conditions.ts';
import type { Engine } from '#state/engine.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { observeStress } from './stress.ts';
import { spreadPercent } from './valuation.ts';

const SPIKE_WINDOW_MS = 60_000;
const SPIKE_MIN_PCT = 1;
const SPIKE_SIGMAS = 6;
/** Decay of the variance of 1 s returns (RiskMetrics' λ). */
const LAMBDA = 0.94;
const WINDOW_SECONDS = 60;
const MINUTE_MS = 60_000;
const TREND_AT = 0.5;
const RANGE_AT = 0.2;
const LOW_DEPTH_FRACTION = 0.2;
const DEPTH_WINDOW_MS = 300_000;
/** Samples needed before their median says anything: ten seconds of them. */
const MIN_DEPTH_SAMPLES = 3;

/** After every accepted price of a symbol. */
export function observePrice(engine: Engine, symbol: number): void {
  const { symbols, conditions, now } = engine;
  const price = symbols.price[symbol]!;
  if (Number.isNaN(price) || symbols.fresh[symbol] === 0) return;
  const second = Math.floor(now / 1000);
  const last = conditions.gridSecond[symbol]!;
  if (second !== last) advanceGrid(engine, symbol, second);
  conditions.gridPrice[symbol] = price;
  testSpike(engine, symbol, second);
  const minute = Math.floor(now / MINUTE_MS);
  if (minute !== conditions.minute[symbol]) closeMinute(engine, symbol, minute);
  conditions.minutePrice[symbol] = price;
}

/** Writes the seconds that ended onto the grid, each with the last price known at its end. */
function advanceGrid(engine: Engine, symbol: number, second: number): void {
  const table = engine.conditions;
  const last = table.gridSecond[symbol]!;
  table.gridSecond[symbol] = second;
  const passed = second - last;
  if (!(passed > 0) || passed > WINDOW_SECONDS) {
    table.gridLength[symbol] = 0;
    table.variance[symbol] = 0;
    return;
  }
  const price = table.gridPrice[symbol]!;
  for (let ended = last; ended < second; ended++) {
    const length = table.gridLength[symbol]!;
    const before = table.grid[symbol * GRID_SECONDS + ((ended - 1) % GRID_SECONDS)]!;
    if (length > 0) {
      const change = price / before - 1;
      table.variance[symbol] = LAMBDA * table.variance[symbol]! + (1 - LAMBDA) * change * change;
    }
    table.grid[symbol * GRID_SECONDS + (ended % GRID_SECONDS)] = price;
    if (length < GRID_SECONDS) table.gridLength[symbol] = length + 1;
  }
}

/** |return over 60 s| against max(1 %, 6 σ), σ from the seconds before this one. */
function testSpike(engine: Engine, symbol: number, second: number): void {
  const table = engine.conditions;
  const price = engine.symbols.price[symbol]!;
  if (table.gridLength[symbol]! < WINDOW_SECONDS) return;
  const then = table.grid[symbol * GRID_SECONDS + ((second - WINDOW_SECONDS) % GRID_SECONDS)]!;
  const returnPct = (price / then - 1) * 100;
  if (Math.abs(returnPct) <= SPIKE_MIN_PCT) return;
  const sigmaPct = Math.sqrt(WINDOW_SECONDS * table.variance[symbol]!) * 100;
  if (!exceeds(Math.abs(returnPct), Math.max(SPIKE_MIN_PCT, SPIKE_SIGMAS * sigmaPct))) return;
  reportSpike(engine, symbol, returnPct, sigmaPct);
}

function reportSpike(engine: Engine, symbol: number, returnPct: number, sigma: number): void {
  const name = engine.symbols.names[symbol]!;
  const table = engine.conditions;
  const isEdge = !(engine.now - table.spikeAt[symbol]! < SPIKE_WINDOW_MS);
  table.spikeAt[symbol] = engine.now;
  armTimer(engine.timers, timerKinds.regimeCalm, symbol, engine.now + SPIKE_WINDOW_MS);
  if (!isEdge || !isNewEdge(engine, 'VOLATILITY_SPIKE', engine.symbols.keys[symbol]!)) return;
  const payload = { symbol: name, returnPct, windowMs: SPIKE_WINDOW_MS, sigma };
  record(engine, 'VOLATILITY_SPIKE', {
    code: 'VOLATILITY_SPIKE',
    severity: 'warn',
    symbol: name,
    message: `${name} moved ${shown(returnPct)} % in 60 s (σ ${shown(sigma)} %).`,
    data: payload,
  });
  publish(engine, 'INSPECTOR_VOLATILITY_SPIKE', payload);
  setVolatile(engine, symbol, true);
}

/** A spike grew 60 s old: the regime is again what the closes say. */
export function onRegimeCalmTimer(engine: Engine, symbol: number): void {
  if (engine.now - engine.conditions.spikeAt[symbol]! >= SPIKE_WINDOW_MS) setVolatile(engine, symbol, false);
}

function setVolatile(engine: Engine, symbol: number, volatile: boolean): void {
  const table = engine.conditions;
  if (table.volatile[symbol] === (volatile ? 1 : 0)) return;
  table.volatile[symbol] = volatile ? 1 : 0;
  reportRegime(engine, symbol);
}

/** A minute ended: its close joins the 30, and the regime and maturity are taken anew. */
function closeMinute(engine: Engine, symbol: number, minute: number): void {
  const table = engine.conditions;
  const first = Number.isNaN(table.minute[symbol]);
  table.minute[symbol] = minute;
  if (first) {
    reportMaturity(engine, symbol, 'cold');
    return;
  }
  const start = symbol * REGIME_CLOSES;
  const count = table.closeCount[symbol]!;
  if (count === REGIME_CLOSES) table.closes.copyWithin(start, start + 1, start + REGIME_CLOSES);
  table.closes[start + Math.min(count, REGIME_CLOSES - 1)] = table.minutePrice[symbol]!;
  if (count < REGIME_CLOSES) {
    table.closeCount[symbol] = count + 1;
    if (count === 0) reportMaturity(engine, symbol, 'warming');
    if (count + 1 === REGIME_CLOSES) reportMaturity(engine, symbol, 'mature');
  }
  if (table.closeCount[symbol] === REGIME_CLOSES) judgeRegime(engine, symbol);
}

/** Kaufman's efficiency ratio: net change over the sum of changes (P. Kaufman, "Smarter Trading", 1995). */
function judgeRegime(engine: Engine, symbol: number): void {
  const table = engine.conditions;
  const start = symbol * REGIME_CLOSES;
  let path = 0;
  for (let index = 1; index < REGIME_CLOSES; index++) {
    path += Math.abs(table.closes[start + index]! - table.closes[start + index - 1]!);
  }
  const net = Math.abs(table.closes[start + REGIME_CLOSES - 1]! - table.closes[start]!);
  const efficiency = path === 0 ? 0 : net / path;
  table.efficiency[symbol] = efficiency;
  let regime = table.regime[symbol]!;
  if (efficiency >= TREND_AT) regime = 1;
  else if (efficiency <= RANGE_AT) regime = 2;
  if (regime === table.regime[symbol]) return;
  table.regime[symbol] = regime;
  if (table.volatile[symbol] === 0) reportRegime(engine, symbol);
}

export function regimeOf(engine: Engine, symbol: number): 'TREND' | 'RANGE' | 'VOLATILE' | 'UNKNOWN' {
  return engine.conditions.volatile[symbol] === 1 ? 'VOLATILE' : regimes[engine.conditions.regime[symbol]!]!;
}

function reportRegime(engine: Engine, symbol: number): void {
  const regime = regimeOf(engine, symbol);
  const name = engine.symbols.names[symbol]!;
  if (!isNewEdge(engine, `REGIME_CHANGED ${regime}`, engine.symbols.keys[symbol]!)) return;
  const strength = engine.conditions.efficiency[symbol]!;
  const payload = { symbol: name, regime, strength: Number.isNaN(strength) ? 0 : strength };
  record(engine, 'REGIME_CHANGED', {
    code: 'REGIME_CHANGED',
    symbol: name,
    message: `${name} is in regime ${regime}.`,
    data: payload,
  });
  if (regime === 'TREND') publish(engine, 'INSPECTOR_TREND_DETECTED', payload);
  if (regime === 'RANGE') publish(engine, 'INSPECTOR_RANGE_DETECTED', payload);
}

function reportMaturity(engine: Engine, symbol: number, maturity: 'cold' | 'warming' | 'mature'): void {
  const table = engine.conditions;
  if (Number.isNaN(table.firstReadingAt[symbol])) table.firstReadingAt[symbol] = engine.now;
  publish(engine, 'INSPECTOR_DATA_MATURITY_UPDATE', {
    symbol: engine.symbols.names[symbol]!,
    maturity,
    samples: table.closeCount[symbol]!,
    since: table.firstReadingAt[symbol]!,
  });
}

/** After every accepted book. */
export function observeBook(engine: Engine, symbol: number): void {
  const { symbols, conditions, now } = engine;
  const spread = spreadPercent(symbols, symbol);
  observeStress(engine, symbol, spread);
  const depthUsd = topDepthUsd(engine, symbol);
  const median = conditions.depthMedian[symbol]!;
  const { spreadTolerancePercent } = engine.settings.base;
  const isThin = depthUsd < LOW_DEPTH_FRACTION * median;
  const isWide = spreadTolerancePercent > 0 && exceeds(spread, spreadTolerancePercent);
  const low = isThin || isWide ? 1 : 0;
  if (low !== conditions.liquidityLow[symbol]) {
    conditions.liquidityLow[symbol] = low;
    if (low === 1)
      reportLiquidity(engine, symbol, spread, depthUsd, isThin ? LOW_DEPTH_FRACTION * median : spreadTolerancePercent);
  }
  if (!(now - conditions.depthSampleAt[symbol]! < DEPTH_SAMPLE_MS)) sampleDepth(engine, symbol, depthUsd);
}

/** Notional at the best bid and ask together. */
export function topDepthUsd(engine: Engine, symbol: number): number {
  const { symbols } = engine;
  return symbols.bid[symbol]! * symbols.bidVolume[symbol]! + symbols.ask[symbol]! * symbols.askVolume[symbol]!;
}

const sortedDepths = new Float64Array(DEPTH_SAMPLES);

/** Keeps a sample of top depth and takes the median of the last five minutes anew. */
function sampleDepth(engine: Engine, symbol: number, depthUsd: number): void {
  const { conditions, now } = engine;
  const start = symbol * DEPTH_SAMPLES;
  const samples = conditions.depthCount[symbol]!;
  conditions.depthSampleAt[symbol] = now;
  conditions.depths[start + (samples % DEPTH_SAMPLES)] = depthUsd;
  conditions.depthTimes[start + (samples % DEPTH_SAMPLES)] = now;
  // The count serves as ring position too: kept small, so that it never overflows.
  conditions.depthCount[symbol] = samples + 1 >= 2 * DEPTH_SAMPLES ? samples + 1 - DEPTH_SAMPLES : samples + 1;
  let kept = 0;
  for (let index = 0; index < Math.min(samples + 1, DEPTH_SAMPLES); index++) {
    if (now - conditions.depthTimes[start + index]! > DEPTH_WINDOW_MS) continue;
    const depth = conditions.depths[start + index]!;
    let hole = kept++;
    while (hole > 0 && sortedDepths[hole - 1]! > depth) {
      sortedDepths[hole] = sortedDepths[hole - 1]!;
      hole--;
    }
    sortedDepths[hole] = depth;
  }
  const middle = kept >> 1;
  const median = kept % 2 === 1 ? sortedDepths[middle]! : (sortedDepths[middle - 1]! + sortedDepths[middle]!) / 2;
  conditions.depthMedian[symbol] = kept < MIN_DEPTH_SAMPLES ? Number.NaN : median;
}

function reportLiquidity(engine: Engine, symbol: number, spreadPct: number, depthUsd: number, limit: number): void {
  const name = engine.symbols.names[symbol]!;
  if (!isNewEdge(engine, 'LIQUIDITY_DROPPED', engine.symbols.keys[symbol]!)) return;
  const payload = { symbol: name, spreadPct, topDepthUsd: depthUsd, limit };
  record(engine, 'LIQUIDITY_DROPPED', {
    code: 'LIQUIDITY_DROPPED',
    severity: 'warn',
    symbol: name,
    message: `Liquidity of ${name} dropped: spread ${shown(spreadPct)} %, top depth ${shown(depthUsd)} USD.`,
    data: payload,
  });
  publish(engine, 'INSPECTOR_LIQUIDITY_DROPPED', payload);
}
