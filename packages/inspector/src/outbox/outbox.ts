import type { AuditRecord } from '@inspector/contract';
import type { AuditFilter, Journal } from '../journal/journal.ts';
import type { Clock } from '../runner/clock.ts';
import type { RunnerLog } from '../runner/runner-port.ts';
import { createCursor } from './cursor.ts';
import type { EquitySample } from './equity-sample.ts';
import { questdbAddress } from './questdb-address.ts';
import { createQuestdbClient } from './questdb-client.ts';
import { isQuestdbFailure, questdbFailure } from './questdb-failure.ts';
import { rejectedFile } from './rejected-file.ts';
import { createSampleQueue } from './sample-queue.ts';
import { searchCopy } from './search-copy.ts';
import { createSendLoop, type OutboxTrouble } from './send-loop.ts';

/** Of a search; while QuestDB is known to be down, its reader is not kept waiting. */
const SEARCH_DEADLINE_MS = 10_000;
const SEARCH_DEADLINE_WHILE_DOWN_MS = 1_000;
/** How long a write under way is waited for at a stop; what is not confirmed by then is sent again at the next start. */
const STOP_MS = 500;
/** So many records, or one for so long, that are not in QuestDB yet: the copy is behind. */
const BEHIND_RECORDS = 10_000;
const BEHIND_MS = 10_000;

export interface OutboxConfig {
  /** `http://host:9000`, with `user:password@` where it asks for it. */
  url: string;
  appKey: string;
  journal: Journal;
  /** Where records are set aside that QuestDB refuses: the data directory. */
  directory: string;
  clock: Clock;
  log: RunnerLog;
  /** Tells a person; must neither block nor throw. */
  tell?: (trouble: OutboxTrouble) => void;
}

export interface OutboxState {
  state: 'ok' | 'behind' | 'down';
  /** Why it is not `ok`, and what to do where a person has to; nothing secret. */
  reason?: string;
  /** All records up to it are in QuestDB. */
  cursor: number;
  /** Records that are not in QuestDB yet. */
  lag: number;
  /** Records that QuestDB confirmed since the start, those that were sent again included. */
  sent: number;
  rejected: number;
  /** Records that retention deleted before they were sent. */
  deleted: number;
  samplesDropped: number;
  lastWriteAt?: number;
  lastErrorAt?: number;
}

/** The analytical copy of the audit trail, for reading. */
export interface AnalyticalCopy {
  /** As `Journal.queryAudit`, from QuestDB. Rejects with a QuestdbFailure, whose code is QUESTDB_UNAVAILABLE. */
  query(filter: AuditFilter): Promise<AuditRecord[]>;
  state(): OutboxState;
}

/**
 * Copies the audit trail to QuestDB, out of the journal and beside everything else: whatever QuestDB does, decisions are not
 * touched. Each record arrives; one that is sent twice replaces itself.
 */
export interface Outbox extends AnalyticalCopy {
  /** Begins to send. Only the instance that acts does. */
  start(): void;
  /** Ends within a second; call it before the journal closes. It may be started again. */
  stop(): Promise<void>;
  /** Says that records were stored. Cheap enough for every commit. */
  poke(): void;
  /** Puts samples in line; never waits. */
  sample(samples: readonly EquitySample[]): void;
}

/** Throws on an address that is none. */
export function createOutbox(config: OutboxConfig): Outbox {
  const { appKey, journal, clock, log, tell = () => {} } = config;
  const address = questdbAddress(config.url);
  const writer = createQuestdbClient(address);
  const reader = createQuestdbClient(address);
  const samples = createSampleQueue(appKey);
  const cursor = createCursor(journal, clock, log);
  const loop = createSendLoop({
    client: writer,
    cursor,
    samples,
    rejectedFile: rejectedFile(config.directory, log),
    journal,
    appKey,
    clock,
    log,
    tell,
  });
  let running: { stop: AbortController; abort: AbortController; ended: Promise<void> } | undefined;
  let seenCursor = cursor.seq;
  let seenAt = clock.elapsedMs();

  const isDown = () => running !== undefined && loop.downReason !== undefined;

  function condition(lag: number): Pick<OutboxState, 'state' | 'reason'> {
    if (running === undefined) return { state: 'ok', reason: 'this instance does not send' };
    if (loop.downReason !== undefined) return { state: 'down', reason: loop.downReason };
    if (loop.warning !== undefined) return { state: 'behind', reason: loop.warning };
    if (cursor.seq !== seenCursor || lag === 0) {
      seenCursor = cursor.seq;
      seenAt = clock.elapsedMs();
    }
    const isBehind = lag > BEHIND_RECORDS || (lag > 0 && clock.elapsedMs() - seenAt > BEHIND_MS);
    return isBehind ? { state: 'behind', reason: `${lag} records are not in QuestDB yet` } : { state: 'ok' };
  }

  return {
    start() {
      if (running !== undefined) return;
      cursor.reload();
      const [stop, abort] = [new AbortController(), new AbortController()];
      running = { stop, abort, ended: loop.run({ stop: stop.signal, abort: abort.signal }) };
    },
    async stop() {
      if (running === undefined) return;
      const { stop, abort, ended } = running;
      stop.abort();
      const cancel = clock.after(STOP_MS, () => abort.abort());
      await ended;
      cancel();
      running = undefined;
      cursor.save();
      writer.dropConnections();
      reader.dropConnections();
    },
    poke: loop.poke,
    sample: samples.add,
    async query(filter) {
      const deadlineMs = isDown() ? SEARCH_DEADLINE_WHILE_DOWN_MS : SEARCH_DEADLINE_MS;
      try {
        return await searchCopy((sql) => reader.rows(sql, { deadlineMs }), appKey, filter);
      } catch (error) {
        if (isQuestdbFailure(error, 'refused')) {
          throw questdbFailure('unusable', `QuestDB has no copy to search: ${error.message}`);
        }
        throw error;
      }
    },
    state() {
      const lag = Math.max(0, journal.lastSeq - cursor.seq);
      const { lastWriteAt, lastErrorAt, ...counts } = loop.counts;
      return {
        ...condition(lag),
        cursor: cursor.seq,
        lag,
        ...counts,
        samplesDropped: samples.dropped,
        ...(lastWriteAt === undefined ? {} : { lastWriteAt }),
        ...(lastErrorAt === undefined ? {} : { lastErrorAt }),
      };
    },
  };
}
