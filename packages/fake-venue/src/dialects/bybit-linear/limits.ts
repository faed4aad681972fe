import type { WireAnswer } from '#server/wire.ts';
import { BybitError } from './errors.ts';

export const ADDRESS_WINDOW_MS = 5000;
const SECOND_MS = 1000;
/** An address that asks too much is shut out for "at least 10 minutes". */
const BAN_MS = 600_000;

/** What a shut out address gets. That it comes as plain text is assumed. */
export const shutOut = (): WireAnswer => ({ kind: 'answer', status: 403, body: '403, access too frequent' });

export const tooMany = (headers: Record<string, string>): BybitError =>
  new BybitError(10006, 'Too many visits. Exceeded the API Rate Limit.', 200, headers);

export interface Limits {
  /** Counts a call of the address; false when it is one too many, and for ten minutes after that. */
  admitsAddress(): boolean;
  /** Counts a call of the account and gives the headers of its answer. Throws 10006 when it is one too many. */
  spend(path: string, perSecond: number): Record<string, string>;
}

interface Window {
  startedAt: number;
  count: number;
}

const counted = (window: Window | undefined, lengthMs: number, at: number): Window => {
  const fresh = window === undefined || at - window.startedAt >= lengthMs;
  return { startedAt: fresh ? at : window.startedAt, count: fresh ? 1 : window.count + 1 };
};

/** Calls of the address in five seconds, calls of the account a second and path, as the venue counts and tells them. */
export function createLimits(now: () => number, addressLimit: () => number): Limits {
  const accountWindows = new Map<string, Window>();
  let addressWindow: Window | undefined;
  let shutOutUntil = 0;
  return {
    admitsAddress: () => {
      const at = now();
      if (at < shutOutUntil) return false;
      addressWindow = counted(addressWindow, ADDRESS_WINDOW_MS, at);
      if (addressWindow.count <= addressLimit()) return true;
      shutOutUntil = at + BAN_MS;
      return false;
    },
    spend: (path, perSecond) => {
      const window = counted(accountWindows.get(path), SECOND_MS, now());
      const headers = {
        'x-bapi-limit': String(perSecond),
        'x-bapi-limit-status': String(Math.max(0, perSecond - window.count)),
        'x-bapi-limit-reset-timestamp': String(window.startedAt + SECOND_MS),
      };
      if (window.count > perSecond) throw tooMany(headers);
      accountWindows.set(path, window);
      return headers;
    },
  };
}
