import type { AuditRecord } from '@inspector/contract';

/** The fields of a record in the order of the contract, as the server's own CSV has them; `data` is JSON. */
const columns = [
  'seq',
  'ts',
  'kind',
  'code',
  'severity',
  'accountKey',
  'symbol',
  'positionId',
  'requestId',
  'orderId',
  'detectorSysname',
  'traceId',
  'causationId',
  'actor',
  'message',
  'data',
  'epoch',
] as const satisfies readonly (keyof AuditRecord)[];

/** A spreadsheet would take a cell that begins so for a formula. */
const FORMULA_BEGINS = /^[=+\-@\t\r\n\0＝＋－＠]/;

export const csvHeader = `${columns.join(',')}\r\n`;

export const csvRow = (record: AuditRecord): string => `${columns.map((name) => cell(record[name])).join(',')}\r\n`;

function cell(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const harmless = FORMULA_BEGINS.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
