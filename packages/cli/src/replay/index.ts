export { createPaperVenue } from './paper-venue.ts';
export { replayCommand } from './replay-command.ts';
export { isReplayError, type ReplayError } from './replay-error.ts';
export { type ReplayConfig, type ReplayResult, runReplay } from './run-replay.ts';
export { createSession } from './session.ts';
