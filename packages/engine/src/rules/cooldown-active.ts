/** Less than `cooldownPeriod` seconds have passed since the account's last losing close. */
import { accountScope, type EntryRule, PASS, VIOLATED } from './entry-rule.ts';

export const cooldownActive: EntryRule = {
  code: 'COOLDOWN_ACTIVE',
  judge(entry, engine) {
    return engine.now - entry.account.lastLossAt < entry.settings.cooldownPeriod * 1000 ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const observed = (engine.now - entry.account.lastLossAt) / 1000;
    const limit = entry.settings.cooldownPeriod;
    const message = `${observed} s since the last losing close; entries wait for ${limit} s.`;
    return { scope: accountScope(entry), observed, limit, unit: 's', message };
  },
};
