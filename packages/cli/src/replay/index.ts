export { createPaperVenue } from './paper-venue.ts';
export { replayCommand } from './replay-command.ts';
export { createSession } from './session.ts';
