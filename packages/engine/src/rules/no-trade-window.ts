/** Now lies in a window of `noTradeWindows`: `from` included, `to` excluded, in `timezone`. */
import { localTime, timeOfDayMs } from '#calendar/day.ts';
import type { Entry } from '#decisions/entry.ts';
import type { Engine } from '#state/engine.ts';
import { type EntryRule, PASS, plain, VIOLATED } from './entry-rule.ts';

/** A window that crosses midnight belongs to the day it began. */
function windowNow(entry: Entry, engine: Engine) {
  const { weekday, previousWeekday, timeMs } = localTime(engine.zone, engine.now);
  return entry.settings.noTradeWindows.find(({ days, from, to }) => {
    const begins = (day: string) => days === 'all' || (days as readonly string[]).includes(day);
    const first = timeOfDayMs(from);
    const end = timeOfDayMs(to);
    if (first < end) return begins(weekday) && timeMs >= first && timeMs < end;
    return (begins(weekday) && timeMs >= first) || (begins(previousWeekday) && timeMs < end);
  });
}

export const noTradeWindow: EntryRule = {
  code: 'NO_TRADE_WINDOW',
  judge(entry, engine) {
    return entry.settings.noTradeWindows.length > 0 && windowNow(entry, engine) !== undefined ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const window = windowNow(entry, engine)!;
    const label = window.label === undefined ? '' : ` (${window.label})`;
    return plain('global', `Entries are shut from ${window.from} to ${window.to}${label}.`);
  },
};
