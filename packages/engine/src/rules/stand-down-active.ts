/** A lock set by hand that covers the request. */
import { lockCovering } from '#limits/locks.ts';
import { type EntryRule, PASS, plain, VIOLATED } from './entry-rule.ts';

export const standDownActive: EntryRule = {
  code: 'STAND_DOWN_ACTIVE',
  judge(entry, engine) {
    return engine.locks.length > 0 && lockCovering(engine, 'STAND_DOWN_ACTIVE', entry.subject) !== undefined
      ? VIOLATED
      : PASS;
  },
  explain(entry, engine) {
    const lock = lockCovering(engine, 'STAND_DOWN_ACTIVE', entry.subject)!;
    return plain(lock.scope, `Stood down by ${lock.actor}: ${lock.reason}.`);
  },
};
