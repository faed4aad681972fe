import type { JournalErrorCode } from '../journal/journal-error.ts';

/**
 * `recovered`: the state is there, inputs are not taken yet. `stalled`: the journal cannot store; nothing is approved,
 * exits go on. `failed`: a bug ended it; the process must end and recover.
 */
export type RunnerPhase = 'recovered' | 'running' | 'stalled' | 'stopping' | 'stopped' | 'failed';

export interface RunnerHealth {
  phase: RunnerPhase;
  /** Why it is stalled or failed, else undefined. */
  code?: JournalErrorCode | 'ENGINE_FAILED';
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
  /** Input number of the newest snapshot. */
  snapshotInput: number;
}
