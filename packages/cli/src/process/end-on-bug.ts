import { describeFailure } from './describe-failure.ts';
import { exitCodes } from './exit-codes.ts';

/**
 * For a failure of the engine: the process ends at once, because its memory is no longer to be trusted, and recovers from
 * the journal when it is started again.
 */
export function endOnBug(command: string): (error: unknown) => void {
  return (error) => {
    process.stderr.write(describeFailure(error, command).text);
    process.exit(exitCodes.bug);
  };
}
