/** A detector whose dead-man lease ran out (semantics 11). */
import { lockCovering } from '#limits/locks.ts';
import { detectorScope, type EntryRule, PASS, plain, VIOLATED } from './entry-rule.ts';

export const leaseExpired: EntryRule = {
  code: 'LEASE_EXPIRED',
  judge(entry, engine) {
    return engine.locks.length > 0 && lockCovering(engine, 'LEASE_EXPIRED', entry.subject) !== undefined
      ? VIOLATED
      : PASS;
  },
  explain(entry) {
    return plain(detectorScope(entry), `The lease of ${entry.request.detectorSysname} ran out.`);
  },
};
