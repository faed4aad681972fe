/** Book, price and order terms (rules 26 to 30, 33, 35, 36). */

import type { Explain } from './facts.ts';
import { figure, figuresApart, price, quantityDown } from './figures.ts';

const staleBook = (message: string, symbol: string) => {
  const [, limitMs] = /older than (\d+) ms/.exec(message) ?? [];
  return limitMs === undefined
    ? undefined
    : {
        what: `the book of ${symbol} is older than your limit of ${figure(Number(limitMs), 'ms')}`,
        remedy: 'It can be entered with the next fresh book.',
      };
};

export const spread: Explain = ({ observed, limit, message }, { symbol }) => {
  const shown = figuresApart(observed, limit, '%');
  return (
    staleBook(message, symbol) ?? {
      what: `the spread of ${symbol} is ${shown.observed}, your limit is ${shown.limit}`,
      remedy: `It can be entered when the spread is ${shown.limit} or less.`,
    }
  );
};

export const slippage: Explain = ({ observed, limit, message }, { symbol, decision }) => {
  const stale = staleBook(message, symbol);
  if (stale !== undefined) return stale;
  const quantity = figure(decision.sizing.quantity, 'base');
  if (observed === null) {
    return {
      what: `the book of ${symbol} is too thin for ${quantity}`,
      remedy: 'Ask for less, or wait for a deeper book.',
    };
  }
  const shown = figuresApart(observed, limit, '%');
  return {
    what: `${quantity} ${symbol} would cost ${shown.observed} against mid, your limit is ${shown.limit}`,
    remedy: 'Ask for less, use a limit price, or wait for a deeper book.',
  };
};

export const priceCollar: Explain = ({ observed, limit }, { decision, request, tickSize }) => {
  const shown = figuresApart(observed, limit, '%');
  const value = decision.inputs.price;
  const asked = typeof request.price === 'number' ? ` of ${price(request.price)}` : '';
  const what = `the limit price${asked} lies ${shown.observed} from the market, your limit is ${shown.limit}`;
  if (value === null || limit === null) return { what, remedy: `Move the price to within ${shown.limit}.` };
  const low = price(value * (1 - limit / 100), tickSize);
  const high = price(value * (1 + limit / 100), tickSize);
  return { what, remedy: `A price between ${low} and ${high} would pass.` };
};

export const orderNotional: Explain = ({ observed, limit }, { decision }) => {
  const shown = figuresApart(observed, limit, 'USD');
  const { price: at } = decision.sizing;
  const most = limit === null || at === null || !(at > 0) ? null : quantityDown(limit / at);
  return {
    what: `the order is worth ${shown.observed}, your limit is ${shown.limit}`,
    remedy: most === null ? 'Ask for less.' : `A quantity of ${most} or less would pass.`,
  };
};

export const leverage: Explain = ({ observed, limit }) => {
  const shown = figuresApart(observed, limit, 'x');
  return {
    what: `the leverage is ${shown.observed}, at most ${shown.limit} is allowed`,
    remedy: `Ask for ${shown.limit} or less.`,
  };
};

export const riskUnbounded: Explain = ({ observed, limit }, { tickSize }) => {
  if (observed === null || limit === null) {
    return {
      what: 'the entry has no stop, so what it can lose has no bound',
      remedy: 'Send a stopLoss, or set stopLossPercent above 0.',
    };
  }
  return {
    what: `the stop ${price(observed, tickSize)} lies beyond the estimated liquidation price ${price(limit, tickSize)}`,
    remedy: `A stop before ${price(limit, tickSize)} or less leverage would pass.`,
  };
};

export const riskReward: Explain = ({ observed, limit }, { decision, tickSize }) => {
  const shown = figuresApart(observed, limit, 'ratio');
  const { price: at, stopLoss, takeProfit } = decision.sizing;
  const what = `the target is ${shown.observed} times as far as the stop, your minimum is ${shown.limit}`;
  if (at === null || stopLoss === null || takeProfit === null || limit === null) {
    return { what, remedy: 'Move the target further or the stop nearer.' };
  }
  const distance = Math.abs(at - stopLoss) * limit;
  const isLong = takeProfit > at;
  const target = isLong ? at + distance : at - distance;
  return {
    what,
    remedy: `A target of ${price(target, tickSize)} or ${isLong ? 'above' : 'below'}, or a nearer stop, would pass.`,
  };
};

export const roiRange: Explain = ({ observed, limit }) => {
  const shown = figuresApart(observed, limit, '%');
  const isLow = observed !== null && limit !== null && observed < limit;
  return isLow
    ? {
        what: `the expected return is ${shown.observed}, your minimum is ${shown.limit}`,
        remedy: `An expected return of ${shown.limit} or more would pass.`,
      }
    : {
        what: `the expected return is ${shown.observed}, your maximum is ${shown.limit}`,
        remedy: `An expected return of ${shown.limit} or less would pass.`,
      };
};
