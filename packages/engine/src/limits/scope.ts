/** Scopes of locks and kills: `global`, `account:<key>`, `symbol:<key>`, `side:<key>:LONG|SHORT`, `detector:<name>`. */
import type { Side } from '#state/positions.ts';

export interface Subject {
  accountKey: string;
  symbolKey: string;
  side: Side | null;
  detectorSysname: string | null;
}

/** True when the scope holds what the subject names. `side` takes an account's or a symbol's key. */
export function covers(scope: string, subject: Subject): boolean {
  if (scope === 'global') return true;
  const colon = scope.indexOf(':');
  const key = scope.slice(colon + 1);
  switch (scope.slice(0, colon)) {
    case 'account':
      return key === subject.accountKey;
    case 'symbol':
      return key === subject.symbolKey;
    case 'detector':
      return key === subject.detectorSysname;
    case 'side': {
      const end = key.lastIndexOf(':');
      const place = key.slice(0, end);
      return key.slice(end + 1) === subject.side && (place === subject.accountKey || place === subject.symbolKey);
    }
    default:
      return false;
  }
}

const kinds = new Set(['account', 'symbol', 'side', 'detector']);

/** True for a scope that is written as one; whether it names anything is not asked. */
export function isKnownScope(scope: unknown): scope is string {
  if (typeof scope !== 'string') return false;
  if (scope === 'global') return true;
  const colon = scope.indexOf(':');
  return colon > 0 && colon < scope.length - 1 && kinds.has(scope.slice(0, colon));
}
