/** What is wrong with a request, which the engine says in words alone, with the figures of the request beside them. */
import type { RefusalFacts } from './facts.ts';
import { figure, price } from './figures.ts';

interface Problem {
  problem: string;
  /** Undefined where the figures say nothing of what would pass. */
  remedy?: string;
}

const levels = { stop: 'stopLoss', target: 'takeProfit' } as const;

/** `problem` is the engine's own; one that is not known, or without figures in the request, stays as it is. */
export function problemInFigures(problem: string, facts: RefusalFacts): Problem {
  const [, level] = /^the (stop|target) is on the wrong side of the price$/.exec(problem) ?? [];
  if (level === 'stop' || level === 'target') return wrongSide(level, facts) ?? { problem };
  if (problem === 'quantity and sizePercent exclude each other') {
    const { quantity, sizePercent } = facts.request;
    if (typeof quantity !== 'number' || typeof sizePercent !== 'number') return { problem };
    return {
      problem: `quantity ${figure(quantity, 'base')} and sizePercent ${figure(sizePercent, '%')} exclude each other`,
    };
  }
  const [, field, fault] = /^(\w+) is (not above 0|no finite number|neither LONG nor SHORT)$/.exec(problem) ?? [];
  const given = field === undefined ? undefined : asGiven(facts.request[field]);
  return { problem: given === undefined ? problem : `${field} is ${given}, ${fault}` };
}

/** The price that the engine compared with: the limit price, or where a market order would begin. */
function wrongSide(level: keyof typeof levels, { request, decision }: RefusalFacts): Problem | undefined {
  const value = request[levels[level]];
  const at = decision.sizing.price ?? (typeof request.price === 'number' ? request.price : decision.inputs.price);
  const { side } = request;
  if (typeof value !== 'number' || at === null || (side !== 'LONG' && side !== 'SHORT')) return undefined;
  const wanted = (side === 'LONG') === (level === 'stop') ? 'below' : 'above';
  const shown = price(at);
  return {
    problem: `the ${level} ${price(value)} of a ${side} must be ${wanted} the price, ${shown}`,
    remedy: `A ${level} ${wanted} ${shown} would pass.`,
  };
}

/** A short text or a number; what is longer or made of parts is not told in a sentence. */
function asGiven(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value).replace('-', '−');
  return typeof value === 'string' && value.length <= 40 ? `"${value}"` : undefined;
}
