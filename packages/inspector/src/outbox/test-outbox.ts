/** What the tests of the outbox have in common. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { AuditRecord } from '@inspector/contract';
import type { Journal } from '../journal/journal.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import { systemClock } from '../runner/clock.ts';
import { createOutbox, type Outbox, type OutboxConfig, type OutboxState } from './outbox.ts';
import { questdbAddress } from './questdb-address.ts';

/** Longest wait for something to come about; a machine that is busy elsewhere is slow, not wrong. */
const WITHIN_MS = 60_000;

/** Waits until `holds`; a rejection counts as not yet. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = WITHIN_MS,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      if (await holds()) return;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) assert.fail(`${what} did not come about${last ? `: ${String(last)}` : ''}`);
    await wait(25);
  }
}

/** Rows of a statement, over a connection of its own. */
export async function ask(url: string, sql: string): Promise<unknown[][]> {
  const { shown, authorization } = questdbAddress(url);
  const response = await fetch(`${shown}/exec?query=${encodeURIComponent(sql)}`, {
    headers: { connection: 'close', ...(authorization === undefined ? {} : { authorization }) },
    signal: AbortSignal.timeout(10_000),
  });
  const { dataset, error } = (await response.json()) as { dataset?: unknown[][]; error?: string };
  if (error !== undefined) throw new Error(error);
  return dataset ?? [];
}

let appKeys = 0;
/** One that no other test writes with. */
export const newAppKey = (): string => `app-${process.pid}-${++appKeys}`;

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'inspector-outbox-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

const START_TS = 1_700_000_000_000;

/** Records of the kinds that have rows of their own, and of one that has none. */
export function recordAt(seq: number, given: Partial<AuditRecord> = {}): AuditRecord {
  const common = {
    seq,
    ts: START_TS + seq * 3,
    severity: 'info' as const,
    accountKey: 'paper:futures',
    symbol: seq % 2 === 0 ? 'BTCUSDT' : 'ETHUSDT',
    traceId: `trace-${seq >> 2}`,
    message: `record ${seq}, “with” ünïcode`,
    epoch: 1,
  };
  switch (seq % 3) {
    case 0:
      return {
        ...common,
        kind: 'REQUEST_DECIDED',
        code: 'OK',
        data: { decision: 'ALLOW', request: { side: 'LONG' } },
        ...given,
      };
    case 1:
      return {
        ...common,
        kind: 'POSITION_UPDATED',
        code: 'RUNTIME',
        positionId: 'p1',
        data: { quantity: seq },
        ...given,
      };
    default:
      return { ...common, kind: 'GOVERNOR_CHANGED', code: 'ALLOW', data: { action: 'ALLOW', seq }, ...given };
  }
}

/** Stores `count` more records. */
export function store(journal: Journal, count: number, given?: (seq: number) => Partial<AuditRecord>): void {
  for (let left = count; left > 0; left -= 1_000) {
    const records = Array.from({ length: Math.min(left, 1_000) }, (_, index) => {
      const seq = journal.lastSeq + 1 + index;
      return recordAt(seq, given?.(seq));
    });
    journal.commit(
      { firstInput: journal.lastInput + 1, inputCount: 0, inputs: new Uint8Array(), now: Date.now(), records },
      'full',
    );
  }
}

export interface TestOutbox {
  outbox: Outbox;
  journal: Journal;
  appKey: string;
  directory: string;
  logged: string[];
  told: string[];
}

/** An outbox over a journal in memory, which ends with the test. */
export function testOutbox(config: Partial<OutboxConfig> & { url: string }): TestOutbox {
  const logged: string[] = [];
  const told: string[] = [];
  const log = (_fields: Record<string, unknown>, message: string) => void logged.push(message);
  const given = {
    appKey: newAppKey(),
    journal: createMemoryJournal(),
    directory: config.directory ?? temporaryDirectory(),
    clock: systemClock,
    log: { info: log, warn: log, error: log },
    tell: ({ code }: { code: string }) => void told.push(code),
    ...config,
  };
  const outbox = createOutbox(given);
  after(() => outbox.stop());
  const { journal, appKey, directory } = given;
  return { outbox, journal, appKey, directory, logged, told };
}

export const isState = (outbox: Outbox, wanted: Partial<OutboxState>) => () => {
  const state = outbox.state();
  return Object.entries(wanted).every(([key, value]) => state[key as keyof OutboxState] === value);
};

/** Every record of the journal is in QuestDB, once, with the rows that are made from it. */
export async function everythingOnce(url: string, appKey: string, journal: Journal, missing = 0): Promise<void> {
  const wanted = journal.lastSeq - missing;
  const numbers = (table: string, where = '') =>
    ask(url, `SELECT count(), count_distinct(seq) FROM ${table} WHERE app_key = '${appKey}'${where}`);
  await until(`${wanted} records in QuestDB`, async () => Number((await numbers('inspector_audit'))[0]?.[1]) >= wanted);
  assert.deepEqual(await numbers('inspector_audit'), [[wanted, wanted]]);
  const kinds = (
    [
      ['inspector_decisions', `kind = 'REQUEST_DECIDED'`],
      ['inspector_positions', `kind LIKE 'POSITION_%'`],
    ] as const
  ).map(async ([table, where]) => {
    const [[records]] = (await ask(
      url,
      `SELECT count() FROM inspector_audit WHERE app_key = '${appKey}' AND ${where}`,
    )) as [[number]];
    await until(`${records} rows in ${table}`, async () => Number((await numbers(table))[0]?.[1]) >= records);
    assert.deepEqual(await numbers(table), [[records, records]], table);
  });
  await Promise.all(kinds);
}
