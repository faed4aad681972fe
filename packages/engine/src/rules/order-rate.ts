/** The account's approvals in the last second reach `maxOrdersPerSecond`: THROTTLE, dropped, never queued. */
import type { Account } from '#state/accounts.ts';
import { isRequestLogFull, MAX_REQUEST_IDS } from '#state/request-log.ts';
import { accountScope, type EntryRule, PASS, VIOLATED } from './entry-rule.ts';

const WINDOW_MS = 1000;

/** Approvals younger than a second, counted up to `most`. */
function approvalsInLastSecond(account: Account, now: number, most: number): number {
  const { approvals } = account;
  let count = 0;
  for (let index = approvals.length - 1; index >= 0 && count < most; index--) {
    if (now - approvals[index]! >= WINDOW_MS) break;
    count++;
  }
  return count;
}

export const orderRate: EntryRule = {
  code: 'ORDER_RATE',
  judge(entry, engine) {
    if (isRequestLogFull(engine.requests, engine.now)) return VIOLATED;
    const limit = entry.settings.maxOrdersPerSecond;
    return limit > 0 && approvalsInLastSecond(entry.account, engine.now, limit) >= limit ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const limit = entry.settings.maxOrdersPerSecond;
    const observed = approvalsInLastSecond(entry.account, engine.now, Number.POSITIVE_INFINITY);
    const message =
      limit > 0 && observed >= limit
        ? `${observed} approvals in the last second; the limit is ${limit}.`
        : `${MAX_REQUEST_IDS} request ids are remembered; new ones wait until old ones expire.`;
    return { scope: accountScope(entry), observed, limit, unit: '1/s', message };
  },
};
