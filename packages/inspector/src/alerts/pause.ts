import type { Clock } from '../runner/clock.ts';

/** Waits, or less when it ends. */
export function pause(clock: Clock, ms: number, ending: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      ending.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    ending.addEventListener('abort', end);
    if (ending.aborted) end();
  });
}
