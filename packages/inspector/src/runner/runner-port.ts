import type { AuditRecord } from '@inspector/contract';
import type {
  Alert,
  CheckInput,
  CommandInput,
  Effect,
  EngineInput,
  OptionsInput,
  Picture,
  PublishedEvent,
  Reply,
} from '@inspector/engine';
import type { Journal } from '../journal/journal.ts';
import type { Frame } from '../replication/frame.ts';
import type { Replica } from '../replication/replica.ts';
import type { Admission } from './admission.ts';
import type { Clock } from './clock.ts';
import type { EngineCore, Genesis } from './engine-core.ts';
import type { RunnerHealth } from './runner-health.ts';

export interface RunnerConfig<E> {
  core: EngineCore<E>;
  genesis: Genesis;
  journal: Journal;
  clock: Clock;
  version: string;
  /** Where things go once they are durable. Each is called synchronously and must neither block nor throw. */
  sinks: RunnerSinks;
  log: RunnerLog;
  /** Where a standby learns of every commit; without one what is stored here may leave. */
  replica?: Replica;
  /** Another instance has taken over: nothing leaves any more, and this one is to be closed. */
  onReplaced?: (reason: string) => void;
  /** A bug in the engine: everything before it is stored; the process is to end and to recover from the journal. */
  onFailed: (error: unknown) => void;
}

export interface RunnerSinks {
  effects(effects: readonly Effect[]): void;
  records(records: readonly AuditRecord[]): void;
  events(events: readonly PublishedEvent[]): void;
  alerts(alerts: readonly Alert[]): void;
}

export interface RunnerLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

export type Question = CheckInput | CommandInput | OptionsInput;

export interface Runner<E> {
  /** For reading by `symbolIdOf`, `killPreview` and the like; only the runner changes it. */
  readonly engine: E;
  /** This start's fencing epoch; 0 before `start`. */
  readonly epoch: number;
  /** The commits that are stored, as one value: equal for stores that hold the same. */
  readonly chain: string;
  /**
   * Tells the engine that an instance began. Inputs are taken from here on. `epoch` is the one that was granted with the
   * lease; without it the starts of the data directory are counted.
   */
  start(epoch?: number): void;
  /** Waits for another instance's commits, or for `start`: questions are answered 503 STANDBY. */
  standBy(): void;
  /** Another instance acts with a higher epoch: nothing leaves any more. */
  replace(reason: string): void;
  /**
   * As a standby: applies and stores a commit of the acting instance. Throws STANDBY_BEHIND when it does not follow what is
   * here, and STANDBY_DIVERGED when this engine decides otherwise; nothing of it is then stored. One that is here already is passed over.
   */
  follow(frame: Frame): void;
  /** How far the sources have come: stored with the next commit, for the next start. */
  mark(positions: Readonly<Record<string, string>>): void;
  /** Where the sources are to go on, `{}` when nothing is known. */
  positions(): Record<string, string>;
  /** Hears how long each commit took, in seconds. */
  onCommit(listener: (seconds: number) => void): void;
  /** Resolves when nothing waits for the replica, or after so long. */
  settled(withinMs: number): Promise<void>;
  /** Applies the input, setting its `now`. Anything but `taken` means that it was not applied. */
  submit(input: EngineInput): Admission;
  /** Applies a question and answers once the answer is durable; 503 while nothing can be stored, never a rejection. */
  ask(question: Question): Promise<Reply>;
  /**
   * Resolves when everything that was applied so far is stored, or needs not be: a source may then forget it. Market data
   * alone is stored within 10 ms and is not waited for; how far a source has come is stored with it.
   */
  durable(): Promise<void>;
  /** Shows durable state only, unless the journal is stalled; at most 100 ms old. */
  picture(): Picture;
  health(): RunnerHealth;
  /** Stores what is pending now instead of at the end of the turn. */
  flush(): void;
  /** Takes a snapshot now; false when that failed or something could not be stored. */
  snapshot(): boolean;
  /** Stores `stopped`, a snapshot, and closes the journal. Stop the sources and the effects first. */
  stop(reason: string): void;
}
