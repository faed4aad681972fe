/**
 * Size of an entry: the quantity asked for, a percentage of equity, or what risks `riskPerTradePercent` capped by the
 * size limits. Rounded down to the step before the rules look at it (semantics 3).
 */
import { floorToStep } from '#number/rounding.ts';
import type { Engine } from '#state/engine.ts';
import type { Entry } from './entry.ts';

export function sizeEntry(engine: Engine, entry: Entry): void {
  const { request, price, equity } = entry;
  let quantity: number;
  if (!Number.isNaN(request.quantity)) {
    entry.method = 'quantity';
    quantity = request.quantity;
  } else if (!Number.isNaN(request.sizePercent)) {
    entry.method = 'sizePercent';
    quantity = entry.equityKnown ? (equity * request.sizePercent) / 100 / price : Number.NaN;
  } else {
    entry.method = 'riskPerTradePercent';
    quantity = sizeByRisk(entry);
  }
  const step = entry.symbol >= 0 ? (engine.symbols.specs[entry.symbol]?.stepSize ?? 0) : 0;
  setEntryQuantity(entry, !Number.isNaN(quantity) ? floorToStep(quantity, step) : quantity);
}

export function setEntryQuantity(entry: Entry, quantity: number): void {
  entry.quantity = quantity;
  entry.notional = quantity * entry.price;
}

/** Quantity that risks `riskPerTradePercent` of equity to the stop, capped by rules 29, 31, 37 and 38. */
function sizeByRisk(entry: Entry): number {
  const { price, stop, equity } = entry;
  if (!entry.equityKnown || Number.isNaN(stop)) return Number.NaN;
  const riskUsd = (equity * entry.riskPerTradePercent) / 100;
  return Math.max(0, Math.min(riskUsd / Math.abs(price - stop), sizeCap(entry)));
}

/** Largest quantity that rules 29, 31, 37 and 38 let pass; Infinity when none of them is on. */
export function sizeCap(entry: Entry): number {
  const { settings, price, equity, account } = entry;
  let cap = Number.POSITIVE_INFINITY;
  if (settings.maxOrderNotionalUsd > 0) cap = settings.maxOrderNotionalUsd / price;
  if (entry.maxPositionSizePercent > 0) {
    const whole = (equity * entry.maxPositionSizePercent) / 100 / price;
    cap = Math.min(cap, whole - entry.positionQuantity - entry.reservedQuantity);
  }
  if (entry.maxPortfolioExposurePercent > 0) {
    const whole = (equity * entry.maxPortfolioExposurePercent) / 100;
    cap = Math.min(cap, (whole - entry.exposure - account.reservedNotional) / price);
  }
  if (!Number.isNaN(entry.available)) {
    cap = Math.min(cap, ((entry.available - account.reservedMargin) * entry.leverage) / price);
  }
  return cap;
}
