/** Deposits and withdrawals (semantics 1.5): no profit and no loss. */
import type { Account } from '#state/accounts.ts';

/**
 * Notes a transfer and scales the day's start and the peak by (equity + amount)/equity, where `equity` is what it was
 * before the transfer: the time-weighted return of the day and the drawdown stay what they were.
 */
export function scaleByTransfer(account: Account, equityBefore: number, amount: number): void {
  account.netTransfers += amount;
  const factor = (equityBefore + amount) / equityBefore;
  if (!(equityBefore > 0) || !(factor > 0)) return;
  account.dayStartEquity *= factor;
  account.peak *= factor;
  account.peakBeforeHold *= factor;
  account.peakCandidateSince = Number.NaN;
}

/** Transfers that came while equity was unknown; `account.equity` now contains them. */
export function applyPendingTransfers(account: Account): void {
  let total = 0;
  for (const amount of account.pendingTransfers) total += amount;
  account.pendingTransfers = [];
  scaleByTransfer(account, account.equity - total, total);
}
