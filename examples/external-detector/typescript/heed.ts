import type { Envelope } from './envelope.ts';

export interface Heed {
  /** Takes an `INSPECTOR_*` event; answers what changed, for the log. */
  hear(envelope: Envelope): string | undefined;
  /** False while Inspector has told this detector to stop asking for positions. It may always ask to close. */
  mayOpen(): boolean;
}

/** What Inspector has said that this detector must heed: limits that paused it, and kill switches. */
export function createHeed(detectorSysname: string): Heed {
  /** Each with the event that ends it: the same limit with `isActive: true`, or the incident's `REARMED`. */
  const pauses = new Set<string>();

  function note(key: string, isPaused: boolean, reason: unknown): string | undefined {
    if (isPaused === pauses.has(key)) return undefined;
    if (isPaused) pauses.add(key);
    else pauses.delete(key);
    if (isPaused) return `paused by ${key}: ${String(reason)}`;
    return pauses.size === 0 ? `${key} is over: going on` : `${key} is over, still paused by ${[...pauses].join(', ')}`;
  }

  return {
    hear({ type, payload }) {
      if (type === 'INSPECTOR_RISK_LIMIT_BREACH') {
        const {
          code,
          scope,
          reason,
          opt,
          detectorSysname: meant,
        } = payload as {
          code: string;
          scope: string;
          reason?: string;
          opt?: { isActive?: boolean };
          detectorSysname?: string;
        };
        if (meant !== undefined && meant !== detectorSysname) return undefined;
        return note(`${code} of ${scope}`, opt?.isActive === false, reason);
      }
      if (type === 'INSPECTOR_RISK_KILL_SWITCH') {
        const { incidentId, phase, reason } = payload;
        return note(`kill switch ${String(incidentId)}`, phase !== 'REARMED', reason);
      }
      return undefined;
    },
    mayOpen: () => pauses.size === 0,
  };
}
