import type { Frame } from './frame.ts';

/**
 * Where a standby learns of every commit. Nothing that promises something leaves before it is there: else a takeover
 * would forget what was promised.
 */
export interface Replica {
  /**
   * Resolves when the stream holds the frame, given now or before. Rejects with a `ReplicaError`; after `REPLICA_UNREACHABLE`
   * it may be there or not and is to be given again. A frame that does not follow the newest one is refused, unless it is the
   * `oldest` that was not taken yet: then the stream itself has lost its end, and goes on with this one.
   */
  append(frame: Frame, oldest: boolean): Promise<void>;
}

export type ReplicaErrorCode =
  /** Another instance of this Inspector has taken over: this one may do nothing more. */
  | 'FENCED'
  /** No answer, or a refusal that may pass. */
  | 'REPLICA_UNREACHABLE';

export interface ReplicaError extends Error {
  code: ReplicaErrorCode;
}

export function replicaError(code: ReplicaErrorCode, message: string): ReplicaError {
  return Object.assign(new Error(message), { name: 'ReplicaError', code });
}

export const isFenced = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'FENCED';
