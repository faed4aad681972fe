/** A request that cannot be judged: its fields, its size, the side of its stop or target, or the side of what is open. */
import type { Entry } from '#decisions/entry.ts';
import type { Engine } from '#state/engine.ts';
import { accountScope, type EntryRule, PASS, plain, VIOLATED } from './entry-rule.ts';

function problemOf(entry: Entry, engine: Engine): string {
  const { request, direction, price } = entry;
  if (request.problem !== '') return request.problem;
  const isSized = !Number.isNaN(request.quantity) || !Number.isNaN(request.sizePercent);
  if (!isSized && entry.settings.riskPerTradePercent === 0) return 'it names no size and riskPerTradePercent is 0';
  if (direction * (request.stopLoss - price) >= 0) return 'the stop is on the wrong side of the price';
  if (direction * (request.takeProfit - price) <= 0) return 'the target is on the wrong side of the price';
  // A legacy position of the other side is LEGACY_POSITION: the request could not be a flip of it either.
  const { position } = entry;
  const isOtherSide = position !== undefined && position.ownership === 'runtime' && position.side !== request.side;
  if (isOtherSide) return `${engine.symbols.names[entry.symbol]} is open on the other side: that is a flip`;
  return entry.reservedOtherSide ? 'an entry of the other side is on its way: that is a flip' : '';
}

export const requestInvalid: EntryRule = {
  code: 'REQUEST_INVALID',
  judge(entry, engine) {
    return problemOf(entry, engine) === '' ? PASS : VIOLATED;
  },
  explain(entry, engine) {
    return plain(accountScope(entry), `The request is invalid: ${problemOf(entry, engine)}.`);
  },
};
