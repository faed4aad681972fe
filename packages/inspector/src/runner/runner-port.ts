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
  /** Tells the engine that an instance began. Inputs are taken from here on. */
  start(): void;
  /** Applies the input, setting its `now`. Anything but `taken` means that it was not applied. */
  submit(input: EngineInput): Admission;
  /** Applies a question and answers once the answer is durable; 503 while nothing can be stored, never a rejection. */
  ask(question: Question): Promise<Reply>;
  /** Resolves when everything that was applied so far is stored: a source may then forget it. */
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
