import type { Clock } from '../runner/clock.ts';

/** Of each code a person hears this often at most; the log has every one. */
const QUIET_MS = 60_000;

/** Passes on the first trouble of each code in a minute. */
export function rareTelling<T extends { code: string }>(
  tell: (trouble: T) => void,
  clock: Clock,
): (trouble: T) => void {
  const toldAt = new Map<string, number>();
  return (trouble) => {
    const now = clock.elapsedMs();
    const last = toldAt.get(trouble.code);
    if (last !== undefined && now - last < QUIET_MS) return;
    toldAt.set(trouble.code, now);
    tell(trouble);
  };
}
