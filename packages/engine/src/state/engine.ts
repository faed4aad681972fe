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
  /** Newest serial at the last CANCELLING: a position or entry order after it is new and begins the sequence again. */
  seenSerial: number;
  /** Mid when the close of a position went out, by its serial: what the close really cost is measured by it. */
  references: Map<number, number>;
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

/**
 * The state. Time lies in typed arrays behind its names, because a double stored into a plain object's field is a heap
 * allocation on every input; that is why this is a class.
 */
export class Engine {
  time = new Float64Array(1);
  options: Options;
  optionsVersion: number = 1;
  zone: ZoneTable;
  dayStartMs: number;
  epoch: number;
  appKey: string;
  started: boolean = false;
  /** Sequence of the last audit record. */
  lastSeq: number = 0;
  /** Inputs applied, for ids that must differ between equal inputs. */
  inputs: number = 0;
  /** Gives serials to positions, orders, locks, leases, incidents and queries. */
  serials: number = 0;
  timers: Timers = createTimers();
  symbols: SymbolTable = createSymbolTable();
  conditions: ConditionTable = createConditionTable();
  clocks: ConnectorClocks = createConnectorClocks();
  accounts: Account[] = [];
  accountsByKey: Map<string, Account> = new Map();
  /** Accounts by their id alone, '' for those without one, and symbols by their bare name: for `state/keys.ts`. */
  accountsById: Map<string, Account[]> = new Map();
  symbolsByName: Map<string, number[]> = new Map();
  table: PositionTable = createPositionTable();
  /** Open positions and those waiting to be attributed, by serial. */
  positions: Map<number, Position> = new Map();
  orders: Map<string, OrderState> = new Map();
  ordersByExternalId: Map<string, string> = new Map();
  /** Finished orders, oldest first. */
  finishedOrders: string[] = [];
  requests: RequestLog = createRequestLog();
  locks: Lock[] = [];
  leases: Map<string, Lease> = new Map();
  /** Detectors that ever asked, for autoThrottleDetectors; at most 10,000. */
  detectors: Set<string> = new Set();
  incidents: Incident[] = [];
  closeAlls: CloseAll[] = [];
  queries: Map<number, { account: number; reason: string; clientOrderId: string | null; symbol: number }> = new Map();
  governorSignature: string = '';
  governorAction: GovernorAction = 'ALLOW';
  /** Codes in force, the strongest first; replaced, never changed, so that a decision may hold it. */
  governorReasons: string[] = [];
  cause: Cause = { traceId: '', causationId: null, correlationId: '' };
  /** Alert reminders and condition events: when the last of a kind was, by `kind:symbol`. */
  lastEdges: Map<string, number> = new Map();
  // Derived, not part of the snapshot.
  settings: SettingsCache;
  /** Account-level settings by account index. */
  accountSettings: Settings[] = [];
  positionBySlot: (Position | null)[] = [];
  /** Client ids of orders that are not done, oldest first, by account and symbol (`placeOf`). */
  liveOrders: Map<number, string[]> = new Map();
  out: Output = { records: [], effects: [], events: [], alerts: [], replies: [] };
  dayEnd = new Float64Array([Number.NEGATIVE_INFINITY]);

  constructor(config: EngineConfig) {
    this.options = config.options;
    this.zone = config.zone ?? UTC;
    this.dayStartMs = timeOfDayMs(config.options.general.dayStart);
    this.epoch = config.epoch ?? 1;
    this.appKey = config.appKey ?? 'inspector';
    this.settings = createSettingsCache(config.options);
  }

  /** Time of the newest input or timer, Unix ms; never decreases. */
  get now(): number {
    return this.time[0]!;
  }
  set now(value: number) {
    this.time[0] = value;
  }

  /** When the running day ends: the tick path compares with it instead of computing the day. */
  get dayEndsAt(): number {
    return this.dayEnd[0]!;
  }
  set dayEndsAt(value: number) {
    this.dayEnd[0] = value;
  }
}

/** A new engine at version 1 of its options; it knows no account, symbol or time yet. */
export function createEngine(config: EngineConfig): Engine {
  return new Engine(config);
}
