/**
 * Rows as QuestDB's HTTP takes them, a line each: `table field=value,field=value micros`. All text goes as quoted strings,
 * which QuestDB converts for SYMBOL columns, so there is one rule of escaping; what is left out is null.
 */

/** The year 10000: QuestDB answers 500 to that and to anything later. */
const END_MICROS = 253_402_300_800_000_000;

/** Inside quotes only these have a meaning. */
const special = /["\\\n\r]/g;
const hasSpecial = /["\\\n\r]/;

/** True when `storable` leaves it as it is. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/**
 * `text` as it can be read back: QuestDB stores UTF-8, which has no lone surrogates, and puts a NUL into its answers as it
 * is, which makes them no JSON. Both become U+FFFD.
 */
export const storable = (text: string): string =>
  isStorable(text) ? text : text.toWellFormed().replaceAll('\0', '\uFFFD');

export function textField(name: string, value: unknown): string {
  if (typeof value !== 'string') return '';
  const text = storable(value);
  return `,${name}="${hasSpecial.test(text) ? text.replace(special, '\\$&') : text}"`;
}

/**
 * For JSON text, most of which is quotes: it has neither line breaks nor NULs nor lone surrogates of its own, and for what is
 * left the rule of JSON is the one of line protocol, and much faster.
 */
export const jsonField = (name: string, value: unknown): string => `,${name}=${JSON.stringify(JSON.stringify(value))}`;

/** For DOUBLE columns. */
export const numberField = (name: string, value: unknown): string =>
  typeof value === 'number' && Number.isFinite(value) ? `,${name}=${value}` : '';

/** For LONG columns. */
export const wholeField = (name: string, value: unknown): string =>
  Number.isSafeInteger(value) ? `,${name}=${value}i` : '';

export const flagField = (name: string, value: boolean): string => `,${name}=${value ? 't' : 'f'}`;

/** Microseconds of a time in ms; undefined when QuestDB has no such time. */
export function microsOf(timeMs: number): number | undefined {
  const micros = Math.round(timeMs * 1000);
  return micros >= 0 && micros < END_MICROS ? micros : undefined;
}

/** One line with its line break. `fields` as made above, one after the other. */
export const row = (table: string, fields: string, micros: number): string => `${table} ${fields.slice(1)} ${micros}\n`;
