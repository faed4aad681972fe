import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../runner/clock.ts';
import type { RunnerLog } from '../runner/runner-port.ts';
import { copiedAhead, newestCopied } from './copied-records.ts';
import type { Cursor } from './cursor.ts';
import { isolate, REFUSED_IN_A_ROW } from './isolate.ts';
import { type Batch, nextBatch, type Refusal } from './next-batch.ts';
import { prepareTables, type RunSql } from './prepare-tables.ts';
import type { QuestdbClient } from './questdb-client.ts';
import { isQuestdbFailure, questdbFailure } from './questdb-failure.ts';
import { rareTelling } from './rare-telling.ts';
import type { RejectedFile } from './rejected-file.ts';
import type { SampleBatch, SampleQueue } from './sample-queue.ts';
import { tableStates } from './table-states.ts';

/** Of a write; a batch takes some 50 ms, so one that takes longer has been lost on the way. */
const WRITE_DEADLINE_MS = 10_000;
/** Of a statement of the loop itself; counting a hundred million records takes some seconds. */
const SQL_DEADLINE_MS = 15_000;
/** Between two tries: doubled from the first to the last, then for ever. */
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 5_000;
/** Failures in a row from which QuestDB counts as down; one alone is a connection that idled too long. */
const DOWN_AFTER = 2;
/** Tables and what QuestDB shows are looked at this often, so that one emptied or dropped is seen without a restart. */
const CHECK_EVERY_MS = 10_000;
/** With nothing to send it is looked this often, should nobody say that there is. */
const POLL_MS = 1_000;
/** After a commit it is waited so long for more to send along, unless so many wait already: a request costs what 100 rows do. */
const GATHER_MS = 100;
const GATHER_RECORDS = 500;
/** Answers 500 to the same bytes, over some 20 s, after which one of the records is held to be the cause. */
const SERVER_ERRORS = 8;
/** Below so many records it costs less to send them again than to ask which are there. */
const ASK_AHEAD_RECORDS = 4_000;

/** Refused records that are known not to be missed; of more than that some are sent, refused and told again. */
const REFUSED_KEPT = 10_000;

export interface SendLoopConfig {
  client: QuestdbClient;
  cursor: Cursor;
  samples: SampleQueue;
  rejectedFile: RejectedFile;
  journal: Journal;
  appKey: string;
  clock: Clock;
  log: RunnerLog;
  tell: (trouble: OutboxTrouble) => void;
}

/** What a person should hear of. */
export interface OutboxTrouble {
  code: 'QUESTDB_RECORDS_REJECTED' | 'QUESTDB_RECORDS_DELETED' | 'QUESTDB_FOREIGN_RECORDS';
  message: string;
}

export interface SendCounts {
  /** Records that QuestDB confirmed, those that were sent again included. */
  sent: number;
  rejected: number;
  /** Records that retention deleted before they were sent. */
  deleted: number;
  lastWriteAt: number | undefined;
  lastErrorAt: number | undefined;
}

export interface SendLoop {
  readonly counts: Readonly<SendCounts>;
  /** Why QuestDB is down, while it is. */
  readonly downReason: string | undefined;
  /** What is wrong with it although it takes records. */
  readonly warning: string | undefined;
  /** There may be something to send. */
  poke(): void;
  /** Runs until `stop`; never rejects. A call under way is waited for, unless `abort` cuts it off. */
  run(signals: { stop: AbortSignal; abort: AbortSignal }): Promise<void>;
}

export function createSendLoop(config: SendLoopConfig): SendLoop {
  const { client, cursor, samples, journal, appKey, clock, log } = config;
  const tell = rareTelling(config.tell, clock);
  const counts: SendCounts = { sent: 0, rejected: 0, deleted: 0, lastWriteAt: undefined, lastErrorAt: undefined };
  const refusedSeqs = new Set<number>();
  let stop = AbortSignal.abort();
  let abort = stop;
  let downReason: string | undefined = 'QuestDB has not been reached yet';
  let warning: string | undefined;
  let failures = 0;
  let isConnected = false;
  let checkedAt = Number.NEGATIVE_INFINITY;
  /** A check has just been made: the connection that the next write takes is that of the same server. */
  let isJustChecked = false;
  let hasAskedAhead = false;
  /** The cursor is set back once; then all must have been seen before it is again, or one would never get on. */
  let maySetBack = true;
  let batch: Batch | undefined;
  let sampleBatch: SampleBatch | undefined;
  let refusedInARow = 0;
  let wakeIdle: (() => void) | undefined;
  let cancelGather: (() => void) | undefined;

  const run: RunSql = (sql) => client.rows(sql, { deadlineMs: SQL_DEADLINE_MS, signal: abort });

  async function write(body: Buffer): Promise<void> {
    const onlyKnownConnection = !isJustChecked;
    await client.write(body, { deadlineMs: WRITE_DEADLINE_MS, signal: abort, onlyKnownConnection });
    isJustChecked = false;
    counts.lastWriteAt = clock.now();
  }

  /** Waits, for `wake` or the end at the latest. */
  function pause(delayMs: number, offerWake?: (wake: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      if (stop.aborted) return resolve();
      const done = () => {
        cancel();
        stop.removeEventListener('abort', done);
        resolve();
      };
      const cancel = clock.after(delayMs, done);
      stop.addEventListener('abort', done, { once: true });
      offerWake?.(done);
    });
  }

  /** Tables as they must be, and a cursor that says what is in them. */
  async function check(): Promise<void> {
    const { identity, made } = await prepareTables(run);
    // A connection that outlives its table loses what is next written over it.
    if (made !== 'none' || identity !== cursor.tables) client.dropConnections();
    if (cursor.tables !== undefined && (made === 'records' || identity !== cursor.tables)) {
      startAgain('its tables were made anew');
    }
    if (identity !== cursor.tables) cursor.set(cursor.seq, identity);
    const states = await tableStates(run);
    if (warning === undefined && states.suspended !== undefined) log.warn({}, states.suspended);
    warning = states.suspended;
    if (states.suspended === undefined) await lookForLoss(states.isApplied);
    if (batch === undefined) await askAhead();
    isConnected = true;
    isJustChecked = true;
    checkedAt = clock.elapsedMs();
  }

  function startAgain(why: string): void {
    batch = undefined;
    const to = journal.firstSeq - 1;
    if (cursor.seq > to) log.warn({ records: cursor.seq - to }, `QuestDB is filled from the beginning: ${why}`);
    cursor.set(Math.min(cursor.seq, to), cursor.tables ?? '');
  }

  /** What QuestDB had confirmed and no longer shows, emptied or restored from a copy, is sent again. */
  async function lookForLoss(isAllVisible: boolean): Promise<void> {
    let expected = cursor.seq;
    while (refusedSeqs.has(expected)) expected -= 1;
    if (expected < journal.firstSeq) return;
    const newest = await newestCopied({ run, appKey, journal }, expected);
    maySetBack ||= newest >= expected;
    // Not all is visible yet; but where there is nothing at all, the server is another one, and more must not be built on it.
    if (newest >= expected || (newest > 0 && !isAllVisible) || !maySetBack) return;
    maySetBack = false;
    batch = undefined;
    const to = Math.max(newest, journal.firstSeq - 1);
    log.warn({ records: expected - to }, 'QuestDB has lost records that it had confirmed; they are sent again');
    cursor.set(to, cursor.tables ?? '');
  }

  /** After a start: what another instance has sent already is not sent again. */
  async function askAhead(): Promise<void> {
    const range = { after: Math.max(cursor.seq, journal.firstSeq - 1), to: journal.lastSeq };
    if (hasAskedAhead || range.to - range.after < ASK_AHEAD_RECORDS) return;
    const { to, isForeign } = await copiedAhead({ run, appKey, journal }, range);
    hasAskedAhead = true;
    if (isForeign) {
      const message = `QuestDB holds other records of the Inspector ${appKey} than this data directory: give this one an INSPECTOR_APP_KEY of its own, or drop the tables inspector_*`;
      log.warn({}, message);
      tell({ code: 'QUESTDB_FOREIGN_RECORDS', message });
    }
    if (to <= range.after) return;
    log.info({ records: to - range.after }, 'QuestDB has these records already');
    cursor.set(to, cursor.tables ?? '');
  }

  /** Sends what there is, a batch at most; then how long to wait for more. */
  async function step(): Promise<number> {
    if (!isConnected || clock.elapsedMs() - checkedAt >= CHECK_EVERY_MS) await check();
    batch ??= await nextBatch({ journal, appKey, clock }, cursor.seq);
    if (batch !== undefined) await deliver(batch);
    sampleBatch ??= samples.take();
    if (sampleBatch !== undefined) await deliverSamples(sampleBatch);
    const waiting = journal.lastSeq - cursor.seq;
    if (waiting >= GATHER_RECORDS || !samples.isEmpty) return 0;
    return waiting > 0 ? GATHER_MS : POLL_MS;
  }

  async function deliver(sent: Batch): Promise<void> {
    let refused: readonly Refusal[] = [];
    try {
      if (sent.pieces.length > 0) await write(sent.body);
      refusedInARow = 0;
    } catch (error) {
      const isTriedEnough = isQuestdbFailure(error, 'server-error') && ++sent.serverErrors >= SERVER_ERRORS;
      if (!isTriedEnough && !isQuestdbFailure(error, 'refused')) throw error;
      await check(); // a table that is gone is made, and is no record's fault
      if (batch !== sent) return;
      refused = await refusedOf(sent);
    }
    batch = undefined;
    counts.sent += sent.pieces.length - refused.length;
    const aside = [...refused, ...sent.unfit];
    if (aside.length > 0) await setAside(aside);
    if (sent.deleted > 0) tellDeleted(sent.deleted);
    cursor.move(sent.lastSeq);
  }

  async function refusedOf(sent: Batch): Promise<readonly Refusal[]> {
    isJustChecked = true;
    const { refused, accepted, hasServerErrors } = await isolate(sent.pieces, { write: writeAnywhere, pause });
    refusedInARow = accepted > 0 ? 0 : refusedInARow + refused.length;
    const [first] = refused;
    if (first === undefined) return refused;
    if (accepted === 0 && (hasServerErrors || refusedInARow >= REFUSED_IN_A_ROW)) {
      batch = undefined; // put together anew, with what has come since
      throw questdbFailure('unusable', `QuestDB refuses every record: ${first.reason}`);
    }
    return refused;
  }

  /** Parts of a batch go out right after a check. */
  async function writeAnywhere(body: Buffer): Promise<void> {
    isJustChecked = true;
    await write(body);
  }

  async function setAside(refused: readonly Refusal[]): Promise<void> {
    counts.rejected += refused.length;
    for (const { seq } of refused) {
      if (refusedSeqs.size < REFUSED_KEPT) refusedSeqs.add(seq);
    }
    await config.rejectedFile.add(refused, clock.now());
    const [first] = refused;
    const message = `QuestDB refuses ${refused.length} record(s), the first is ${first?.seq}: ${first?.reason}; they are set aside in questdb-rejected.ndjson`;
    log.error({ records: refused.length, seq: first?.seq }, message);
    tell({ code: 'QUESTDB_RECORDS_REJECTED', message });
  }

  function tellDeleted(records: number): void {
    counts.deleted += records;
    const message = `retention deleted ${records} record(s) before they were in QuestDB: raise INSPECTOR_RETENTION_DAYS or INSPECTOR_RETENTION_MAX_MB, or see that QuestDB is up`;
    log.error({ records }, message);
    tell({ code: 'QUESTDB_RECORDS_DELETED', message });
  }

  async function deliverSamples(sent: SampleBatch): Promise<void> {
    try {
      await write(sent.body);
    } catch (error) {
      if (!isQuestdbFailure(error, 'refused')) throw error;
      samples.dropped += (await isolate(sent.pieces, { write: writeAnywhere, pause })).refused.length;
    }
    sampleBatch = undefined;
  }

  function failed(error: unknown): void {
    isConnected = false;
    isJustChecked = false;
    failures += 1;
    counts.lastErrorAt = clock.now();
    if (failures < DOWN_AFTER && !isQuestdbFailure(error, 'unauthorized', 'unusable', 'not-questdb')) return;
    const message = error instanceof Error ? error.message : String(error);
    if (message !== downReason) {
      log.warn({ lag: journal.lastSeq - cursor.seq }, `${message}; records wait in the journal`);
    }
    downReason = message;
  }

  function worked(): void {
    if (downReason !== undefined) log.info({ lag: journal.lastSeq - cursor.seq }, 'QuestDB takes records');
    failures = 0;
    downReason = undefined;
  }

  return {
    counts,
    get downReason() {
      return downReason;
    },
    get warning() {
      return warning;
    },
    poke() {
      if (wakeIdle === undefined || cancelGather !== undefined) return;
      cancelGather = clock.after(GATHER_MS, () => wakeIdle?.());
    },
    async run(signals) {
      ({ stop, abort } = signals);
      isConnected = false;
      hasAskedAhead = false;
      batch = undefined; // the cursor may have been read anew
      while (!stop.aborted) {
        try {
          const pauseMs = await step();
          worked();
          if (pauseMs === 0) continue;
          await pause(pauseMs, (wake) => {
            wakeIdle = wake;
          });
          wakeIdle = undefined;
          cancelGather?.();
          cancelGather = undefined;
        } catch (error) {
          if (isQuestdbFailure(error, 'new-connection')) {
            isConnected = false; // another server may be behind it: looked at first
            continue;
          }
          if (stop.aborted) return;
          failed(error);
          await pause(Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)));
        }
      }
    },
  };
}
