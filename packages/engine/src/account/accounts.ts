/** Finding and first seeing accounts. */
import { dayNumber } from '#calendar/day.ts';
import { settingsFor } from '#settings/settings.ts';
import { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { accountKeyOf } from '#state/keys.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { EQUITY_UNKNOWN_ALERT_MS } from './equity.ts';

/** The account of that place; it is created, unreconciled and without a balance, when it is first heard of. */
export function accountOf(engine: Engine, connectorType: string, marketType: string, accountId?: string): Account {
  const key = accountKeyOf(connectorType, marketType, accountId);
  return engine.accountsByKey.get(key) ?? addAccount(engine, key, connectorType, marketType, accountId);
}

function addAccount(
  engine: Engine,
  key: string,
  connectorType: string,
  marketType: string,
  accountId: string | undefined,
): Account {
  const account = new Account({
    index: engine.accounts.length,
    key,
    connectorType,
    marketType,
    accountId: accountId ?? null,
    now: engine.now,
    day: dayNumber(engine.zone, engine.dayStartMs, engine.now),
  });
  engine.accounts.push(account);
  engine.accountsByKey.set(key, account);
  engine.accountSettings.push(settingsFor(engine.settings, key, null, null));
  armTimer(engine.timers, timerKinds.equityUnknown, account.index, engine.now + EQUITY_UNKNOWN_ALERT_MS);
  return account;
}
