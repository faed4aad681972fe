import { KillTriggerBodySchema } from '@inspector/contract';
import type { Picture } from '@inspector/engine';
import { Compile } from 'typebox/compile';

const isScope = Compile(KillTriggerBodySchema.properties.scope);

export type ScopeResult = { scope: string } | { problem: string };

/** The scope that a person means: written out, or a symbol or account that is known here. Empty is everything. */
export function resolveScope(given: string, { prices, accounts }: Pick<Picture, 'prices' | 'accounts'>): ScopeResult {
  if (given === '' || given.toLowerCase() === 'global') return { scope: 'global' };
  const isWrittenOut: boolean = isScope.Check(given);
  if (isWrittenOut) {
    const [kind, ...rest] = given.split(':');
    const key = rest.join(':');
    // A mistyped key would be a kill that kills nothing.
    if (kind === 'symbol' && !Object.hasOwn(prices, key)) return unknown(given);
    if (kind === 'account' && !Object.hasOwn(accounts, key)) return unknown(given);
    return { scope: given };
  }
  if (Object.hasOwn(accounts, given)) return { scope: `account:${given}` };
  const symbols = Object.entries(prices).filter(
    ([key, { symbol }]) => key === given || symbol.toLowerCase() === given.toLowerCase(),
  );
  if (symbols.length === 1) return { scope: `symbol:${symbols[0]![0]}` };
  if (symbols.length === 0) return unknown(given);
  return {
    problem: `${given} is traded in several places, say which: ${symbols.map(([key]) => `symbol:${key}`).join(', ')}`,
  };
}

const unknown = (given: string): ScopeResult => ({
  problem: `“${given.slice(0, 100)}” is no account, symbol or detector:<name> that is known here. Nothing was done. /help`,
});
