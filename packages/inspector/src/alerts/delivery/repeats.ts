import type { AlertMessage } from '../alert-message.ts';

/** The same again within this time is not told again, unless something changed. */
export const QUIET_MS = 30_000;
/** Alerts that are remembered; past it the oldest may be told again. */
const REMEMBERED_LIMIT = 500;

/** Finds an alert that says what one shortly before it said. */
export interface Repeats {
  /** Remembers the alert; true when it says nothing new. Times are those of the alerts. */
  isRepeat(alert: AlertMessage): boolean;
}

/**
 * Equal are code, severity, place and words, figures aside. A limit that trips with an action and a phase of the kill switch
 * are changes of state and never repeats; nor is a reminder, which comes at its own pace.
 */
export function createRepeats(): Repeats {
  const lastTold = new Map<string, number>();
  return {
    isRepeat(alert) {
      if (alert.reminder || isChange(alert.data)) return false;
      const key = keyOf(alert);
      const last = lastTold.get(key);
      if (last !== undefined && alert.ts - last >= 0 && alert.ts - last < QUIET_MS) return true;
      lastTold.delete(key);
      lastTold.set(key, alert.ts);
      if (lastTold.size > REMEMBERED_LIMIT) lastTold.delete(lastTold.keys().next().value!);
      return false;
    },
  };
}

const isChange = ({ action, phase }: AlertMessage['data']): boolean =>
  typeof phase === 'string' || (typeof action === 'string' && action !== 'ALLOW');

function keyOf({ code, severity, accountKey, symbol, positionId, message, data }: AlertMessage): string {
  const words = message.replaceAll(/\S*\d\S*/g, '#');
  return JSON.stringify([code, severity, accountKey, symbol, positionId, data.scope, data.incidentId, words]);
}
