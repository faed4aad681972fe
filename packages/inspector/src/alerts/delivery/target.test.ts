import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createMemoryJournal } from '../../journal/memory-journal.ts';
import { createSimulatedClock } from '../../runner/simulated-clock.ts';
import type { AlertMessage } from '../alert-message.ts';
import type { TargetSettings } from '../config/alerts-config.ts';
import type { Notifier, Outgoing, Sent } from '../notifier.ts';
import { defaultTemplate } from '../render-alert.ts';
import { alertMessage, keptLog } from '../testing/alerts.ts';
import { createProgressStore } from './progress.ts';
import type { Delivery } from './recent-alerts.ts';
import { CALL_DEADLINE_MS, createTarget, LATE_MS, REFUSED_TRIES } from './target.ts';

const START = 1_700_000_000_000;
const later = (reason = 'it has an error (500)', retryAfterMs?: number): Sent =>
  retryAfterMs === undefined ? { outcome: 'later', reason } : { outcome: 'later', reason, retryAfterMs };

/** A target whose other side the test plays, on a simulated clock. */
function bench(given: Partial<TargetSettings> = {}, journal = createMemoryJournal()) {
  const clock = createSimulatedClock(START);
  const { lines, log } = keptLog();
  const calls: { code: string; at: number; outgoing: Outgoing }[] = [];
  const notes: { code: string; delivery: Delivery }[] = [];
  const other = { answer: (): Sent | Promise<Sent> => ({ outcome: 'delivered' }) };
  const notifier: Notifier = {
    kind: 'webhook-generic',
    place: 'receiver',
    async send(outgoing) {
      calls.push({ code: outgoing.alert.code, at: clock.now() - START, outgoing });
      return other.answer();
    },
  };
  const settings: TargetSettings = {
    name: 'pager',
    severities: ['critical'],
    reminders: true,
    ratePerMinute: 600,
    template: defaultTemplate,
    link: null,
    ...given,
  };
  const store = createProgressStore(journal, ['pager'], log);
  store.begin(1);
  store.of('pager').caughtUp(0);
  const note = ({ code }: AlertMessage, delivery: Delivery) => void notes.push({ code, delivery });
  const target = createTarget(settings, {
    notifier,
    progress: store.of('pager'),
    save: store.save,
    appKey: 'guard',
    clock,
    log,
    note,
  });
  let seq = 0;
  return {
    target,
    clock,
    calls,
    notes,
    lines,
    other,
    journal,
    add: (code: string, more: Partial<AlertMessage> = {}) =>
      target.add(alertMessage({ seq: ++seq, code, ts: clock.now(), ...more })),
    async pass(ms: number) {
      for (let left = ms; left > 0; left -= Math.min(left, 250)) {
        await turn();
        clock.advance(Math.min(left, 250));
        await turn();
      }
    },
    told: () => (JSON.parse(journal.readMeta('alerts')!) as { pager: { seq: number; told: number[] } }).pager,
  };
}

test('adding calls nothing: it is sent in a later turn, in order, one call at a time', async () => {
  const { target, add, calls, pass, other } = bench();
  target.start();
  const answer = Promise.withResolvers<Sent>();
  other.answer = () => answer.promise;
  add('A');
  add('B');
  assert.equal(calls.length, 0);
  await pass(500);
  assert.deepEqual(
    calls.map(({ code }) => code),
    ['A'],
  );
  other.answer = () => ({ outcome: 'delivered' });
  answer.resolve({ outcome: 'delivered' });
  await pass(500);
  assert.deepEqual(
    calls.map(({ code }) => code),
    ['A', 'B'],
  );
  assert.equal(target.state().delivered, 2);
});

test('it is tried again after 1, 2, 4 … 60 s, logs once when it begins to fail and once when it works', async () => {
  const { target, add, calls, pass, other, lines } = bench();
  target.start();
  other.answer = () => later();
  add('A');
  await pass(200_000);
  const waits = calls.map(({ at }, index) => Math.round((at - (calls[index - 1]?.at ?? 0)) / 1000));
  assert.deepEqual(waits, [0, 1, 2, 4, 8, 16, 32, 60, 60]);
  assert.deepEqual(
    lines.map((line) => line.slice(0, 60)),
    ['warn an alert did not reach this target; it is tried again {'],
  );
  const { state, failingSince, lastFailure, lastSuccessAt, failed, waiting } = target.state();
  assert.deepEqual(
    { state, lastFailure, lastSuccessAt, failed, waiting },
    { state: 'failing', lastFailure: 'it has an error (500)', lastSuccessAt: null, failed: 9, waiting: 1 },
  );
  assert.ok(failingSince! - START < 1_000);
  other.answer = () => ({ outcome: 'delivered' });
  await pass(60_000);
  assert.equal(lines.length, 2);
  assert.match(lines[1]!, /^info alerts reach this target again/);
  assert.deepEqual([target.state().state, target.state().delivered, target.state().failingSince], ['ok', 1, null]);
});

test('a wait that the other side asks for is kept, also when it is longer than the backoff', async () => {
  const { target, add, calls, pass, other } = bench();
  target.start();
  other.answer = () => later('slow down', 90_000);
  add('A');
  await pass(500);
  other.answer = () => ({ outcome: 'delivered' });
  add('B');
  await pass(88_000);
  assert.equal(calls.length, 1);
  await pass(3_000);
  assert.deepEqual(
    calls.map(({ code }) => code),
    ['A', 'A', 'B'],
  );
});

test('a call that is never answered ends at its deadline and is made again', async () => {
  const { target, add, calls, pass, other } = bench();
  target.start();
  other.answer = () => new Promise(() => {});
  add('A');
  await pass(CALL_DEADLINE_MS - 500);
  assert.equal(target.state().failed, 0);
  await pass(1_000);
  assert.equal(target.state().lastFailure, 'no answer within 10 s');
  await pass(2_000);
  assert.equal(calls.length, 2);
});

test('a message that is refused is let go after three tries, and the next one goes', async () => {
  const { target, add, calls, pass, other, notes } = bench();
  target.start();
  other.answer = () => ({ outcome: 'refused', reason: 'it refuses the message (400)' });
  add('A');
  await pass(10_000);
  assert.equal(calls.length, REFUSED_TRIES);
  assert.equal(target.state().dropped, 1);
  assert.deepEqual(notes.at(-1)?.delivery.state, 'dropped');
  other.answer = () => ({ outcome: 'delivered' });
  add('B');
  await pass(10_000);
  assert.deepEqual([calls.at(-1)?.code, target.state().delivered], ['B', 1]);
});

test('a notifier with a mistake in it harms nobody', async () => {
  const { target, add, pass, other } = bench();
  target.start();
  other.answer = () => {
    throw new TypeError('secret words');
  };
  add('A');
  await pass(10_000);
  assert.equal(target.state().lastFailure, 'a mistake of the program: TypeError');
});

test('from a minute on an alert says that it is late, a critical one goes first, after 15 minutes it is summed up', async () => {
  const { target, add, calls, pass, other, notes } = bench();
  target.start();
  other.answer = () => later();
  add('OLD', { severity: 'warn' });
  await pass(840_000);
  add('NEW', { severity: 'warn' });
  add('KILL');
  await pass(55_000);
  add('OTHER', { severity: 'warn' });
  other.answer = () => ({ outcome: 'delivered' });
  const before = calls.length;
  await pass(90_000);
  const sent = calls
    .slice(before)
    .map(({ code, outgoing }) => `${code} ${outgoing.lateMs !== null && outgoing.lateMs >= LATE_MS ? 'late' : 'now'}`);
  assert.deepEqual(sent, ['KILL late', 'ALERTS_LATE now', 'NEW late', 'OTHER now']);
  assert.equal(notes.findLast(({ code }) => code === 'OLD')?.delivery.state, 'late');
  assert.equal(target.state().late, 1);
});

test('what was told is stored: the lowest that is open, and those above it', async () => {
  const { target, add, pass, other, told } = bench();
  other.answer = () => later();
  target.start();
  add('A', { severity: 'warn' }); // 1
  await pass(500);
  add('K'); // 2
  other.answer = () => ({ outcome: 'delivered' });
  let held = false;
  other.answer = () => {
    if (held) return new Promise(() => {});
    held = true;
    return { outcome: 'delivered' };
  };
  await pass(2_000);
  assert.deepEqual(told(), { seq: 0, epoch: 1, told: [2] });
});

test('a stop ends within a second, though nothing is answered, and leaves it open', async () => {
  const { target, add, pass, other, journal, lines } = bench();
  target.start();
  other.answer = () => new Promise(() => {});
  add('A');
  await pass(500);
  const stopping = target.stop();
  await pass(1_000);
  await stopping;
  assert.equal((JSON.parse(journal.readMeta('alerts')!) as { pager: { seq: number } }).pager.seq, 0);
  assert.deepEqual(lines, [], 'an end is no failure');
});
