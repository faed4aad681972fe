const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string, withDate: boolean, withSeconds: boolean): Intl.DateTimeFormat {
  const key = `${timezone} ${withDate} ${withSeconds}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: timezone,
      hour: '2-digit',
      minute: '2-digit',
      ...(withSeconds ? { second: '2-digit' } : {}),
      ...(withDate ? { day: 'numeric', month: 'short' } : {}),
      hourCycle: 'h23',
    });
    formats.set(key, format);
  }
  return format;
}

/** A moment in the trading day's own zone: `00:00 UTC`, with its date when it is more than a day from `from`. */
export function momentIn(ts: number, timezone: string, from: number): string {
  const isFar = Math.abs(ts - from) > DAY_MS;
  const isNear = Math.abs(ts - from) < 3_600_000;
  return `${formatOf(timezone, isFar, isNear && ts % 60_000 !== 0).format(ts)} ${timezone}`;
}
