import { ColorType, TickMarkType, type Time } from 'lightweight-charts';
import { formatClock, formatWhen } from '#words/format.ts';
import { colourOf, transparent } from './chart-colours.ts';

/** Colours, grid and clock of a chart by the theme that is shown. Times are of the reader's zone, as on the whole page. */
export const chartFrame = () => ({
  layout: {
    background: { type: ColorType.Solid, color: 'transparent' },
    textColor: colourOf('text-3'),
    fontFamily: getComputedStyle(document.body).fontFamily,
    fontSize: 11,
    panes: { separatorColor: colourOf('line'), separatorHoverColor: colourOf('line-strong') },
  },
  grid: {
    vertLines: { color: transparent(colourOf('line'), 0.6) },
    horzLines: { color: transparent(colourOf('line'), 0.6) },
  },
  crosshair: {
    vertLine: { color: colourOf('text-3'), labelBackgroundColor: colourOf('surface-3') },
    horzLine: { color: colourOf('text-3'), labelBackgroundColor: colourOf('surface-3') },
  },
  rightPriceScale: { borderColor: colourOf('line') },
  timeScale: {
    borderColor: colourOf('line'),
    timeVisible: true,
    secondsVisible: false,
    rightOffset: 4,
    tickMarkFormatter: (time: Time, kind: TickMarkType) => tickText(Number(time) * 1000, kind),
  },
  localization: { locale: 'en', timeFormatter: (time: Time) => formatWhen(Number(time) * 1000) },
});

function tickText(ts: number, kind: TickMarkType): string {
  const at = new Date(ts);
  switch (kind) {
    case TickMarkType.Year:
      return String(at.getFullYear());
    case TickMarkType.Month:
      return at.toLocaleString('en', { month: 'short' });
    case TickMarkType.DayOfMonth:
      return at.toLocaleString('en', { day: 'numeric', month: 'short' });
    case TickMarkType.TimeWithSeconds:
      return formatClock(ts);
    default:
      return formatClock(ts).slice(0, 5);
  }
}
