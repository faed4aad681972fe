import { REFUSAL_ADDRESSES_LIMIT, REFUSAL_WINDOW_MS, REFUSALS_PER_WINDOW } from './bounds.ts';

/** Counts wrong tokens by address, so that a secret cannot be guessed by trying. */
export interface Refusals {
  /** Milliseconds until the address may try again; 0 when it may now. */
  waitMs(address: string, now: number): number;
  count(address: string, now: number): void;
}

export function createRefusals(): Refusals {
  const windows = new Map<string, { endsAt: number; count: number }>();

  const current = (address: string, now: number) => {
    const window = windows.get(address);
    if (window !== undefined && window.endsAt <= now) {
      windows.delete(address);
      return undefined;
    }
    return window;
  };

  return {
    waitMs(address, now) {
      const window = current(address, now);
      return window !== undefined && window.count >= REFUSALS_PER_WINDOW ? window.endsAt - now : 0;
    },
    count(address, now) {
      const window = current(address, now);
      if (window !== undefined) {
        window.count += 1;
        return;
      }
      if (windows.size >= REFUSAL_ADDRESSES_LIMIT) {
        const oldest = windows.keys().next();
        if (!oldest.done) windows.delete(oldest.value);
      }
      windows.set(address, { endsAt: now + REFUSAL_WINDOW_MS, count: 1 });
    },
  };
}
