import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { T0 } from './testing/order-for-test.ts';
import { createVenueClock } from './venue-clock.ts';

/** One answer: how long it takes to the venue and back, and what the venue's clock shows when it answers. */
interface Answer {
  tookMs: number;
  shown: number | undefined;
}

function clockOf(answers: readonly Answer[]) {
  let time = T0;
  const left = [...answers];
  const venue = {
    nonce: (): number => 0,
    milliseconds: (): number => 0,
    seconds: (): number => 0,
    fetchTime: async (): Promise<number | undefined> => {
      const { tookMs, shown } = left.shift()!;
      time += tookMs;
      return shown;
    },
  };
  const clock = createVenueClock(venue, () => time);
  const wait = (ms: number): void => {
    time += ms;
  };
  return { clock, venue, wait, time: () => time, left };
}

describe('the clock of the venue', () => {
  it('is our own before it was measured', () => {
    const { clock, venue } = clockOf([]);
    assert.deepEqual([clock.offsetMs, clock.now(), venue.nonce()], [undefined, T0, T0]);
  });

  it('is taken from the fastest of three answers, whose way back is half of its way', async () => {
    const { clock, left } = clockOf([
      { tookMs: 300, shown: T0 + 9_000 },
      { tookMs: 40, shown: T0 + 300 + 20 + 1_300 },
      { tookMs: 41, shown: T0 + 8_000 },
    ]);
    await clock.measure();
    assert.equal(clock.offsetMs, 1_300);
    assert.equal(left.length, 0);
  });

  it('goes on with ours from there, also in what is signed', async () => {
    const answer = { tookMs: 0, shown: T0 - 1_300 };
    const { clock, venue, wait } = clockOf([answer, answer, answer]);
    await clock.measure();
    wait(10_000);
    assert.equal(clock.now(), T0 - 1_300 + 10_000);
    assert.equal(venue.nonce(), clock.now());
    assert.deepEqual([venue.milliseconds(), venue.seconds()], [clock.now(), Math.floor(clock.now() / 1000)]);
  });

  it('is a whole number of milliseconds', async () => {
    const { clock, venue } = clockOf([
      { tookMs: 1, shown: T0 },
      { tookMs: 2, shown: T0 },
      { tookMs: 2, shown: T0 },
    ]);
    await clock.measure();
    assert.equal(clock.offsetMs, -0.5);
    assert.ok(Number.isInteger(clock.now()) && Number.isInteger(venue.nonce()));
  });

  it('learns nothing from an answer without a time', async () => {
    const { clock } = clockOf([
      { tookMs: 5, shown: undefined },
      { tookMs: 30, shown: T0 + 5 + 15 + 700 },
      { tookMs: 5, shown: undefined },
    ]);
    await clock.measure();
    assert.equal(clock.offsetMs, 700);
  });

  it('keeps what it knew when the venue does not answer, and says that it did not', async () => {
    const answer = { tookMs: 0, shown: T0 + 500 };
    const { clock } = clockOf([answer, answer, answer]);
    await clock.measure();
    await assert.rejects(
      clock.measure(() => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(clock.offsetMs, 500);
  });
});
