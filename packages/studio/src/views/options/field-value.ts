/** What somebody types into a field, what it stands for, and how a value is said. */
import type { FormField } from './form-field.ts';
import { windowWords } from './no-trade-window.ts';
import { isObject, type Json } from './option-tree.ts';

const thousands = new Intl.NumberFormat('en-US', { maximumFractionDigits: 12 });

/** Grouped by thousands, without an exponent. */
export const numberWords = (value: number): string => thousands.format(value).replace('-', '−');

/**
 * The value that a text stands for: a number where it is one, `off` as 0 where 0 switches off, else the text itself, which
 * `violationOf` then names. So an unfinished entry is kept as it was typed.
 */
export function parsedNumber(field: Pick<FormField, 'zeroIsOff'>, text: string): number | string {
  const trimmed = text.trim().replace(/^[−–]/, '-');
  if (field.zeroIsOff && trimmed.toLowerCase() === 'off') return 0;
  // 1,000 in one country is 1 in another: only a grouping that leaves no doubt is taken.
  const ungrouped = /^-?\d{1,3}([, ']\d{3})+(\.\d+)?$/.test(trimmed) ? trimmed.replaceAll(/[, ']/g, '') : trimmed;
  if (!/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(ungrouped)) return text;
  const value = Number(ungrouped);
  return Number.isFinite(value) ? value + 0 : text;
}

/** The text of a field while nobody types into it. */
export const numberText = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : String(value);

const policyWords: Readonly<Record<string, string>> = {
  'day-end': 'until the day ends',
  manual: 'until re-armed by hand',
  'while-it-lasts': 'while it lasts',
};

export const untilWords = (value: Json | undefined): string =>
  typeof value === 'number' ? `for ${numberWords(value)} s` : (policyWords[String(value)] ?? String(value));

const unitAfter = (unit: string | null): string =>
  unit === null || unit === 'port' || unit === 'ratio' ? '' : ` ${unit}`;

/** A value in words: `5 %`, `off`, `yes`, `BTC, ETH`, `none`. */
export function valueWords(field: FormField | undefined, value: Json | undefined): string {
  if (value === undefined) return 'not set';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (field?.kind === 'until') return untilWords(value);
  if (field?.zeroIsOff === true && value === 0) return 'off';
  if (typeof value === 'number') {
    return field?.unit === 'port' ? String(value) : `${numberWords(value)}${unitAfter(field?.unit ?? null)}`;
  }
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    if (items.length === 0) return 'none';
    return items
      .map((item) => (isObject(item) ? windowWords(item) : String(item)))
      .join(field?.kind === 'windows' ? '; ' : ', ');
  }
  if (isObject(value)) return Object.keys(value).length === 0 ? 'no fields' : JSON.stringify(value);
  return value === '' ? 'empty' : String(value);
}

/** The bounds of a number in words, empty where they say nothing that helps. */
export function boundWords(field: FormField): string {
  const { minimum, exclusiveMinimum, maximum } = field;
  if (field.kind !== 'number' && field.kind !== 'integer') return '';
  const low =
    exclusiveMinimum !== null
      ? `above ${numberWords(exclusiveMinimum)}`
      : minimum === null
        ? null
        : numberWords(minimum);
  if (low === null || maximum === null) return low ?? '';
  return exclusiveMinimum !== null ? `${low}, up to ${numberWords(maximum)}` : `${low} to ${numberWords(maximum)}`;
}
