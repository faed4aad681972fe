import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertingState } from './alerts/testing/alerting-state.ts';
import { inspectorHealth, nodeHealth, type PartStates } from './health.ts';
import { quietPicture } from './http/test-inspector.ts';
import type { OutboxState } from './outbox/index.ts';

const connector = { connectorType: 'paper', marketType: 'futures', ok: true, lastEventAt: 1, lagMs: 0 };

function parts(given: Partial<PartStates> = {}): PartStates {
  return {
    runner: {
      phase: 'running',
      lastInput: 1,
      lastSeq: 5,
      pendingInputs: 0,
      pendingBytes: 0,
      shed: 0,
      refused: 0,
      unwritable: 0,
      commits: 1,
      lastCommitMs: 1,
      longestCommitMs: 1,
      snapshotInput: 0,
      heldFrames: 0,
      heldBytes: 0,
    },
    picture: quietPicture(),
    connectors: [connector],
    bus: { state: 'up', published: 1, delivered: 1, shed: 0, deadLettered: 0, queued: 0, latencyMs: [] },
    effects: { sent: 0, accepted: 0, rejected: 0, unknown: 0, retried: 0, running: 0, waiting: 0 },
    reconciled: { startedAt: 1, durationMs: 1, accounts: [{ accountKey: 'paper:futures', ok: true }] },
    registration: { registered: true, lastHeartbeatAt: 1 },
    publisher: { waiting: 0, dropped: 0 },
    views: { lastSeq: 5, reason: undefined },
    storeBytes: 1,
    now: 9,
    ...given,
  };
}

test('all well is ok, ready and not degraded', () => {
  const { ok, ready, degraded, startupReasons } = inspectorHealth(parts());
  assert.deepEqual([ok, ready, degraded, startupReasons], [true, true, false, []]);
  assert.ok(nodeHealth(parts()).every((node) => node.state === 'ok'));
});

test('a lock and a kill latch do not change it', () => {
  const picture = quietPicture();
  picture.governor = { ...picture.governor, action: 'CLOSE_ALL', killSwitch: { state: 'TRIGGERED', incidentId: 'k1' } };
  assert.deepEqual(inspectorHealth(parts({ picture })), inspectorHealth(parts()));
});

test('a journal that cannot store is not ok, and the node says why', () => {
  const runner = {
    ...parts().runner,
    phase: 'stalled' as const,
    code: 'JOURNAL_FULL' as const,
    reason: 'no space',
    since: 3,
  };
  const { ok, ready, degraded } = inspectorHealth(parts({ runner }));
  assert.deepEqual([ok, ready, degraded], [false, false, true]);
  const journal = nodeHealth(parts({ runner })).find((node) => node.name === 'journal');
  assert.deepEqual([journal?.state, journal?.reason, journal?.since], ['down', 'JOURNAL_FULL: no space', 3]);
});

test('a silent connector is not ok', () => {
  const connectors = [{ ...connector, ok: false, reason: 'silent for 31 s' }];
  assert.equal(inspectorHealth(parts({ connectors })).ok, false);
});

test('before the venue has answered it is ok and not ready', () => {
  const picture = quietPicture();
  picture.reconciliation = [{ ...picture.reconciliation[0]!, reconciled: false }];
  const { ok, ready, startupReasons } = inspectorHealth(parts({ picture, reconciled: undefined }));
  assert.deepEqual([ok, ready], [true, false]);
  assert.deepEqual(startupReasons, ['VENUE_NOT_ASKED', 'NOT_RECONCILED: paper:futures']);
});

test('a Provider that is gone is degraded, because Inspector goes on with what it has', () => {
  const reconciled = { startedAt: 1, durationMs: 1, accounts: [], reason: 'connection refused' };
  const { ok, degraded } = inspectorHealth(parts({ reconciled }));
  assert.deepEqual([ok, degraded], [true, true]);
  const provider = nodeHealth(parts({ reconciled })).find((node) => node.name === 'provider');
  assert.deepEqual([provider?.state, provider?.reason], ['down', 'connection refused']);
});

test('not being registered is degraded', () => {
  const registration = { registered: false, lastHeartbeatAt: null, reason: 'refused' };
  assert.equal(inspectorHealth(parts({ registration })).degraded, true);
  assert.equal(inspectorHealth(parts({ registration: null })).degraded, false);
});

test('a bus that is down is neither ok nor ready, and says why', () => {
  const bus = { ...parts().bus, state: 'down' as const, reason: 'connection refused' };
  const { ok, ready, degraded, startupReasons } = inspectorHealth(parts({ bus }));
  assert.deepEqual([ok, ready, degraded, startupReasons], [false, false, true, ['BUS_DOWN: connection refused']]);
  const node = nodeHealth(parts({ bus })).find(({ name }) => name === 'bus');
  assert.deepEqual([node?.state, node?.reason], ['down', 'connection refused']);
});

test('events are dropped only while some wait', () => {
  const state = (waiting: number) =>
    nodeHealth(parts({ publisher: { waiting, dropped: 3 } })).find(({ name }) => name === 'bus')?.state;
  assert.deepEqual([state(1), state(0)], ['degraded', 'ok']);
});

test('one that stands by is ok and cannot decide', () => {
  const lease = { role: 'standby' as const, epoch: 3, holder: 'host-a:8008', until: 99 };
  const { ok, ready, degraded, startupReasons } = inspectorHealth(parts({ lease }));
  assert.deepEqual([ok, ready, degraded, startupReasons], [true, false, false, ['STANDBY: host-a:8008 acts']]);
  const node = nodeHealth(parts({ lease })).find(({ name }) => name === 'lease');
  assert.deepEqual(node, { name: 'lease', state: 'ok', data: lease });
  const runner = { ...parts().runner, phase: 'standby' as const };
  const following = inspectorHealth(parts({ runner, lease, reconciled: undefined, connectors: [] }));
  assert.deepEqual([following.ok, following.ready, following.degraded], [true, false, false]);
});

test('one that was replaced is down', () => {
  const { ok, ready, startupReasons } = inspectorHealth(parts({ runner: { ...parts().runner, phase: 'replaced' } }));
  assert.deepEqual([ok, ready, startupReasons], [false, false, ['RUNNER_REPLACED']]);
});

test('the holder of the lease is ready; without a holder it is degraded', () => {
  const lease = { role: 'active' as const, epoch: 3, holder: 'host-a:8008', until: 99 };
  assert.deepEqual(
    [inspectorHealth(parts({ lease })).ready, inspectorHealth(parts({ lease })).degraded],
    [true, false],
  );
  assert.equal(inspectorHealth(parts({ lease: { ...lease, holder: null } })).degraded, true);
});

test('QuestDB that is behind or down degrades and never stops', () => {
  const outbox = { state: 'ok' as const, cursor: 5, lag: 0, sent: 5, rejected: 0, deleted: 0, samplesDropped: 0 };
  const seen = (given: Partial<OutboxState>) => {
    const state = parts({ outbox: { ...outbox, ...given } });
    const node = nodeHealth(state).find(({ name }) => name === 'questdb');
    const { ok, ready, degraded } = inspectorHealth(state);
    return [node?.state, node?.reason, node?.data?.lag, ok, ready, degraded];
  };
  assert.deepEqual(seen({}), ['ok', undefined, 0, true, true, false]);
  assert.deepEqual(seen({ state: 'behind', lag: 7 }), ['degraded', '7 records behind', 7, true, true, true]);
  assert.deepEqual(seen({ state: 'down', reason: 'refused' }), ['down', 'refused', 0, true, true, true]);
  assert.equal(
    nodeHealth(parts()).some(({ name }) => name === 'questdb' || name === 'lease'),
    false,
  );
});

test('a target of alerts, or the reading of commands, that fails for more than a minute degrades, and stops nothing', () => {
  const now = 1_000_000;
  const seen = (alerts: PartStates['alerts']) => {
    const state = parts({ now, alerts });
    const node = nodeHealth(state).find(({ name }) => name === 'alerts');
    const { ok, ready, degraded } = inspectorHealth(state);
    return [node?.state, node?.reason, ok, ready, degraded];
  };
  assert.deepEqual(seen(alertingState()), ['ok', undefined, true, true, false]);
  assert.deepEqual(seen(alertingState(now - 60_000)), ['ok', undefined, true, true, false]);
  const reason = 'phone: no answer within 10 s';
  assert.deepEqual(seen(alertingState(now - 60_001)), ['degraded', reason, true, true, true]);
  const [bot] = alertingState().bots;
  const deaf = { ...bot!, failingSince: now - 60_001, lastFailure: 'no answer' };
  assert.deepEqual(seen({ ...alertingState(), bots: [deaf] }), ['degraded', 'commands: no answer', true, true, true]);
  const standby = { ...alertingState(now - 60_001), isActing: false };
  assert.deepEqual(seen(standby), ['ok', 'this instance does not send', true, true, false]);
  assert.deepEqual(seen(undefined), [undefined, undefined, true, true, false]);
});
