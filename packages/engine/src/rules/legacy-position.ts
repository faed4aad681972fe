/** The symbol holds a position that was there before Inspector (semantics 2.3). */
import { type EntryRule, PASS, plain, symbolScope, VIOLATED } from './entry-rule.ts';

export const legacyPosition: EntryRule = {
  code: 'LEGACY_POSITION',
  judge(entry) {
    return entry.position !== undefined && entry.position.ownership === 'legacy' ? VIOLATED : PASS;
  },
  explain(entry) {
    return plain(symbolScope(entry), `${entry.request.symbolName} holds a legacy position; adopt it first.`);
  },
};
