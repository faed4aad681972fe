import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AlertMessage } from '../alert-message.ts';
import { alertMessage } from '../testing/alerts.ts';
import { createRateLimit } from './rate-limit.ts';
import { createRepeats, QUIET_MS } from './repeats.ts';
import { CRITICAL_LIMIT, createWaiting, type Fate, FOLD_MS, type Next, NORMAL_LIMIT, TOO_LATE_MS } from './waiting.ts';

const START = 1_700_000_000_000;

/** Waiting, with a clock that the test moves. */
function bench(ratePerMinute: number) {
  let elapsedMs = 0;
  const fates: [AlertMessage, Fate][] = [];
  const waiting = createWaiting(ratePerMinute, (alert, fate) => void fates.push([alert, fate]));
  const at = () => ({ nowMs: START + elapsedMs, elapsedMs });
  return {
    waiting,
    fates,
    pass(ms: number) {
      elapsedMs += ms;
    },
    add(code: string, severity: AlertMessage['severity'], given: Partial<AlertMessage> = {}) {
      waiting.add(alertMessage({ code, severity, ts: START + elapsedMs, ...given }), at());
    },
    next: () => waiting.next(at()),
    /** Codes that can be sent now. */
    sent(): string[] {
      const codes: string[] = [];
      for (let next = waiting.next(at()); next.kind === 'send'; next = waiting.next(at()))
        codes.push(next.item.alert.code);
      return codes;
    },
  };
}
const waitMs = (next: Next) => (next.kind === 'wait' ? next.ms : undefined);

describe('the rate', () => {
  test('half of a minute at once, the rest as time passes', () => {
    const rate = createRateLimit(8); // 4 at once, one of them kept for critical ones; one comes back in 7.5 s
    assert.deepEqual(
      [1, 2, 3, 4].map(() => rate.take(0, false)),
      [true, true, true, false],
    );
    assert.equal(rate.waitMs(0, false), 7500);
    assert.deepEqual(
      [1, 2].map(() => rate.take(0, true)),
      [true, false],
    );
    assert.equal(rate.take(7_499, true), false);
    assert.equal(rate.take(7_500, true), true);
  });

  test('one a minute is one a minute', () => {
    const rate = createRateLimit(1);
    assert.equal(rate.take(0, false), true);
    assert.equal(rate.take(59_999, true), false);
    assert.equal(rate.take(60_000, false), true);
  });

  test('it never gives more than it may, however long it was quiet', () => {
    const rate = createRateLimit(20);
    rate.take(0, true);
    let given = 0;
    while (rate.take(86_400_000, true)) given += 1;
    assert.equal(given, 10);
  });
});

describe('what waits', () => {
  test('goes critical first, each kind in its order', () => {
    const { add, sent } = bench(60);
    add('A', 'warn');
    add('B', 'critical');
    add('C', 'info');
    add('D', 'critical');
    assert.deepEqual(sent(), ['B', 'D', 'A', 'C']);
  });

  test('past the rate low ones become one message with counts by code, and critical ones stay themselves', () => {
    const { add, sent, next, pass, fates, waiting } = bench(8);
    for (const code of ['A', 'B', 'C', 'D', 'D', 'E']) add(code, 'warn');
    assert.deepEqual(sent(), ['A', 'B', 'C']);
    assert.deepEqual(
      fates.map(([{ code }, fate]) => `${code} ${fate}`),
      ['D folded', 'D folded', 'E folded'],
    );
    add('F', 'info');
    add('K', 'critical');
    assert.deepEqual(sent(), ['K'], 'the token that is kept for it');
    assert.equal(waiting.size, 4);
    pass(FOLD_MS - 1);
    assert.equal(waitMs(next()), 1);
    pass(1);
    const summary = next();
    assert.equal(summary.kind, 'send');
    const { alert } = (summary as Extract<Next, { kind: 'send' }>).item;
    assert.equal(alert.code, 'ALERTS_FOLDED');
    assert.equal(alert.severity, 'warn');
    assert.match(alert.message, /^4 more alerts .*: D ×2, E, F\. The newest: /);
    assert.deepEqual(alert.data.byCode, { D: 2, E: 1, F: 1 });
    assert.equal(waiting.size, 0);
  });

  test('a single one that was too many speaks for itself', () => {
    const { add, sent, pass } = bench(2);
    add('A', 'warn');
    add('B', 'warn');
    assert.deepEqual(sent(), ['A']);
    pass(FOLD_MS);
    assert.deepEqual(sent(), ['B']);
  });

  test('critical ones wait for the rate and none is folded', () => {
    const { add, sent, pass, fates } = bench(4);
    for (let index = 0; index < 5; index += 1) add(`K${index}`, 'critical');
    assert.deepEqual(sent(), ['K0', 'K1']);
    pass(15_000);
    assert.deepEqual(sent(), ['K2']);
    pass(30_000);
    assert.deepEqual(sent(), ['K3', 'K4']);
    assert.deepEqual(fates, []);
  });

  test('what could not be sent for 15 minutes is summed up, and what is younger is sent', () => {
    const { add, sent, pass, next, fates } = bench(60);
    add('OLD', 'critical', { message: 'the oldest' });
    add('OLDER', 'warn');
    pass(1);
    add('AT', 'critical');
    pass(TOO_LATE_MS);
    const first = next();
    assert.equal(first.kind === 'send' && first.item.alert.code, 'AT', 'exactly 15 minutes');
    const late = next();
    assert.ok(late.kind === 'send');
    assert.equal(late.item.alert.code, 'ALERTS_LATE');
    assert.equal(late.item.alert.severity, 'critical');
    assert.match(late.item.alert.message, /^2 alerts .* could not be sent in time: OLD, OLDER\. .*: the oldest$/);
    assert.deepEqual(late.item.fold?.seqs, [17, 17]);
    assert.deepEqual(
      fates.map(([, fate]) => fate),
      ['late', 'late'],
    );
    assert.deepEqual(sent(), []);
  });

  test('what was not sent comes again before the others, a summary with what was folded since', () => {
    const { add, next, pass, waiting } = bench(2);
    add('A', 'critical');
    const first = next();
    assert.ok(first.kind === 'send');
    add('B', 'critical');
    waiting.putBack(first.item);
    pass(60_000);
    const again = next();
    assert.equal(again.kind === 'send' && again.item.alert.code, 'A');
    pass(30_000);
    assert.equal(next().kind, 'send');
    for (const code of ['C', 'D', 'E']) add(code, 'warn');
    next();
    pass(FOLD_MS);
    const summary = next();
    assert.ok(summary.kind === 'send' && summary.item.fold?.count === 3);
    add('F', 'warn');
    pass(1_000);
    next();
    waiting.putBack(summary.item);
    pass(FOLD_MS);
    const whole = next();
    assert.ok(whole.kind === 'send');
    assert.deepEqual(whole.item.alert.data.byCode, { C: 1, D: 1, E: 1, F: 1 });
  });

  test('has a bound: the oldest low one is folded, the oldest critical one is dropped into the summary of late ones', () => {
    const { add, fates, waiting } = bench(60);
    for (let index = 0; index <= NORMAL_LIMIT; index += 1) add(`W${index}`, 'warn');
    assert.deepEqual(
      fates.map(([{ code }, fate]) => `${code} ${fate}`),
      ['W0 folded'],
    );
    for (let index = 0; index < CRITICAL_LIMIT; index += 1) add(`K${index}`, 'critical');
    assert.equal(fates.length, 1);
    add('K', 'critical');
    assert.deepEqual(
      fates.slice(1).map(([{ code }, fate]) => `${code} ${fate}`),
      ['K0 dropped'],
    );
    assert.equal(waiting.size, NORMAL_LIMIT + 1 + CRITICAL_LIMIT + 1);
  });
});

describe('a repeat', () => {
  const naked = (given: Partial<AlertMessage> = {}) =>
    alertMessage({
      code: 'NAKED_EXPOSURE',
      symbol: 'BTCUSDT',
      message: 'BTCUSDT: 0.01 without a stop for 5000 ms (RETRY).',
      data: {},
      ...given,
    });

  test('is the same code, place and words within 30 s, whatever the figures', () => {
    const { isRepeat } = createRepeats();
    const ts = START;
    assert.equal(isRepeat(naked({ ts })), false);
    assert.equal(
      isRepeat(naked({ ts: ts + QUIET_MS - 1, message: 'BTCUSDT: 0.02 without a stop for 34999 ms (RETRY).' })),
      true,
    );
    assert.equal(isRepeat(naked({ ts: ts + 1, symbol: 'ETHUSDT' })), false);
    assert.equal(isRepeat(naked({ ts: ts + 2, message: 'BTCUSDT: 0.01 without a stop for 6000 ms (CLOSE).' })), false);
    assert.equal(isRepeat(naked({ ts: ts + QUIET_MS })), false, 'exactly 30 s');
  });

  test('is never a change of state, nor a reminder', () => {
    const { isRepeat } = createRepeats();
    for (const given of [
      { data: { action: 'STAND_DOWN' } },
      { data: { phase: 'TRIGGERED' } },
      { reminder: true, data: {} },
    ]) {
      assert.deepEqual([isRepeat(alertMessage(given)), isRepeat(alertMessage(given))], [false, false]);
    }
    const allowed = alertMessage({ data: { action: 'ALLOW' } });
    assert.deepEqual([isRepeat(allowed), isRepeat(allowed)], [false, true]);
  });
});
