/** New options: in force from this input on, for what is open too, where they are tighter (semantics 5.5). */

import { readEquity } from '#account/equity.ts';
import { record } from '#audit/record.ts';
import { timeOfDayMs } from '#calendar/day.ts';
import type { OptionsInput } from '#input.ts';
import { judgeAllCounts } from '#limits/count-limits.ts';
import { endTrip } from '#limits/trip.ts';
import { refreshLevels } from '#protection/levels.ts';
import { syncProtection } from '#protection/protect.ts';
import { createSettingsCache, settingsFor } from '#settings/settings.ts';
import type { Engine } from '#state/engine.ts';
import { done, refused, reply } from './commands.ts';
import { differenceOf } from './options-difference.ts';

export function onOptions(engine: Engine, input: OptionsInput): void {
  if (input.ifVersion !== undefined && input.ifVersion !== engine.optionsVersion) {
    reply(
      engine,
      input,
      refused('OPTIONS_CONFLICT', `The version in force is ${engine.optionsVersion}, not ${input.ifVersion}.`),
    );
    return;
  }
  const difference = differenceOf(engine.options, input.options);
  engine.options = input.options;
  engine.zone = input.zone;
  engine.optionsVersion++;
  applyOptions(engine);
  record(engine, 'OPTIONS_CHANGED', {
    code: 'OK',
    severity: 'warn',
    actor: input.actor,
    message: `Options version ${engine.optionsVersion} by ${input.actor}: ${difference.length === 1 ? '1 field' : `${difference.length} fields`} changed.`,
    data: {
      version: engine.optionsVersion,
      difference,
      ...(input.reason === undefined ? {} : { reason: input.reason }),
    },
  });
  for (const position of engine.positions.values()) {
    if (position.status === 'closed') continue;
    refreshLevels(engine, position);
    syncProtection(engine, position);
  }
  for (const account of engine.accounts) {
    endTripsOfLimitsSwitchedOff(engine, account.index);
    readEquity(engine, account, true);
    judgeAllCounts(engine, account);
  }
  reply(engine, input, done({ options: engine.options, version: engine.optionsVersion }));
}

/** What is derived from the options; also after a restore. */
export function applyOptions(engine: Engine): void {
  engine.settings = createSettingsCache(engine.options);
  engine.dayStartMs = timeOfDayMs(engine.options.general.dayStart);
  engine.dayEndsAt = Number.NEGATIVE_INFINITY;
  engine.accountSettings = engine.accounts.map((account) => settingsFor(engine.settings, account.key, null, null));
  const { symbols } = engine;
  for (let symbol = 0; symbol < symbols.count; symbol++) {
    const accountKey = `${symbols.connectorTypes[symbol]}:${symbols.marketTypes[symbol]}`;
    symbols.staleMs[symbol] = settingsFor(engine.settings, accountKey, symbols.names[symbol]!, null).priceStaleMs;
  }
}

/** A limit that is switched off no longer holds anything back; its lock, if it set one, stays until it ends. */
function endTripsOfLimitsSwitchedOff(engine: Engine, index: number): void {
  const account = engine.accounts[index]!;
  const settings = engine.accountSettings[index]!;
  const limits: Record<string, number> = {
    DAILY_LOSS: settings.maxDailyLossPercent,
    DAILY_PROFIT: settings.maxDailyProfitPercent,
    DRAWDOWN: settings.maxDrawdownPercent,
    PORTFOLIO_EXPOSURE: settings.maxPortfolioExposurePercent,
  };
  for (const watch of account.watches) {
    if (limits[watch.code] !== 0) continue;
    watch.runSince = Number.NaN;
    if (watch.tripped) endTrip(engine, account, watch);
  }
}
