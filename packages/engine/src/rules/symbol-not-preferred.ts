/** `restrictToPreferred` is on and neither symbol nor base asset is in `preferredAssets`. */

import { type EntryRule, PASS, plain, symbolScope, VIOLATED } from './entry-rule.ts';
import { names } from './symbol-list.ts';

export const symbolNotPreferred: EntryRule = {
  code: 'SYMBOL_NOT_PREFERRED',
  judge(entry, engine) {
    const { restrictToPreferred, preferredAssets } = entry.settings;
    return restrictToPreferred && !names(preferredAssets, entry, engine) ? VIOLATED : PASS;
  },
  explain(entry) {
    return plain(symbolScope(entry), `Neither ${entry.request.symbolName} nor its base asset is in preferredAssets.`);
  },
};
