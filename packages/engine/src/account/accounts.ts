/** Finding and first seeing accounts. */
import { limitCodes } from '@inspector/contract';
import { dayNumber } from '#calendar/day.ts';
import { settingsFor } from '#settings/settings.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { accountKeyOf } from '#state/keys.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { EQUITY_UNKNOWN_ALERT_MS } from './equity.ts';

/** The account of that place; it is created, unreconciled and without a balance, when it is first heard of. */
export function accountOf(engine: Engine, connectorType: string, marketType: string, accountId?: string): Account {
  const key = accountKeyOf(connectorType, marketType, accountId);
  return engine.accountsByKey.get(key) ?? addAccount(engine, key, connectorType, marketType, accountId);
}

function addAccount(
  engine: Engine,
  key: string,
  connectorType: string,
  marketType: string,
  accountId: string | undefined,
): Account {
  const account: Account = {
    index: engine.accounts.length,
    key,
    connectorType,
    marketType,
    accountId: accountId ?? null,
    walletBalance: Number.NaN,
    walletAsOf: Number.NEGATIVE_INFINITY,
    availableBalance: Number.NaN,
    marginRatio: Number.NaN,
    unrealized: 0,
    unrealizedError: 0,
    exposure: 0,
    exposureError: 0,
    openPositions: 0,
    stalePositions: 0,
    disagreeingPositions: 0,
    equity: Number.NaN,
    equityKnown: false,
    unknownSince: engine.now,
    unknownAlerted: false,
    peak: Number.NaN,
    peakCandidate: Number.NaN,
    peakCandidateSince: Number.NaN,
    day: dayNumber(engine.zone, engine.dayStartMs, engine.now),
    dayStartEquity: Number.NaN,
    dayStartMoney: Number.NaN,
    dayStartPending: true,
    netTransfers: 0,
    pendingTransfers: [],
    maxDrawdownPct: 0,
    worstDrawdownPct: 0,
    closedTrades: 0,
    wins: 0,
    losses: 0,
    entriesApproved: 0,
    consecutiveLosses: 0,
    lastLossAt: Number.NaN,
    reconciled: false,
    everReconciled: false,
    restarted: false,
    differences: new Map(),
    differenceDue: Number.NaN,
    lastReconciledAt: Number.NaN,
    lastReconcileOk: false,
    lastRepairs: [],
    streamGap: false,
    lastSeq: Number.NaN,
    holdUntil: Number.NaN,
    suspectWallet: Number.NaN,
    watches: limitCodes.map((code) => ({
      code,
      runSince: Number.NaN,
      tripped: false,
      trippedAt: Number.NaN,
      until: Number.NaN,
      action: 'ALLOW',
      reminderDue: Number.NaN,
    })),
    approvals: [],
    absoluteAsOf: new Map(),
    containedUsd: 0,
    turnoverUsd: 0,
    reservations: new Set(),
    reservedNotional: 0,
    reservedMargin: 0,
    positions: new Map(),
    stressSymbols: new Set(),
    requestedSymbols: new Set(),
    lastMarginEventAt: Number.NaN,
    pacePctPerSec: 0,
    paceAt: Number.NaN,
    paceEquity: Number.NaN,
  };
  engine.accounts.push(account);
  engine.accountsByKey.set(key, account);
  engine.accountSettings.push(settingsFor(engine.settings, key, null, null));
  armTimer(engine.timers, timerKinds.equityUnknown, account.index, engine.now + EQUITY_UNKNOWN_ALERT_MS);
  return account;
}
