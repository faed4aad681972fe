/** How figures are written, everywhere on the page. A value that is not known is a dash, never 0. */
export const UNKNOWN = '–';

type Value = number | null | undefined;

const known = (value: Value): value is number => typeof value === 'number' && Number.isFinite(value);
/** A true minus is as wide as a digit and a plus. */
const withMinus = (text: string): string => text.replace('-', '−');

const fixed = new Map<string, Intl.NumberFormat>();
function written(value: number, least: number, most: number): string {
  const key = `${least}:${most}`;
  let format = fixed.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat('en', {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
      signDisplay: 'negative',
    });
    fixed.set(key, format);
  }
  return withMinus(format.format(value));
}

/** A plus before what is above 0 as written: 0.001 with two digits is 0.00, without a sign. */
const signed = (value: number, text: string): string => (value > 0 && /[1-9]/.test(text) ? `+${text}` : text);

export interface NumberStyle {
  /** With a plus for gains. */
  sign?: boolean;
  /** Digits after the point. */
  digits?: number;
}

/** `1,234.50`; without the unit, which stands beside it. */
export function formatMoney(value: Value, { sign = false, digits = 2 }: NumberStyle = {}): string {
  if (!known(value)) return UNKNOWN;
  const text = written(value, digits, digits);
  return sign ? signed(value, text) : text;
}

/** `1.2M`, `34.5K`: for what is only compared by size. */
export function formatShort(value: Value): string {
  if (!known(value)) return UNKNOWN;
  const size = Math.abs(value);
  if (size >= 1e9) return `${written(value / 1e9, 1, 1)}B`;
  if (size >= 1e6) return `${written(value / 1e6, 1, 1)}M`;
  if (size >= 1e4) return `${written(value / 1e3, 1, 1)}K`;
  return written(value, 0, size >= 100 ? 0 : 2);
}

/** `2.50`, without the sign of percent, which stands beside it. */
export function formatPercent(value: Value, { sign = false, digits = 2 }: NumberStyle = {}): string {
  return formatMoney(value, { sign, digits });
}

/** A price with as many digits as its size needs, or as the symbol's tick says. */
export function formatPrice(value: Value, tickSize?: number): string {
  if (!known(value)) return UNKNOWN;
  const digits = tickSize === undefined ? priceDigits(value) : digitsOfStep(tickSize);
  return written(value, digits, digits);
}

/** Figures in which a price is told; more of them are what computing leaves behind. */
const PRICE_FIGURES = 10;

/** A price as it was given, with the commas of thousands: no digit is left out, none is added. */
export const formatGivenPrice = (value: Value): string =>
  known(value) ? written(Number(value.toPrecision(PRICE_FIGURES)), 0, 8) : UNKNOWN;

/** A quantity without zeros at its end. */
export function formatQuantity(value: Value): string {
  return known(value) ? written(value, 0, 8) : UNKNOWN;
}

/** A figure of a limit: at most two digits after the point, four for small ones. */
export function formatNumber(value: Value): string {
  if (!known(value)) return UNKNOWN;
  return written(value, 0, Math.abs(value) < 1 ? 4 : 2);
}

export const formatCount = (value: Value): string => (known(value) ? written(value, 0, 0) : UNKNOWN);

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `850 ms`, `12 s`, `4 min 05 s`, `3 h 20 min`, `2 d 4 h`. */
export function formatDuration(ms: Value): string {
  if (!known(ms)) return UNKNOWN;
  const size = Math.abs(ms);
  if (size < SECOND) return `${Math.round(size)} ms`;
  if (size < MINUTE) return `${Math.floor(size / SECOND)} s`;
  if (size < HOUR) return `${Math.floor(size / MINUTE)} min ${twoDigits(Math.floor((size % MINUTE) / SECOND))} s`;
  if (size < DAY) return `${Math.floor(size / HOUR)} h ${twoDigits(Math.floor((size % HOUR) / MINUTE))} min`;
  return `${Math.floor(size / DAY)} d ${Math.floor((size % DAY) / HOUR)} h`;
}

/** The largest unit alone: `12 s`, `4 min`, `3 h`, `2 d`. */
export function formatRoughly(ms: Value): string {
  if (!known(ms)) return UNKNOWN;
  const size = Math.abs(ms);
  if (size < MINUTE) return `${Math.round(size / SECOND)} s`;
  if (size < HOUR) return `${Math.round(size / MINUTE)} min`;
  if (size < DAY) return `${Math.round(size / HOUR)} h`;
  return `${Math.round(size / DAY)} d`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `14:03:22` of the reader's own zone; with `ms` also thousandths. */
export function formatClock(ts: Value, { ms = false }: { ms?: boolean } = {}): string {
  if (!known(ts)) return UNKNOWN;
  const at = new Date(ts);
  const text = [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(':');
  return ms ? `${text}.${String(at.getMilliseconds()).padStart(3, '0')}` : text;
}

/** `28 Nov 14:03`, with the year when it is another one than this. */
export function formatMoment(ts: Value, now = Date.now()): string {
  if (!known(ts)) return UNKNOWN;
  const at = new Date(ts);
  const month = at.toLocaleString('en', { month: 'short' });
  const year = at.getFullYear() === new Date(now).getFullYear() ? '' : ` ${at.getFullYear()}`;
  return `${at.getDate()} ${month}${year} ${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
}

/** `UTC+1`, `UTC+5:30`: the reader's own zone as it is at that time. Every time on the page is of it. */
export function zoneName(ts: number): string {
  const minutes = -new Date(ts).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const part = size % 60 === 0 ? '' : `:${twoDigits(size % 60)}`;
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${part}`;
}

/** `28 Nov 2026 14:03:22.123, UTC+1`: all that is known of a time, to stand behind it. */
export function formatWholeTime(ts: Value): string {
  if (!known(ts)) return UNKNOWN;
  const at = new Date(ts);
  const month = at.toLocaleString('en', { month: 'short' });
  return `${at.getDate()} ${month} ${at.getFullYear()} ${formatClock(ts, { ms: true })}, ${zoneName(ts)}`;
}

/** The clock for what is of today, the moment for what is not. */
export function formatWhen(ts: Value, now = Date.now()): string {
  if (!known(ts)) return UNKNOWN;
  return new Date(ts).toDateString() === new Date(now).toDateString() ? formatClock(ts) : formatMoment(ts, now);
}

/** A figure with the unit that the server names: `%`, `USD`, `count`, `s`, `ms`, `ratio`, `x` … */
export function formatInUnit(value: Value, unit: string): string {
  if (!known(value)) return UNKNOWN;
  switch (unit) {
    case '%':
      return `${formatPercent(value)} %`;
    case 'USD':
      return `${formatMoney(value)} USD`;
    case 'count':
    case 'trades':
    case 'positions':
      return formatCount(value);
    case 's':
      return formatDuration(value * SECOND);
    case 'ms':
      return formatDuration(value);
    case 'ratio':
      return formatNumber(value);
    case 'x':
      return `${formatNumber(value)}×`;
    case '':
      return formatNumber(value);
    default:
      return `${formatNumber(value)} ${unit}`;
  }
}

/** A reading and its limit with their unit once: `0.06 of 5 %`, `320.11 of 999.40 USD`, `12 s of 20 s`. */
export function formatReading(observed: Value, limit: Value, unit: string): string {
  switch (unit) {
    case '%':
      return `${formatPercent(observed)} of ${formatNumber(limit)} %`;
    case 'USD':
      return `${formatMoney(observed)} of ${formatMoney(limit)} USD`;
    default:
      return `${formatInUnit(observed, unit)} of ${formatInUnit(limit, unit)}`;
  }
}

function priceDigits(value: number): number {
  const size = Math.abs(value);
  if (size >= 10_000) return 1;
  if (size >= 100) return 2;
  if (size >= 1) return 4;
  if (size >= 0.01) return 5;
  return 8;
}

function digitsOfStep(step: number): number {
  if (!(step > 0)) return 2;
  const text = step.toFixed(10).replace(/0+$/, '');
  return Math.max(0, text.length - text.indexOf('.') - 1);
}
