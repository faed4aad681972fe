/**
 * The kill switch through every fault of a venue: it ends in `VERIFIED_FLAT`, with nothing left at the venue itself, or
 * says `STUCK` with the reason for as long as the venue makes it impossible, and ends when it no longer does.
 */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { FakeFaults } from '@inspector/fake-venue';
import { type Exchange, exchanges, type GuardedVenue, ready, startGuarded, tail } from './testing/guarded-venue.ts';
import { sentTwice } from './testing/sent-twice.ts';
import { until } from './testing/until.ts';

interface Fault {
  name: string;
  during?: (faults: FakeFaults, guarded: GuardedVenue) => void;
  /** It cannot end while this lasts: STUCK is said, then the fault is taken away. */
  isStuck?: boolean;
}

const faults: readonly Fault[] = [
  { name: 'no fault' },
  {
    name: 'closes: timeout after accept',
    during: (on) => {
      on.timeoutAfterAccept = { kind: 'market', times: 2 };
    },
  },
  {
    name: 'closes: timeout before accept',
    during: (on) => {
      on.timeoutBeforeAccept = { kind: 'market', times: 2 };
    },
  },
  {
    name: 'cancels: timeout after accept',
    during: (on) => {
      on.timeoutAfterAccept = { kind: 'cancel', times: 2 };
    },
  },
  {
    name: 'closes fill in pieces',
    during: (on) => {
      on.partialFills = { kind: 'market', pieces: 4, everyMs: 100 };
    },
  },
  {
    name: 'duplicate client id',
    during: (on) => {
      on.duplicateClientId = { kind: 'market', times: 2 };
    },
  },
  {
    name: '5xx until it is stuck',
    during: (on) => {
      on.serverErrors = true;
    },
    isStuck: true,
  },
  {
    name: '429 for everything, three times',
    during: (on) => {
      on.rateLimit = { status: 429, retryAfterSeconds: 1, times: 3 };
    },
  },
  {
    name: 'banned until it is stuck',
    during: (on) => {
      on.rateLimit = { status: 418, retryAfterSeconds: 3600 };
    },
    isStuck: true,
  },
  {
    name: 'maintenance until it is stuck',
    during: (on) => {
      on.refuse = 'maintenance';
    },
    isStuck: true,
  },
  {
    name: 'key refused until it is stuck',
    during: (on) => {
      on.refuse = 'bad-key';
    },
    isStuck: true,
  },
  {
    name: 'clock wrong by -1.3 s',
    during: (on) => {
      on.clockOffsetMs = -1_300;
    },
  },
  {
    name: 'listen key expired',
    during: (on) => {
      on.listenKeyExpired = true;
    },
  },
  {
    name: 'account stream dead without a word',
    during: (on) => {
      on.listenKeySilent = true;
    },
  },
  {
    name: 'half-open sockets',
    during: (on) => {
      on.halfOpenSockets = 'existing';
    },
  },
  { name: 'sockets cut', during: (on) => on.cutSockets() },
  { name: 'user events lost', during: (on) => on.dropUserEvents(6) },
  {
    name: 'user events late by 800 ms',
    during: (on) => {
      on.userEventDelayMs = 800;
    },
  },
  {
    name: 'a position closed by hand at that moment',
    during: (_on, { venue }) => venue.owner.closePosition('ETHUSDT'),
  },
  {
    name: "the owner's bot goes on: it sends another order at that moment",
    during: (_on, { owner }) => void setTimeout(() => owner('BUY', 0.01), 100),
  },
];

for (const exchange of exchanges) {
  describe(`at ${exchange} the kill switch ends verified flat through every fault of its venue`, {
    concurrency: 8,
  }, () => {
    for (const fault of faults) test(fault.name, (t) => killedThrough(t, exchange, fault));
  });
}

async function killedThrough(t: TestContext, exchange: Exchange, fault: Fault): Promise<void> {
  const guarded = await startGuarded(t, { exchange });
  await ready(guarded);
  const { venue, inspector } = guarded;
  guarded.open();
  guarded.owner('SELL', 0.4, 'ETHUSDT');
  venue.owner.order({ symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', price: 50_000, quantity: 0.01 });
  await until(
    () => venue.account().conditionalOrders.length === 4 && venue.account().openOrders.length === 1,
    () => `two positions are protected\n${tail(inspector)}`,
  );

  fault.during?.(venue.faults, guarded);
  const began = performance.now();
  const { incidentId } = await guarded.call<{ incidentId: string }>('/kill-switch/trigger', {
    scope: 'global',
    reason: 'the test says so',
    confirm: true,
  });
  const phases = () =>
    guarded.audit().filter(({ kind, data }) => kind === 'KILL_SWITCH' && data.incidentId === incidentId);
  if (fault.isStuck === true) {
    await until(
      () => phases().some(({ code }) => code === 'STUCK'),
      () => `it says that it is stuck\n${tail(inspector)}`,
    );
    assert.ok(phases().at(-1)!.message.length > 0);
    assert.ok(!phases().some(({ code }) => code === 'VERIFIED_FLAT'), 'what cannot be asked is not flat');
    venue.faults.clear();
  }
  let flatMs = Number.NaN;
  await until(
    () => {
      const { positions, openOrders, conditionalOrders } = venue.account();
      const isFlat = positions.length + openOrders.length + conditionalOrders.length === 0;
      if (isFlat && Number.isNaN(flatMs)) flatMs = performance.now() - began;
      return isFlat && phases().at(-1)?.code === 'VERIFIED_FLAT';
    },
    () =>
      `it is verified flat\n${JSON.stringify(venue.account().positions)}\n${tail(inspector)}\n${guarded.logs.slice(-5).join('\n')}`,
  );
  const verifiedMs = performance.now() - began;
  assert.deepEqual(sentTwice(venue), []);
  t.diagnostic(`flat ${Math.round(flatMs)} ms, verified ${Math.round(verifiedMs)} ms, orders sent twice 0`);
}
