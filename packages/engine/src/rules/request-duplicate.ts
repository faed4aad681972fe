/** An id approved in the last 24 h or refused in the last 60 s: the first decision is answered again, nothing else happens. */
import { findDecided } from '#state/request-log.ts';
import { accountScope, type EntryRule, PASS, plain, VIOLATED } from './entry-rule.ts';

export const requestDuplicate: EntryRule = {
  code: 'REQUEST_DUPLICATE',
  judge(entry, engine) {
    if (entry.isKnownId) return PASS;
    return findDecided(engine.requests, entry.request.requestId, engine.now) === undefined ? PASS : VIOLATED;
  },
  explain(entry, engine) {
    const first = findDecided(engine.requests, entry.request.requestId, engine.now)!;
    const message = `${entry.request.requestId} was decided ${engine.now - first.at} ms ago: ${first.decision} ${first.code}.`;
    return plain(accountScope(entry), message);
  },
};
