/** Exit codes of `inspector replay` (contract 9). */
export const BAD_USAGE = 2;
export const BAD_LINE = 3;

/** Why a replay stopped: bad usage or an unreadable file (2), or a line that is no event or goes back in time (3). */
export interface ReplayError extends Error {
  exitCode: typeof BAD_USAGE | typeof BAD_LINE;
}

export function replayError(exitCode: ReplayError['exitCode'], message: string): ReplayError {
  return Object.assign(new Error(message), { name: 'ReplayError', exitCode });
}

export function isReplayError(error: unknown): error is ReplayError {
  return error instanceof Error && error.name === 'ReplayError' && 'exitCode' in error;
}

/** `line` counts from 1, as editors do. */
export function lineError(line: number, message: string): ReplayError {
  return replayError(BAD_LINE, `line ${line}: ${message}`);
}

export function fileError(path: string, error: unknown): ReplayError {
  return replayError(BAD_USAGE, `${path}: ${error instanceof Error ? error.message : String(error)}`);
}
