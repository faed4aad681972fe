import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import type { AuditRecord, InspectorHealth } from '@inspector/contract';
import type { IncidentState, Picture } from '@inspector/engine';
import { TAIL_LIMIT } from '../views/bounds.ts';
import { positionState } from '../views/test-records.ts';
import { createPictureJson } from './picture-json.ts';
import { quietKpi, quietPicture, testInspector } from './test-inspector.ts';

const base = '/api/inspector';
const seqs = (data: AuditRecord[]) => data.map((record) => record.seq);

describe('risk', () => {
  test('kpi of one account is told, an unknown account is 404', async (t) => {
    const { app, close } = await testInspector();
    t.after(close);
    assert.equal((await app.inject(`${base}/risk/kpi`)).json().closedTrades, 3);
    assert.equal((await app.inject(`${base}/risk/kpi?accountKey=paper:futures`)).json().closedTrades, 1);
    for (const key of ['paper:spot', '__proto__', 'toString']) {
      const answer = await app.inject(`${base}/risk/kpi?accountKey=${key}`);
      assert.deepEqual([answer.statusCode, answer.json().code], [404, 'ACCOUNT_UNKNOWN']);
    }
  });

  test('positions are the runtime ones unless others are asked for', async (t) => {
    const { app, close } = await testInspector();
    t.after(close);
    const ids = async (query: string) => {
      const { count, data } = (await app.inject(`${base}/risk/runtime-positions${query}`)).json();
      assert.equal(count, data.length);
      return data.map((position: { positionId: string }) => position.positionId);
    };
    assert.deepEqual(await ids(''), ['p1']);
    assert.deepEqual(await ids('?ownership=legacy'), ['p2']);
    assert.deepEqual(await ids('?ownership=all'), ['p1', 'p2']);
    assert.equal((await app.inject(`${base}/risk/runtime-positions?ownership=mine`)).statusCode, 400);
  });

  test('the dashboard has the runtime positions and the newest records', async (t) => {
    const { app, record, close } = await testInspector();
    t.after(close);
    record({}, {});
    const dashboard = (await app.inject(`${base}/risk/dashboard`)).json();
    assert.equal(dashboard.activeRuntimeManaged, 1);
    assert.deepEqual(seqs(dashboard.auditTail), [2, 1]);
    assert.equal(dashboard.limits[0].code, 'DAILY_LOSS');
  });

  test('a picture is serialised once for all its readers, a new one anew', () => {
    let picture = quietPicture();
    let serialised = 0;
    const counted = (kpi: Picture['kpi']) => ({ ...kpi, toJSON: () => (serialised += 1) });
    picture.kpi = counted(quietKpi);
    const json = createPictureJson(
      () => picture,
      () => [],
    );
    assert.equal(json.kpi(), json.kpi());
    assert.equal(serialised, 1);
    picture = { ...picture };
    assert.equal(json.kpi(), '2');
  });
});

describe('audit', () => {
  test('is filtered by every parameter', async (t) => {
    const { app, record, close } = await testInspector();
    t.after(close);
    record(
      { kind: 'ORDER_SENT', code: 'NEW', symbol: 'BTCUSDT', accountKey: 'a', positionId: 'p1', traceId: 't1' },
      { kind: 'ORDER_SENT', code: 'FILLED', symbol: 'ETHUSDT', accountKey: 'b', positionId: 'p2', traceId: 't1' },
      { kind: 'DATA_GAP', code: 'DATA_GAP', traceId: 't2' },
    );
    const expected: [string, number[]][] = [
      ['', [3, 2, 1]],
      ['limit=2', [3, 2]],
      ['kind=ORDER_SENT', [2, 1]],
      ['code=FILLED', [2]],
      ['symbol=BTCUSDT', [1]],
      ['accountKey=b', [2]],
      ['positionId=p1', [1]],
      ['traceId=t1', [2, 1]],
      ['from=2000', [3, 2]],
      ['to=2000', [2, 1]],
      ['afterSeq=2', [3]],
      ['kind=ORDER_SENT&symbol=ETHUSDT', [2]],
      ['symbol=NONE', []],
    ];
    for (const [query, wanted] of expected) {
      for (const path of ['/risk/audit', '/risk/audit/questdb']) {
        const { count, data } = (await app.inject(`${base}${path}?${query}`)).json();
        assert.deepEqual([count, seqs(data)], [wanted.length, wanted], `${path}?${query}`);
      }
    }
    for (const query of ['limit=0', 'limit=5001', 'kind=NONSENSE', 'from=yesterday', 'afterSeq=-1', 'afterSeq=1.5']) {
      assert.equal((await app.inject(`${base}/risk/audit?${query}`)).statusCode, 400, query);
    }
  });

  test('reaches what is no longer at hand', async (t) => {
    const { app, record, close } = await testInspector();
    t.after(close);
    record({ symbol: 'OLD' }, ...Array.from({ length: TAIL_LIMIT + 10 }, () => ({})));
    const { count, data } = (await app.inject(`${base}/risk/audit?symbol=OLD`)).json();
    assert.deepEqual([count, seqs(data)], [1, [1]]);
  });

  test('without QuestDB its copy is the embedded store, and nothing lags', async (t) => {
    const { app, record, close } = await testInspector();
    t.after(close);
    record({});
    const { source, lag } = (await app.inject(`${base}/risk/audit/questdb`)).json();
    assert.deepEqual([source, lag], ['embedded', 0]);
  });

  test('by trace is in the order of the records; an unknown trace is 404', async (t) => {
    const { app, record, close } = await testInspector();
    t.after(close);
    record({ traceId: 't1' }, { traceId: 't2' }, { traceId: 't1' });
    const { traceId, count, data } = (await app.inject(`${base}/events/t1`)).json();
    assert.deepEqual([traceId, count, seqs(data)], ['t1', 2, [1, 3]]);
    const answer = await app.inject(`${base}/events/t9`);
    assert.deepEqual([answer.statusCode, answer.json().code], [404, 'TRACE_UNKNOWN']);
  });
});

describe('trades', () => {
  test('are told with their figures', async (t) => {
    const { app, record, close } = await testInspector();
    t.after(close);
    const closed = { ...positionState({ detectorSysname: 'd' }), exitPrice: 98, realizedPnlUsd: -4, feesUsd: 0.1 };
    record({ kind: 'POSITION_CLOSED', code: 'STOP_LOSS', positionId: 'p1', data: closed });
    const journal = (await app.inject(`${base}/trade-journal`)).json();
    assert.deepEqual([journal.count, journal.data[0].code, journal.data[0].realizedPnlUsd], [1, 'STOP_LOSS', -4]);
    const analysis = (await app.inject(`${base}/analysis/post-trade`)).json();
    assert.ok(Math.abs(analysis.data[0].exitSlippagePct - 1.0101) < 1e-3);
    assert.deepEqual([analysis.total.losses, analysis.byDetector.d.trades], [1, 1]);
  });
});

describe('health', () => {
  const health = (given: Partial<InspectorHealth>): InspectorHealth => ({
    ok: true,
    ready: true,
    degraded: false,
    startupReasons: [],
    hasOptions: true,
    connectors: [],
    timestamp: 1,
    ...given,
  });

  test('is 200 when ok and 503 with the same shape when not', async (t) => {
    let told = health({});
    const { app, close } = await testInspector({ ports: { health: () => told } });
    t.after(close);
    assert.equal((await app.inject(`${base}/health`)).statusCode, 200);
    told = health({ ok: false, degraded: true });
    const answer = await app.inject(`${base}/health`);
    assert.equal(answer.statusCode, 503);
    assert.deepEqual(answer.json(), told);
    assert.match(answer.headers['content-type'] as string, /^application\/json/);
  });

  test('system state is blocked by what stops entries, degraded by what is worn', async (t) => {
    const picture = quietPicture();
    picture.governor = { ...picture.governor, action: 'STAND_DOWN', reasons: ['STAND_DOWN_ACTIVE'] };
    picture.reconciliation = [{ ...picture.reconciliation[0]!, reconciled: false }];
    const blocked = await testInspector({ picture });
    t.after(blocked.close);
    const state = (await blocked.app.inject(`${base}/system/state`)).json();
    assert.equal(state.health.state, 'blocked');
    assert.deepEqual(state.health.blockedReasons, ['paper:futures: NOT_RECONCILED', 'STAND_DOWN_ACTIVE']);
    const worn = await testInspector({
      ports: { nodes: () => [{ name: 'provider', state: 'down', reason: 'refused' }] },
    });
    t.after(worn.close);
    const { health: told } = (await worn.app.inject(`${base}/system`)).json();
    assert.deepEqual([told.state, told.degradedReasons], ['degraded', ['provider: refused']]);
  });
});

describe('reconciliation', () => {
  test('runs for one account or all, an unknown one is 404', async (t) => {
    const ran: (string | undefined)[] = [];
    const reconcile = async (accountKey?: string) => void ran.push(accountKey);
    const { app, close } = await testInspector({ ports: { reconcile } });
    t.after(close);
    const run = (payload?: object) =>
      app.inject({ method: 'POST', url: `${base}/reconcile/runOnce`, ...(payload === undefined ? {} : { payload }) });
    assert.equal((await run()).json().count, 1);
    assert.equal((await run({ accountKey: 'paper:futures' })).statusCode, 200);
    assert.equal((await run({ accountKey: 'paper:spot' })).statusCode, 404);
    assert.deepEqual(ran, [undefined, 'paper:futures']);
  });
});

describe('incidents', () => {
  const incident: IncidentState = {
    incidentId: 'k1',
    phase: 'VERIFIED_FLAT',
    scopes: ['global'],
    includeLegacy: false,
    actor: 'ann',
    reason: 'drill',
    triggeredAt: 2_000,
    verifiedAt: 3_000,
    rearmedAt: null,
    timeline: [
      { phase: 'TRIGGERED', ts: 2_000, seq: 2, remaining: { orders: 1, positions: 1 } },
      { phase: 'VERIFIED_FLAT', ts: 3_000, seq: 3, remaining: { orders: 0, positions: 0 } },
    ],
    proof: { positions: 0, orders: 0 },
    estimatedCostUsd: 1,
    realizedCostUsd: 2,
    fromSeq: 2,
    toSeq: 3,
  };

  test('are told with latencies and the hash of their records', async (t) => {
    const { app, ports, record, close } = await testInspector({ picture: { incidents: [incident] } });
    t.after(close);
    record({}, {}, {}, {});
    const lines = [...ports.journal.auditLines(2, 3)].map((line) => `${line}\n`).join('');
    for (const id of ['k1', 'latest']) {
      const report = (await app.inject(`${base}/kill-switch/incidents/${id}`)).json();
      assert.deepEqual(report.latencies, { TRIGGERED: 0, VERIFIED_FLAT: 1_000 });
      assert.equal(report.auditHash, createHash('sha256').update(lines).digest('hex'));
    }
    assert.equal((await app.inject(`${base}/kill-switch/incidents/k2`)).json().code, 'INCIDENT_UNKNOWN');
  });

  test('have no hash while they run', async (t) => {
    const { app, close } = await testInspector({ picture: { incidents: [{ ...incident, toSeq: null }] } });
    t.after(close);
    assert.equal((await app.inject(`${base}/kill-switch/incidents/k1`)).json().auditHash, null);
  });

  test('that only the audit remembers are still told', async (t) => {
    const { app, record, close } = await testInspector();
    t.after(close);
    const data = {
      incidentId: 'k0',
      scope: 'global',
      reason: 'drill',
      actor: 'ann',
      remaining: { orders: 0, positions: 0 },
    };
    record({ kind: 'KILL_SWITCH', code: 'TRIGGERED', data }, { kind: 'KILL_SWITCH', code: 'VERIFIED_FLAT', data });
    const report = (await app.inject(`${base}/kill-switch/incidents/latest`)).json();
    assert.deepEqual([report.incidentId, report.phase, report.fromSeq, report.toSeq], ['k0', 'VERIFIED_FLAT', 1, 2]);
    assert.match(report.auditHash, /^[0-9a-f]{64}$/);
  });

  test('of which there never was one are 404', async (t) => {
    const { app, close } = await testInspector();
    t.after(close);
    assert.equal((await app.inject(`${base}/kill-switch/incidents/latest`)).statusCode, 404);
  });
});
