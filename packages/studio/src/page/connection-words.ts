import type { Connection } from '#data/connection.ts';
import type { IconName } from '#design/icon.tsx';
import type { Tone } from '#design/tone.ts';
import { formatClock } from '#words/format.ts';

interface ConnectionWords {
  /** On the strip. */
  short: string;
  tone: Tone;
  icon: IconName;
  /** Across the page while it holds; null where nothing needs to be said. */
  notice: string | null;
}

/** Answers come, but those that the strip shows are old; each of its figures says from when. */
export const lateWords: ConnectionWords = { short: 'Late', tone: 'warn', icon: 'clock', notice: null };

/** What the page says about its connection. */
export function connectionWords(connection: Connection): ConnectionWords {
  switch (connection.kind) {
    case 'connecting':
      return { short: 'Connecting', tone: 'calm', icon: 'link', notice: null };
    case 'live':
      return { short: 'Live', tone: 'good', icon: 'link', notice: null };
    case 'catching-up':
      return {
        short: 'Catching up',
        tone: 'accent',
        icon: 'refresh',
        notice: 'Connected again. Records that were missed are being read.',
      };
    case 'polling':
      return {
        short: 'Polling',
        tone: 'warn',
        icon: 'refresh',
        notice: 'The event channel is down. Figures are read every second or two until it is back.',
      };
    case 'inspector-away':
      return {
        short: 'Inspector away',
        tone: 'bad',
        icon: 'unlink',
        notice: `The Provider answers, the Inspector does not: ${connection.detail} (${connection.code}) What is shown is from ${formatClock(connection.since)}.`,
      };
    case 'stale':
      return {
        short: 'Stale',
        tone: 'bad',
        icon: 'clock',
        notice: `Answers come late or not at all. What is shown is from ${formatClock(connection.since)} and may no longer be true.`,
      };
    case 'lost':
      return {
        short: 'No connection',
        tone: 'bad',
        icon: 'unlink',
        notice: `The server cannot be reached. What is shown is from ${formatClock(connection.since)}; the page connects again by itself.`,
      };
    case 'token-refused':
      return { short: 'Token refused', tone: 'bad', icon: 'key', notice: null };
  }
}
