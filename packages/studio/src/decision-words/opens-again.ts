import type { GovernorLock, Violation } from '@inspector/contract';
import { policyNames, watchedLimits } from '@inspector/contract/codes';
import { dayStartOf, type RefusalFacts } from './facts.ts';
import { momentFrom } from './moment.ts';

/** The lock of that code and scope that was on at the decision and still is. */
export function lockOf({ code, scope }: Violation, { locks, decision }: RefusalFacts): GovernorLock | undefined {
  return locks?.find((lock) => lock.code === code && lock.scope === scope && lock.since <= decision.evaluatedAt);
}

const isLocking = (code: string, facts: RefusalFacts): boolean => {
  const name = policyNames.find((policy) => watchedLimits[policy].code === code);
  if (name === undefined) return false;
  const action = facts.options?.policies[name].action ?? watchedLimits[name].action;
  return action === 'STAND_DOWN' || action === 'CLOSE_ALL';
};

/** When a limit lets entries through again. `inside` says what would have to be true where no lock holds them. */
export function opensAgain(violation: Violation, facts: RefusalFacts, inside: string): string {
  const lock = lockOf(violation, facts);
  const byHand = violation.code === 'STAND_DOWN_ACTIVE' ? 'when the stand-down is lifted' : 'when you re-arm';
  if (lock !== undefined && lock.until === null) return `Entries open again ${byHand}.`;
  if (lock?.until != null) {
    const at = momentFrom(lock.until, facts.decision.evaluatedAt);
    return `Entries open again at ${at} or ${byHand}.`;
  }
  if (violation.code === 'STAND_DOWN_ACTIVE' || isLocking(violation.code, facts)) {
    return facts.locks === null
      ? `Entries open again when its lock ends or ${byHand}.`
      : 'That lock has ended since; a new request is judged anew.';
  }
  return `Entries open again ${inside}.`;
}

/** For limits whose counter starts again with the day. */
export const withTheDay = (facts: RefusalFacts): string => `with the next trading day at ${dayStartOf(facts)}`;
