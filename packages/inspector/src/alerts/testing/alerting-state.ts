import type { AlertingState } from '../start-alerts.ts';

/** A Telegram target that waits, a webhook that is well, and a bot. */
export function alertingState(failingSince: number | null = null): AlertingState {
  const counts = { waiting: 3, delivered: 5, failed: 7, folded: 11, late: 13, dropped: 17 };
  const lastFailure = failingSince === null ? null : 'no answer within 10 s';
  const times = { failingSince, lastSuccessAt: 1, lastFailureAt: failingSince, lastFailure };
  const well = { failingSince: null, lastSuccessAt: 1, lastFailureAt: null, lastFailure: null };
  return {
    isActing: true,
    targets: [
      {
        name: 'phone',
        kind: 'telegram',
        place: '42',
        state: failingSince === null ? 'ok' : 'failing',
        ...times,
        ...counts,
      },
      { name: 'pager', kind: 'webhook-generic', place: 'receiver', state: 'ok', ...well, ...counts },
      { name: 'other', kind: 'webhook-generic', place: 'receiver', state: 'ok', ...well, ...counts },
    ],
    bots: [{ ...well, commands: 2, strangers: 4, outdated: 6, answersLost: 0 }],
  };
}
