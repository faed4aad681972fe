/** Stress mode (semantics 10): a wide spread of a symbol that is held or requested halves what entries may size. */
import { record, shown } from '#audit/record.ts';
import { governorChanged } from '#limits/governor.ts';
import { reaches } from '#number/compare.ts';
import { settingsFor } from '#settings/settings.ts';
import type { Engine } from '#state/engine.ts';
import { armTimer, timerKinds } from '#state/timers.ts';

const CALM_MS = 30_000;
const CALM_FRACTION = 0.8;

/** One reading of a spread. Stress begins here and never by a timer. */
export function observeStress(engine: Engine, symbol: number, spreadPct: number): void {
  const { symbols, now } = engine;
  if (symbols.watched[symbol] === 0) return;
  // Without overrides there is no key to be made, which would be garbage of every book.
  const { plain, base } = engine.settings;
  const settings = plain
    ? base
    : settingsFor(engine.settings, accountKeyOfSymbol(engine, symbol), symbols.names[symbol]!, null);
  const trigger = settings.stressSpreadTriggerPercent;
  if (!settings.enableStressPolicy || trigger === 0) {
    if (symbols.stressed[symbol] === 1) setStress(engine, symbol, false, spreadPct, trigger);
    return;
  }
  if (symbols.stressed[symbol] === 1) {
    if (spreadPct >= CALM_FRACTION * trigger) symbols.calmSince[symbol] = Number.NaN;
    else if (Number.isNaN(symbols.calmSince[symbol])) {
      symbols.calmSince[symbol] = now;
      armTimer(engine.timers, timerKinds.stressEnd, symbol, now + CALM_MS);
    }
    return;
  }
  if (!reaches(spreadPct, trigger)) {
    symbols.wideSince[symbol] = Number.NaN;
    return;
  }
  if (Number.isNaN(symbols.wideSince[symbol])) symbols.wideSince[symbol] = now;
  if (now - symbols.wideSince[symbol]! >= settings.confirmMs) setStress(engine, symbol, true, spreadPct, trigger);
}

function accountKeyOfSymbol(engine: Engine, symbol: number): string {
  return `${engine.symbols.connectorTypes[symbol]}:${engine.symbols.marketTypes[symbol]}`;
}

export function onStressEndTimer(engine: Engine, symbol: number, due: number): void {
  const { symbols } = engine;
  if (symbols.stressed[symbol] === 1 && symbols.calmSince[symbol]! + CALM_MS === due) {
    setStress(engine, symbol, false, Number.NaN, engine.settings.base.stressSpreadTriggerPercent);
  }
}

function setStress(engine: Engine, symbol: number, active: boolean, spreadPct: number, trigger: number): void {
  const { symbols } = engine;
  symbols.stressed[symbol] = active ? 1 : 0;
  symbols.wideSince[symbol] = Number.NaN;
  symbols.calmSince[symbol] = Number.NaN;
  const name = symbols.names[symbol]!;
  for (const account of engine.accounts) {
    const isConcerned = account.positions.has(symbol) || account.requestedSymbols.has(symbol);
    const isOfVenue =
      account.connectorType === symbols.connectorTypes[symbol] && account.marketType === symbols.marketTypes[symbol];
    if (active && isConcerned && isOfVenue) account.stressSymbols.add(symbol);
    else if (!account.stressSymbols.delete(symbol)) continue;
    const what = active ? `its spread of ${shown(spreadPct)} % reached ${trigger} %` : 'its spread calmed down';
    record(engine, 'STRESS_CHANGED', {
      code: 'STRESS_CHANGED',
      severity: 'warn',
      accountKey: account.key,
      symbol: name,
      message: `Stress ${active ? 'began' : 'ended'} for ${account.key} by ${name}: ${what}.`,
      data: {
        accountKey: account.key,
        symbol: name,
        active,
        stressModeActive: account.stressSymbols.size > 0,
        spreadPct: Number.isNaN(spreadPct) ? null : spreadPct,
        triggerPct: trigger,
      },
    });
  }
  governorChanged(engine);
}
