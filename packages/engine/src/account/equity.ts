/** Equity, its peak and drawdown, and the judgement of the equity limits at each reading (semantics 1.3, 1.7 and 4). */
import { alert, record, shown } from '#audit/record.ts';
import { judgeEquityLimits } from '#limits/equity-limits.ts';
import { type Account, disquiet } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { applyPendingTransfers } from './transfers.ts';

/** Unknown for so long, an alert goes out and losses are judged at last prices. */
export const EQUITY_UNKNOWN_ALERT_MS = 30_000;

/** Sum of unrealised results at valuation prices, stale positions at their last. */
export function unrealizedUsd(account: Account): number {
  return account.openPositions === 0 ? 0 : account.unrealized;
}

/** Σ |notional| of open positions at valuation prices. */
export function exposureUsd(account: Account): number {
  return account.openPositions === 0 ? 0 : account.exposure;
}

/** Drawdown from the peak in percent, 0 without a peak. */
export function drawdownPct(account: Account): number {
  return account.peak > 0 ? ((account.peak - account.equity) / account.peak) * 100 : 0;
}

/** Result of the day in percent of its start, net of transfers by their scaling. */
export function dailyPnlPct(account: Account): number {
  return account.dayStartEquity > 0 ? ((account.equity - account.dayStartEquity) / account.dayStartEquity) * 100 : 0;
}

/** Result of the day in money: equity − equity at its start − net transfers. */
export function dailyPnlUsd(account: Account): number {
  return account.equity - account.dayStartMoney - account.netTransfers;
}

/** True when equity has been unknown for 30 s: loss and drawdown are then judged with stale positions at last prices. */
export function isJudgedStale(account: Account): boolean {
  return !account.equityKnown && account.unknownAlerted && !Number.isNaN(account.walletBalance);
}

/**
 * Takes the account's equity as it now is. With `reading` (an input moved it or confirmed it) limits are judged and the
 * peak may rise; without (a timer) only what is known changes.
 */
export function readEquity(engine: Engine, account: Account, reading: boolean): void {
  const known = account.stalePositions === 0 && !Number.isNaN(account.walletBalance);
  if (known !== account.equityKnown) noteKnown(engine, account, known);
  if (!known) {
    if (reading && isJudgedStale(account)) {
      account.equity = account.walletBalance + unrealizedUsd(account);
      judgeEquityLimits(engine, account, false);
    }
    return;
  }
  account.equity = account.walletBalance + unrealizedUsd(account);
  if (account.pendingTransfers.length > 0) applyPendingTransfers(account);
  if (account.dayStartPending) beginDayAt(account);
  if (!reading) return;
  const confirmed = account.disagreeingPositions === 0;
  if (engine.now >= account.holdUntil || Number.isNaN(account.holdUntil)) raisePeak(engine, account, confirmed);
  const drawdown = drawdownPct(account);
  if (drawdown > account.maxDrawdownPct) account.maxDrawdownPct = drawdown;
  if (drawdown > account.worstDrawdownPct) account.worstDrawdownPct = drawdown;
  if (!(engine.now - account.paceAt < PACE_SAMPLE_MS)) samplePace(engine, account);
  judgeEquityLimits(engine, account, confirmed);
  setQuietBand(engine, account);
}

/** The tick path's reading: where no limit, peak or drawdown can be touched, the new equity is all there is to note. */
export function readTick(engine: Engine, account: Account, reading: boolean): void {
  const equity = account.walletBalance + account.unrealized;
  if (
    equity > account.quietLow &&
    equity < account.quietHigh &&
    account.exposure < account.quietExposure &&
    account.stalePositions === 0 &&
    account.equityKnown &&
    engine.now - account.paceAt < PACE_SAMPLE_MS
  ) {
    account.equity = equity;
    return;
  }
  readEquity(engine, account, reading);
}

/** Inside the band by this much, so that the comparisons' own tolerance of 1e-9 never matters. */
const BAND_MARGIN = 1e-8;
/** The band reaches no further below than this, which gives the exposure limit an equity to be measured by. */
const BAND_DEPTH = 0.5;

/** Where equity may move without anything to judge; nowhere while a breach, a hold or an unconfirmed peak is running. */
function setQuietBand(engine: Engine, account: Account): void {
  disquiet(account);
  if (!Number.isNaN(account.holdUntil) || !Number.isNaN(account.peakCandidateSince) || !(account.equity > 0)) return;
  for (const watch of account.watches) {
    if (!Number.isNaN(watch.runSince) && !watch.tripped) return;
    if (watch.tripped && watch.action !== 'STAND_DOWN' && watch.action !== 'CLOSE_ALL') return;
  }
  const { maxDailyLossPercent, maxDailyProfitPercent, maxDrawdownPercent, maxPortfolioExposurePercent } =
    engine.accountSettings[account.index]!;
  // A new low of the day moves the deepest drawdown, a new high the peak.
  let low = Math.max(account.equity * BAND_DEPTH, account.peak * (1 - account.maxDrawdownPct / 100));
  let high = account.peak;
  if (maxDailyLossPercent > 0) low = Math.max(low, account.dayStartEquity * (1 - maxDailyLossPercent / 100));
  if (maxDrawdownPercent > 0) low = Math.max(low, account.peak * (1 - maxDrawdownPercent / 100));
  if (maxDailyProfitPercent > 0) high = Math.min(high, account.dayStartEquity * (1 + maxDailyProfitPercent / 100));
  account.quietLow = low + Math.abs(low) * BAND_MARGIN;
  account.quietHigh = high - Math.abs(high) * BAND_MARGIN;
  account.quietExposure =
    maxPortfolioExposurePercent > 0
      ? ((low * maxPortfolioExposurePercent) / 100) * (1 - BAND_MARGIN)
      : Number.POSITIVE_INFINITY;
}

/** Pace is sampled at most once a second, and a sample weighs a tenth. */
const PACE_SAMPLE_MS = 1000;
const PACE_WEIGHT = 0.1;

function samplePace(engine: Engine, account: Account): void {
  const seconds = (engine.now - account.paceAt) / 1000;
  const change = ((account.equity - account.paceEquity) / account.dayStartEquity) * 100;
  const pace = change / seconds;
  if (Number.isFinite(pace)) account.pacePctPerSec += PACE_WEIGHT * (pace - account.pacePctPerSec);
  account.paceAt = engine.now;
  account.paceEquity = account.equity;
}

function beginDayAt(account: Account): void {
  account.dayStartEquity = account.equity;
  account.dayStartMoney = account.equity - account.netTransfers;
  account.dayStartPending = false;
}

function raisePeak(engine: Engine, account: Account, confirmed: boolean): void {
  if (Number.isNaN(account.peak)) {
    account.peak = account.equity;
    return;
  }
  if (!(account.equity > account.peak)) {
    account.peakCandidateSince = Number.NaN;
    return;
  }
  if (confirmed) {
    account.peak = account.equity;
    account.peakCandidateSince = Number.NaN;
    return;
  }
  if (Number.isNaN(account.peakCandidateSince)) {
    account.peakCandidateSince = engine.now;
    account.peakCandidate = account.equity;
    return;
  }
  account.peakCandidate = Math.min(account.peakCandidate, account.equity);
  if (engine.now - account.peakCandidateSince >= engine.accountSettings[account.index]!.confirmMs) {
    account.peak = account.peakCandidate;
    account.peakCandidate = account.equity;
    account.peakCandidateSince = engine.now;
  }
}

function noteKnown(engine: Engine, account: Account, known: boolean): void {
  account.equityKnown = known;
  if (known) {
    account.unknownSince = Number.NaN;
    if (account.unknownAlerted) reportKnownAgain(engine, account);
    account.unknownAlerted = false;
    return;
  }
  account.unknownSince = engine.now;
  armTimer(engine.timers, timerKinds.equityUnknown, account.index, engine.now + EQUITY_UNKNOWN_ALERT_MS);
}

function reportKnownAgain(engine: Engine, account: Account): void {
  record(engine, 'DATA_STALE', {
    code: 'DATA_STALE',
    accountKey: account.key,
    message: `Equity of ${account.key} is known again: ${shown(account.walletBalance + unrealizedUsd(account))}.`,
    data: { accountKey: account.key, equityKnown: true },
  });
}

/** 30 s without known equity: tell a person, and from now on judge losses at last prices. */
export function onEquityUnknownTimer(engine: Engine, accountIndex: number, due: number): void {
  const account = engine.accounts[accountIndex]!;
  if (account.equityKnown || account.unknownSince + EQUITY_UNKNOWN_ALERT_MS !== due) return;
  account.unknownAlerted = true;
  const stale = staleSymbols(engine, account);
  const message = Number.isNaN(account.walletBalance)
    ? `Equity of ${account.key} has been unknown for 30 s: the venue gave no balance.`
    : `Equity of ${account.key} has been unknown for 30 s: no fresh price of ${stale.join(', ')}. Loss and drawdown are judged at last prices.`;
  const data = { accountKey: account.key, equityKnown: false, unknownMs: EQUITY_UNKNOWN_ALERT_MS, symbols: stale };
  record(engine, 'DATA_STALE', { code: 'DATA_STALE', severity: 'warn', accountKey: account.key, message, data });
  alert(engine, { code: 'EQUITY_UNKNOWN', severity: 'critical', accountKey: account.key, message, data });
}

/** Held symbols without a fresh price, in the order of their ids. */
export function staleSymbols(engine: Engine, account: Account): string[] {
  const ids = [...account.positions.keys()].filter((symbol) => engine.symbols.fresh[symbol] !== 1);
  return ids.sort((left, right) => left - right).map((symbol) => engine.symbols.names[symbol]!);
}
