/** A symbol that the venue does not list or trade, or a short sale on spot. */
import { type EntryRule, PASS, plain, symbolScope, VIOLATED } from './entry-rule.ts';

/** Case is ignored; the usual spelling is compared without making another. */
const isTrading = (status: string): boolean => status === 'TRADING' || status.toUpperCase() === 'TRADING';

export const symbolUnknown: EntryRule = {
  code: 'SYMBOL_UNKNOWN',
  judge(entry, engine) {
    const spec = entry.symbol >= 0 ? engine.symbols.specs[entry.symbol] : null;
    if (spec == null || !isTrading(spec.status)) return VIOLATED;
    return entry.request.marketType === 'spot' && entry.direction < 0 ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const name = entry.request.symbolName;
    const spec = entry.symbol >= 0 ? engine.symbols.specs[entry.symbol] : null;
    if (spec == null) return plain(symbolScope(entry), `${name} is not among the venue's symbols.`);
    if (!isTrading(spec.status)) return plain(symbolScope(entry), `${name} is not trading: ${spec.status}.`);
    return plain(symbolScope(entry), `${name} cannot be sold short on spot.`);
  },
};
