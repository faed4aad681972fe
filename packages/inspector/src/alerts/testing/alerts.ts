import assert from 'node:assert/strict';
import type { AlertMessage } from '../alert-message.ts';

/** A critical alert, as a tripped limit gives it. */
export const alertMessage = (given: Partial<AlertMessage> = {}): AlertMessage => ({
  kind: 'alert',
  seq: 17,
  ts: 1_700_000_000_000,
  severity: 'critical',
  code: 'DAILY_LOSS',
  message: 'DAILY_LOSS of paper:futures: -5.2 % against a limit of 5 %.',
  accountKey: 'paper:futures',
  symbol: null,
  positionId: null,
  reminder: false,
  data: { action: 'STAND_DOWN', observed: -5.2, limit: 5, unit: '%' },
  ...given,
});

/** A log that keeps its lines as text, for finding what must not stand there. */
export function keptLog() {
  const lines: string[] = [];
  const keep = (level: string) => (fields: Record<string, unknown>, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  return { lines, log: { info: keep('info'), warn: keep('warn'), error: keep('error') } };
}

/** Longest wait; a machine that is busy elsewhere is slow, not wrong. */
const WITHIN_MS = 30_000;

/** Tries until it holds. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const until = performance.now() + WITHIN_MS;
  while (!(await holds())) {
    if (performance.now() > until) assert.fail(`it did not come to pass that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
