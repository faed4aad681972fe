import { endProcess } from '#end-process.ts';
import { openPidFiles, type StartedProcess } from '#pid-files.ts';

/** Those that use a server end before it does. */
const order = ['detector', 'inspector-1', 'inspector-2', 'provider', 'questdb', 'redis'];

/**
 * Ends what a stack that is no more has left in a directory, in good order. Resolves with what was ended. A process of a
 * stack that still runs must not be left to this.
 */
export async function endLeftovers(directory: string): Promise<StartedProcess[]> {
  const pidFiles = openPidFiles(directory);
  const left = pidFiles.running().sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  for (const started of left) {
    await endProcess(started);
    pidFiles.remove(started.name);
  }
  return left;
}
