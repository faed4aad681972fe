import type { Sent } from '../notifier.ts';
import type { PostAnswer } from '../post-json.ts';

/** What an answer of a webhook means. `words` is what it said, fit to be shown. */
export function webhookOutcome({ status, retryAfterMs }: PostAnswer, words: string): Sent {
  if (status >= 200 && status < 300) return { outcome: 'delivered' };
  const said = words === '' ? '' : `: ${words}`;
  if (status === 400 || status === 413 || status === 422)
    return { outcome: 'refused', reason: `it refuses the message (${status})${said}` };
  return {
    outcome: 'later',
    reason: `${meaningOf(status)} (${status})${said}`,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function meaningOf(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return 'it does not let us post';
    case 404:
    case 410:
      return 'there is no such webhook';
    case 429:
      return 'it asks us to slow down';
    default:
      if (status >= 300 && status < 400) return 'it redirects, which is not followed: set the final address';
      return status >= 500 ? 'it has an error' : 'it answers unexpectedly';
  }
}
