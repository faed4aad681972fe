import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import { incidentsOf } from './incident-list.ts';
import { venueProof } from './incident-proof.ts';
import { killProgress } from './kill-progress.ts';
import { choiceOf, completeScope, confirmWord, isConfirmed, scopeWords } from './kill-scope.ts';
import { lockEnd, needsBaseline, secondActorFault } from './lock-words.ts';
import { stuckAdvice, stuckReason } from './stuck-advice.ts';

test('each scope has a word of its own, and only that word confirms it', () => {
  assert.equal(confirmWord('global'), 'KILL ALL');
  assert.equal(confirmWord('symbol:paper:futures:BTCUSDT'), 'KILL BTCUSDT');
  assert.equal(confirmWord('account:paper:futures'), 'KILL paper:futures');
  assert.equal(confirmWord('detector:trend'), 'KILL trend');
  assert.ok(isConfirmed('global', '  kill  all '));
  for (const typed of ['', 'KILL', 'KILL BTCUSDT', 'KILLALL', 'KILL ALL!'])
    assert.ok(!isConfirmed('global', typed), typed);
});

test('a scope is complete with a name without spaces', () => {
  assert.equal(completeScope({ kind: 'global', name: 'x' }), 'global');
  assert.equal(completeScope({ kind: 'account', name: ' paper:futures ' }), 'account:paper:futures');
  assert.equal(completeScope({ kind: 'symbol', name: '' }), null);
  assert.equal(completeScope({ kind: 'detector', name: 'a b' }), null);
  assert.equal(completeScope({ kind: 'side', name: 'paper:futures:BTCUSDT' }), null);
  assert.equal(completeScope({ kind: 'side', name: 'paper:futures:BTCUSDT:LONG' }), 'side:paper:futures:BTCUSDT:LONG');
  for (const scope of ['global', 'account:paper:futures:7', 'side:a:b:C:SHORT']) {
    assert.equal(completeScope(choiceOf(scope)), scope);
  }
  assert.equal(scopeWords('symbol:paper:futures:BTCUSDT'), 'symbol BTCUSDT at paper:futures');
  assert.equal(scopeWords('side:paper:futures:BTCUSDT:LONG'), 'LONG of BTCUSDT at paper:futures');
});

const at = (phase: string, ts: number, orders = 0, positions = 0) => ({
  phase,
  ts,
  seq: ts,
  remaining: { orders, positions },
});

test('a kill that runs has done what came, and is at the last of it', () => {
  const timeline = [
    at('TRIGGERED', 1000, 2, 1),
    at('BLOCKED', 1001, 2, 1),
    at('CANCELLING', 1002, 2, 1),
    at('CLOSING', 1005, 1, 1),
  ];
  const progress = killProgress({ phase: 'CLOSING', triggeredAt: 1000, timeline });
  assert.deepEqual(
    progress.steps.map(({ state, atMs }) => [state, atMs]),
    [
      ['done', 0],
      ['done', 1],
      ['done', 2],
      ['current', 5],
      ['waiting', null],
    ],
  );
  assert.deepEqual(progress.remaining, { orders: 1, positions: 1 });
  assert.equal(progress.isFlat, false);
});

test('a kill that began again is not flat any more, and says how often', () => {
  const timeline = [
    at('TRIGGERED', 0),
    at('BLOCKED', 0),
    at('CANCELLING', 1),
    at('CLOSING', 2),
    at('VERIFIED_FLAT', 500),
    at('CANCELLING', 900, 0, 1),
  ];
  const progress = killProgress({ phase: 'CANCELLING', triggeredAt: 0, timeline });
  assert.deepEqual(
    progress.steps.map(({ state }) => state),
    ['done', 'done', 'current', 'waiting', 'waiting'],
  );
  assert.equal(progress.restarts, 1);
  assert.equal(progress.isFlat, false);
});

test('a stuck kill stays at its step, a flat one has none left, a re-armed one stays flat', () => {
  const stuck = [
    at('TRIGGERED', 0),
    at('BLOCKED', 0),
    at('CANCELLING', 0),
    at('CLOSING', 0),
    at('STUCK', 10_000, 0, 1),
  ];
  const progress = killProgress({ phase: 'STUCK', triggeredAt: 0, timeline: stuck });
  assert.equal(progress.isStuck, true);
  assert.equal(progress.steps.find(({ state }) => state === 'current')?.step, 'CLOSING');
  const flat = [...stuck, at('VERIFIED_FLAT', 12_000)];
  assert.equal(
    killProgress({ phase: 'VERIFIED_FLAT', triggeredAt: 0, timeline: flat }).steps.every(
      ({ state }) => state === 'done',
    ),
    true,
  );
  const rearmed = killProgress({ phase: 'REARMED', triggeredAt: 0, timeline: [...flat, at('REARMED', 60_000)] });
  assert.deepEqual([rearmed.isFlat, rearmed.isRearmed, rearmed.isStuck], [true, true, false]);
});

const connector = (ok: boolean) => ({ connectorType: 'ccxt', marketType: 'futures', ok, lastEventAt: 0, lagMs: 0 });

test('the reason of a hang is the venue where it is away, else what is left', () => {
  const remaining = { orders: 1, positions: 2 };
  assert.match(stuckReason({ remaining, connectors: [connector(true)] }), /2 positions and 1 order\./);
  assert.match(stuckReason({ remaining, connectors: [connector(false)] }), /does not answer.*ccxt:futures/);
  assert.match(stuckReason({ remaining: { orders: 0, positions: 0 }, connectors: [] }), /has not confirmed/);
  assert.match(stuckAdvice({ remaining, connectors: [connector(false)] })[0] ?? '', /Open the venue itself/);
  assert.equal(stuckAdvice({ remaining: { orders: 0, positions: 0 }, connectors: [] }).length, 2);
});

const record = (seq: number, code: string, incidentId: string, ts = seq): AuditRecord => ({
  seq,
  ts,
  kind: 'KILL_SWITCH',
  code,
  severity: 'critical',
  traceId: 't',
  actor: 'ann',
  message: '',
  data: { incidentId, scope: 'global', reason: `why ${incidentId}`, actor: 'ann' },
  epoch: 1,
});

test('incidents are gathered from their records, in any order and doubled', () => {
  const records = [
    record(9, 'REARMED', 'a', 9000),
    record(5, 'VERIFIED_FLAT', 'a', 1400),
    record(4, 'STUCK', 'a', 1200),
    record(1, 'TRIGGERED', 'a', 1000),
    record(5, 'VERIFIED_FLAT', 'a', 1400),
    record(12, 'TRIGGERED', 'b', 20_000),
  ];
  const [newest, oldest] = incidentsOf(records);
  assert.deepEqual([newest?.incidentId, newest?.phase, newest?.flatMs], ['b', 'TRIGGERED', null]);
  assert.deepEqual(oldest, {
    incidentId: 'a',
    scopes: ['global'],
    actor: 'ann',
    reason: 'why a',
    triggeredAt: 1000,
    phase: 'REARMED',
    flatMs: 400,
    wasStuck: true,
    rearmedAt: 9000,
  });
});

test('a proof is read, and what it does not say is unknown', () => {
  assert.equal(venueProof(null), null);
  const proof = venueProof({
    positionsInScope: 0,
    legacyLeft: [{ symbol: 'X', side: 'LONG', quantity: 1 }],
    accounts: 'no',
  });
  assert.deepEqual([proof?.positionsInScope, proof?.ordersInScope, proof?.ordersShownByVenue], [0, null, false]);
  assert.deepEqual(proof?.legacyLeft, [{ symbol: 'X', side: 'LONG', quantity: 1 }]);
  assert.deepEqual(proof?.accounts, []);
});

test('a lock is ended the way that it was set, and a second person is another one', () => {
  assert.equal(lockEnd({ code: 'STAND_DOWN_ACTIVE' }), 'stand-down');
  assert.equal(lockEnd({ code: 'DAILY_LOSS' }), 'rearm');
  assert.deepEqual([needsBaseline({ code: 'DRAWDOWN' }), needsBaseline({ code: 'DAILY_LOSS' })], [true, false]);
  assert.match(secondActorFault(' ', 'ann') ?? '', /second person/);
  assert.match(secondActorFault('ann ', 'ann') ?? '', /somebody else/);
  assert.equal(secondActorFault('bob', 'ann'), null);
});
