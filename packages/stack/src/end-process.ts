import { setTimeout as wait } from 'node:timers/promises';
import type { StartedProcess } from '#pid-files.ts';
import { identityOf } from '#process-identity.ts';

/** An Inspector gives up an orderly stop after 4.5 s; what is not gone after this is killed. */
const STOP_MS = 10_000;
const LOOK_MS = 50;

/**
 * Ends a process that this one did not start: SIGTERM, and SIGKILL when that takes too long. Its pid is looked at before
 * each signal, so that a stranger with the same number gets none.
 */
export async function endProcess({ pid, identity }: StartedProcess): Promise<void> {
  const isThere = () => identityOf(pid) === identity;
  const deadline = performance.now() + STOP_MS;
  signal(pid, 'SIGTERM', isThere);
  while (isThere()) {
    if (performance.now() > deadline) signal(pid, 'SIGKILL', isThere);
    await wait(LOOK_MS);
  }
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL', isThere: () => boolean): void {
  try {
    if (isThere()) process.kill(pid, name);
  } catch (error) {
    // It ended in between.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
