import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createServerClock } from './server-clock.ts';

/** A clock of the page beside that of a server, and calls that take a while each way. */
function clocks({ serverAheadMs }: { serverAheadMs: number }) {
  const time = { local: 1_000_000 };
  const clock = createServerClock(() => time.local);
  return {
    clock,
    time,
    call({ thereMs, backMs, aheadMs = serverAheadMs }: { thereMs: number; backMs: number; aheadMs?: number }) {
      const askedAt = time.local;
      time.local += thereMs;
      const timestamp = time.local + aheadMs;
      time.local += backMs;
      clock.heard(timestamp, askedAt);
    },
    errorMs: () => clock.now() - (time.local + serverAheadMs),
  };
}

test('a browser whose clock is right is not moved by the way of an answer, however long', () => {
  const { call, errorMs } = clocks({ serverAheadMs: 0 });
  for (const way of [5, 900, 4_000, 10_000]) call({ thereMs: way, backMs: way });
  assert.equal(errorMs(), 0);
});

test('a browser whose clock is wrong counts by the server from the first answer on', () => {
  for (const serverAheadMs of [3_600_000, -3_600_000, 20_000, -20_000]) {
    const { clock, call, errorMs } = clocks({ serverAheadMs });
    clock.now();
    call({ thereMs: 20, backMs: 20 });
    assert.ok(Math.abs(errorMs()) <= 40, `${serverAheadMs}: wrong by ${errorMs()} ms`);
  }
});

test('it never runs backwards while answers of slow and of quick calls correct it', () => {
  const { clock, call, time } = clocks({ serverAheadMs: 7_000 });
  let shown = Number.NEGATIVE_INFINITY;
  for (const [thereMs, backMs] of [
    [50, 50],
    [3_000, 4_000],
    [10, 10],
    [6_000, 10],
    [10, 6_000],
    [20, 20],
  ] as const) {
    call({ thereMs, backMs });
    for (let step = 0; step < 10; step += 1) {
      const now = clock.now();
      assert.ok(now >= shown, `${shown} became ${now} after ${thereMs} ms there and ${backMs} ms back`);
      shown = now;
      time.local += 100;
    }
  }
});

test('a correction back makes it stand still until it is caught up', () => {
  const { clock, call, time } = clocks({ serverAheadMs: 10_000 });
  call({ thereMs: 5, backMs: 5 });
  const shown = clock.now();
  call({ thereMs: 5, backMs: 5, aheadMs: 5_000 });
  assert.equal(clock.now(), shown);
  time.local += 5_000;
  assert.ok(clock.now() > shown);
});

test("a server's clock that was set back far is followed", () => {
  const { clock, call, time } = clocks({ serverAheadMs: 3_600_000 });
  call({ thereMs: 5, backMs: 5 });
  clock.now();
  call({ thereMs: 5, backMs: 5, aheadMs: 0 });
  assert.ok(Math.abs(clock.now() - time.local) <= 10);
});
