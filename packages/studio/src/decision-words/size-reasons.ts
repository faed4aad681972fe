/** Size, risk, exposure and margin (rules 31, 32, 34, 37, 38). */

import { type Explain, percentOfEquity, type RefusalFacts } from './facts.ts';
import { figure, figuresApart, quantityDown } from './figures.ts';
import { lockOf, opensAgain } from './opens-again.ts';

/** `30 % of equity (3,000 USD)`; the money alone where equity was unknown. */
function share(observed: number | null, limit: number | null, facts: RefusalFacts) {
  const usd = figuresApart(observed, limit, 'USD');
  const percent = figuresApart(percentOfEquity(observed, facts), percentOfEquity(limit, facts), '%');
  return facts.decision.inputs.equityUsd === null
    ? usd
    : { observed: `${percent.observed} of equity (${usd.observed})`, limit: `${percent.limit} (${usd.limit})` };
}

/** The quantity that would pass when the excess goes at `perUnit` USD a unit. */
function lessWouldPass(observed: number | null, limit: number | null, perUnit: number | null, facts: RefusalFacts) {
  const { quantity } = facts.decision.sizing;
  if (observed === null || limit === null || quantity === null || perUnit === null || !(perUnit > 0))
    return 'Ask for less.';
  const most = quantity - (observed - limit) / perUnit;
  return most > 0
    ? `A quantity of ${quantityDown(most)} or less would pass.`
    : 'Nothing more fits until what is open or reserved is smaller.';
}

export const positionSizeMax: Explain = ({ observed, limit }, facts) => {
  const shown = share(observed, limit, facts);
  return {
    what: `the position in ${facts.symbol} would be ${shown.observed}, your limit is ${shown.limit}`,
    remedy: lessWouldPass(observed, limit, facts.decision.sizing.price, facts),
  };
};

export const riskPerTrade: Explain = ({ observed, limit }, facts) => {
  const shown = share(observed, limit, facts);
  const { price, stopLoss } = facts.decision.sizing;
  const distance = price === null || stopLoss === null ? null : Math.abs(price - stopLoss);
  return {
    what: `its stop would cost ${shown.observed}, your limit is ${shown.limit}`,
    remedy: lessWouldPass(observed, limit, distance, facts),
  };
};

export const portfolioExposure: Explain = (violation, facts) => {
  const { observed, limit } = violation;
  const shown = share(observed, limit, facts);
  const isInside = observed !== null && limit !== null && observed <= limit;
  if (isInside || lockOf(violation, facts) !== undefined) {
    return {
      what: `the lock on exposure is on; it would be ${shown.observed}, your limit is ${shown.limit}`,
      remedy: opensAgain(violation, facts, 'when exposure is inside the limit'),
    };
  }
  return {
    what: `the account's exposure would be ${shown.observed}, your limit is ${shown.limit}`,
    remedy: lessWouldPass(observed, limit, facts.decision.sizing.price, facts),
  };
};

export const positionSizeMin: Explain = ({ observed, limit, unit }, { decision, symbol }) => {
  if (unit === 'base') {
    return {
      what: `the quantity is ${figure(observed, 'base')} ${symbol} after rounding down, the venue takes ${figure(limit, 'base')} or more`,
      remedy: limit !== null && limit > 0 ? `Ask for ${figure(limit, 'base')} or more.` : 'Ask for one step or more.',
    };
  }
  const shown = figuresApart(observed, limit, 'USD');
  const { price } = decision.sizing;
  const least = limit === null || price === null || !(price > 0) ? null : limit / price;
  return {
    what: `the order is worth ${shown.observed}, the minimum is ${shown.limit}`,
    remedy: least === null ? 'Ask for more.' : `A quantity of about ${figure(least, 'base')} or more would pass.`,
  };
};

export const marginInsufficient: Explain = ({ observed, limit }, { decision }) => {
  const shown = figuresApart(observed, limit, 'USD');
  const { price, leverage } = decision.sizing;
  const what = `it needs ${shown.observed} of margin, ${shown.limit} is available`;
  if (limit === null || price === null || leverage === null || !(price > 0)) return { what, remedy: 'Ask for less.' };
  return limit > 0
    ? { what, remedy: `A quantity of ${quantityDown((limit * leverage) / price)} or less would pass.` }
    : { what, remedy: 'Free margin first: close something, or add funds.' };
};
