/** A symbol or base asset in `excludedAssets`. */

import { type EntryRule, PASS, plain, symbolScope, VIOLATED } from './entry-rule.ts';
import { names } from './symbol-list.ts';

export const symbolExcluded: EntryRule = {
  code: 'SYMBOL_EXCLUDED',
  judge(entry, engine) {
    return names(entry.settings.excludedAssets, entry, engine) ? VIOLATED : PASS;
  },
  explain(entry) {
    return plain(symbolScope(entry), `${entry.request.symbolName} or its base asset is in excludedAssets.`);
  },
};
