/**
 * The whole state as JSON, and back. What is derived is left out and built again.
 * The fingerprint of that JSON is the state hash: equal for live, replayed and restored engines.
 */
import { applyOptions } from '#commands/options.ts';
import { hashText } from '#number/hash.ts';
import { placeOf } from '#orders/live-orders.ts';
import { Account } from './accounts.ts';
import { growConditions } from './conditions.ts';
import { createEngine, type Engine } from './engine.ts';
import { indexAccount, indexSymbol } from './keys.ts';
import { growPositions } from './positions.ts';
import { growSymbols } from './symbols.ts';

const derived = new Set([
  'settings',
  'accountSettings',
  'positionBySlot',
  'liveOrders',
  'out',
  'accountsByKey',
  'accountsById',
  'symbolsByName',
  'cause',
  'dayEnd',
]);

export type Snapshot = { format: 1; state: unknown };

export function snapshotEngine(engine: Engine): Snapshot {
  const state: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(engine)) if (!derived.has(name)) state[name] = encode(value);
  return { format: 1, state };
}

/** Fingerprint of the state, 22 characters. */
export function stateHash(engine: Engine): string {
  return hashText(JSON.stringify(snapshotEngine(engine)));
}

/** Throws when the value is no snapshot of this format. */
export function restoreEngine(snapshot: unknown): Engine {
  const { format, state } = snapshot as Snapshot;
  if (format !== 1) throw new Error(`snapshot format ${String(format)} is not known`);
  const fields = state as Record<string, unknown>;
  const engine = createEngine({ options: decode(fields.options) as Engine['options'] });
  for (const [name, value] of Object.entries(fields)) restoreField(engine, name, decode(value));
  engine.accounts = engine.accounts.map((fields) => Object.assign(new Account({ ...fields, now: 0 }), fields));
  growToPowers(engine);
  rebuild(engine);
  return engine;
}

/** Tables of the tick path: an object decoded from JSON is a slow dictionary, so they are filled field by field. */
const tables = new Set(['symbols', 'conditions', 'table', 'clocks', 'timers']);

function restoreField(engine: Engine, name: string, value: unknown): void {
  const target = engine as unknown as Record<string, object>;
  if (tables.has(name)) Object.assign(target[name]!, value);
  else target[name] = value as object;
}

/** Arrays grow by doubling, so they must be as long as they would have become. */
function growToPowers(engine: Engine): void {
  growSymbols(engine.symbols, Math.max(16, engine.symbols.head.length));
  if (engine.symbols.count > 0) growConditions(engine.conditions, engine.symbols.head.length); // the first symbol makes the room
  growPositions(engine.table, Math.max(16, engine.table.next.length));
}

function rebuild(engine: Engine): void {
  applyOptions(engine);
  for (const account of engine.accounts) {
    engine.accountsByKey.set(account.key, account);
    indexAccount(engine, account);
  }
  for (const [id, name] of engine.symbols.names.entries()) indexSymbol(engine, name, id);
  for (const position of engine.positions.values()) engine.positionBySlot[position.slot] = position;
  const live = [...engine.orders.values()].filter((order) => order.phase !== 'done');
  for (const order of live.sort((left, right) => left.serial - right.serial)) {
    const place = placeOf(order.account, order.symbol);
    const ids = engine.liveOrders.get(place);
    if (ids === undefined) engine.liveOrders.set(place, [order.clientOrderId]);
    else ids.push(order.clientOrderId);
  }
}

const typed = { f64: Float64Array, f32: Float32Array, i32: Int32Array, u8: Uint8Array } as const;

/** JSON has no NaN, infinities, maps, sets or typed arrays: each is written as `{$: kind, v: content}`. */
function encode(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $: 'n', v: String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof Map) return { $: 'map', v: [...value].map(([key, item]) => [encode(key), encode(item)]) };
  if (value instanceof Set) return { $: 'set', v: [...value].map(encode) };
  for (const [name, type] of Object.entries(typed)) {
    if (value instanceof type) return { $: name, v: packed(value) };
  }
  const entries = Object.entries(value).map(([name, item]) => [name, encode(item)] as const);
  // A request is kept as it was received, and may have a field of that very name.
  return Object.hasOwn(value, '$') ? { $: 'object', v: entries } : Object.fromEntries(entries);
}

/** Numbers in order; `[n, x]` stands for x n times. Tables are mostly room that nothing has used yet. */
type Packed = (number | string | [number, number | string])[];

const SHORTEST_RUN = 4;

function packed(values: Float64Array | Float32Array | Int32Array | Uint8Array): Packed {
  const packed: Packed = [];
  for (let at = 0; at < values.length; ) {
    const value = values[at]! + 0; // JSON has no minus zero: it counts as zero here too
    const item = Number.isFinite(value) ? value : String(value);
    let end = at + 1;
    while (end < values.length && Object.is(values[end]! + 0, value)) end++;
    if (end - at >= SHORTEST_RUN) packed.push([end - at, item]);
    else for (let index = at; index < end; index++) packed.push(item);
    at = end;
  }
  return packed;
}

function unpacked(packed: Packed): number[] {
  const values: number[] = [];
  for (const item of packed) {
    const [count, value] = Array.isArray(item) ? item : [1, item];
    for (let index = 0; index < count; index++) values.push(Number(value));
  }
  return values;
}

function decode(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decode);
  const tagged = value as { $?: string; v?: unknown };
  switch (tagged.$) {
    case undefined:
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, decode(item)]));
    case 'object':
      return Object.fromEntries((tagged.v as [string, unknown][]).map(([name, item]) => [name, decode(item)]));
    case 'n':
      return Number(tagged.v);
    case 'map':
      return new Map((tagged.v as [unknown, unknown][]).map(([key, item]) => [decode(key), decode(item)]));
    case 'set':
      return new Set((tagged.v as unknown[]).map(decode));
    default: {
      const type = typed[tagged.$ as keyof typeof typed];
      return type.from(unpacked(tagged.v as Packed));
    }
  }
}
