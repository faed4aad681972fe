/** The largest quantity that would be allowed now, for `risk/check`. */

import { floorToStep } from '#number/rounding.ts';
import { createFindings, entryRules, judgeEntry } from '#rules/index.ts';
import type { Engine } from '#state/engine.ts';
import { walkableQuantity } from './book-walk.ts';
import { isWarningOnly } from './decision.ts';
import type { Entry } from './entry.ts';
import { setEntryQuantity, sizeCap } from './sizing.ts';

/** Rounding may put the closed form one step too high; more than a few means that another rule refuses. */
const MAX_STEPS_DOWN = 3;

const findings = createFindings();

/** 0 when a rule that is not about size refuses, or nothing fits. The entry's quantity is put back as it was. */
export function largestAllowed(engine: Engine, entry: Entry): number {
  const asked = entry.quantity;
  const step = entry.symbol >= 0 ? (engine.symbols.specs[entry.symbol]?.stepSize ?? 0) : 0;
  let quantity = floorToStep(Math.max(0, Math.min(sizeCap(entry), riskCap(entry), slippageCap(engine, entry))), step);
  let largest = 0;
  for (let tries = 0; tries <= MAX_STEPS_DOWN && quantity > 0 && Number.isFinite(quantity); tries++) {
    setEntryQuantity(entry, quantity);
    if (passes(engine, entry)) {
      largest = quantity;
      break;
    }
    quantity = step > 0 ? floorToStep(quantity - step, step) : quantity * (1 - 1e-9);
  }
  setEntryQuantity(entry, asked);
  return largest;
}

function passes(engine: Engine, entry: Entry): boolean {
  judgeEntry(entry, engine, findings);
  for (let index = 0; index < findings.violated; index++) {
    if (!isWarningOnly(engine, entry, entryRules[findings.violatedRules[index]!]!.code)) return false;
  }
  return true;
}

function riskCap(entry: Entry): number {
  if (entry.riskPerTradePercent === 0 || Number.isNaN(entry.stop)) return Number.POSITIVE_INFINITY;
  const riskUsd = (entry.equity * entry.riskPerTradePercent) / 100;
  return riskUsd / Math.abs(entry.price - entry.stop) - entry.positionQuantity - entry.reservedQuantity;
}

function slippageCap(engine: Engine, entry: Entry): number {
  const { slippageTolerancePercent } = entry.settings;
  const isLimit = !Number.isNaN(entry.request.limitPrice);
  if (slippageTolerancePercent === 0 || !entry.hasBook || isLimit) return Number.POSITIVE_INFINITY;
  return walkableQuantity(engine.symbols.depths[entry.symbol]!, entry.direction, slippageTolerancePercent, entry.mid);
}
