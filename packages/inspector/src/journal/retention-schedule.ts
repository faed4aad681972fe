import type { Clock } from '../runner/clock.ts';
import type { RunnerLog } from '../runner/runner-port.ts';
import type { Journal, RetentionLimits } from './journal.ts';

/** How often it is looked whether something may go; a directory can pass its limit by what comes in meanwhile. */
const LOOK_EVERY_MS = 30_000;
/** Between two rounds of one look, so that the runner's commits go first. */
const BREATH_MS = 5;

export interface RetentionConfig {
  journal: Journal;
  limits: RetentionLimits;
  clock: Clock;
  log: RunnerLog;
}

/** Deletes in the background what the limits no longer keep. The answer ends it; call it before the journal closes. */
export function startRetention({ journal, limits, clock, log }: RetentionConfig): () => void {
  let cancel = clock.after(LOOK_EVERY_MS, look);
  let inputCommits = 0;
  let records = 0;

  function look(): void {
    let isMore = false;
    try {
      const result = journal.retain(limits, clock.now());
      inputCommits += result.inputCommits;
      records += result.records;
      isMore = result.more;
    } catch (error) {
      log.warn({ error: String(error) }, 'retention could not delete; it will try again');
    }
    if (!isMore && inputCommits + records > 0) {
      log.info({ inputCommits, records, firstSeq: journal.firstSeq }, 'what retention no longer keeps was deleted');
      inputCommits = 0;
      records = 0;
    }
    cancel = clock.after(isMore ? BREATH_MS : LOOK_EVERY_MS, look);
  }

  return () => cancel();
}
