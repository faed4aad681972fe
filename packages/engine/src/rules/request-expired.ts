/** A request whose time has passed: `expiresAt` < now. */
import { type EntryRule, PASS, symbolScope, VIOLATED } from './entry-rule.ts';

export const requestExpired: EntryRule = {
  code: 'REQUEST_EXPIRED',
  judge(entry, engine) {
    return entry.request.expiresAt < engine.now ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const { expiresAt } = entry.request;
    const message = `The request expired ${engine.now - expiresAt} ms ago.`;
    return { scope: symbolScope(entry), observed: engine.now, limit: expiresAt, unit: 'ms', message };
  },
};
