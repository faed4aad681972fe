import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspectorMetricTable, type MetricDefinition } from '@inspector/contract';
import { alertingState } from '../alerts/testing/alerting-state.ts';
import { quietPicture } from '../http/test-inspector.ts';
import { positionState } from '../views/test-records.ts';
import { createAuditCounts } from './audit-counts.ts';
import { inspectorMetrics } from './inspector-metrics.ts';
import { linesOf, missing, quietParts, samplesOf } from './test-sources.ts';

/** Everything that is optional, so that no metric is without a value. */
const everything = {
  role: () => ({ active: true, epoch: 4, takeovers: 1 }),
  replication: () => ({ lagInputs: 12, connected: true }),
  outbox: () => ({
    state: 'behind' as const,
    cursor: 40,
    lag: 10,
    sent: 38,
    rejected: 2,
    deleted: 3,
    samplesDropped: 5,
  }),
  traces: () => ({ sent: 11, dropped: 13 }),
  eventLoopDelay: () => [[['0.99'], 0.012] as const],
};

describe('the answer', () => {
  test('has a type and a help for each metric of the table, and no other Inspector metric', async () => {
    const lines = await linesOf({ sources: everything });
    const expected = Object.entries<MetricDefinition>(inspectorMetricTable).map(
      ([name, { type }]) => `# TYPE ${name} ${type}`,
    );
    const told = lines.filter((line) => line.startsWith('# TYPE inspector_'));
    assert.deepEqual(told.toSorted(), expected.toSorted());
  });

  test('is Prometheus text on every line', async () => {
    // prom-client writes `Nan` for a mean of nothing; Prometheus reads it in any case of letters.
    const label = '[a-z_]+="(?:[^"\\\\]|\\\\.)*"';
    const sample = new RegExp(`^[a-z_][a-z0-9_]*(?:\\{${label}(?:,${label})*\\})? (?:-?[0-9.e+-]+|[Nn]a[Nn]|[+-]Inf)$`);
    for (const line of await linesOf({ sources: everything })) {
      if (line !== '' && !line.startsWith('# ')) assert.match(line, sample);
    }
  });

  test('names follow the conventions: counters end in _total, times in _seconds, no milliseconds, no percent', () => {
    for (const [name, { type, labels }] of Object.entries<MetricDefinition>(inspectorMetricTable)) {
      assert.equal(name.endsWith('_total'), type === 'counter', name);
      if (type === 'histogram') assert.match(name, /_seconds$/);
      assert.doesNotMatch(name, /_ms$|_ms_|percent|pct/);
      for (const each of labels) assert.doesNotMatch(each, /(^|_)(id|message|reason|symbol)$/, `${name}{${each}}`);
    }
  });
});

describe('parts', () => {
  test('runner, journal and views', async () => {
    const lines = await linesOf({});
    assert.deepEqual(
      missing(lines, [
        'inspector_inputs_total 900',
        'inspector_inputs_pending 2',
        'inspector_inputs_pending_bytes 300',
        'inspector_commits_total 40',
        'inspector_commit_last_seconds 0.002',
        'inspector_commit_longest_seconds 0.03',
        'inspector_journal_bytes 4096',
        'inspector_journal_stalled 0',
        'inspector_journal_stalled_seconds 0',
        'inspector_snapshot_age_inputs 100',
        'inspector_audit_last_seq 50',
        'inspector_views_behind_records 2',
        'inspector_views_up 1',
        'inspector_runner_phase{phase="running"} 1',
        'inspector_runner_phase{phase="stalled"} 0',
        'inspector_build_info{version="1.2.3"} 1',
        'inspector_options_version 3',
      ]),
      [],
    );
  });

  test('a stalled journal tells since when', async () => {
    const runner = { ...quietParts().runner, phase: 'stalled' as const, code: 'JOURNAL_FULL' as const, since: 97_500 };
    const lines = await linesOf({ parts: { runner: { ...runner, shed: 4, refused: 5 } } });
    assert.deepEqual(
      missing(lines, [
        'inspector_journal_stalled 1',
        'inspector_journal_stalled_seconds 2.5',
        'inspector_runner_phase{phase="stalled"} 1',
        'inspector_inputs_shed_total 4',
        'inspector_inputs_refused_total 5',
        'inspector_healthy 0',
        'inspector_ready 0',
        'inspector_degraded 1',
        'inspector_node_up{node="journal"} 0',
        'inspector_node_up{node="views"} 1',
      ]),
      [],
    );
  });

  test('bus and effects', async () => {
    const lines = await linesOf({});
    assert.deepEqual(
      missing(lines, [
        'inspector_bus_up 1',
        'inspector_bus_published_total 10',
        'inspector_bus_delivered_total 20',
        'inspector_bus_shed_total 3',
        'inspector_bus_dead_lettered_total 1',
        'inspector_bus_queued 4',
        'inspector_bus_handling_seconds{quantile="0.5"} 0.002',
        'inspector_bus_handling_seconds{quantile="1"} 0.4',
        'inspector_bus_events_received_total{type="PROVIDER_ORDER_CREATE"} 6',
        'inspector_bus_event_lag_seconds{type="PROVIDER_ORDER_CREATE",quantile="0.99"} 0.02',
        'inspector_events_waiting 8',
        'inspector_events_dropped_total 9',
        'inspector_effects_sent_total 7',
        'inspector_effects_answered_total{outcome="accepted"} 4',
        'inspector_effects_answered_total{outcome="rejected"} 2',
        'inspector_effects_answered_total{outcome="unknown"} 1',
        'inspector_effects_retried_total 5',
        'inspector_effects_running 1',
        'inspector_effects_waiting 6',
      ]),
      [],
    );
    const down = await linesOf({ parts: { bus: { ...quietParts().bus, state: 'down', latencyMs: [] } } });
    assert.ok(down.includes('inspector_bus_up 0'));
    assert.deepEqual(samplesOf(down, 'inspector_bus_handling_seconds'), []);
  });

  test('connectors and reconciliation', async () => {
    const lines = await linesOf({});
    assert.deepEqual(
      missing(lines, [
        'inspector_connector_up{connector="paper:futures"} 1',
        'inspector_connector_silent_seconds{connector="paper:futures"} 0.5',
        'inspector_connector_lag_seconds{connector="paper:futures"} 0.02',
        'inspector_reconcile_duration_seconds 0.5',
        'inspector_reconcile_age_seconds 9.5',
        'inspector_reconcile_failed_accounts 0',
        'inspector_account_reconciled{account_key="paper:futures"} 1',
        'inspector_account_differences{account_key="paper:futures"} 0',
        'inspector_provider_registered 1',
      ]),
      [],
    );
    const before = await linesOf({ parts: { reconciled: undefined, registration: null } });
    for (const name of ['inspector_reconcile_age_seconds', 'inspector_provider_registered']) {
      assert.deepEqual(samplesOf(before, name), []);
    }
  });

  test('what an Inspector does not have is left out, and alone it acts', async () => {
    const lines = await linesOf({});
    assert.deepEqual(missing(lines, ['inspector_active 1', 'inspector_epoch 3', 'inspector_takeovers_total 0']), []);
    for (const name of ['replication_lag_inputs', 'questdb_state', 'questdb_lag_records', 'traces_sent_total']) {
      assert.deepEqual(samplesOf(lines, `inspector_${name}`), [], name);
    }
  });

  test('alerts by kind of target, and who wrote to the bot; nothing without targets', async () => {
    const lines = await linesOf({ parts: { alerts: alertingState(1) } });
    assert.deepEqual(
      missing(lines, [
        'inspector_alert_messages_delivered_total{target="telegram"} 5',
        'inspector_alert_messages_delivered_total{target="webhook-generic"} 10',
        'inspector_alert_tries_failed_total{target="webhook-generic"} 14',
        'inspector_alerts_folded_total{target="telegram"} 11',
        'inspector_alerts_late_total{target="telegram"} 13',
        'inspector_alerts_dropped_total{target="telegram"} 17',
        'inspector_alerts_waiting{target="telegram"} 3',
        'inspector_alert_targets_failing{target="telegram"} 1',
        'inspector_alert_targets_failing{target="webhook-generic"} 0',
        'inspector_telegram_commands_total{outcome="answered"} 2',
        'inspector_telegram_commands_total{outcome="stranger"} 4',
        'inspector_telegram_commands_total{outcome="outdated"} 6',
        'inspector_telegram_polls_failing 0',
      ]),
      [],
    );
    const without = await linesOf({});
    for (const name of ['alerts_waiting', 'telegram_commands_total', 'telegram_polls_failing']) {
      assert.deepEqual(samplesOf(without, `inspector_${name}`), [], name);
    }
  });

  test('role, replication, QuestDB and traces', async () => {
    const lines = await linesOf({ sources: everything });
    assert.deepEqual(
      missing(lines, [
        'inspector_active 1',
        'inspector_epoch 4',
        'inspector_takeovers_total 1',
        'inspector_replication_lag_inputs 12',
        'inspector_replication_connected 1',
        'inspector_questdb_state{state="behind"} 1',
        'inspector_questdb_state{state="ok"} 0',
        'inspector_questdb_cursor 40',
        'inspector_questdb_lag_records 10',
        'inspector_questdb_sent_total 38',
        'inspector_questdb_rejected_total 2',
        'inspector_questdb_deleted_total 3',
        'inspector_questdb_samples_dropped_total 5',
        'inspector_traces_sent_total 11',
        'inspector_traces_dropped_total 13',
        'inspector_event_loop_delay_seconds{quantile="0.99"} 0.012',
      ]),
      [],
    );
    const standby = await linesOf({ sources: { role: () => ({ active: false, epoch: 4, takeovers: 0 }) } });
    assert.ok(standby.includes('inspector_active 0'));
  });
});

describe('the picture', () => {
  test('accounts: unknown is left out, percent is a ratio', async () => {
    const picture = quietPicture();
    picture.exposure['paper:futures'] = { ...picture.exposure['paper:futures']!, marginRatio: 0.25, maxExposurePct: 0 };
    const lines = await linesOf({ parts: { picture } });
    const account = '{account_key="paper:futures"}';
    assert.deepEqual(
      missing(lines, [
        `inspector_account_equity_known${account} 1`,
        `inspector_account_equity_usd${account} 10050`,
        `inspector_account_drawdown_ratio${account} 0.005`,
        `inspector_account_daily_pnl_usd${account} 50`,
        `inspector_account_daily_pnl_ratio${account} 0.005`,
        `inspector_account_exposure_ratio${account} 0.04`,
        `inspector_account_margin_ratio${account} 0.25`,
        `inspector_account_positions${account} 2`,
      ]),
      [],
    );
    assert.deepEqual(samplesOf(lines, 'inspector_account_exposure_limit_ratio'), []);
    const unknown = await linesOf({});
    assert.deepEqual(samplesOf(unknown, 'inspector_account_margin_ratio'), []);
    assert.deepEqual(samplesOf(unknown, 'inspector_account_exposure_limit_ratio'), [`${account} 3`]);
  });

  test('of limits per symbol the tightest is shown, with the account', async () => {
    const picture = quietPicture();
    const limit = { ...picture.headroom[0]!, code: 'POSITION_SIZE_MAX', timeToTripSec: null };
    picture.accounts['paper:futures:x'] = picture.accounts['paper:futures']!;
    picture.headroom = [
      { ...limit, scope: 'symbol:paper:futures:BTCUSDT', usedPct: 40 },
      { ...limit, scope: 'symbol:paper:futures:ETHUSDT', usedPct: 90, timeToTripSec: 30 },
      { ...limit, scope: 'symbol:paper:futures:SOLUSDT', usedPct: null, timeToTripSec: 20 },
      { ...limit, scope: 'symbol:paper:futures:x:BTCUSDT', usedPct: 50 },
      { ...limit, scope: 'account:paper:futures:x', code: 'DAILY_LOSS', usedPct: 10 },
    ];
    const lines = await linesOf({ parts: { picture } });
    assert.deepEqual(samplesOf(lines, 'inspector_limit_used_ratio').toSorted(), [
      '{account_key="paper:futures",code="POSITION_SIZE_MAX"} 0.9',
      '{account_key="paper:futures:x",code="DAILY_LOSS"} 0.1',
      '{account_key="paper:futures:x",code="POSITION_SIZE_MAX"} 0.5',
    ]);
    assert.deepEqual(samplesOf(lines, 'inspector_limit_time_to_trip_seconds'), [
      '{account_key="paper:futures",code="POSITION_SIZE_MAX"} 20',
    ]);
  });

  test('positions by protection, and how long the longest is naked', async () => {
    const protection = positionState().protection;
    const picture = quietPicture();
    picture.positions.push(
      positionState({
        positionId: 'p3',
        protection: { ...protection, state: 'pending', nakedQuantity: 2, nakedSince: 96_000 },
      }),
      positionState({
        positionId: 'p4',
        protection: { ...protection, state: 'degraded', nakedQuantity: 1, nakedSince: 98_000 },
      }),
    );
    const lines = await linesOf({ parts: { picture } });
    assert.deepEqual(
      missing(lines, [
        'inspector_positions{ownership="runtime",protection="working"} 1',
        'inspector_positions{ownership="runtime",protection="pending"} 1',
        'inspector_positions{ownership="runtime",protection="degraded"} 1',
        'inspector_positions{ownership="runtime",protection="none"} 0',
        'inspector_positions{ownership="legacy",protection="working"} 1',
        'inspector_positions_naked 2',
        'inspector_naked_seconds 4',
      ]),
      [],
    );
    assert.deepEqual(missing(await linesOf({}), ['inspector_positions_naked 0', 'inspector_naked_seconds 0']), []);
  });

  test('a legacy position without a stop is not naked: nobody promised to protect it', async () => {
    const picture = quietPicture();
    const protection = { ...positionState().protection, nakedQuantity: 2, nakedSince: 1 };
    picture.positions = [positionState({ ownership: 'legacy', protection })];
    const lines = await linesOf({ parts: { picture } });
    assert.deepEqual(missing(lines, ['inspector_positions_naked 0', 'inspector_naked_seconds 0']), []);
  });

  test('prices, those that are not fresh, and none that never came', async () => {
    const picture = quietPicture();
    const price = picture.prices['paper:futures:BTCUSDT']!;
    picture.prices['paper:futures:ETHUSDT'] = { ...price, stale: true };
    picture.prices['paper:futures:NEWUSDT'] = { ...price, price: null, stale: true };
    const lines = await linesOf({ parts: { picture } });
    assert.deepEqual(missing(lines, ['inspector_prices 2', 'inspector_prices_stale 1']), []);
  });

  test('governor, locks and a kill switch from its trigger to flat', async () => {
    const picture = quietPicture();
    const lock = { scope: 'global', code: 'DAILY_LOSS', since: 1, until: null, actor: 'engine' };
    picture.governor = {
      ...picture.governor,
      action: 'STAND_DOWN',
      locks: [
        { ...lock, action: 'STAND_DOWN' },
        { ...lock, scope: 'account:a:b', action: 'STAND_DOWN' },
      ],
      killSwitch: { state: 'CLOSING', incidentId: 'k2', remaining: { orders: 1, positions: 2 } },
    };
    const incident = {
      scopes: ['global'],
      includeLegacy: false,
      actor: 'ann',
      reason: 'test',
      timeline: [],
      proof: null,
      estimatedCostUsd: 0,
      realizedCostUsd: 0,
      fromSeq: 1,
      toSeq: null,
    };
    const done = {
      ...incident,
      incidentId: 'k1',
      phase: 'REARMED',
      triggeredAt: 50_000,
      verifiedAt: 51_250,
      rearmedAt: 60_000,
    };
    const running = {
      ...incident,
      incidentId: 'k2',
      phase: 'CLOSING',
      triggeredAt: 97_000,
      verifiedAt: null,
      rearmedAt: null,
    };
    picture.incidents = [done, running];
    const lines = await linesOf({ parts: { picture } });
    assert.deepEqual(
      missing(lines, [
        'inspector_governor_action{action="STAND_DOWN"} 1',
        'inspector_governor_action{action="ALLOW"} 0',
        'inspector_locks{code="DAILY_LOSS",action="STAND_DOWN"} 2',
        'inspector_kill_switch_phase{phase="CLOSING"} 1',
        'inspector_kill_switch_phase{phase="IDLE"} 0',
        'inspector_kill_switch_incidents 1',
        'inspector_kill_switch_remaining{what="orders"} 1',
        'inspector_kill_switch_remaining{what="positions"} 2',
        'inspector_kill_to_flat_seconds 1.25',
        'inspector_kill_unverified_seconds 3',
      ]),
      [],
    );
    picture.incidents = [done, { ...running, phase: 'VERIFIED_FLAT', verifiedAt: 98_500 }];
    const flat = await linesOf({ parts: { picture } });
    assert.deepEqual(missing(flat, ['inspector_kill_to_flat_seconds 1.5', 'inspector_kill_unverified_seconds 0']), []);
    const quiet = await linesOf({});
    assert.deepEqual(samplesOf(quiet, 'inspector_kill_to_flat_seconds'), []);
    assert.ok(quiet.includes('inspector_kill_switch_phase{phase="IDLE"} 1'));
  });
});

test('commits and requests are told as they come', async () => {
  const metrics = inspectorMetrics({
    version: '1',
    parts: () => quietParts(),
    epoch: () => 1,
    busLatency: () => ({}),
    audit: createAuditCounts(),
  });
  metrics.observe.inspector_commit_duration_seconds(0.003);
  metrics.observe.inspector_http_request_duration_seconds(0.02, 'GET', '/api/x', '200');
  const lines = (await metrics.text()).split('\n');
  assert.deepEqual(
    missing(lines, [
      'inspector_commit_duration_seconds_count 1',
      'inspector_commit_duration_seconds_bucket{le="0.005"} 1',
      'inspector_commit_duration_seconds_bucket{le="0.0025"} 0',
      'inspector_http_request_duration_seconds_count{method="GET",route="/api/x",status="200"} 1',
    ]),
    [],
  );
});
