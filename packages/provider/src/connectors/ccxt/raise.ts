import { ConnectorError } from '../connector.ts';
import { VenueTrouble } from './venue-calls.ts';

/** For everything but placing, any trouble means that the venue did not say. */
export function raise(error: unknown): never {
  if (!(error instanceof VenueTrouble)) throw error;
  const { meaning, words } = error.trouble;
  throw new ConnectorError(meaning === 'outcome-unknown' ? 'TIMEOUT' : 'UNAVAILABLE', words, { cause: error });
}
