import { AuditRecordSchema } from '@inspector/contract';

/** The fields of a record in the order of the contract; `data` is JSON. */
const columns = Object.keys(AuditRecordSchema.properties);

/** Rows end so, the last too (RFC 4180). */
const END = '\r\n';

/** What makes a spreadsheet take a cell for a formula, in narrow and wide form, or hides what follows from a check for it. */
const FORMULA_BEGINS = /^[=+\-@\t\r\n\0＝＋－＠]/;

export const csvHeader = columns.join(',') + END;

export const csvRow = (record: Readonly<Record<string, unknown>>): string =>
  columns.map((name) => cell(record[name])).join(',') + END;

function cell(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const harmless = FORMULA_BEGINS.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
