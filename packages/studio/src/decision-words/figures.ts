import { formatGivenPrice, formatMoney, formatPrice, UNKNOWN } from '#words/format.ts';

type Value = number | null | undefined;

/** Digits after the point up to which two figures are told apart. */
const MOST_DIGITS = 8;

const isKnown = (value: Value): value is number => typeof value === 'number' && Number.isFinite(value);

const withoutZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
/** The two digits of money stay. */
const withCents = (text: string): string => text.replace(/(\.\d\d\d*?)0+$/, '$1');

/** With so many digits after the point, zeros at the end left out, but for money's. */
function written(value: Value, digits: number, unit: string): string {
  if (!isKnown(value)) return UNKNOWN;
  const text = formatMoney(value, { digits });
  return unit === 'USD' ? withCents(text) : withoutZeros(text);
}

/** What stands behind a figure, by the unit that the server names. */
function behind(unit: string): string {
  switch (unit) {
    case 'x':
      return '×';
    case '':
    case 'ratio':
    case 'count':
    case 'base':
    case 'quote':
      return '';
    case '1/s':
      return ' a second';
    default:
      return ` ${unit}`;
  }
}

/** A figure of a sentence, with its unit: `5.2 %`, `1,250.40 USD`, `3×`. */
export function figure(value: Value, unit: string): string {
  return isKnown(value) ? written(value, digitsFor(value, unit), unit) + behind(unit) : UNKNOWN;
}

/**
 * What was found and what is allowed, with as many digits as tell them apart: 1.0004 % against 1 % is never "1 % against
 * 1 %". Equal values stay equal.
 */
export function figuresApart(observed: Value, limit: Value, unit: string): { observed: string; limit: string } {
  if (!isKnown(observed) || !isKnown(limit)) return { observed: figure(observed, unit), limit: figure(limit, unit) };
  let digits = Math.max(digitsFor(observed, unit), digitsFor(limit, unit));
  while (observed !== limit && digits < MOST_DIGITS && written(observed, digits, unit) === written(limit, digits, unit))
    digits += 1;
  return {
    observed: written(observed, digits, unit) + behind(unit),
    limit: written(limit, digits, unit) + behind(unit),
  };
}

const digitsFor = (value: number, unit: string): number =>
  unit !== 'USD' && value !== 0 && Math.abs(value) < 1 ? 4 : 2;

/** A price by the step of its symbol, else as it was given; without zeros at its end. */
export const price = (value: Value, tickSize?: number): string =>
  tickSize === undefined ? formatGivenPrice(value) : withoutZeros(formatPrice(value, tickSize));

/** Rounded toward 0 to six digits, so that a quantity that is named as allowed is. */
export function quantityDown(value: number): string {
  if (!(value > 0)) return '0';
  const scale = 10 ** (5 - Math.floor(Math.log10(value)));
  const rounded = Math.floor(value * scale * (1 + 1e-12)) / scale;
  return written(rounded, Math.min(MOST_DIGITS, Math.max(0, 6 - Math.floor(Math.log10(value)))), 'base');
}

export const count = (value: Value, one: string, many: string): string =>
  `${figure(value, 'count')} ${value === 1 ? one : many}`;
