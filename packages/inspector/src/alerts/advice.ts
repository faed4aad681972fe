import type { AlertMessage } from './alert-message.ts';

/** What a person can do, by code. Short: it is read on a phone. */
const byCode: Readonly<Record<string, string>> = {
  KILL_SWITCH_TRIGGERED: 'Watch for VERIFIED_FLAT; /status shows how far it is.',
  KILL_SWITCH_VERIFIED_FLAT: 'Entries stay shut until the kill switch is re-armed.',
  KILL_SWITCH_STUCK: 'Look at the venue now and close by hand what is open; Inspector goes on trying.',
  KILL_SWITCH_ACTIVE: 'Something still opens positions: stop the bot and look at the venue.',
  NAKED_EXPOSURE: 'A position has no working stop: look at the venue if this does not end by itself.',
  EQUITY_UNKNOWN: 'Look at the connector and at the keys of the venue.',
  ORDER_UNDER_LOCK: 'Somebody else trades this account: stop it, or send /kill.',
  POSITION_UNDER_LOCK: 'Somebody else trades this account: stop it, or send /kill.',
  STAND_DOWN_ACTIVE: 'New entries are shut by hand; /standdown off lets them in again.',
  STORE_UNAVAILABLE: 'Look at the disk of the data directory.',
  REPLICA_UNREACHABLE: 'Look at Redis.',
  LEASE_EXPIRED: 'A detector stopped renewing its lease: look at it.',
  QUESTDB_FOREIGN_RECORDS: 'Decisions are not touched; see the log.',
  QUESTDB_RECORDS_REJECTED: 'Decisions are not touched; see the log.',
  QUESTDB_RECORDS_DELETED: 'Decisions are not touched; see the log.',
  ALERTS_LATE: 'Look at /status and at the audit for what happened meanwhile.',
};

/** What the action of a tripped limit means. */
const byAction: Readonly<Record<string, string>> = {
  ALLOW: 'Nothing was stopped.',
  THROTTLE: 'Detectors are told to pause.',
  BLOCK: 'New entries are refused while it lasts; exits go on.',
  STAND_DOWN: 'New entries are shut; exits and stops go on.',
  CLOSE_ALL: 'New entries are shut and the positions of the account are being closed.',
};

/** A sentence on what it means or what to do; empty where there is none. */
export function adviceFor({ code, data }: Pick<AlertMessage, 'code' | 'data'>): string {
  if (Object.hasOwn(byCode, code)) return byCode[code] ?? '';
  const { action } = data;
  return typeof action === 'string' && Object.hasOwn(byAction, action) ? (byAction[action] ?? '') : '';
}
