/** Accounts: balances, equity, the day, streaks and the state of each watched limit. Money in quote units (USD). */
import type { LimitCode } from '@inspector/contract';

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

export interface Account {
  index: number;
  key: string;
  connectorType: string;
  marketType: string;
  accountId: string | null;
  walletBalance: number;
  /** Venue time of the last absolute balance: fills up to it are contained in it. */
  walletAsOf: number;
  /** The venue's own, NaN when it gave none or a fill came after it. */
  availableBalance: number;
  marginRatio: number;
  unrealized: number;
  unrealizedError: number;
  exposure: number;
  exposureError: number;
  openPositions: number;
  stalePositions: number;
  disagreeingPositions: number;
  equity: number;
  equityKnown: boolean;
  unknownSince: number;
  unknownAlerted: boolean;
  peak: number;
  /** Lowest equity of an unconfirmed run above the peak, and when the run began. */
  peakCandidate: number;
  peakCandidateSince: number;
  day: number;
  dayStartEquity: number;
  /** Money at the day's start, for `dailyPnlUsd`; transfers do not scale it. */
  dayStartMoney: number;
  dayStartPending: boolean;
  netTransfers: number;
  pendingTransfers: number[];
  maxDrawdownPct: number;
  worstDrawdownPct: number;
  closedTrades: number;
  wins: number;
  losses: number;
  entriesApproved: number;
  consecutiveLosses: number;
  lastLossAt: number;
  reconciled: boolean;
  everReconciled: boolean;
  /** A new instance began and has not compared the account with the venue yet. */
  restarted: boolean;
  /** Differences seen at the last answer, by what they are about; acted on when seen again ≥ 1 s later. */
  differences: Map<string, { since: number; detail: Record<string, unknown> }>;
  differenceDue: number;
  lastReconciledAt: number;
  lastReconcileOk: boolean;
  lastRepairs: Record<string, unknown>[];
  streamGap: boolean;
  lastSeq: number;
  /** Until when an unexplained balance change neither trips nor raises a peak; NaN when there is none. */
  holdUntil: number;
  /** A balance that moves equity by more than 20 % and waits for a second, agreeing reading. */
  suspectWallet: number;
  watches: LimitWatch[];
  /** Approval times within the last second, oldest first. */
  approvals: number[];
  /** Venue time of the last absolute position by symbol id: fills up to it are attributed, not applied. */
  absoluteAsOf: Map<number, number>;
  /** What fills not after `walletAsOf` would have moved the wallet by: the next balance may contain it. */
  containedUsd: number;
  /** Notional filled since the last absolute balance: fees on it explain a small difference. */
  turnoverUsd: number;
  /** Client ids of entries that still reserve something. */
  reservations: Set<string>;
  reservedNotional: number;
  reservedMargin: number;
  /** Open position serial by symbol id. */
  positions: Map<number, number>;
  /** Symbols that put the account in stress. */
  stressSymbols: Set<number>;
  /** Symbols that requests of this account named. */
  requestedSymbols: Set<number>;
  lastMarginEventAt: number;
  /** Pace of equity in percent of the day's start a second, smoothed, for the time to trip. */
  pacePctPerSec: number;
  paceAt: number;
  paceEquity: number;
}
