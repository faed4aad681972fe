/** What an Inspector is started with, and what it is to whoever started it. */
import type { AuditRecord, InspectorHealth, ListenConfig, NodeHealth, Options } from '@inspector/contract';
import type { Alert, Picture } from '@inspector/engine';
import type { Traces } from '@inspector/service';
import type { AlertsConfig } from './alerts/index.ts';
import type { Bus } from './bus/bus.ts';
import type { ProviderClient } from './effects/provider-client.ts';
import type { RetentionLimits } from './journal/journal.ts';
import type { SqliteJournal } from './journal/sqlite-journal.ts';
import type { RoleState } from './replication/role.ts';
import type { Clock } from './runner/clock.ts';
import type { RunnerLog } from './runner/runner-port.ts';

/** Where it listens and who may call come from `readEnvironment`; port 0 takes any free one. */
export interface InspectorConfig extends ListenConfig {
  appKey: string;
  dataDir: string;
  version: string;
  retention: RetentionLimits;
  /** Accounts that it governs; unset: every one that it hears of. */
  accounts?: readonly string[] | null;
  /** Where it is reached; unset: where it listens. */
  publicUrl?: string | null;
  /** Instances with one key share it over Redis: one acts, the others follow. Unset: this one acts. */
  sharing?: SharingConfig | null;
  /** QuestDB's address; unset: the embedded store only. */
  questdb?: { url: string } | null;
  /** Who is told of alerts, and who may command over Telegram; unset: nobody. */
  alerts?: AlertsConfig | null;
  /** Options of a new data directory; later changes through REST are durable and win. */
  options: Options;
  /** The Provider: orders go there when no client is given, and the Inspector is kept in its registry. */
  provider: { url: string; token: () => string };
  /** What `GET /config/runtime` shows: `describeEnvironment`, nothing secret. */
  configuration: Readonly<Record<string, unknown>>;
}

export interface SharingConfig {
  /** Redis, as of the bus. */
  url: string;
  /** How long an instance may act without showing that it lives. */
  leaseMs: number;
  /** What an earlier start of this process learnt: see `Replacement`. */
  before?: Replacement;
  /** Act although it is known that another instance had stored more. */
  actBehind?: boolean;
}

/** Why an instance is to be closed and started again, and what that start has to know. */
export interface Replacement {
  reason: string;
  /** Whose store is to be copied first. */
  copyFrom?: string;
  /** An epoch that is not enough. */
  aboveEpoch?: number;
}

export interface InspectorPorts {
  bus: Bus;
  log: RunnerLog;
  /** The engine failed: a bug. What was decided is stored; the process is to end and to start again. */
  onFailed: (error: unknown) => void;
  /** Another instance acts, and this one cannot follow it as it is: stop it and start it again with `sharing.before`. */
  onReplaced?: (replacement: Replacement) => void;
  /** A Provider of the same process; else its REST is called. */
  client?: ProviderClient;
  /** Where spans go; without it none are made. */
  traces?: Traces;
  /** Hears every alert beside `alerts`; must neither block nor throw. */
  notify?: (alerts: readonly Alert[]) => void;
  /** The store of the data directory, where it is open already. */
  journal?: SqliteJournal;
  clock?: Clock;
}

export interface Inspector {
  /** As it can be opened, without a path. */
  url: string;
  /** The fencing epoch of this instance; 0 while it stands by. */
  readonly epoch: number;
  role(): RoleState;
  picture(): Picture;
  health(): InspectorHealth;
  nodes(): NodeHealth[];
  /** Stored records after `afterSeq`, oldest first, at most `limit`: what `/ws` resumes from. */
  auditAfter(afterSeq: number, limit: number): AuditRecord[];
  /** Ends in good order, in under 5 s. A second call waits for the first. */
  stop(reason: string): Promise<void>;
}
