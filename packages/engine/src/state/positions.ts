/**
 * Positions. What a tick needs lies in typed arrays by slot (`PositionTable`), linked per symbol; what fills, orders and
 * people need lies in a `Position` object. A slot is reused after the position is flat, a serial never is.
 */
import { enlarged } from './symbols.ts';

export type Side = 'LONG' | 'SHORT';
export type Ownership = 'runtime' | 'legacy';
/** Which candidate the stop in force comes from; it names the close. */
export type StopKind = 'STOP_LOSS' | 'BREAKEVEN_STOP' | 'TRAILING_STOP' | 'TAKE_PROFIT';

const columns = [
  /** +1 LONG, −1 SHORT. */
  'direction',
  'quantity',
  'entryPrice',
  /** Valuation price that `unrealized` was taken at. */
  'price',
  'unrealized',
  /** Exact stop in force, NaN when there is none: −Infinity/Infinity are not used. */
  'stop',
  /** Exact target, NaN when there is none. */
  'target',
  /** Best confirmed valuation price since entry. */
  'peak',
  /** Best price of an unconfirmed run, and when the run began (NaN when there is none). */
  'peakCandidate',
  'peakCandidateSince',
  /** Price at which breakeven arms, NaN when off or armed. */
  'breakevenAt',
  /** Trail as a fraction of the peak, 0 when not trailing. */
  'trail',
  /** Price at which a trailing target begins to trail, NaN when off or begun. */
  'trailAt',
  /** 0: stop and target are triggered by marks, 1: by trades. */
  'triggerBy',
  /** Rounded stop at which a replacement is worth sending, NaN when none can be. */
  'nextMove',
  'worstPrice',
  'bestPrice',
] as const;

type Column = (typeof columns)[number];

export interface PositionTable extends Record<Column, Float64Array> {
  /** Slots ever used: slots below it that hold no position are in `free`. */
  used: number;
  free: number[];
  symbol: Int32Array;
  account: Int32Array;
  /** 1 runtime, 0 legacy. */
  managed: Uint8Array;
  /** Next slot of the same symbol, −1 at the end. */
  next: Int32Array;
  serial: Float64Array;
}

const INITIAL_CAPACITY = 16;

const floats = () => new Float64Array(INITIAL_CAPACITY);

/** Written out field by field: an object built in a loop becomes a slow dictionary. */
export function createPositionTable(): PositionTable {
  return {
    used: 0,
    free: [],
    symbol: new Int32Array(INITIAL_CAPACITY),
    account: new Int32Array(INITIAL_CAPACITY),
    managed: new Uint8Array(INITIAL_CAPACITY),
    next: new Int32Array(INITIAL_CAPACITY),
    serial: floats(),
    direction: floats(),
    quantity: floats(),
    entryPrice: floats(),
    price: floats(),
    unrealized: floats(),
    stop: floats(),
    target: floats(),
    peak: floats(),
    peakCandidate: floats(),
    peakCandidateSince: floats(),
    breakevenAt: floats(),
    trail: floats(),
    trailAt: floats(),
    triggerBy: floats(),
    nextMove: floats(),
    worstPrice: floats(),
    bestPrice: floats(),
  };
}

/** A free slot with every number NaN. */
export function takeSlot(table: PositionTable): number {
  const slot = table.free.pop() ?? table.used++;
  if (slot >= table.next.length) growPositions(table, table.next.length * 2);
  for (const column of columns) table[column][slot] = Number.NaN;
  table.next[slot] = -1;
  return slot;
}

export function growPositions(table: PositionTable, capacity: number): void {
  for (const column of columns) table[column] = enlarged(table[column], new Float64Array(capacity));
  table.symbol = enlarged(table.symbol, new Int32Array(capacity));
  table.account = enlarged(table.account, new Int32Array(capacity));
  table.managed = enlarged(table.managed, new Uint8Array(capacity));
  table.next = enlarged(table.next, new Int32Array(capacity));
  table.serial = enlarged(table.serial, new Float64Array(capacity));
}

/** The escalation of naked exposure (semantics 5.8). */
export interface NakedLadder {
  /** When the exposure began, NaN when the position is covered. */
  since: number;
  /** Due time of the next rung, NaN when none is armed. */
  due: number;
  /** Rungs taken. */
  attempt: number;
  /** Total time naked, for the trade journal. */
  totalMs: number;
}

/** A close that is wanted and not finished. */
export interface ClosePlan {
  code: string;
  reason: string;
  actor: string | null;
  requestId: string | null;
  /** Base units to close, Infinity for all that is left. */
  quantity: number;
  /** Deferred until then, NaN when it is not deferred. */
  deferredUntil: number;
  /** Reduce-only orders are cancelled before it is sent. */
  clearsWay: boolean;
  /** Failed sends so far; the retry backs off by it. */
  failures: number;
  /** Orders of it that ended in doubt. */
  doubts?: number;
  retryDue: number;
}

export interface Position {
  serial: number;
  slot: number;
  positionId: string;
  account: number;
  symbol: number;
  side: Side;
  ownership: Ownership;
  status: 'open' | 'closing' | 'closed';
  entryTime: number;
  leverage: number;
  detectorSysname: string | null;
  /** Requests that opened or enlarged it, oldest first, at most 32: replay files may name its orders by them. */
  requestIds: string[];
  traceId: string;
  /** Stop and target as requested, NaN when not. */
  requestedStop: number;
  requestedTarget: number;
  /** Set by hand, NaN when not: replaces the target; a stop by hand counts as a candidate, or as the stop itself. */
  manualStop: number;
  manualTarget: number;
  /** The stop was loosened by force: the initial and the requested stop no longer count. */
  stopLoosened: boolean;
  stopKind: StopKind;
  breakevenArmed: boolean;
  trailingTargetBegun: boolean;
  /** Quantity-weighted fees and gross result of the trade so far, in quote units. */
  feesUsd: number;
  grossPnlUsd: number;
  exitQuantity: number;
  exitNotional: number;
  openedQuantity: number;
  /** Price at decision, for slippage; NaN when unknown. */
  decisionPrice: number;
  /** Signed quantity that absolute events moved and no fill has explained yet. */
  unattributed: number;
  /** Why the newest fill that an absolute event contained reduced it; null when none did. */
  attributedCode: string | null;
  /** Versions given so far, by purpose: they make client order ids differ. */
  versions: Record<string, number>;
  lastStopAt: number;
  replaceDue: number;
  /** No stop is placed before then, because the last was refused; NaN when nothing holds it back. */
  protectionRetryDue: number;
  protectionFailures: number;
  targetFailures: number;
  /** Stop and target last confirmed at the venue, NaN before the first. */
  confirmedStop: number;
  confirmedTarget: number;
  naked: NakedLadder;
  close: ClosePlan | null;
  /** Exit that was crossed and is waited for (semantics 5.6): which, and until when the venue may begin. */
  crossed: StopKind | null;
  crossedDue: number;
  holdDue: number;
  dustReported: boolean;
  riskBudgetUsd: number;
  /** Entry to make when the position is flat (a flip), as received. */
  flip: { requestId: string; request: Record<string, unknown>; eventId: string } | null;
  /** Sequence of its POSITION_OPENED, and when it last changed. */
  openedSeq: number;
  updatedAt: number;
  /** Due time of giving up waiting for the fill that explains a flat position, NaN when not waiting. */
  attributionDue: number;
}
