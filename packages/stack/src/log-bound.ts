import { copyFile, stat, truncate } from 'node:fs/promises';

/** A log file that has grown past this is moved to `<file>.1`, over the one before: two files a part at the most. */
export const LOG_LIMIT_BYTES = 20 * 1024 * 1024;
/** Between two looks a part that logs wildly may write past the limit. */
const LOOK_MS = 5_000;

/**
 * Bounds log files while programs write to them. They are copied and cut, not renamed, because a program keeps its file
 * open, for appending; what it writes between the two is lost. Returns the way to stop looking.
 */
export function boundLogs(files: readonly string[]): () => void {
  let isLooking = false;
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    await Promise.all(files.map((file) => boundLog(file)));
    isLooking = false;
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** One look at one file. A file that is not there is none too large. */
export async function boundLog(file: string, limitBytes = LOG_LIMIT_BYTES): Promise<void> {
  try {
    if ((await stat(file)).size <= limitBytes) return;
    await copyFile(file, `${file}.1`);
    await truncate(file);
  } catch {
    // Not there yet, or the disk is full: the next look comes.
  }
}
