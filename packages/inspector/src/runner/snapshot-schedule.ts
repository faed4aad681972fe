import type { Clock } from './clock.ts';

/** What a restart has to replay: an input that is no tick weighs as so many ticks. */
export const INPUT_WEIGHT = 5;

/** After so much to replay, or so long, in a pause of the inputs … */
const DUE_WEIGHT = 100_000;
const DUE_EVERY_MS = 300_000;
const PAUSE_MS = 20;
/** … or without a pause when there is so much that a restart would take longer than a second or so. */
const FORCED_WEIGHT = 400_000;

export interface SnapshotScheduleConfig {
  clock: Clock;
  /** Inputs that the newest snapshot does not contain. */
  replayed: number;
  /** False while none may be taken. */
  mayTake(): boolean;
  take(): void;
}

/** When the next snapshot is due: taking one costs tens of milliseconds, so it waits for a pause. */
export interface SnapshotSchedule {
  /** Inputs were applied: how many, and what they weigh. */
  applied(count: number, weight: number): void;
  /** Looks whether one is due; call after a commit. */
  consider(): void;
  /** One was taken. */
  taken(): void;
  cancel(): void;
}

export function createSnapshotSchedule({ clock, replayed, mayTake, take }: SnapshotScheduleConfig): SnapshotSchedule {
  let weight = replayed;
  let count = 0;
  let takenAt = clock.elapsedMs();
  let cancelPause: (() => void) | undefined;

  function awaitPause(): void {
    const seen = count;
    cancelPause = clock.after(PAUSE_MS, () => {
      cancelPause = undefined;
      if (count === seen) take();
      else if (mayTake()) awaitPause();
    });
  }

  function cancel(): void {
    cancelPause?.();
    cancelPause = undefined;
  }

  return {
    applied(inputs, inputWeight) {
      count += inputs;
      weight += inputWeight;
    },
    consider() {
      const isDue = weight >= DUE_WEIGHT || (weight > 0 && clock.elapsedMs() - takenAt >= DUE_EVERY_MS);
      if (!isDue || !mayTake()) return;
      if (weight >= FORCED_WEIGHT) take();
      else if (!cancelPause) awaitPause();
    },
    taken() {
      cancel();
      weight = 0;
      takenAt = clock.elapsedMs();
    },
    cancel,
  };
}
