import type { Clock } from '../runner/clock.ts';

/**
 * A job that has run for so long holds its lane no more: a stop that the venue does not answer for must not keep the close
 * behind it waiting. Exits are reduce-only, so that their order matters less than their going.
 */
export const LANE_PATIENCE_MS = 500;

/** Work of one account: ordered within a lane, at most so many at a time, exits before entries. */
export interface Job {
  /** Jobs of one lane run one after the other, in order, unless one takes longer than `LANE_PATIENCE_MS`. */
  lane: string;
  isEntry: boolean;
  /** Settles when the next job of the lane may run; never rejects. */
  run: () => Promise<void>;
}

export interface LaneQueue {
  readonly waiting: number;
  readonly running: number;
  add(job: Job): void;
  /** Takes a job out that does not run yet; false when it runs or is done. */
  remove(job: Job): boolean;
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>;
}

export interface LaneLimits {
  /** Jobs that run at a time. */
  running: number;
  /** Of these at most so many entries, so that an exit always finds a place. */
  runningEntries: number;
}

export function createLaneQueue(limits: LaneLimits, clock: Pick<Clock, 'after'>): LaneQueue {
  /** Exits and entries in order of arrival; exits are looked at first. */
  const exits: Job[] = [];
  const entries: Job[] = [];
  const busy = new Set<string>();
  let running = 0;
  let runningEntries = 0;
  let resolveIdle: (() => void)[] = [];

  function takeFrom(jobs: Job[]): Job | undefined {
    const index = jobs.findIndex((job) => !busy.has(job.lane));
    return index === -1 ? undefined : jobs.splice(index, 1)[0];
  }

  function next(): Job | undefined {
    if (running >= limits.running) return undefined;
    return takeFrom(exits) ?? (runningEntries < limits.runningEntries ? takeFrom(entries) : undefined);
  }

  function pump(): void {
    for (let job = next(); job; job = next()) start(job);
    if (running === 0 && exits.length + entries.length === 0) {
      const resolved = resolveIdle;
      resolveIdle = [];
      for (const resolve of resolved) resolve();
    }
  }

  function start(job: Job): void {
    busy.add(job.lane);
    running++;
    if (job.isEntry) runningEntries++;
    let holdsLane = true;
    const leaveLane = (): void => {
      if (holdsLane) busy.delete(job.lane);
      holdsLane = false;
    };
    const cancelPatience = clock.after(LANE_PATIENCE_MS, () => {
      leaveLane();
      pump();
    });
    void job.run().finally(() => {
      cancelPatience();
      leaveLane();
      running--;
      if (job.isEntry) runningEntries--;
      pump();
    });
  }

  return {
    get waiting() {
      return exits.length + entries.length;
    },
    get running() {
      return running;
    },
    add(job) {
      (job.isEntry ? entries : exits).push(job);
      pump();
    },
    remove(job) {
      const jobs = job.isEntry ? entries : exits;
      const index = jobs.indexOf(job);
      if (index !== -1) jobs.splice(index, 1);
      return index !== -1;
    },
    idle() {
      return new Promise((resolve) => {
        resolveIdle.push(resolve);
        pump();
      });
    },
  };
}
