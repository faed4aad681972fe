/** Numbers as people read them; always the same, whatever the machine's locale. */
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const money = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const plain = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 9 });

/** `12,345` */
export const formatCount = (value: number): string => whole.format(value);

/** `1,234.50 USD` */
export const formatUsd = (value: number): string => `${money.format(value)} USD`;

/** `+1.20 USD` or `-0.85 USD`; zero bears no sign. */
export const formatResultUsd = (value: number): string => `${value > 0 ? '+' : ''}${money.format(value)} USD`;

/** A price or quantity without made-up digits: `63,700.5`, `0.003`. */
export const formatNumber = (value: number): string => plain.format(value);

/** `950 ms`, `4.2 s`, `12 min`, `3.5 h` */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${plain.format(Math.round(ms / 100) / 10)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return `${plain.format(Math.round(ms / 360_000) / 10)} h`;
}

/** `512 B`, `3.2 MB` */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
