import type { EquityPoint } from '@inspector/contract';
import type { Picture } from '@inspector/engine';
import { equitySamples } from '../outbox/index.ts';
import type { Clock } from '../runner/clock.ts';
import type { RunnerLog } from '../runner/runner-port.ts';
import { createDownsampler, type Downsampler } from './downsample.ts';
import { type EquityFile, openEquityFile } from './equity-file.ts';
import { createRecentPoints } from './recent-points.ts';

const MINUTE_MS = 60_000;
/** Points that one answer holds at most, some 8 MB of JSON. Whoever asks for more is asked to name an account. */
export const POINTS_PER_ANSWER = 50_000;

export interface EquityRange {
  /** Absent: all accounts. */
  accountKey?: string;
  /** Both included, Unix milliseconds. */
  from: number;
  to: number;
  /** Of each account at most. */
  points: number;
}

/** `too-many`: the accounts of that time have more points than an answer holds. */
export type EquityAnswer = { kind: 'points'; points: EquityPoint[] } | { kind: 'too-many' };

/**
 * Equity of every account over time, for charts: the last hour as it was sampled, before it one point a minute, from disk.
 * Whatever becomes of the file, sampling neither throws nor waits; without it the last hour is all there is.
 */
export interface EquityHistory {
  /** Takes the accounts whose equity is known; a picture that is no newer than the last is passed over. */
  sample(picture: Picture): void;
  /** Oldest first. */
  read(range: EquityRange): Promise<EquityAnswer>;
  close(): void;
}

export interface EquityHistoryConfig {
  /** The data directory, held by this process; null: in memory only. */
  directory: string | null;
  /** Days that are kept on disk; 0: as many as fit. */
  days: number;
  clock: Clock;
  log: RunnerLog;
}

export function openEquityHistory({ directory, days, clock, log }: EquityHistoryConfig): EquityHistory {
  const recent = createRecentPoints();
  const trouble = tellOnce(log);
  const file = directory === null ? undefined : trouble.guard(() => openEquityFile({ directory, days }));
  /** Accounts of which a point of the running minute is on disk. */
  const stored = { minute: Number.NEGATIVE_INFINITY, accounts: new Set<string>() };
  let isOpen = true;

  function store(points: readonly EquityPoint[], file: EquityFile): void {
    const minute = Math.floor((points[0]?.ts ?? 0) / MINUTE_MS);
    if (minute !== stored.minute) {
      stored.minute = minute;
      stored.accounts.clear();
    }
    const due = points.filter(({ accountKey }) => !stored.accounts.has(accountKey));
    if (due.length === 0) return;
    trouble.guard(() => file.add(due, clock.now()));
    // One that could not be stored is not tried again before the next minute: a disk that hangs is left alone.
    for (const { accountKey } of due) stored.accounts.add(accountKey);
  }

  /** Points from disk up to where all are at hand, then those. A disk that cannot be read has none. */
  async function* pointsOf(from: number, to: number): AsyncGenerator<EquityPoint> {
    const newer = recent.since(from);
    const border = Math.min(recent.oldestTs, to + 1);
    if (file !== undefined && from < border) yield* trouble.guardAll(file.read(from, border));
    yield* newer;
  }

  return {
    sample(picture) {
      if (!isOpen || picture.timestamp <= recent.newestTs) return;
      const points = knownPoints(picture);
      if (points.length === 0) return;
      recent.add(points);
      if (file !== undefined) store(points, file);
    },
    async read({ accountKey, points, ...range }) {
      const onDisk = file && trouble.guard(() => file.ends());
      const from = Math.max(range.from, Math.min(onDisk?.oldestTs ?? Number.POSITIVE_INFINITY, recent.oldestTs));
      const to = Math.min(range.to, Math.max(onDisk?.newestTs ?? Number.NEGATIVE_INFINITY, recent.newestTs));
      const accounts = new Map<string, Downsampler>();
      if (from > to) return { kind: 'points', points: [] };
      for await (const point of pointsOf(from, to)) {
        if (point.ts > to || (accountKey !== undefined && point.accountKey !== accountKey)) continue;
        let account = accounts.get(point.accountKey);
        if (account === undefined) {
          if ((accounts.size + 1) * points > POINTS_PER_ANSWER) return { kind: 'too-many' };
          account = createDownsampler({ from, to, points });
          accounts.set(point.accountKey, account);
        }
        account.add(point);
      }
      const found = [...accounts.values()].flatMap((account) => account.result());
      return { kind: 'points', points: found.sort((a, b) => a.ts - b.ts) };
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      if (file !== undefined) trouble.guard(() => file.close());
    },
  };
}

function knownPoints(picture: Picture): EquityPoint[] {
  return equitySamples(picture).flatMap((sample) => {
    const { ts, accountKey, equityUsd, drawdownPct, dailyPnlPct, dailyPnlUsd, grossNotionalUsd } = sample;
    if (equityUsd === null || picture.accounts[accountKey]?.equityKnown !== true) return [];
    return [{ accountKey, ts, equityUsd, drawdownPct, dailyPnlPct, dailyPnlUsd, exposureUsd: grossNotionalUsd }];
  });
}

/** Runs what may fail on a disk: undefined when it did, which the log hears once. */
function tellOnce(log: RunnerLog) {
  let isTold = false;
  const told = (error: unknown): void => {
    if (!isTold) log.warn({ error: String(error) }, 'the equity history is in memory only: its file cannot be used');
    isTold = true;
  };
  return {
    guard<T>(work: () => T): T | undefined {
      try {
        return work();
      } catch (error) {
        told(error);
        return undefined;
      }
    },
    async *guardAll<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
      try {
        yield* items;
      } catch (error) {
        told(error);
      }
    },
  };
}
