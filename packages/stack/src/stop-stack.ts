import { setTimeout as wait } from 'node:timers/promises';
import { endLeftovers } from '#end-leftovers.ts';
import { identityOf } from '#process-identity.ts';
import { stackError } from '#stack-error.ts';
import { readState, removeState } from '#state-file.ts';

/** Four processes and two servers, one after the other, each of which may take 10 to 20 s at the worst. */
const STOP_MS = 90_000;
const LOOK_MS = 100;

/** Ends the stack of a directory, and whatever one that is no more has left. Resolves when no process of it is left. */
export async function stopStack(directory: string, say: (message: string) => void): Promise<void> {
  const state = readState(directory);
  if (state !== undefined) {
    say(`ending the stack, pid ${state.pid} …`);
    process.kill(state.pid, 'SIGTERM');
    const deadline = performance.now() + STOP_MS;
    while (identityOf(state.pid) === state.identity) {
      if (performance.now() > deadline) {
        throw stackError('STOP_LATE', `the stack, pid ${state.pid}, has not ended in ${STOP_MS / 1000} s`, [
          `kill -9 ${state.pid}, then npm run stack -- stop again, which ends its parts.`,
        ]);
      }
      await wait(LOOK_MS);
    }
  }
  const left = await endLeftovers(directory);
  for (const { name, pid } of left) say(`ended what was left: ${name}, pid ${pid}`);
  removeState(directory);
  say(state === undefined && left.length === 0 ? `nothing runs on ${directory}` : 'stopped; everything is kept');
}
