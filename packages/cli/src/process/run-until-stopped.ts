import { exitCodes } from './exit-codes.ts';

/** An orderly stop that takes longer is given up: everything acknowledged is on disk already. */
const STOP_WITHIN_MS = 4_500;

export interface Stoppable {
  /** Ends in good order; `reason` goes on record. */
  stop(reason: string): Promise<void>;
}

interface Watched {
  system: Stoppable;
  /** Told before and after, so that a person sees what is going on. */
  onStopping: (reason: string) => void;
  onStopped: (seconds: number) => void;
}

/** Waits for SIGTERM, SIGINT or SIGHUP, stops the system and ends the process. A second signal ends it at once. */
export function runUntilStopped({ system, onStopping, onStopped }: Watched): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) process.exit(exitCodes.interrupted);
    stopping = true;
    const begun = performance.now();
    onStopping(signal);
    const deadline = setTimeout(() => {
      process.stderr.write(
        `inspector: STOP_LATE: parts did not close in ${STOP_WITHIN_MS / 1000} s; nothing acknowledged is lost\n`,
      );
      process.exit(exitCodes.failed);
    }, STOP_WITHIN_MS);
    try {
      await system.stop(signal);
      onStopped((performance.now() - begun) / 1000);
      process.exitCode = exitCodes.ok;
    } finally {
      clearTimeout(deadline);
    }
    // Whatever still holds the process open has nothing left to say.
    setImmediate(() => process.exit());
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
}
