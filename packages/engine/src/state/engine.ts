/** The engine's whole state, in one object that `step` alone changes. */
import type { GovernorAction, Options } from '@inspector/contract';
import { timeOfDayMs } from '#calendar/day.ts';
import { UTC, type ZoneTable } from '#calendar/zone-table.ts';
import { type ConnectorClocks, createConnectorClocks } from '#market/connector-clock.ts';
import type { Output } from '#output.ts';
import type { IncidentState } from '#picture.ts';
import type { Settings } from '#settings/settings.ts';
import { createSettingsCache, type SettingsCache } from '#settings/settings.ts';
import type { Account } from './accounts.ts';
import { type ConditionTable, createConditionTable } from './conditions.ts';
import type { OrderState } from './orders.ts';
import { createPositionTable, type Position, type PositionTable } from './positions.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import { createSymbolTable, type SymbolTable } from './symbols.ts';
import { createTimers, type Timers } from './timers.ts';

export interface EngineConfig {
  options: Options;
  zone?: ZoneTable;
  epoch?: number;
  appKey?: string;
}

/** A durable lock on entries (semantics 3, 4, 6, 11). */
export interface Lock {
  serial: number;
  scope: string;
  code: string;
  action: GovernorAction;
  since: number;
  /** null: until re-armed by hand. */
  until: number | null;
  actor: string;
  reason: string;
  reminderDue: number;
}

export interface Lease {
  serial: number;
  detectorSysname: string;
  ttlMs: number;
  onExpiry: 'block' | 'close';
  expiresAt: number;
  expired: boolean;
  /** Positions were closed at expiry: renewing does not unlock by itself. */
  closed: boolean;
}

/** A kill switch from its trigger to its re-arming; at most one is live, later triggers widen it. */
export interface Incident extends IncidentState {
  serial: number;
  /** Asked and not yet answered, by query id. */
  pendingQueries: Set<number>;
  /** Accounts that the venue has shown flat since the last change. */
  verified: Set<number>;
  nextPollMs: number;
  pollDue: number;
  deadlineDue: number;
  stuckAlerted: boolean;
}

/** CLOSE_ALL of a limit: the positions of its scope are closed and verified, without a kill latch (semantics 4). */
export interface CloseAll {
  serial: number;
  scope: string;
  code: string;
  since: number;
  pollDue: number;
  nextPollMs: number;
}

/** What the records of the running input refer to. */
export interface Cause {
  traceId: string;
  causationId: string | null;
  correlationId: string;
}

export interface Engine {
  options: Options;
  optionsVersion: number;
  zone: ZoneTable;
  dayStartMs: number;
  /** When the running day ends: the tick path compares with it instead of computing the day. */
  dayEndsAt: number;
  epoch: number;
  appKey: string;
  now: number;
  started: boolean;
  /** Sequence of the last audit record. */
  lastSeq: number;
  /** Inputs applied, for ids that must differ between equal inputs. */
  inputs: number;
  /** Gives serials to positions, orders, locks, leases, incidents and queries. */
  serials: number;
  timers: Timers;
  symbols: SymbolTable;
  conditions: ConditionTable;
  clocks: ConnectorClocks;
  accounts: Account[];
  accountsByKey: Map<string, Account>;
  table: PositionTable;
  /** Open positions and those waiting to be attributed, by serial. */
  positions: Map<number, Position>;
  orders: Map<string, OrderState>;
  ordersByExternalId: Map<string, string>;
  /** Finished orders, oldest first. */
  finishedOrders: string[];
  requests: RequestLog;
  locks: Lock[];
  leases: Map<string, Lease>;
  /** Detectors that ever asked, for autoThrottleDetectors; at most 10,000. */
  detectors: Set<string>;
  incidents: Incident[];
  closeAlls: CloseAll[];
  queries: Map<number, { account: number; reason: string; clientOrderId: string | null; symbol: number }>;
  governorSignature: string;
  governorAction: GovernorAction;
  cause: Cause;
  /** Alert reminders and condition events: when the last of a kind was, by `kind:symbol`. */
  lastEdges: Map<string, number>;
  // Derived, not part of the snapshot.
  settings: SettingsCache;
  /** Account-level settings by account index. */
  accountSettings: Settings[];
  positionBySlot: (Position | null)[];
  /** Client ids of orders that are not done, oldest first, by account and symbol (`placeOf`). */
  liveOrders: Map<number, string[]>;
  out: Output;
}

/** A new engine at version 1 of its options; it knows no account, symbol or time yet. */
export function createEngine(config: EngineConfig): Engine {
  const settings = createSettingsCache(config.options);
  return {
    options: config.options,
    optionsVersion: 1,
    zone: config.zone ?? UTC,
    dayStartMs: timeOfDayMs(config.options.general.dayStart),
    dayEndsAt: Number.NEGATIVE_INFINITY,
    epoch: config.epoch ?? 1,
    appKey: config.appKey ?? 'inspector',
    now: 0,
    started: false,
    lastSeq: 0,
    inputs: 0,
    serials: 0,
    timers: createTimers(),
    symbols: createSymbolTable(),
    conditions: createConditionTable(),
    clocks: createConnectorClocks(),
    accounts: [],
    accountsByKey: new Map(),
    table: createPositionTable(),
    positions: new Map(),
    orders: new Map(),
    ordersByExternalId: new Map(),
    finishedOrders: [],
    requests: createRequestLog(),
    locks: [],
    leases: new Map(),
    detectors: new Set(),
    incidents: [],
    closeAlls: [],
    queries: new Map(),
    governorSignature: '',
    governorAction: 'ALLOW',
    cause: { traceId: '', causationId: null, correlationId: '' },
    lastEdges: new Map(),
    settings,
    accountSettings: [],
    positionBySlot: [],
    liveOrders: new Map(),
    out: { records: [], effects: [], events: [], alerts: [], replies: [] },
  };
}
