import type { EngineInput } from '@inspector/engine';
import { isMarket } from './pending-batch.ts';

/** Bytes applied but not stored, from which market data is thinned to one input a second, symbol and kind. */
export const THINNING_FROM_BYTES = 32 * 1024 * 1024;
/** Bytes applied but not stored, from which nothing is taken: the edges keep it unacknowledged or reconcile later. */
export const REFUSING_FROM_BYTES = 64 * 1024 * 1024;
const THINNED_EVERY_MS = 1000;

/** Operator's calls that reduce risk: taken while nothing can be stored, because they must not wait for a disk. */
const exitCommands: ReadonlySet<string> = new Set(['close', 'kill-switch/trigger', 'standdown', 'protection']);

export type Admission = 'taken' | 'shed' | 'not-approving' | 'refused';

/** What the runner takes while the journal is stalled. */
export interface StallAdmission {
  judge(input: EngineInput, pendingBytes: number): Admission;
}

/**
 * Entries and changes of settings are not approved: nothing may be promised that a crash would forget. Everything that
 * tells of the account, exits, answers and time is taken, market data as long as there is room, then thinned: stops
 * are still watched, at a price at most a second old.
 */
export function createStallAdmission(): StallAdmission {
  const lastTaken = new Map<string, number>();

  function isThinned(input: EngineInput): boolean {
    const key = 'symbol' in input ? `${input.kind}:${input.symbol}` : input.kind;
    const last = lastTaken.get(key);
    if (last !== undefined && input.now - last < THINNED_EVERY_MS && input.now >= last) return true;
    lastTaken.set(key, input.now);
    return false;
  }

  return {
    judge(input, pendingBytes) {
      if (isPromise(input)) return 'not-approving';
      if (pendingBytes >= REFUSING_FROM_BYTES) return isMarket(input) ? 'shed' : 'refused';
      if (pendingBytes >= THINNING_FROM_BYTES && isMarket(input) && isThinned(input)) return 'shed';
      return 'taken';
    },
  };
}

/** Inputs whose answer is a promise of Inspector: an approval, a changed setting, a lock that was lifted. */
function isPromise(input: EngineInput): boolean {
  switch (input.kind) {
    case 'request':
      return input.type === 'open';
    case 'check':
    case 'options':
      return true;
    case 'command':
      return !exitCommands.has(input.command) || (input.command === 'standdown' && input.fields.enabled === false);
    default:
      return false;
  }
}
