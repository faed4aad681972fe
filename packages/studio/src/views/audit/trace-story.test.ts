import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditKind, AuditRecord } from '@inspector/contract';
import { traceStory } from './trace-story.ts';

let seq = 0;
const at = (ts: number, kind: AuditKind, code: string, data: Record<string, unknown> = {}): AuditRecord => {
  seq += 1;
  return { seq, ts, kind, code, severity: 'info', traceId: 't', message: '', data, epoch: 1 };
};

const trade = [
  at(1_000, 'REQUEST_DECIDED', 'OK'),
  at(1_000, 'ORDER_INTENT', 'ENTRY', { purpose: 'ENTRY' }),
  at(1_001, 'ORDER_SENT', 'NEW', { purpose: 'ENTRY' }),
  at(1_050, 'ORDER_RESULT', 'NEW', { purpose: 'ENTRY', quantityExecuted: 0 }),
  at(1_120, 'ORDER_RESULT', 'FILLED', { purpose: 'ENTRY', quantityExecuted: 2 }),
  at(1_120, 'POSITION_OPENED', 'RUNTIME', { quantity: 2 }),
  at(1_121, 'ORDER_SENT', 'NEW', { purpose: 'STOP' }),
  at(1_200, 'PROTECTION_PLACED', 'STOP'),
  at(1_200, 'POSITION_UPDATED', 'RUNTIME', { quantity: 2 }),
  at(1_300, 'POSITION_UPDATED', 'RUNTIME', { quantity: 1 }),
  at(61_000, 'REQUEST_DECIDED', 'OK', { exit: true }),
  at(61_000, 'CLOSE_REQUESTED', 'DETECTOR'),
  at(61_120, 'POSITION_CLOSED', 'DETECTOR', { realizedPnlUsd: -3.5 }),
];

test('a trade is told in chapters from request to close', () => {
  const { chapters, startTs, endTs } = traceStory(trade);
  assert.deepEqual(
    chapters.map(({ stage, steps }) => [stage, steps.length]),
    [
      ['request', 1],
      ['order', 4],
      ['position', 1],
      ['protection', 3],
      ['position', 1],
      ['exit', 3],
    ],
  );
  assert.deepEqual([startTs, endTs], [1_000, 61_120]);
});

test('each step says how long after the one before and after the start it came', () => {
  const steps = traceStory(trade).chapters.flatMap((chapter) => chapter.steps);
  assert.equal(steps[0]?.sincePreviousMs, null);
  assert.equal(steps[4]?.sincePreviousMs, 70);
  assert.equal(steps.at(-1)?.sinceStartMs, 60_120);
});

test('milestones are what a trader asks for, and null while they have not come', () => {
  assert.deepEqual(traceStory(trade).milestones, {
    fillMs: 120,
    protectedMs: 80,
    heldMs: 60_000,
    realizedPnlUsd: -3.5,
    closeCode: 'DETECTOR',
  });
  assert.deepEqual(traceStory(trade.slice(0, 4)).milestones, {
    fillMs: null,
    protectedMs: null,
    heldMs: null,
    realizedPnlUsd: null,
    closeCode: null,
  });
  assert.equal(traceStory([]).chapters.length, 0);
});
