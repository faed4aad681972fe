import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditFilter } from '../journal/journal.ts';
import type { AnalyticalCopy, OutboxState } from '../outbox/outbox.ts';
import { questdbFailure } from '../outbox/questdb-failure.ts';
import { auditRecord } from '../views/test-records.ts';
import { testInspector } from './test-inspector.ts';

const path = '/api/inspector/risk/audit/questdb';

const state: OutboxState = { state: 'behind', cursor: 3, lag: 7, sent: 3, rejected: 0, deleted: 0, samplesDropped: 0 };

test('where QuestDB is configured it is what answers, with how much it lags', async (t) => {
  const asked: AuditFilter[] = [];
  const analytics: AnalyticalCopy = {
    async query(filter) {
      asked.push(filter);
      return [auditRecord(9), auditRecord(8)];
    },
    state: () => state,
  };
  const { app, close } = await testInspector({ ports: { analytics } });
  t.after(close);
  const answer = await app.inject(`${path}?limit=2&kind=POSITION_UPDATED&from=5&afterSeq=1`);
  assert.equal(answer.statusCode, 200);
  assert.deepEqual(answer.json(), { count: 2, data: [auditRecord(9), auditRecord(8)], source: 'questdb', lag: 7 });
  await app.inject(path);
  assert.deepEqual(asked, [{ limit: 2, kind: 'POSITION_UPDATED', from: 5, afterSeq: 1 }, { limit: 200 }]);
});

test('a QuestDB that is down is a 503 with Retry-After; the embedded store does not stand in', async (t) => {
  const analytics: AnalyticalCopy = {
    query: () => Promise.reject(questdbFailure('unreachable', 'QuestDB cannot be reached at http://h:9000')),
    state: () => ({ ...state, state: 'down' }),
  };
  const { app, record, close } = await testInspector({ ports: { analytics } });
  t.after(close);
  record({});
  const answer = await app.inject(path);
  assert.equal(answer.statusCode, 503);
  assert.match(answer.headers['content-type'] as string, /^application\/problem\+json/);
  assert.equal(answer.headers['retry-after'], '5');
  const { code, detail } = answer.json();
  assert.deepEqual([code, detail], ['QUESTDB_UNAVAILABLE', 'QuestDB cannot be reached at http://h:9000']);
  assert.equal((await app.inject('/api/inspector/risk/audit')).statusCode, 200, 'the embedded trail goes on');
});
