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
  const { walletBalance, availableBalance, marginRatio } = balances;
  if (isGiven(walletBalance) && time >= account.walletAsOf) applyWallet(engine, account, walletBalance, time);
  if (isGiven(availableBalance)) account.availableBalance = availableBalance;
  if (isGiven(marginRatio)) account.marginRatio = marginRatio;
}

function isGiven(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
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
  if (!isExplained) hold(engine, account, before);
}

/** False when the change is so large that a second, agreeing reading is waited for. */
function isAgreed(engine: Engine, account: Account, wallet: number, change: number): boolean {
  if (!(Math.abs(change) > Math.abs(account.equity) * SUSPECT_FRACTION)) return true;
  if (Math.abs(account.suspectWallet - wallet) <= AGREEMENT_FRACTION * Math.abs(wallet)) return true;
  account.suspectWallet = wallet;
  const message = `A balance of ${shown(wallet)} USD would move equity by more than 20 %: a second reading is awaited.`;
  report(engine, account, message, { wallet, reference: account.walletBalance });
  askVenue(engine, account.index, 'balance');
  return false;
}

function hold(engine: Engine, account: Account, before: number): void {
  const wallet = account.walletBalance;
  const change = wallet - before;
  account.holdUntil = engine.now + HOLD_MS;
  account.heldUsd = change;
  account.unexplainedUsd = Number.NaN;
  account.peakBeforeHold = account.peak;
  armTimer(engine.timers, timerKinds.balanceHold, account.index, account.holdUntil);
  const message = `The balance changed by ${shown(change)} USD without a fill, fee or transfer that explains it.`;
  report(engine, account, message, { wallet, reference: before });
  askVenue(engine, account.index, 'balance');
}

interface Doubt {
  wallet: number;
  reference: number;
}

/** In the words of the market’s outliers: the doubted balance stands for the price, the account for the symbol. */
function report(engine: Engine, account: Account, message: string, { wallet, reference }: Doubt): void {
  const changeUsd = wallet - reference;
  record(engine, 'DATA_OUTLIER', {
    code: 'DATA_OUTLIER',
    severity: 'warn',
    accountKey: account.key,
    message,
    data: {
      symbol: account.key,
      price: wallet,
      reference,
      deviationPct: reference === 0 ? 100 : Math.abs(changeUsd / reference) * 100,
      accountKey: account.key,
      changeUsd,
    },
  });
}

export function onBalanceHoldTimer(engine: Engine, accountIndex: number, due: number): void {
  const account = engine.accounts[accountIndex]!;
  if (account.holdUntil !== due) return;
  account.unexplainedUsd = account.heldUsd;
  endHold(account);
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
  if (!Number.isFinite(amount)) return;
  const shown = balances.walletBalance;
  const isContained = isSame(account.heldUsd, amount) || (shown !== undefined && isSame(shown, account.walletBalance));
  const equityBefore = isContained ? account.equity - amount : account.equity;
  // Told after its hold: the peak may have risen with the money, which was no profit.
  if (isContained && isSame(account.unexplainedUsd, amount)) takeBackPeak(account, equityBefore, amount);
  if (isContained) endHold(account);
  else account.walletBalance += amount;
  account.availableBalance = Number.NaN;
  if (account.equityKnown) scaleByTransfer(account, equityBefore, amount);
  else account.pendingTransfers.push(amount);
  applyBalances(engine, account, balances, time);
  readEquity(engine, account, true);
}

/**
 * Brings the peak to where scaling leads to what it is by rights: the one before the money came, scaled, or the one that
 * was reached with it.
 */
function takeBackPeak(account: Account, equityBefore: number, amount: number): void {
  const factor = (equityBefore + amount) / equityBefore;
  if (account.peak > account.peakBeforeHold && equityBefore > 0 && factor > 0)
    account.peak = Math.max(account.peakBeforeHold, account.peak / factor);
  account.unexplainedUsd = Number.NaN;
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
