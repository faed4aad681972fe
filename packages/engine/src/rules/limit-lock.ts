/** Whether a watched limit keeps an entry out by itself: its lock covers the request, or its trip lasts without one. */
import type { LimitCode } from '@inspector/contract';
import type { Entry } from '#decisions/entry.ts';
import { lockCovering } from '#limits/locks.ts';
import type { Engine } from '#state/engine.ts';

export function isLimitLocked(entry: Entry, engine: Engine, code: LimitCode): boolean {
  return engine.locks.length > 0 && lockCovering(engine, code, entry.subject) !== undefined;
}
