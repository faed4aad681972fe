/** Open and reserved positions of the same correlated group, this symbol's own excepted, reach `maxCorrelatedPositions`. */
import type { Entry } from '#decisions/entry.ts';
import { reaches } from '#number/compare.ts';
import type { Engine } from '#state/engine.ts';
import { accountScope, type EntryRule, PASS, VIOLATED } from './entry-rule.ts';
import { openOrReservedSymbols } from './position-count.ts';

/** `["BTC,ETH","SOL,AVAX"]` are two groups, `["BTC","ETH"]` is one. */
function groupsOf(list: readonly string[]): string[][] {
  const split = (text: string) =>
    text
      .toUpperCase()
      .split(',')
      .map((asset) => asset.trim());
  return list.some((item) => item.includes(',')) ? list.map(split) : [list.flatMap(split)];
}

/** The most that any group with this symbol's base asset already holds. */
function countCorrelated(entry: Entry, engine: Engine): number {
  const baseOf = (symbol: number) => (engine.symbols.specs[symbol]?.baseAsset ?? '').toUpperCase();
  const base = entry.symbol >= 0 ? baseOf(entry.symbol) : '';
  let most = 0;
  for (const group of groupsOf(entry.settings.correlatedGroups)) {
    if (!group.includes(base)) continue;
    let count = 0;
    for (const symbol of openOrReservedSymbols(engine, entry.account)) {
      if (symbol !== entry.symbol && group.includes(baseOf(symbol))) count++;
    }
    most = Math.max(most, count);
  }
  return most;
}

export const correlatedPositions: EntryRule = {
  code: 'CORRELATED_POSITIONS',
  judge(entry, engine) {
    const limit = entry.settings.maxCorrelatedPositions;
    if (limit === 0 || entry.settings.correlatedGroups.length === 0) return PASS;
    return reaches(countCorrelated(entry, engine), limit) ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const observed = countCorrelated(entry, engine);
    const limit = entry.settings.maxCorrelatedPositions;
    const message = `${observed} positions of the same group are open or reserved; the limit is ${limit}.`;
    return { scope: accountScope(entry), observed, limit, unit: 'count', message };
  },
};
