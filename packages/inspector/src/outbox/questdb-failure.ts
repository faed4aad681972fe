/**
 * What can go wrong between here and QuestDB.
 *
 * - `unreachable`, `slow`, `busy`: may pass by itself
 * - `server-error`: QuestDB answered 500; may pass, or is due to one row
 * - `refused`: what was sent is wrong and stays wrong
 * - `unauthorized`, `not-questdb`, `unusable`: a person has to do something; the message says what
 * - `new-connection`: nothing was sent, because the server may be another one than before
 * - `stopped`: the outbox ends
 */
export type QuestdbFailureKind =
  | 'unreachable'
  | 'slow'
  | 'busy'
  | 'server-error'
  | 'refused'
  | 'unauthorized'
  | 'not-questdb'
  | 'unusable'
  | 'new-connection'
  | 'stopped';

export interface QuestdbFailure extends Error {
  code: 'QUESTDB_UNAVAILABLE';
  questdbFailure: QuestdbFailureKind;
}

/** `message` is for a person: what happened and what to do, nothing secret. */
export const questdbFailure = (kind: QuestdbFailureKind, message: string): QuestdbFailure =>
  Object.assign(new Error(message), { code: 'QUESTDB_UNAVAILABLE' as const, questdbFailure: kind });

export const isQuestdbFailure = (error: unknown, ...kinds: QuestdbFailureKind[]): error is QuestdbFailure =>
  error instanceof Error &&
  'questdbFailure' in error &&
  (kinds.length === 0 || kinds.includes(error.questdbFailure as QuestdbFailureKind));
