/**
 * Balances (semantics 1.4). The wallet is followed by fills, fees and transfers; a balance of the venue that they do not
 * explain neither trips a limit nor raises a peak for 2 s, and one that moves equity by more than 20 % waits for a second.
 */
import { publish, record, shown } from '#audit/record.ts';
import { isSame } from '#number/compare.ts';
import { askVenue } from '#reconcile/ask.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { dailyPnlPct, drawdownPct, exposureUsd, readEquity } from './equity.ts';
import { scaleByTransfer } from './transfers.ts';

const HOLD_MS = 2000;
const SUSPECT_FRACTION = 0.2;
/** Two readings of a doubtful balance agree within this, for fees and funding may lie between them. */
const AGREEMENT_FRACTION = 0.01;
/** Fees and funding on what was filled since the last balance: no venue takes more than 0.2 % of notional. */
const FEE_FRACTION = 0.002;
/** At most one INSPECTOR_RISK_MARGIN_UPDATE a second and account. */
const MARGIN_EVENT_MS = 1000;

export interface Balances {
  walletBalance?: number | undefined;
  availableBalance?: number | undefined;
  marginRatio?: number | undefined;
}

/** Takes what the venue says of the account's money at `time` (venue time). Equity is read by the caller. */
export function applyBalances(engine: Engine, account: Account, balances: Balances, time: number): void {
  if (balances.walletBalance !== undefined && time >= account.walletAsOf) {
    applyWallet(engine, account, balances.walletBalance, time);
  }
  if (balances.availableBalance !== undefined) account.availableBalance = balances.availableBalance;
  if (balances.marginRatio !== undefined) account.marginRatio = balances.marginRatio;
}

function applyWallet(engine: Engine, account: Account, wallet: number, time: number): void {
  const before = account.walletBalance;
  const change = wallet - before;
  const isFirst = Number.isNaN(before);
  const slack = account.turnoverUsd * FEE_FRACTION;
  const isExplained =
    isFirst ||
    isSame(wallet, before) ||
    Math.abs(change) <= slack ||
    isSame(change, account.containedUsd) ||
    Math.abs(change - account.containedUsd) <= slack;
  if (!isExplained && !isAgreed(engine, account, wallet, change)) return;
  account.suspectWallet = Number.NaN;
  account.walletBalance = wallet;
  account.walletAsOf = time;
  account.walletSerial = engine.serials;
  account.containedUsd = 0;
  account.turnoverUsd = 0;
  if (!isExplained) hold(engine, account, change);
}

/** False when the change is so large that a second, agreeing reading is waited for. */
function isAgreed(engine: Engine, account: Account, wallet: number, change: number): boolean {
  if (!(Math.abs(change) > Math.abs(account.equity) * SUSPECT_FRACTION)) return true;
  if (Math.abs(account.suspectWallet - wallet) <= AGREEMENT_FRACTION * Math.abs(wallet)) return true;
  account.suspectWallet = wallet;
  report(
    engine,
    account,
    `A balance of ${shown(wallet)} USD would move equity by more than 20 %: a second reading is awaited.`,
    change,
  );
  askVenue(engine, account.index, 'balance');
  return false;
}

function hold(engine: Engine, account: Account, change: number): void {
  account.holdUntil = engine.now + HOLD_MS;
  account.heldUsd = change;
  armTimer(engine.timers, timerKinds.balanceHold, account.index, account.holdUntil);
  report(
    engine,
    account,
    `The balance changed by ${shown(change)} USD without a fill, fee or transfer that explains it.`,
    change,
  );
  askVenue(engine, account.index, 'balance');
}

function report(engine: Engine, account: Account, message: string, change: number): void {
  record(engine, 'DATA_OUTLIER', {
    code: 'DATA_OUTLIER',
    severity: 'warn',
    accountKey: account.key,
    message,
    data: { accountKey: account.key, walletBalanceUsd: account.walletBalance, changeUsd: change },
  });
}

export function onBalanceHoldTimer(engine: Engine, accountIndex: number, due: number): void {
  const account = engine.accounts[accountIndex]!;
  if (account.holdUntil === due) endHold(account);
}

function endHold(account: Account): void {
  account.holdUntil = Number.NaN;
  account.heldUsd = Number.NaN;
}

/**
 * A deposit (amount > 0) or withdrawal: neither profit nor loss. The wallet takes the amount, unless a balance that came
 * just before contains it, or the event says itself what the wallet now is.
 */
export function applyTransfer(
  engine: Engine,
  account: Account,
  amount: number,
  balances: Balances,
  time: number,
): void {
  const shown = balances.walletBalance;
  const isContained = isSame(account.heldUsd, amount) || (shown !== undefined && isSame(shown, account.walletBalance));
  const equityBefore = isContained ? account.equity - amount : account.equity;
  if (isContained) endHold(account);
  else account.walletBalance += amount;
  account.availableBalance = Number.NaN;
  if (account.equityKnown) scaleByTransfer(account, equityBefore, amount);
  else account.pendingTransfers.push(amount);
  applyBalances(engine, account, balances, time);
  readEquity(engine, account, true);
}

export function publishMargin(engine: Engine, account: Account): void {
  if (engine.now - account.lastMarginEventAt < MARGIN_EVENT_MS) return;
  account.lastMarginEventAt = engine.now;
  const exposure = exposureUsd(account);
  publish(engine, 'INSPECTOR_RISK_MARGIN_UPDATE', {
    accountKey: account.key,
    equityUsd: Number.isNaN(account.equity) ? null : account.equity,
    marginRatio: Number.isNaN(account.marginRatio) ? null : account.marginRatio,
    usedPct: account.equity > 0 ? (exposure / account.equity) * 100 : null,
    exposureUsd: exposure,
    drawdownPct: drawdownPct(account),
    dailyPnlPct: dailyPnlPct(account),
  });
}
