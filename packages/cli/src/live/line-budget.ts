import type { NotableEvent } from './notable-event.ts';

/** Lines a second that a person can follow; what is saved up in quiet times allows a burst. */
const LINES_PER_SECOND = 3;
const BURST_LINES = 24;

export interface LineBudget {
  /** Whether the line is to be shown now. Alarms always are. */
  admits(event: NotableEvent): boolean;
  /** Lines that were held back since the last call. */
  takeHeldBack(): number;
}

/** Keeps the lines readable: past its rate, lines that are no alarm are counted instead of shown. Time is the records'. */
export function createLineBudget(): LineBudget {
  let credit = BURST_LINES;
  let last = Number.NaN;
  let heldBack = 0;
  return {
    admits({ ts, tone }) {
      if (Number.isFinite(last))
        credit = Math.min(BURST_LINES, credit + (Math.max(0, ts - last) / 1000) * LINES_PER_SECOND);
      last = ts;
      if (credit < 1 && tone !== 'alarm') {
        heldBack += 1;
        return false;
      }
      credit = Math.max(0, credit - 1);
      return true;
    },
    takeHeldBack() {
      const count = heldBack;
      heldBack = 0;
      return count;
    },
  };
}
