import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { tokenOf } from '@inspector/service';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { positionState } from '../views/test-records.ts';
import { type TestInspector, testInspector } from './test-inspector.ts';

/** Every call, with the weakest role that may make it. */
const calls = [
  ['GET', '/options', 'viewer'],
  ['PUT', '/options', 'admin'],
  ['GET', '/options/schema', 'viewer'],
  ['GET', '/options/versions', 'viewer'],
  ['GET', '/options/versions/{version}', 'viewer'],
  ['GET', '/health', 'viewer'],
  ['GET', '/risk/dashboard', 'viewer'],
  ['GET', '/risk/kpi', 'viewer'],
  ['GET', '/risk/runtime-positions', 'viewer'],
  ['GET', '/risk/equity', 'viewer'],
  ['GET', '/risk/prices', 'viewer'],
  ['GET', '/risk/liquidity', 'viewer'],
  ['GET', '/risk/audit', 'viewer'],
  ['GET', '/risk/audit/questdb', 'viewer'],
  ['POST', '/risk/check', 'trader'],
  ['GET', '/risk/headroom', 'viewer'],
  ['POST', '/risk/positions/{positionId}/adopt', 'operator'],
  ['POST', '/risk/positions/{positionId}/close', 'operator'],
  ['PUT', '/risk/positions/{positionId}/protection', 'operator'],
  ['GET', '/governor/state', 'viewer'],
  ['POST', '/governor/rearm', 'operator'],
  ['POST', '/system/standdown', 'operator'],
  ['GET', '/system/state', 'viewer'],
  ['GET', '/system', 'viewer'],
  ['POST', '/kill-switch/preview', 'viewer'],
  ['POST', '/kill-switch/trigger', 'operator'],
  ['POST', '/kill-switch/rearm', 'operator'],
  ['GET', '/kill-switch/incidents/{id}', 'viewer'],
  ['GET', '/events', 'viewer'],
  ['GET', '/events/{traceId}', 'viewer'],
  ['GET', '/idempotency', 'viewer'],
  ['GET', '/idempotency/stats', 'viewer'],
  ['GET', '/alerts', 'viewer'],
  ['POST', '/alerts/test', 'operator'],
  ['GET', '/replica/store', 'admin'],
  ['GET', '/reservations/stats', 'viewer'],
  ['GET', '/reconcile/state', 'viewer'],
  ['POST', '/reconcile/runOnce', 'operator'],
  ['GET', '/audit/export', 'viewer'],
  ['GET', '/audit/recent', 'viewer'],
  ['GET', '/audit/anomalies', 'viewer'],
  ['GET', '/trade-journal', 'viewer'],
  ['GET', '/analysis/post-trade', 'viewer'],
  ['POST', '/lease/{detectorSysname}', 'trader'],
  ['DELETE', '/lease/{detectorSysname}', 'trader'],
  ['GET', '/health/nodes', 'viewer'],
  ['GET', '/config/runtime', 'viewer'],
  ['GET', '/event-bus/latency', 'viewer'],
] as const;

const roles = ['viewer', 'trader', 'operator', 'admin'] as const;
const urlOf = (path: string) => `/api/inspector${path.replace(/\{\w+\}/, 'x')}`;

interface Operation {
  summary?: string;
  responses: Record<string, { content?: Record<string, { schema: TSchema }> }>;
}
type Paths = Record<string, Record<string, Operation>>;

describe('the calls of the Inspector', () => {
  let inspector: TestInspector;
  let guarded: TestInspector;
  let paths: Paths;

  before(async () => {
    inspector = await testInspector();
    inspector.record(
      { kind: 'POSITION_OPENED', positionId: 'p1', data: positionState() },
      { kind: 'REQUEST_DECIDED', code: 'OK', requestId: 'r1', data: { decision: 'ALLOW' } },
      { kind: 'DATA_GAP', code: 'DATA_GAP', severity: 'warn' },
      {
        kind: 'POSITION_CLOSED',
        code: 'STOP_LOSS',
        positionId: 'p1',
        data: { ...positionState(), exitPrice: 99, realizedPnlUsd: -2, feesUsd: 0.1 },
      },
    );
    guarded = await testInspector({ service: { tokens: roles.map((role) => tokenOf(role, role, `${role} token`)) } });
    paths = (await inspector.app.inject('/docs-json')).json().paths;
  });
  after(async () => {
    await inspector.close();
    await guarded.close();
  });

  test('are those of the contract, and each is described', () => {
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.deepEqual(described.sort(), calls.map(([method, path]) => `${method} /api/inspector${path}`).sort());
    for (const [method, path] of calls) {
      const operation = paths[`/api/inspector${path}`]?.[method.toLowerCase()];
      assert.ok(operation);
      const { summary, responses } = operation;
      assert.ok(summary, `${method} ${path} has no summary`);
      const success = responses['200'] ?? responses['202'];
      const [content] = Object.values(success?.content ?? {});
      assert.ok(content?.schema, `${method} ${path} has no schema of its answer`);
      assert.ok(
        responses['4XX']?.content?.['application/problem+json'],
        `${method} ${path} does not say how it refuses`,
      );
    }
  });

  for (const [method, path, weakest] of calls) {
    test(`${method} ${path} is for ${weakest} and stronger`, async () => {
      for (const role of roles) {
        const answer = await guarded.app.inject({
          method,
          url: urlOf(path),
          headers: { 'x-api-token': `${role} token` },
        });
        const mayPass = roles.indexOf(role) >= roles.indexOf(weakest);
        assert.equal(answer.statusCode === 403, !mayPass, `${role}: ${answer.statusCode}`);
        assert.notEqual(answer.statusCode, 500);
      }
      assert.equal((await guarded.app.inject({ method, url: urlOf(path) })).statusCode, 401);
    });
  }

  // The store and an export are files: the takeover tests of the program copy the one, the other has a test of its own.
  const files: readonly string[] = ['/replica/store', '/audit/export'];
  const answersJson = ([method, path]: (typeof calls)[number]) =>
    method === 'GET' && !path.includes('{') && !files.includes(path);
  for (const [method, path] of calls.filter(answersJson)) {
    test(`${method} ${path} answers what it describes, and no unknown parameter`, async () => {
      const answer = await inspector.app.inject(urlOf(path));
      assert.equal(answer.statusCode, 200, answer.body);
      assert.match(answer.headers['content-type'] as string, /^application\/json/);
      const schema = paths[`/api/inspector${path}`]?.get?.responses['200']?.content?.['application/json']?.schema;
      const compiled = Compile(schema as TSchema);
      assert.deepEqual(compiled.Errors(answer.json()), []);
      assert.equal((await inspector.app.inject(`${urlOf(path)}?other=1`)).statusCode, 400);
    });
  }
});
