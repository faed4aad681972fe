import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashKey, QueryClient } from '@tanstack/react-query';
import { createAnswerTimes } from './answer-times.ts';
import { STALE_AFTER_MS } from './connection.ts';

const KEY = ['kpi', 'all'];
const HASH = hashKey(KEY);

/** Queries whose server takes as long as the test says. */
function timed() {
  let time = 1_000_000;
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const times = createAnswerTimes(queries.getQueryCache(), () => time);
  return {
    times,
    queries,
    pass: (ms: number) => (time += ms),
    read: (key: string[], tookMs: number) =>
      queries.fetchQuery({
        queryKey: key,
        queryFn: async () => {
          time += tookMs;
          return time;
        },
      }),
  };
}

test('an answer is old from when it was asked for, not from when it came', async () => {
  const { times, read, pass } = timed();
  assert.equal(times.oldSince(HASH), null);
  await read(KEY, 4_000);
  assert.equal(times.askedAt(HASH), 1_000_000);
  assert.equal(times.oldSince(HASH), null);
  pass(STALE_AFTER_MS - 4_000);
  assert.equal(times.oldSince(HASH), null, 'at the bound not yet');
  pass(1);
  assert.equal(times.oldSince(HASH), 1_000_000);
});

test('an answer of another query does not make it new', async () => {
  const { times, read, pass } = timed();
  await read(KEY, 0);
  pass(STALE_AFTER_MS + 1);
  await read(['governor'], 0);
  assert.equal(times.oldSince(HASH), 1_000_000);
  await read(KEY, 0);
  assert.equal(times.oldSince(HASH), null);
});

test('one that was put there by hand is as old as it says, and a forgotten one is none', () => {
  const { times, queries } = timed();
  queries.setQueryData(KEY, 1, { updatedAt: 900_000 });
  assert.equal(times.oldSince(HASH), 900_000);
  queries.removeQueries({ queryKey: KEY });
  assert.equal(times.askedAt(HASH), null);
});
