/** All timers of one venue, so that stopping it ends them. */
export interface Timers {
  later(run: () => void, ms: number): void;
  every(run: () => void, ms: number): void;
  wait(ms: number): Promise<void>;
  onStop(end: () => void): void;
  isStopped(): boolean;
  stop(): void;
}

export function createTimers(): Timers {
  const ends = new Set<() => void>();
  let stopped = false;
  const later = (run: () => void, ms: number): void => {
    if (stopped) return;
    const end = (): void => clearTimeout(timer);
    const timer = setTimeout(() => {
      ends.delete(end);
      run();
    }, ms);
    ends.add(end);
  };
  return {
    later,
    every: (run, ms) => {
      const timer = setInterval(run, ms);
      ends.add(() => clearInterval(timer));
    },
    wait: (ms) => new Promise((done) => later(done, ms)),
    onStop: (end) => ends.add(end),
    isStopped: () => stopped,
    stop: () => {
      stopped = true;
      for (const end of ends) end();
      ends.clear();
    },
  };
}
