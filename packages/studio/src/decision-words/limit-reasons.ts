/** Limits of the day, of losses and of counts (rules 18 to 25). */

import type { Explain } from './facts.ts';
import { count, figure, figuresApart } from './figures.ts';
import { lockOf, opensAgain, withTheDay } from './opens-again.ts';

/** Figures that may be back inside while the lock is still on. */
const percentLimit =
  (name: string, inside: string): Explain =>
  (violation, facts) => {
    const { observed, limit } = violation;
    const shown = figuresApart(observed, limit, '%');
    const isInside =
      observed !== null && limit !== null && observed < limit && Math.abs(observed - limit) > 1e-9 * limit;
    const isLocked = isInside || observed === null;
    const what = isLocked
      ? `${name} reached its limit and the lock is on; it is ${observed === null ? 'unknown' : shown.observed} now, your limit is ${shown.limit}`
      : `${name} is ${shown.observed}, your limit is ${shown.limit}`;
    return { what, remedy: opensAgain(violation, facts, inside.replace('{limit}', shown.limit)) };
  };

export const dailyLoss = percentLimit("the day's loss", 'when it is under {limit} again or the next day begins');
export const dailyProfit = percentLimit("the day's profit", 'when it is under {limit} again or the next day begins');
export const drawdown = percentLimit('the drawdown from the equity peak', 'when it is under {limit} again');

export const consecutiveLosses: Explain = (violation, facts) => ({
  what: `${count(violation.observed, 'loss', 'losses')} in a row, your limit is ${figure(violation.limit, 'count')}`,
  remedy: opensAgain(violation, facts, `${withTheDay(facts)}, or when you re-arm`),
});

export const lossTradesPerDay: Explain = (violation, facts) => ({
  what: `${count(violation.observed, 'losing trade', 'losing trades')} today, your limit is ${figure(violation.limit, 'count')}`,
  remedy: opensAgain(violation, facts, withTheDay(facts)),
});

export const tradesPerDay: Explain = (violation, facts) => ({
  what: `${count(violation.observed, 'entry', 'entries')} approved today, your limit is ${figure(violation.limit, 'count')}`,
  remedy:
    lockOf(violation, facts) === undefined
      ? `Entries open again ${withTheDay(facts)}, or when you raise maxTradesPerDay.`
      : opensAgain(violation, facts, withTheDay(facts)),
});

export const openPositions: Explain = ({ observed, limit }) => ({
  what: `${count(observed, 'position is', 'positions are')} open or reserved, your limit is ${figure(limit, 'count')}`,
  remedy: 'Close one of them, or add to a symbol that is open already.',
});

export const correlatedPositions: Explain = ({ observed, limit }, { symbol }) => ({
  what: `${count(observed, 'position', 'positions')} of the same correlated group as ${symbol}, your limit is ${figure(limit, 'count')}`,
  remedy: 'Close one of that group, or take the asset out of correlatedGroups.',
});

export const orderRate: Explain = ({ observed, limit, message }) =>
  message.includes('request ids')
    ? { what: asFull(message), remedy: 'New requests pass as the oldest ids are forgotten.' }
    : {
        what: `${count(observed, 'entry', 'entries')} approved in the last second, your limit is ${figure(limit, '1/s')}`,
        remedy: 'It was dropped, not queued: send it again a second later with a new requestId.',
      };

const asFull = (message: string): string => {
  const [number] = /^\d+/.exec(message) ?? [];
  return number === undefined
    ? 'the memory of request ids is full'
    : `the memory of request ids is full with ${figure(Number(number), 'count')}`;
};
