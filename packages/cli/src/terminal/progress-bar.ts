const BAR_WIDTH = 30;
/** Redrawn at most this often. */
const REDRAW_MS = 100;

export interface ProgressBar {
  /** `share` from 0 to 1. */
  show(share: number, note: string): void;
  /** Removes the bar; what was below it begins on a clean line. */
  clear(): void;
}

const silent: ProgressBar = { show: () => {}, clear: () => {} };

/** A bar on stderr where that is a terminal; elsewhere nothing is written. */
export function createProgressBar(stderr: NodeJS.WriteStream = process.stderr): ProgressBar {
  if (!stderr.isTTY) return silent;
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    show(share, note) {
      const now = performance.now();
      if (now - drawnAt < REDRAW_MS) return;
      drawnAt = now;
      const done = Math.min(1, Math.max(0, share));
      const bar = '█'.repeat(Math.round(done * BAR_WIDTH)).padEnd(BAR_WIDTH, '░');
      stderr.write(`\r\u001b[2K${bar} ${String(Math.round(done * 100)).padStart(3)} %  ${note}`);
    },
    clear() {
      if (drawnAt >= 0) stderr.write('\r\u001b[2K');
    },
  };
}
