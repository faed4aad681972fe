import { setTimeout } from 'node:timers/promises';

/** A wait that fails the test instead of hanging it; the machine may be busy with other tests. */
const PATIENCE_MS = 30_000;

/** Polls until it is true; fails the test with the words after the deadline. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string | (() => string)): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline)
      throw new Error(`it did not come to pass that ${typeof what === 'string' ? what : what()}`);
    await setTimeout(10);
  }
}
