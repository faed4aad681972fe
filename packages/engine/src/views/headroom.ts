/** Headroom: for every limit its use, the distance and, at the present pace, the time to trip. */
import type { GovernorAction, HeadroomEntry } from '@inspector/contract';
import { dailyPnlPct, drawdownPct } from '#account/equity.ts';
import { known } from '#audit/record.ts';
import { exposurePct } from '#limits/equity-limits.ts';
import { policyActionOf } from '#limits/trip.ts';
import { countPositions } from '#rules/position-count.ts';
import type { Settings } from '#settings/settings.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';

export function headroomOf(engine: Engine): HeadroomEntry[] {
  return engine.accounts.flatMap((account) => accountHeadroom(engine, account));
}

function accountHeadroom(engine: Engine, account: Account): HeadroomEntry[] {
  const settings = engine.accountSettings[account.index]!;
  const scope = `account:${account.key}`;
  const entries: HeadroomEntry[] = [];
  const add = (code: string, observed: number, limit: number, unit: string, paceKey?: PaceKey) => {
    if (!(limit > 0)) return;
    const distance = limit - observed;
    entries.push({
      code,
      scope,
      observed: known(observed),
      limit,
      unit,
      usedPct: known(Math.max(0, (observed / limit) * 100)),
      distance: known(distance),
      timeToTripSec: paceKey === undefined ? null : timeToTrip(account, paceKey, distance),
      action: actionOf(settings, code),
    });
  };
  const pnl = account.equityKnown ? dailyPnlPct(account) : Number.NaN;
  add('DAILY_LOSS', -pnl, settings.maxDailyLossPercent, '%', 'down');
  add('DAILY_PROFIT', pnl, settings.maxDailyProfitPercent, '%', 'up');
  add('DRAWDOWN', account.equityKnown ? drawdownPct(account) : Number.NaN, settings.maxDrawdownPercent, '%', 'down');
  add('CONSECUTIVE_LOSSES', account.consecutiveLosses, settings.maxConsecutiveLosses, 'count');
  add('LOSS_TRADES_PER_DAY', account.losses, settings.maxLossTradesPerDay, 'count');
  add('TRADES_PER_DAY', account.entriesApproved, settings.maxTradesPerDay, 'count');
  add('OPEN_POSITIONS', countPositions(engine, account), settings.maxOpenPositions, 'count');
  add(
    'PORTFOLIO_EXPOSURE',
    account.equityKnown ? exposurePct(account) : Number.NaN,
    settings.maxPortfolioExposurePercent,
    '%',
  );
  for (const serial of account.positions.values()) {
    const { slot, symbol } = engine.positions.get(serial)!;
    const notional = engine.table.quantity[slot]! * engine.table.price[slot]!;
    const limit = (account.equity * settings.maxPositionSizePercent) / 100;
    add('POSITION_SIZE_MAX', notional, limit, 'USD');
    const last = entries.at(-1);
    if (last?.code === 'POSITION_SIZE_MAX') last.scope = `symbol:${engine.symbols.keys[symbol]}`;
  }
  return entries;
}

function actionOf(settings: Settings, code: string): GovernorAction {
  return policyActionOf(settings, code) ?? 'BLOCK';
}

type PaceKey = 'up' | 'down';

/** Seconds until the distance is used up at the pace of the last minutes; null when it is not being used up. */
function timeToTrip(account: Account, direction: PaceKey, distance: number): number | null {
  const pace = account.pacePctPerSec * (direction === 'up' ? 1 : -1);
  if (!(pace > 0) || !Number.isFinite(distance)) return null;
  return Math.max(0, distance / pace);
}
