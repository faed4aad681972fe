import type { JournalErrorCode } from '../journal/journal-error.ts';
import type { ReplicaErrorCode } from '../replication/replica.ts';

/**
 * `recovered`: the state is there, inputs are not taken yet. `standby`: it follows another instance that acts. `stalled`: the
 * journal cannot store, or a standby cannot learn of it; nothing is approved, exits go on. `replaced`: another instance
 * has taken over. `failed`: a bug ended it; the process must end and recover.
 */
export type RunnerPhase =
  | 'recovered'
  | 'standby'
  | 'running'
  | 'stalled'
  | 'replaced'
  | 'stopping'
  | 'stopped'
  | 'failed';

export interface RunnerHealth {
  phase: RunnerPhase;
  /** Why it is stalled, replaced or failed, else undefined. */
  code?: JournalErrorCode | ReplicaErrorCode | 'ENGINE_FAILED';
  reason?: string;
  /** Since when it is stalled. */
  since?: number;
  lastInput: number;
  lastSeq: number;
  /** Applied but not stored yet. */
  pendingInputs: number;
  pendingBytes: number;
  /** Since the start: market inputs dropped, and other inputs not taken, because nothing could be stored. */
  shed: number;
  refused: number;
  /** Inputs that could not be written down at all, and were therefore not applied. */
  unwritable: number;
  commits: number;
  /** How long the last commit and the longest of this run took. */
  lastCommitMs: number;
  longestCommitMs: number;
  /** Stored here, but not yet where a standby learns of it; 0 without a replica. */
  heldFrames: number;
  heldBytes: number;
  /** Input number of the newest snapshot. */
  snapshotInput: number;
}
