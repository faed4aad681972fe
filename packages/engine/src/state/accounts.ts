/** Accounts: balances, equity, the day, streaks and the state of each watched limit. Money in quote units (USD). */
import { type LimitCode, limitCodes } from '@inspector/contract';

/** One watched limit of one account (semantics 4). */
export interface LimitWatch {
  code: LimitCode;
  /** First reading of the unbroken run in breach, NaN when the last reading was inside. */
  runSince: number;
  /** Tripped and not over. */
  tripped: boolean;
  trippedAt: number;
  /** End of a trip without a lock (BLOCK by count), NaN when it lasts while the breach does. */
  until: number;
  action: string;
  reminderDue: number;
}

/** What a tick moves of an account, by its place in `numbers`. */
const at = {
  walletBalance: 0,
  unrealized: 1,
  unrealizedError: 2,
  exposure: 3,
  exposureError: 4,
  equity: 5,
  peak: 6,
  paceAt: 7,
  paceEquity: 8,
  pacePctPerSec: 9,
  maxDrawdownPct: 10,
  worstDrawdownPct: 11,
  quietLow: 12,
  quietHigh: 13,
  quietExposure: 14,
} as const;

/**
 * An account. The numbers that a tick moves lie in a typed array behind their names, because a double stored into a plain
 * object's field is a heap allocation; that is why this is a class. Restoring assigns the fields over a new one.
 */
export class Account {
  numbers = new Float64Array(Object.keys(at).length).fill(Number.NaN);
  index: number;
  key: string;
  connectorType: string;
  marketType: string;
  accountId: string | null;
  /** Venue time of the last absolute balance: fills up to it are contained in it. */
  walletAsOf: number = Number.NEGATIVE_INFINITY;
  /** Serials given when it came: what an order of a later serial fills, it cannot contain. */
  walletSerial = 0;
  /** The venue's own, NaN when it gave none or a fill came after it. */
  availableBalance: number = Number.NaN;
  marginRatio: number = Number.NaN;
  openPositions: number = 0;
  /** Open positions by their leverage, 1 where none is known: while it is one for all, margin follows from exposure. */
  leverages: Map<number, number> = new Map();
  stalePositions: number = 0;
  disagreeingPositions: number = 0;
  equityKnown: boolean = false;
  unknownSince: number;
  unknownAlerted: boolean = false;
  /** Lowest equity of an unconfirmed run above the peak, and when the run began. */
  peakCandidate: number = Number.NaN;
  peakCandidateSince: number = Number.NaN;
  day: number;
  dayStartEquity: number = Number.NaN;
  /** Money at the day's start, for `dailyPnlUsd`; transfers do not scale it. */
  dayStartMoney: number = Number.NaN;
  dayStartPending: boolean = true;
  netTransfers: number = 0;
  pendingTransfers: number[] = [];
  closedTrades: number = 0;
  wins: number = 0;
  losses: number = 0;
  entriesApproved: number = 0;
  consecutiveLosses: number = 0;
  lastLossAt: number = Number.NaN;
  reconciled: boolean = false;
  everReconciled: boolean = false;
  /** A new instance began and has not compared the account with the venue yet. */
  restarted: boolean = false;
  /** The venue has answered a query: without that, as in a replay without a venue, only a snapshot shows anything. */
  answered: boolean = false;
  /** Differences seen at the last answer, by what they are about; acted on when seen again ≥ 1 s later. */
  differences: Map<string, { since: number; detail: Record<string, unknown> }> = new Map();
  differenceDue: number = Number.NaN;
  lastReconciledAt: number = Number.NaN;
  lastReconcileOk: boolean = false;
  lastRepairs: Record<string, unknown>[] = [];
  streamGap: boolean = false;
  lastSeq: number = Number.NaN;
  /** Until when an unexplained balance change neither trips nor raises a peak; NaN when there is none. */
  holdUntil: number = Number.NaN;
  /** That change, NaN when there is none: a transfer that is told of later may explain it. */
  heldUsd: number = Number.NaN;
  /** The one that nothing had explained when its hold ended, and the peak as it was before; NaN when there is none. */
  unexplainedUsd: number = Number.NaN;
  peakBeforeHold: number = Number.NaN;
  /** A balance that moves equity by more than 20 % and waits for a second, agreeing reading. */
  suspectWallet: number = Number.NaN;
  watches: LimitWatch[] = limitCodes.map((code) => ({
    code,
    runSince: Number.NaN,
    tripped: false,
    trippedAt: Number.NaN,
    until: Number.NaN,
    action: 'ALLOW',
    reminderDue: Number.NaN,
  }));
  /** Approval times within the last second, oldest first. */
  approvals: number[] = [];
  /** Venue time of the last absolute position by symbol id: fills up to it are attributed, not applied. */
  absoluteAsOf: Map<number, number> = new Map();
  /** Newest serial at that event, by symbol id: a fill of an order made after it cannot be contained in it. */
  /** What fills not after `walletAsOf` would have moved the wallet by: the next balance may contain it. */
  containedUsd: number = 0;
  /** Notional filled since the last absolute balance: fees on it explain a small difference. */
  turnoverUsd: number = 0;
  /** Client ids of entries that still reserve something. */
  reservations: Set<string> = new Set();
  reservedNotional: number = 0;
  reservedMargin: number = 0;
  /** Open position serial by symbol id. */
  positions: Map<number, number> = new Map();
  /** Symbols that put the account in stress. */
  stressSymbols: Set<number> = new Set();
  /** Symbols that requests of this account named. */
  requestedSymbols: Set<number> = new Set();
  lastMarginEventAt: number = Number.NaN;

  constructor(place: {
    index: number;
    key: string;
    connectorType: string;
    marketType: string;
    accountId: string | null;
    now: number;
    day: number;
  }) {
    this.index = place.index;
    this.key = place.key;
    this.connectorType = place.connectorType;
    this.marketType = place.marketType;
    this.accountId = place.accountId;
    this.unknownSince = place.now;
    this.day = place.day;
    this.unrealized = 0;
    this.unrealizedError = 0;
    this.exposure = 0;
    this.exposureError = 0;
    this.maxDrawdownPct = 0;
    this.worstDrawdownPct = 0;
    this.pacePctPerSec = 0;
    disquiet(this);
  }

  get walletBalance(): number {
    return this.numbers[at.walletBalance]!;
  }
  set walletBalance(value: number) {
    this.numbers[at.walletBalance] = value;
  }

  get unrealized(): number {
    return this.numbers[at.unrealized]!;
  }
  set unrealized(value: number) {
    this.numbers[at.unrealized] = value;
  }

  get unrealizedError(): number {
    return this.numbers[at.unrealizedError]!;
  }
  set unrealizedError(value: number) {
    this.numbers[at.unrealizedError] = value;
  }

  get exposure(): number {
    return this.numbers[at.exposure]!;
  }
  set exposure(value: number) {
    this.numbers[at.exposure] = value;
  }

  get exposureError(): number {
    return this.numbers[at.exposureError]!;
  }
  set exposureError(value: number) {
    this.numbers[at.exposureError] = value;
  }

  get equity(): number {
    return this.numbers[at.equity]!;
  }
  set equity(value: number) {
    this.numbers[at.equity] = value;
  }

  get peak(): number {
    return this.numbers[at.peak]!;
  }
  set peak(value: number) {
    this.numbers[at.peak] = value;
  }

  get paceAt(): number {
    return this.numbers[at.paceAt]!;
  }
  set paceAt(value: number) {
    this.numbers[at.paceAt] = value;
  }

  get paceEquity(): number {
    return this.numbers[at.paceEquity]!;
  }
  set paceEquity(value: number) {
    this.numbers[at.paceEquity] = value;
  }

  /** Pace of equity in percent of the day's start a second, smoothed, for the time to trip. */
  get pacePctPerSec(): number {
    return this.numbers[at.pacePctPerSec]!;
  }
  set pacePctPerSec(value: number) {
    this.numbers[at.pacePctPerSec] = value;
  }

  get maxDrawdownPct(): number {
    return this.numbers[at.maxDrawdownPct]!;
  }
  set maxDrawdownPct(value: number) {
    this.numbers[at.maxDrawdownPct] = value;
  }

  get worstDrawdownPct(): number {
    return this.numbers[at.worstDrawdownPct]!;
  }
  set worstDrawdownPct(value: number) {
    this.numbers[at.worstDrawdownPct] = value;
  }

  /** Between `quietLow` and `quietHigh`, with less exposure than `quietExposure`, no limit and no peak can be touched. */
  get quietLow(): number {
    return this.numbers[at.quietLow]!;
  }
  set quietLow(value: number) {
    this.numbers[at.quietLow] = value;
  }

  get quietHigh(): number {
    return this.numbers[at.quietHigh]!;
  }
  set quietHigh(value: number) {
    this.numbers[at.quietHigh] = value;
  }

  get quietExposure(): number {
    return this.numbers[at.quietExposure]!;
  }
  set quietExposure(value: number) {
    this.numbers[at.quietExposure] = value;
  }
}

/** Counts a position of that leverage in (`change` 1) or out (−1). */
export function countLeverage(account: Account, leverage: number, change: 1 | -1): void {
  const counted = leverage > 0 ? leverage : 1;
  const count = (account.leverages.get(counted) ?? 0) + change;
  if (count > 0) account.leverages.set(counted, count);
  else account.leverages.delete(counted);
}

/** The next tick of the account is judged in full: what its limits are compared with has changed. */
export function disquiet(account: Account): void {
  account.quietLow = Number.POSITIVE_INFINITY;
}
