import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditKind, AuditRecord } from '@inspector/contract';
import { chartMarks, DRAWN_MARKS_LIMIT, equityMarks } from './equity-marks.ts';

let seq = 10_000;
/** Each call is older than the one before, unless a time is given: newest first. */
function record(kind: AuditKind, code: string, given: Partial<AuditRecord> = {}): AuditRecord {
  seq -= 1;
  return { seq, ts: seq, kind, code, severity: 'warn', traceId: 't', message: '', data: {}, epoch: 1, ...given };
}
const key = 'paper:futures';
const trip = (given: Partial<AuditRecord> = {}) =>
  record('LIMIT_BREACHED', 'DAILY_LOSS', { accountKey: key, data: { opt: { isActive: false } }, ...given });
const end = () => record('LIMIT_BREACHED', 'DAILY_LOSS', { accountKey: key, data: { opt: { isActive: true } } });

test('a trip and its end are told apart', () => {
  const [ended, tripped] = equityMarks([end(), trip()], key);
  assert.equal(ended?.title, 'Daily loss ended');
  assert.equal(ended?.tone, 'good');
  assert.equal(tripped?.title, 'Daily loss tripped');
  assert.equal(tripped?.kind, 'trip');
});

test('another account’s trip is not marked, what concerns every account is', () => {
  assert.equal(equityMarks([trip({ accountKey: 'other:spot' })], key).length, 0);
  assert.equal(equityMarks([record('KILL_SWITCH', 'TRIGGERED'), record('GOVERNOR_CHANGED', 'BLOCK')], key).length, 2);
});

test('a kill closes all once: what the governor says again under the same action is left out', () => {
  const governor = (code: string) => record('GOVERNOR_CHANGED', code);
  const kill = (code: string) => record('KILL_SWITCH', code);
  const told = [
    governor('ALLOW'),
    kill('REARMED'),
    governor('CLOSE_ALL'),
    kill('VERIFIED_FLAT'),
    governor('CLOSE_ALL'),
    kill('TRIGGERED'),
  ];
  assert.deepEqual(
    equityMarks(told, key).map(({ title }) => title),
    [
      'Governor: allow',
      'Kill switch: rearmed',
      'Kill switch: verified flat',
      'Governor: close all',
      'Kill switch: triggered',
    ],
  );
});

test('a flat or re-armed kill switch is good news, every other phase is not', () => {
  const tones = ['TRIGGERED', 'STUCK', 'VERIFIED_FLAT', 'REARMED'].map(
    (phase) => equityMarks([record('KILL_SWITCH', phase)], key)[0]?.tone,
  );
  assert.deepEqual(tones, ['bad', 'bad', 'good', 'good']);
});

test('other kinds are not marked', () => {
  assert.deepEqual(equityMarks([record('POSITION_OPENED', 'RUNTIME')], key), []);
});

test('a governor’s change of a trip’s own time is in the list and not on the chart', () => {
  const tripped = trip({ ts: 500 });
  const marks = equityMarks([record('GOVERNOR_CHANGED', 'STAND_DOWN', { ts: 500 }), tripped], key);
  assert.equal(marks.length, 2);
  assert.deepEqual(
    chartMarks(marks, 0, 1_000).map(({ shape }) => shape),
    ['square'],
  );
  const alone = equityMarks([record('GOVERNOR_CHANGED', 'BLOCK', { ts: 600 })], key);
  assert.equal(chartMarks(alone, 0, 1_000)[0]?.shape, 'circle');
});

test('marks outside of the chart’s time are left out, at its ends they are not', () => {
  const marks = equityMarks([trip({ ts: 101 }), trip({ ts: 100 }), trip({ ts: 50 }), trip({ ts: 49 })], key);
  assert.deepEqual(
    chartMarks(marks, 50, 100).map(({ time }) => time),
    [50, 100],
  );
});

test('a few trips have their name, many have none, and only so many are drawn', () => {
  const of = (count: number) =>
    equityMarks(
      Array.from({ length: count }, () => trip()),
      key,
    );
  assert.equal(chartMarks(of(6), 0, 1e6)[0]?.text, 'Daily loss tripped');
  assert.equal(chartMarks(of(7), 0, 1e6)[0]?.text, undefined);
  assert.equal(chartMarks(of(DRAWN_MARKS_LIMIT + 1), 0, 1e6).length, DRAWN_MARKS_LIMIT);
});
