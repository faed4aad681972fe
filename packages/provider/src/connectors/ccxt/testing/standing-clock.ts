import { mock } from 'node:test';
import { T0 } from './order-for-test.ts';

/** Smaller than any wait of the code under test, so that what one timer began is there when the next one rings. */
const STEP_MS = 10;

/** From now on time goes on by `pass` only; `Date` and `setTimeout` begin at T0. */
export function standStill(): void {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: T0 });
}

/** Everything that promises had to do is done. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time goes on, and everything that waited for it is done when it is over. */
export async function pass(ms: number): Promise<void> {
  await settled();
  for (let left = ms; left > 0; left -= STEP_MS) {
    mock.timers.tick(Math.min(left, STEP_MS));
    await settled();
  }
}
