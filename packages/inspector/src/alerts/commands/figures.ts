const whole = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'negative', // no `-0.00`
});
const short = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2, signDisplay: 'negative' });
const exact = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 8 });

/** `1,234.50`; `unknown` for null. */
export const money = (value: number | null): string => (value === null ? 'unknown' : whole.format(value));

/** `+1,234.50`, `-0.10`. */
export const signedMoney = (value: number | null): string => signed(value, money);

/** `2.50 %`. */
export const percent = (value: number | null): string => (value === null ? 'unknown' : `${whole.format(value)} %`);

export const signedPercent = (value: number | null): string => signed(value, percent);

/** Prices and quantities: as many digits as they have, eight at most. */
export const figure = (value: number | null): string => (value === null ? 'none' : exact.format(value));

/** At most two decimals: for what is only compared. */
export const rounded = (value: number | null): string => (value === null ? 'unknown' : short.format(value));

const signed = (value: number | null, shown: (value: number | null) => string): string =>
  value !== null && value >= 0.005 ? `+${shown(value)}` : shown(value);
