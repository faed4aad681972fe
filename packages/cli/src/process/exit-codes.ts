/** Exit codes of the program; `docs/operations.md` tells them to operators. */
export const exitCodes = {
  ok: 0,
  /** An operating error: a port that is taken, a data directory that is held, a drill that did not end flat … */
  failed: 1,
  /** Bad usage, an invalid environment or invalid options: nothing was started. */
  usage: 2,
  /** The program made a mistake. What was decided is stored; start it again. */
  bug: 70,
  /** A second ^C while it was stopping. */
  interrupted: 130,
} as const;
