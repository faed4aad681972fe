/**
 * The peer of the entry decision: the same 39 rules, in one function written by hand over plain numbers. It reads the same
 * request, looks up the same names and ids, sizes, rounds, walks the book, and notes each violated rule with what was
 * observed and its limit. It knows one set of options, one market and no texts.
 */
import type { Options } from '@inspector/contract';
import { ENTRY_PRICE } from '../held-engine.ts';
import type { Request } from './requests.ts';

const TOLERANCE = 1e-9;
const STALE_MS = 5000;

/** What the last judgement found. */
export interface Outcome {
  /** 0 = OK, else the number of the first violated rule. */
  code: number;
  violated: number;
  rules: Int32Array;
  observed: Float64Array;
  limits: Float64Array;
  quantity: number;
  notional: number;
  stop: number;
  target: number;
}

export interface HandInlined {
  judge(request: Request): Outcome;
}

export function createHandInlined(
  options: Options,
  world: { now: number; names: readonly string[]; wallet: number; volume: number; halfSpread: number },
): HandInlined {
  const { riskManagement: risk, assetManagement: assets, tradeSettings: trade, strategyLogic: logic } = options;
  const symbols = new Map(world.names.map((name, id) => [name, id]));
  const decided = new Map<string, number>();
  const count = world.names.length;
  const filled = (value: number) => new Float64Array(count).fill(value);
  const valuation = filled(ENTRY_PRICE);
  const priceTime = filled(world.now);
  const bid = filled(ENTRY_PRICE - world.halfSpread);
  const ask = filled(ENTRY_PRICE + world.halfSpread);
  const bidVolume = filled(world.volume);
  const askVolume = filled(world.volume);
  const bookTime = filled(world.now);
  const isTrading = filled(1);
  const step = filled(0.001);
  const minQuantity = filled(0.001);
  const minNotional = filled(0);
  const maxLeverage = filled(Number.POSITIVE_INFINITY);
  const held = filled(0);
  const isLegacy = filled(0);
  const reserved = filled(0);
  const account = {
    killed: 0,
    locked: 0,
    leaseEnded: 0,
    reconciled: 1,
    gap: 0,
    equityKnown: 1,
    equity: world.wallet,
    dayStart: world.wallet,
    peak: world.wallet,
    exposure: 0,
    available: world.wallet,
    reservedNotional: 0,
    reservedMargin: 0,
    lastLossAt: Number.NaN,
    streakLocked: 0,
    losses: 0,
    entries: 0,
    positions: 0,
    correlated: 0,
    approvals: [] as number[],
  };
  const excluded = new Set(assets.excludedAssets.map((name) => name.toUpperCase()));
  const preferred = new Set(assets.preferredAssets.map((name) => name.toUpperCase()));
  const outcome: Outcome = {
    code: 0,
    violated: 0,
    rules: new Int32Array(39),
    observed: new Float64Array(39),
    limits: new Float64Array(39),
    quantity: 0.5,
    notional: 0.5,
    stop: 0.5,
    target: 0.5,
  };
  const { rules, observed, limits } = outcome;

  function judge(request: Request): Outcome {
    const { now } = world;
    const symbol = request.symbol as { name?: unknown } | undefined;
    const name = typeof symbol === 'object' && symbol !== null ? symbol.name : undefined;
    const {
      side,
      quantity: asked,
      sizePercent,
      price: limitPrice,
      stopLoss,
      takeProfit,
      leverage: askedLeverage,
    } = request;
    const { expiresAt, expectedRoiPercent, detectorSysname, connectorType, marketType, accountId } = request;
    let found = 0;
    // 1
    const direction = side === 'LONG' ? 1 : -1;
    const isInvalid =
      typeof connectorType !== 'string' ||
      connectorType !== 'paper' ||
      typeof marketType !== 'string' ||
      marketType !== 'futures' ||
      typeof name !== 'string' ||
      (side !== 'LONG' && side !== 'SHORT') ||
      typeof detectorSysname !== 'string' ||
      (accountId !== undefined && typeof accountId !== 'string') ||
      (asked !== undefined && !(typeof asked === 'number' && asked > 0 && asked < Number.POSITIVE_INFINITY)) ||
      (sizePercent !== undefined && !(typeof sizePercent === 'number' && sizePercent > 0)) ||
      (limitPrice !== undefined && !(typeof limitPrice === 'number' && limitPrice > 0)) ||
      (stopLoss !== undefined && !(typeof stopLoss === 'number' && stopLoss > 0)) ||
      (takeProfit !== undefined && !(typeof takeProfit === 'number' && takeProfit > 0)) ||
      (askedLeverage !== undefined && !(typeof askedLeverage === 'number' && askedLeverage > 0)) ||
      (expectedRoiPercent !== undefined && typeof expectedRoiPercent !== 'number') ||
      (expiresAt !== undefined && typeof expiresAt !== 'number') ||
      (asked !== undefined && sizePercent !== undefined);
    const id = symbols.get(name as string) ?? -1;
    const hasLimit = limitPrice !== undefined;
    const age = id < 0 ? Number.NaN : now - priceTime[id]!;
    const isFresh = age <= STALE_MS;
    const isBookFresh = id >= 0 && now - bookTime[id]! <= STALE_MS;
    const best = direction > 0 ? (ask[id] ?? Number.NaN) : (bid[id] ?? Number.NaN);
    const value = valuation[id] ?? Number.NaN;
    let price = best;
    if (hasLimit) price = limitPrice as number;
    else if (!isBookFresh) price = value;
    const byOptions = price * (1 - (direction * risk.stopLossPercent) / 100);
    const stop =
      stopLoss !== undefined && direction * ((stopLoss as number) - byOptions) > 0 ? (stopLoss as number) : byOptions;
    const target =
      takeProfit !== undefined ? (takeProfit as number) : price * (1 + (direction * risk.takeProfitPercent) / 100);
    if (
      isInvalid ||
      (stopLoss !== undefined && direction * ((stopLoss as number) - price) >= 0) ||
      (takeProfit !== undefined && direction * ((takeProfit as number) - price) <= 0) ||
      (id >= 0 && held[id]! * direction < 0 && isLegacy[id] === 0) ||
      (id >= 0 && reserved[id]! * direction < 0)
    ) {
      outcome.code = 1;
      outcome.violated = 1;
      rules[0] = 1;
      return outcome;
    }
    // 2
    if (expiresAt !== undefined && (expiresAt as number) < now) {
      outcome.code = 2;
      outcome.violated = 1;
      rules[0] = 2;
      return outcome;
    }
    // 3
    if (decided.get(request.requestId) !== undefined) {
      outcome.code = 3;
      outcome.violated = 1;
      rules[0] = 3;
      return outcome;
    }
    // size
    const leverage = askedLeverage === undefined ? trade.defaultLeverage : (askedLeverage as number);
    const { equity } = account;
    let quantity: number;
    if (asked !== undefined) quantity = asked as number;
    else if (sizePercent !== undefined) quantity = (equity * (sizePercent as number)) / 100 / price;
    else quantity = (equity * risk.riskPerTradePercent) / 100 / Math.abs(price - stop);
    if (id >= 0) {
      const multiple = quantity / step[id]!;
      const nearest = Math.round(multiple);
      const whole = Math.abs(multiple - nearest) <= TOLERANCE * Math.max(1, nearest) ? nearest : Math.floor(multiple);
      quantity = whole / Math.round(1 / step[id]!);
    }
    const notional = quantity * price;
    const own = id < 0 ? 0 : Math.abs(held[id]!) + Math.abs(reserved[id]!);
    // 4 to 8
    if (account.killed !== 0) rules[found++] = 4;
    if (account.locked !== 0) rules[found++] = 5;
    if (account.leaseEnded !== 0) rules[found++] = 6;
    if (account.reconciled === 0) rules[found++] = 7;
    if (account.gap !== 0) rules[found++] = 8;
    // 9 to 15
    if (id < 0 || isTrading[id] === 0) rules[found++] = 9;
    if (excluded.size > 0 && excluded.has((name as string).toUpperCase())) rules[found++] = 10;
    if (assets.restrictToPreferred && !preferred.has((name as string).toUpperCase())) rules[found++] = 11;
    if (id >= 0 && isLegacy[id] !== 0) rules[found++] = 12;
    if (!(value > 0)) rules[found++] = 13;
    if (value > 0 && !isFresh) rules[found++] = 14;
    if (account.equityKnown === 0) rules[found++] = 15;
    // 16 to 20
    if (options.noTradeWindows.length > 0) rules[found++] = 16;
    if (now - account.lastLossAt < logic.cooldownPeriod * 1000) rules[found++] = 17;
    if (account.streakLocked !== 0) rules[found++] = 18;
    if (risk.maxLossTradesPerDay > 0 && account.losses >= risk.maxLossTradesPerDay) {
      observed[found] = account.losses;
      limits[found] = risk.maxLossTradesPerDay;
      rules[found++] = 19;
    }
    if (risk.maxTradesPerDay > 0 && account.entries >= risk.maxTradesPerDay) {
      observed[found] = account.entries;
      limits[found] = risk.maxTradesPerDay;
      rules[found++] = 20;
    }
    // 21 to 23
    const day = ((equity - account.dayStart) / account.dayStart) * 100;
    const drawdown = ((account.peak - equity) / account.peak) * 100;
    if (risk.maxDailyLossPercent > 0 && -day >= risk.maxDailyLossPercent * (1 - TOLERANCE)) {
      observed[found] = -day;
      limits[found] = risk.maxDailyLossPercent;
      rules[found++] = 21;
    }
    if (risk.maxDailyProfitPercent > 0 && day >= risk.maxDailyProfitPercent * (1 - TOLERANCE)) {
      observed[found] = day;
      limits[found] = risk.maxDailyProfitPercent;
      rules[found++] = 22;
    }
    if (risk.maxDrawdownPercent > 0 && drawdown >= risk.maxDrawdownPercent * (1 - TOLERANCE)) {
      observed[found] = drawdown;
      limits[found] = risk.maxDrawdownPercent;
      rules[found++] = 23;
    }
    // 24, 25
    if (risk.maxOpenPositions > 0 && own === 0 && account.positions >= risk.maxOpenPositions) {
      observed[found] = account.positions;
      limits[found] = risk.maxOpenPositions;
      rules[found++] = 24;
    }
    if (risk.maxCorrelatedPositions > 0 && account.correlated >= risk.maxCorrelatedPositions) {
      observed[found] = account.correlated;
      limits[found] = risk.maxCorrelatedPositions;
      rules[found++] = 25;
    }
    // 26, 27
    const mid = id < 0 ? Number.NaN : (bid[id]! + ask[id]!) / 2;
    const spread = id < 0 ? Number.NaN : ((ask[id]! - bid[id]!) / mid) * 100;
    const maxSpread = assets.spreadTolerancePercent;
    if (maxSpread > 0 && id >= 0 && (!isBookFresh || spread > maxSpread * (1 + TOLERANCE))) {
      observed[found] = spread;
      limits[found] = maxSpread;
      rules[found++] = 26;
    }
    const maxSlippage = assets.slippageTolerancePercent;
    if (maxSlippage > 0 && id >= 0) {
      const isMarketable = !hasLimit || direction * (best - price) <= 0;
      const volume = direction > 0 ? askVolume[id]! : bidVolume[id]!;
      const slippage = isMarketable ? (Math.abs(best - mid) / mid) * 100 : 0;
      const isThin = !hasLimit && quantity > volume;
      if (!isBookFresh || isThin || slippage > maxSlippage * (1 + TOLERANCE)) {
        observed[found] = isThin ? Number.NaN : slippage;
        limits[found] = maxSlippage;
        rules[found++] = 27;
      }
    }
    // 28 to 30
    if (hasLimit && assets.priceCollarPercent > 0) {
      const distance = (Math.abs(price - value) / value) * 100;
      if (distance > assets.priceCollarPercent * (1 + TOLERANCE)) {
        observed[found] = distance;
        limits[found] = assets.priceCollarPercent;
        rules[found++] = 28;
      }
    }
    if (trade.maxOrderNotionalUsd > 0 && notional > trade.maxOrderNotionalUsd * (1 + TOLERANCE)) {
      observed[found] = notional;
      limits[found] = trade.maxOrderNotionalUsd;
      rules[found++] = 29;
    }
    const venueLeverage = id < 0 ? Number.POSITIVE_INFINITY : maxLeverage[id]!;
    const mostLeverage = venueLeverage < trade.maxLeverage ? venueLeverage : trade.maxLeverage;
    if (leverage > mostLeverage * (1 + TOLERANCE)) {
      observed[found] = leverage;
      limits[found] = mostLeverage;
      rules[found++] = 30;
    }
    // 31, 32
    const whole = own + quantity;
    if (trade.maxPositionSizePercent > 0) {
      const most = (equity * trade.maxPositionSizePercent) / 100;
      if (whole * price > most * (1 + TOLERANCE)) {
        observed[found] = whole * price;
        limits[found] = most;
        rules[found++] = 31;
      }
    }
    const least = (equity * trade.minPositionSizePercent) / 100;
    const isSmall =
      quantity === 0 ||
      notional < least * (1 - TOLERANCE) ||
      (id >= 0 && (quantity < minQuantity[id]! * (1 - TOLERANCE) || notional < minNotional[id]! * (1 - TOLERANCE)));
    if (isSmall) {
      observed[found] = notional;
      limits[found] = least;
      rules[found++] = 32;
    }
    // 33 to 36
    if (risk.riskPerTradePercent > 0) {
      if (Number.isNaN(stop)) rules[found++] = 33;
      else if (trade.marginMode === 'isolated') {
        const liquidation = price * (1 - direction * (1 / leverage - 0.005));
        if (direction * (stop - liquidation) < 0) rules[found++] = 33;
      }
      const most = (equity * risk.riskPerTradePercent) / 100;
      const atRisk = whole * Math.abs(price - stop);
      if (atRisk > most * (1 + TOLERANCE)) {
        observed[found] = atRisk;
        limits[found] = most;
        rules[found++] = 34;
      }
    }
    const reward = Math.abs(target - price);
    const distance = Math.abs(price - stop);
    if (risk.minRiskRewardRatio > 0 && reward < distance * risk.minRiskRewardRatio * (1 - TOLERANCE)) {
      observed[found] = reward / distance;
      limits[found] = risk.minRiskRewardRatio;
      rules[found++] = 35;
    }
    if (logic.minROIThreshold !== 0 || logic.maxROIThreshold !== 0) {
      const roi = expectedRoiPercent === undefined ? (reward / price) * 100 : (expectedRoiPercent as number);
      if (roi < logic.minROIThreshold || roi > logic.maxROIThreshold) {
        observed[found] = roi;
        limits[found] = logic.minROIThreshold;
        rules[found++] = 36;
      }
    }
    // 37 to 39
    if (risk.maxPortfolioExposurePercent > 0) {
      const most = (equity * risk.maxPortfolioExposurePercent) / 100;
      const all = account.exposure + account.reservedNotional + notional;
      if (all > most * (1 + TOLERANCE)) {
        observed[found] = all;
        limits[found] = most;
        rules[found++] = 37;
      }
    }
    const free = account.available - account.reservedMargin;
    if (notional / leverage > free * (1 + TOLERANCE)) {
      observed[found] = notional / leverage;
      limits[found] = free;
      rules[found++] = 38;
    }
    if (trade.maxOrdersPerSecond > 0) {
      const { approvals } = account;
      let recent = 0;
      for (let index = approvals.length - 1; index >= 0; index--) {
        if (now - approvals[index]! >= 1000 || ++recent >= trade.maxOrdersPerSecond) break;
      }
      if (recent >= trade.maxOrdersPerSecond) {
        observed[found] = recent;
        limits[found] = trade.maxOrdersPerSecond;
        rules[found++] = 39;
      }
    }
    outcome.code = found === 0 ? 0 : rules[0]!;
    outcome.violated = found;
    outcome.quantity = quantity;
    outcome.notional = notional;
    outcome.stop = stop;
    outcome.target = target;
    return outcome;
  }

  return { judge };
}
