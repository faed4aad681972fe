/** Finding and first seeing accounts. */
import { dayNumber } from '#calendar/day.ts';
import { settingsFor } from '#settings/settings.ts';
import { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { accountAt, accountKeyOf, indexAccount } from '#state/keys.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { EQUITY_UNKNOWN_ALERT_MS } from './equity.ts';

/** The account of that place; it is created, unreconciled and without a balance, when it is first heard of. */
export function accountOf(engine: Engine, connectorType: string, marketType: string, accountId?: string): Account {
  return (
    accountAt(engine, connectorType, marketType, accountId) ??
    addAccount(engine, { connectorType, marketType, accountId })
  );
}

/**
 * The account that a request names. Only the venue's word makes an account: one that it never showed is judged as
 * unreconciled and without a balance, and is not kept, or anyone could fill the engine with names.
 */
export function accountAsked(engine: Engine, connectorType: string, marketType: string, accountId?: string): Account {
  const account = accountAt(engine, connectorType, marketType, accountId);
  return account ?? newAccount(engine, NOBODY, { connectorType, marketType, accountId });
}

/** Index of an account that is not kept. */
const NOBODY = -1;

type Place = { connectorType: string; marketType: string; accountId: string | undefined };

function newAccount(engine: Engine, index: number, place: Place): Account {
  const { connectorType, marketType, accountId = null } = place;
  const key = accountKeyOf(connectorType, marketType, place.accountId);
  const day = dayNumber(engine.zone, engine.dayStartMs, engine.now);
  return new Account({ index, key, connectorType, marketType, accountId, now: engine.now, day });
}

function addAccount(engine: Engine, place: Place): Account {
  const account = newAccount(engine, engine.accounts.length, place);
  engine.accounts.push(account);
  engine.accountsByKey.set(account.key, account);
  indexAccount(engine, account);
  engine.accountSettings.push(settingsFor(engine.settings, account.key, null, null));
  armTimer(engine.timers, timerKinds.equityUnknown, account.index, engine.now + EQUITY_UNKNOWN_ALERT_MS);
  return account;
}
