import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FinishedSpan } from '@inspector/service';
import { auditRecord } from '../views/test-records.ts';
import { createTraceFollower, RECORDS_WAITING_LIMIT } from './trace-follower.ts';

const decided = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    auditRecord(index + 1, { kind: 'REQUEST_DECIDED', code: 'OK', traceId: index.toString(16).padStart(32, '0') }),
  );

const letGo = (count: number) => assert.fail(`${count} were let go`);

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('the caller only puts records in line; spans are made in later turns, in order', async () => {
  const spans: FinishedSpan[] = [];
  const follower = createTraceFollower({ add: (span) => spans.push(span), letGo });
  follower.follow(decided(1_000));
  assert.equal(spans.length, 0);
  await turn();
  assert.ok(spans.length > 0 && spans.length < 1_000, 'a turn makes some of them');
  for (let turns = 0; turns < 1_000 && spans.length < 1_000; turns += 1) await turn();
  assert.deepEqual(
    spans.map((span) => span.attributes['inspector.seq']),
    Array.from({ length: 1_000 }, (_, index) => index + 1),
  );
});

test('past the limit records make no spans and are counted', () => {
  let count = 0;
  const letGo: number[] = [];
  const follower = createTraceFollower({ add: () => void count++, letGo: (skipped) => letGo.push(skipped) });
  follower.follow(decided(RECORDS_WAITING_LIMIT));
  assert.deepEqual(letGo, []);
  follower.follow(decided(3));
  assert.deepEqual(letGo, [3]);
  follower.stop();
  assert.equal(count, RECORDS_WAITING_LIMIT);
});

test('at a stop what waits becomes spans at once, and no turn comes after it', async () => {
  let count = 0;
  const follower = createTraceFollower({ add: () => void count++, letGo });
  follower.follow(decided(5));
  follower.stop();
  assert.equal(count, 5);
  await turn();
  assert.equal(count, 5);
});
