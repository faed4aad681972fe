import { exitCodes } from './exit-codes.ts';

/** An orderly stop that takes longer is given up: everything acknowledged is on disk already. */
const STOP_WITHIN_MS = 4_500;
/** One ^C may arrive twice, from the terminal and from the launcher; a second one by hand comes later. */
const SAME_SIGNAL_MS = 500;

export interface Stopping {
  /** Ends in good order; `reason` goes on record. */
  stop(reason: string): Promise<void>;
  /** Told before and after, so that a person sees what is going on. */
  onStopping: (reason: string) => void;
  onStopped: (seconds: number) => void;
}

/**
 * Waits for SIGTERM, SIGINT, SIGHUP, or the end of the launcher; stops the system and ends the process. A second signal
 * ends it at once.
 */
export function runUntilStopped({ stop, onStopping, onStopped }: Stopping): void {
  let begun: number | undefined;
  const end = async (reason: string): Promise<void> => {
    if (begun !== undefined) {
      if (performance.now() - begun > SAME_SIGNAL_MS) process.exit(exitCodes.interrupted);
      return;
    }
    begun = performance.now();
    onStopping(reason);
    setTimeout(() => {
      const late = `inspector: STOP_LATE: parts did not close in ${STOP_WITHIN_MS / 1000} s; nothing acknowledged is lost\n`;
      process.stderr.write(late, () => process.exit(exitCodes.failed));
    }, STOP_WITHIN_MS);
    await stop(reason);
    onStopped((performance.now() - begun) / 1000);
    // Whatever still holds the process open has nothing left to say.
    process.stdout.write('', () => process.exit(exitCodes.ok));
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(signal));
  process.once('disconnect', () => void end('the launcher is gone'));
  process.channel?.unref();
}
