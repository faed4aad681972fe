/**
 * Every fault of a venue that can leave a position without its stop. Whatever happens, the position is covered or gone
 * within `nakedMaxMs` + 3.5 s + the venue's latency, and nothing is sent twice. What was measured stands beside each test.
 */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { KpiSnapshot } from '@inspector/contract';
import type { FakeFaults } from '@inspector/fake-venue';
import { NAKED_MAX_MS } from './testing/guarded-system.ts';
import { type Exchange, exchanges, type GuardedVenue, ready, startGuarded, tail } from './testing/guarded-venue.ts';
import { sentTwice } from './testing/sent-twice.ts';
import { until } from './testing/until.ts';

/** The ladder's last rung, and room for the venue and a busy machine: beyond it something hangs. */
const BOUND_MS = NAKED_MAX_MS + 3_500 + 10_000;

interface Fault {
  name: string;
  /** Switched on before the entry. */
  before?: (faults: FakeFaults) => void;
  /** Done when the position is there and covered. */
  after?: (guarded: GuardedVenue) => Promise<void> | void;
  /** How it must have ended. */
  ends: 'covered' | 'flat' | 'either';
  /** Why the audit says that the position ended. */
  closedAs?: string;
  expect?: (guarded: GuardedVenue) => void;
}

const recordsOf = ({ audit }: GuardedVenue, kind: string) => audit().filter((record) => record.kind === kind);

const faults: readonly Fault[] = [
  { name: 'no fault', ends: 'covered' },
  {
    name: 'entry: timeout after accept',
    before: (on) => {
      on.timeoutAfterAccept = { kind: 'market', times: 1 };
    },
    ends: 'covered',
  },
  {
    name: 'stop: timeout after accept',
    before: (on) => {
      on.timeoutAfterAccept = { kind: 'stop', times: 1 };
    },
    ends: 'covered',
  },
  {
    name: 'stop: timeout before accept',
    before: (on) => {
      on.timeoutBeforeAccept = { kind: 'stop', times: 1 };
    },
    ends: 'either',
  },
  {
    name: 'stop rejected: would trigger',
    before: (on) => {
      on.rejectStop = { reason: 'would-trigger', times: 1 };
    },
    ends: 'flat',
    closedAs: 'STOP_LOSS',
  },
  {
    name: 'stop rejected: margin, once',
    before: (on) => {
      on.rejectStop = { reason: 'margin', times: 1 };
    },
    ends: 'covered',
  },
  {
    name: 'stop rejected: unknown, always',
    before: (on) => {
      on.rejectStop = { reason: 'unknown' };
    },
    ends: 'flat',
    closedAs: 'NAKED_EXPOSURE',
  },
  {
    name: 'stop accepted but never working',
    before: (on) => {
      on.neverWorking = { kind: 'stop', times: 1 };
    },
    ends: 'covered',
  },
  {
    name: 'stops accepted but never working, always',
    before: (on) => {
      on.neverWorking = { kind: 'stop' };
    },
    ends: 'flat',
  },
  {
    name: 'stop that does not fire',
    before: (on) => {
      on.stopDoesNotFire = { kind: 'stop' };
    },
    after: ({ venue }) => venue.market.move('BTCUSDT', 59_000),
    ends: 'flat',
    closedAs: 'STOP_LOSS',
  },
  {
    name: 'partial fills',
    before: (on) => {
      on.partialFills = { kind: 'market', pieces: 3, everyMs: 50 };
    },
    ends: 'covered',
  },
  {
    name: 'duplicate client id',
    before: (on) => {
      on.duplicateClientId = { times: 2 };
    },
    ends: 'covered',
  },
  {
    name: '5xx for everything once there is a position',
    after: async ({ venue, owner }) => {
      venue.faults.serverErrors = true;
      owner('BUY', 0.01);
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      venue.faults.serverErrors = false;
    },
    ends: 'either',
  },
  {
    name: '429 for a while',
    after: ({ venue }) => {
      venue.faults.rateLimit = { retryAfterSeconds: 1, paths: ['algoOrder', 'order/create'], times: 2 };
      venue.owner.cancelAll('BTCUSDT');
    },
    ends: 'covered',
  },
  {
    name: 'clock wrong by 1.3 s',
    before: (on) => {
      on.clockOffsetMs = 1_300;
    },
    ends: 'covered',
  },
  {
    name: 'clock wrong by -1.3 s',
    before: (on) => {
      on.clockOffsetMs = -1_300;
    },
    ends: 'covered',
  },
  {
    name: 'listen key expired, then an order by hand',
    after: ({ venue, owner }) => {
      venue.faults.listenKeyExpired = true;
      owner('BUY', 0.01);
    },
    ends: 'covered',
  },
  {
    name: 'listen key dead without a word, then an order by hand',
    after: ({ venue, owner }) => {
      venue.faults.listenKeySilent = true;
      owner('BUY', 0.01);
    },
    ends: 'covered',
  },
  {
    name: 'half-open sockets, then an order by hand',
    after: ({ venue, owner }) => {
      venue.faults.halfOpenSockets = 'existing';
      owner('BUY', 0.01);
    },
    ends: 'covered',
  },
  {
    name: 'sockets cut, and an order by hand at that moment',
    after: ({ venue, owner }) => {
      venue.faults.cutSockets();
      owner('BUY', 0.01);
    },
    ends: 'covered',
  },
  {
    name: 'sequence gaps in the book',
    before: (on) => {
      on.sequenceGap = { times: 5 };
    },
    ends: 'covered',
  },
  {
    name: 'user events lost',
    after: ({ venue, owner }) => {
      venue.faults.dropUserEvents(4);
      owner('BUY', 0.01);
    },
    ends: 'covered',
  },
  {
    name: 'user events twice',
    before: (on) => {
      on.duplicateUserEvents = true;
    },
    ends: 'covered',
  },
  {
    name: 'user events late by 400 ms',
    before: (on) => {
      on.userEventDelayMs = 400;
    },
    ends: 'covered',
  },
  {
    name: 'stop fires, and the word of it comes after the fill',
    before: (on) => {
      on.conditionalEventsLate = true;
    },
    after: ({ venue }) => venue.market.move('BTCUSDT', 59_000),
    ends: 'flat',
    closedAs: 'STOP_LOSS',
  },
  {
    name: 'closed by hand',
    after: ({ venue }) => venue.owner.closePosition('BTCUSDT'),
    ends: 'flat',
    closedAs: 'EXTERNAL',
  },
  {
    name: 'orders cancelled by hand',
    after: ({ venue }) => venue.owner.cancelAll('BTCUSDT'),
    ends: 'covered',
  },
  {
    name: 'orders cancelled by hand, and the word of it lost',
    after: ({ venue }) => {
      venue.faults.dropUserEvents(2);
      venue.owner.cancelAll('BTCUSDT');
    },
    ends: 'covered',
  },
  {
    name: 'a deposit',
    after: ({ venue }) => venue.owner.transfer(5_000),
    ends: 'covered',
    expect: (guarded) => assert.equal(recordsOf(guarded, 'LIMIT_BREACHED').length, 0),
  },
  {
    name: 'a deposit while the sockets are cut',
    async after(guarded) {
      guarded.venue.faults.cutSockets();
      guarded.venue.owner.transfer(1_500);
      let kpi: KpiSnapshot | undefined;
      await until(
        async () => {
          kpi = await guarded.call<KpiSnapshot>('/risk/kpi');
          return (kpi?.currentEquityUsd ?? 0) > 11_000 && Math.abs(kpi?.dailyPnlUsd ?? 0) < 100;
        },
        () => `it is money and no profit: ${JSON.stringify(kpi)}\n${tail(guarded.inspector)}`,
      );
      assert.ok((kpi?.currentDrawdownPct ?? 100) < 1, JSON.stringify(kpi));
    },
    ends: 'covered',
    expect: (guarded) => assert.equal(recordsOf(guarded, 'LIMIT_BREACHED').length, 0),
  },
];

for (const exchange of exchanges) {
  describe(`at ${exchange} a position is protected through every fault of its venue`, { concurrency: 6 }, () => {
    for (const fault of faults) test(fault.name, (t) => protectedThrough(t, exchange, fault));
  });
}

async function protectedThrough(t: TestContext, exchange: Exchange, fault: Fault): Promise<void> {
  const guarded = await startGuarded(t, { exchange });
  await ready(guarded);
  const { venue, naked, inspector } = guarded;
  fault.before?.(venue.faults);
  guarded.open();
  await until(
    () => venue.account().orders.some(({ type, filledQuantity }) => type === 'MARKET' && filledQuantity > 0),
    () => `the entry has filled\n${tail(inspector)}\n${guarded.logs.slice(-5).join('\n')}`,
  );
  await guarded.protectedOrFlat();
  await fault.after?.(guarded);
  await guarded.protectedOrFlat();
  const quantity = () => venue.account().positions.find(({ symbol }) => symbol === 'BTCUSDT')?.quantity ?? 0;
  if (fault.ends === 'flat')
    await until(
      () => quantity() === 0,
      () => `it is flat\n${tail(inspector)}`,
    );
  // What Inspector believes is what the venue has.
  await until(
    () => Math.abs((guarded.position()?.quantity ?? 0) - quantity()) < 1e-9,
    () => `both see ${quantity()}\n${tail(inspector)}`,
  );
  if (fault.ends === 'covered') assert.ok(quantity() > 0, `still there\n${tail(inspector)}`);
  await guarded.protectedOrFlat();
  if (fault.closedAs !== undefined) {
    await until(() => recordsOf(guarded, 'POSITION_CLOSED').length > 0, 'it is on record as closed');
    assert.equal(recordsOf(guarded, 'POSITION_CLOSED').at(-1)?.code, fault.closedAs);
  }
  fault.expect?.(guarded);
  assert.deepEqual(sentTwice(venue), []);
  assert.ok(naked.worstMs() <= BOUND_MS, `naked for ${naked.worstMs()} ms\n${tail(inspector)}`);
  t.diagnostic(`naked ${naked.worstMs()} ms, orders sent twice 0`);
}
