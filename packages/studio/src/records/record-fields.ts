import {
  formatClock,
  formatDuration,
  formatGivenPrice,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPercent,
  formatQuantity,
  UNKNOWN,
} from '#words/format.ts';
import { sentenceCase } from '#words/sentence-case.ts';

/** Fields shown of one record; the raw JSON has the rest. */
export const FIELDS_LIMIT = 400;
/** Levels of objects in objects; deeper ones are written as JSON. */
const DEPTH_LIMIT = 4;
const MINUTE_MS = 60_000;

export interface RecordField {
  /** Where it stands in the record: `sizing.notionalUsd`. */
  path: string;
  label: string;
  /** As it is shown; for a group the number of its entries. */
  value: string;
  depth: number;
  kind: 'group' | 'number' | 'text' | 'code';
}

/** An object's fields in their order, with labels in words and values with their units. */
export function recordFields(data: Readonly<Record<string, unknown>>): RecordField[] {
  const fields: RecordField[] = [];
  collect(data, '', 0, fields);
  return fields;
}

function collect(value: Readonly<Record<string, unknown>>, base: string, depth: number, into: RecordField[]): void {
  for (const [key, child] of Object.entries(value)) {
    if (into.length >= FIELDS_LIMIT) return;
    const path = base === '' ? key : `${base}.${key}`;
    const label = /^\d+$/.test(key) ? `${Number(key) + 1}` : labelOf(key);
    if (!isObject(child)) {
      into.push({ path, label, depth, ...shown(key, child) });
      continue;
    }
    const entries = Object.keys(child).length;
    if (entries === 0 || isPlainList(child)) {
      const text = entries === 0 ? 'none' : (child as unknown[]).map(String).join(', ');
      into.push({ path, label, depth, value: text, kind: 'text' });
    } else if (depth + 1 >= DEPTH_LIMIT) {
      into.push({ path, label, depth, value: JSON.stringify(child), kind: 'code' });
    } else {
      into.push({ path, label, depth, value: Array.isArray(child) ? String(entries) : '', kind: 'group' });
      collect(child as Record<string, unknown>, path, depth + 1, into);
    }
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isPlainList = (value: object): boolean => Array.isArray(value) && value.every((item) => !isObject(item));

/** Endings that say the unit, with how such a value is written. The longer ones stand first. */
const units: readonly [ending: RegExp, write: (value: number) => string][] = [
  [/(PerSecond)$/, (value) => `${formatNumber(value)} a second`],
  [/Usd$/, (value) => `${formatMoney(value)} USD`],
  [/(Pct|Percent)$/, (value) => `${formatPercent(value, { digits: Math.abs(value) < 0.1 && value !== 0 ? 4 : 2 })} %`],
  [/(Ms)$/, span],
  [/(Seconds|Sec)$/, (value) => span(value * 1_000)],
  [/^leverage$|Leverage$/, (value) => `${formatNumber(value)}×`],
];
const moments = /^(ts|time|timestamp|since|until|evaluatedAt|moment)$|(At|Time|Ts|Since|Until)$/;
const prices = /^(price|stop|peak|stopLoss|takeProfit|bestBid|bestAsk|reference)$|Price$|^price/;
const quantities = /quantity/i;

function span(ms: number): string {
  return Math.abs(ms) < MINUTE_MS ? `${formatNumber(ms)} ms` : formatDuration(ms);
}

function shown(key: string, value: unknown): Pick<RecordField, 'value' | 'kind'> {
  if (value === null || value === undefined) return { value: UNKNOWN, kind: 'text' };
  if (typeof value === 'boolean') return { value: value ? 'yes' : 'no', kind: 'text' };
  if (typeof value !== 'number') {
    const text = String(value);
    return {
      value: text === '' ? UNKNOWN : text,
      kind: /^[A-Z][A-Z0-9_]+$/.test(text) || /Id$/.test(key) ? 'code' : 'text',
    };
  }
  for (const [ending, write] of units) if (ending.test(key)) return { value: write(value), kind: 'number' };
  // Below 2001 it is a span or a count, whatever its name says.
  if (moments.test(key) && value > 1e12) {
    return { value: `${formatMoment(value)}${formatClock(value, { ms: true }).slice(5)}`, kind: 'number' };
  }
  if (quantities.test(key)) return { value: formatQuantity(value), kind: 'number' };
  if (prices.test(key)) return { value: formatGivenPrice(value), kind: 'number' };
  return { value: Number.isInteger(value) ? formatQuantity(value) : formatNumber(value), kind: 'number' };
}

/** Words that keep their capitals. */
const initials: Readonly<Record<string, string>> = { pnl: 'PnL', id: 'id', ts: 'time', kpi: 'KPI' };

/** `realizedPnlUsd` is "Realized PnL": the unit stands with the value. */
function labelOf(key: string): string {
  if (/^[A-Z0-9_]+$/.test(key)) return key;
  const bare = key.replace(/(Usd|Pct|Percent|Ms|Sec|Seconds)$/, '') || key;
  const words = bare
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_-]+/);
  return sentenceCase(words.map((word) => initials[word] ?? word).join(' '));
}
