import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import { alertingBench, target } from './testing/alerting.ts';
import { eventually } from './testing/alerts.ts';
import { type FakeWebhook, fakeWebhook } from './testing/fake-webhook.ts';

async function webhook(): Promise<FakeWebhook> {
  const fake = await fakeWebhook();
  after(() => fake.close());
  return fake;
}
const codesOf = ({ calls }: FakeWebhook): string[] =>
  calls.map(({ body }) => (JSON.parse(body) as { code: string }).code);
const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000;

test('an alert of a record arrives with its account, symbol and sequence; other records do not', async () => {
  const fake = await webhook();
  const { alerting, start, record } = alertingBench({ alerts: { targets: [target(fake.url)], bots: [] } });
  start();
  record(
    { kind: 'LIMIT_BREACHED', code: 'DAILY_LOSS' },
    { code: 'NAKED_EXPOSURE', accountKey: 'paper:futures', symbol: 'BTCUSDT', data: { reminder: false, attempt: 1 } },
  );
  await eventually('it arrives', () => fake.calls.length === 1);
  const { id, code, accountKey, symbol, data, kind } = JSON.parse(fake.calls[0]!.body);
  assert.deepEqual(
    { id, code, accountKey, symbol, data, kind },
    {
      id: 2,
      code: 'NAKED_EXPOSURE',
      accountKey: 'paper:futures',
      symbol: 'BTCUSDT',
      data: { attempt: 1 },
      kind: 'alert',
    },
  );
  // The webhook has it before its answer is back.
  const deliveries = () => [...(alerting.recent(10)[0]?.deliveries.values() ?? [])];
  await eventually('its answer is heard', () => deliveries().every(({ state }) => state === 'delivered'));
  assert.deepEqual(
    deliveries().map(({ target: to, tries }) => [to, tries]),
    [['pager', 1]],
  );
});

test('what has no record is told too, and what has one is told once', async () => {
  const fake = await webhook();
  const { alerting, start, record } = alertingBench({ alerts: { targets: [target(fake.url)], bots: [] } });
  start();
  const [first] = record({ code: 'EQUITY_UNKNOWN', message: 'unknown' });
  const alert = {
    seq: first!.seq,
    code: 'EQUITY_UNKNOWN',
    severity: 'critical' as const,
    message: 'unknown',
    reminder: false,
    data: {},
  };
  // A stalled journal tells with the sequence of whatever was stored last.
  alerting.notify([alert, { ...alert, code: 'STORE_UNAVAILABLE', message: 'the disk is full' }]);
  await eventually('both arrive', () => fake.calls.length === 2);
  record({ code: 'LAST' });
  await eventually('a last one arrives', () => fake.calls.length === 3);
  assert.deepEqual(codesOf(fake), ['EQUITY_UNKNOWN', 'STORE_UNAVAILABLE', 'LAST']);
});

test('severities are routed, reminders only where they are wanted, and repeats nowhere', async () => {
  const [phone, pager] = [await webhook(), await webhook()];
  const targets = [
    target(phone.url, { name: 'phone', severities: ['critical'] }),
    target(pager.url, { name: 'pager', severities: ['warn', 'critical'], reminders: false }),
  ];
  const { alerting, start, record } = alertingBench({ alerts: { targets, bots: [] } });
  start();
  record(
    { code: 'A', severity: 'critical' },
    { code: 'B', severity: 'warn' },
    { code: 'C', severity: 'info' },
    { code: 'D', severity: 'critical', data: { reminder: true } },
    { code: 'A', severity: 'critical' },
    { code: 'E', severity: 'critical' },
  );
  await eventually('all arrive', () => phone.calls.length >= 3 && pager.calls.length >= 3);
  assert.deepEqual(
    [codesOf(phone), codesOf(pager)],
    [
      ['A', 'D', 'E'],
      ['A', 'E', 'B'],
    ],
  );
  assert.match(JSON.parse(phone.calls[1]!.body).text, /\(reminder\)/);
  assert.deepEqual(
    alerting
      .recent(10)
      .map(({ alert, repeat }) => `${alert.code} ${repeat}`)
      .reverse(),
    ['A false', 'B false', 'C false', 'D false', 'A true', 'E false'],
  );
});

test('a standby tells nothing and shows everything', async () => {
  const fake = await webhook();
  const { alerting, record } = alertingBench({ alerts: { targets: [target(fake.url)], bots: [] } });
  record({ code: 'A' });
  alerting.notify([{ seq: 9, code: 'B', severity: 'critical', message: 'b', reminder: false, data: {} }]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(fake.calls.length, 0);
  assert.deepEqual(
    alerting.recent(10).map(({ alert }) => alert.code),
    ['B', 'A'],
  );
  assert.equal(alerting.state()?.isActing, false);
});

test('after a restart what was not confirmed is sent and marked as late, what is older is summed up', async () => {
  const fake = await webhook();
  fake.answer = { status: 500 };
  const journal = createMemoryJournal();
  const first = alertingBench({ alerts: { targets: [target(fake.url)], bots: [] }, journal });
  first.start();
  first.record({ code: 'TOLD' });
  fake.answer = { status: 200 };
  await eventually('the first is told', () => first.alerting.state()?.targets[0]?.delivered === 1);
  fake.answer = { status: 500 };
  first.record({ code: 'OLD', ts: minutesAgo(20) }, { code: 'OLDER', severity: 'warn', ts: minutesAgo(40) });
  first.record({ code: 'RECENT', ts: minutesAgo(10) });
  await first.alerting.stop();
  first.record({ code: 'AT_THE_END' });

  const before = fake.calls.length;
  fake.answer = { status: 200 };
  const second = alertingBench({ alerts: { targets: [target(fake.url)], bots: [] }, journal, epoch: 2 });
  second.start();
  await eventually(
    'all is told',
    () => second.alerting.state()?.targets[0]?.waiting === 0 && fake.calls.length - before >= 3,
  );
  const bodies = fake.calls.slice(before).map(({ body }) => JSON.parse(body));
  assert.deepEqual(bodies.map(({ code }) => code).sort(), ['ALERTS_LATE', 'AT_THE_END', 'RECENT']);
  const recent = bodies.find(({ code }) => code === 'RECENT');
  assert.ok(recent.lateMs >= 600_000 && /late by 10 min/.test(recent.text));
  assert.deepEqual(bodies.find(({ code }) => code === 'ALERTS_LATE').data.byCode, { OLD: 1, OLDER: 1 });
  await second.alerting.stop();

  const third = alertingBench({ alerts: { targets: [target(fake.url)], bots: [] }, journal, epoch: 3 });
  third.start();
  third.record({ code: 'NEXT' });
  await eventually('the next is told', () => fake.calls.length - before === 4);
  assert.equal(codesOf(fake).at(-1), 'NEXT');
});

test('what the first input of an instance gave is told, though it came before it acts', async () => {
  const fake = await webhook();
  const { alerting, journal, record } = alertingBench({ alerts: { targets: [target(fake.url)], bots: [] } });
  record({ code: 'FOLLOWED', epoch: 9, ts: minutesAgo(30) });
  const storedSeq = journal.lastSeq;
  record({ code: 'STARTED_WITH' });
  alerting.start(storedSeq);
  record({ code: 'NEXT' });
  await eventually('both arrive', () => fake.calls.length === 2);
  assert.deepEqual(codesOf(fake), ['STARTED_WITH', 'NEXT']);
});

test('a target that is new is told what happens from now on', async () => {
  const fake = await webhook();
  const journal = createMemoryJournal();
  const earlier = alertingBench({ alerts: null, journal });
  earlier.record({ code: 'BEFORE' });
  const now = alertingBench({ alerts: { targets: [target(fake.url)], bots: [] }, journal, epoch: 2 });
  now.start();
  now.record({ code: 'NOW' });
  await eventually('it arrives', () => fake.calls.length === 1);
  assert.deepEqual(codesOf(fake), ['NOW']);
});

test('what another instance made is told again while it is news, and never summed up', async () => {
  const fake = await webhook();
  const journal = createMemoryJournal();
  const standby = alertingBench({ alerts: { targets: [target(fake.url)], bots: [] }, journal, epoch: 7 });
  standby.record({ code: 'LONG_AGO', epoch: 6, ts: minutesAgo(60) }, { code: 'JUST_NOW', epoch: 6, ts: minutesAgo(2) });
  standby.start();
  await eventually('it arrives', () => fake.calls.length === 1);
  standby.record({ code: 'OWN' });
  await eventually('and the next', () => fake.calls.length === 2);
  assert.deepEqual(codesOf(fake), ['JUST_NOW', 'OWN']);
  assert.equal(standby.alerting.recent(10).length, 3, 'each is shown once');
});

test('a test goes to each target, and whoever asks meanwhile gets its answer', async () => {
  const [good, bad] = [await webhook(), await webhook()];
  bad.answer = { status: 404, body: 'no_service' };
  const targets = [target(good.url, { name: 'good' }), target(bad.url, { name: 'bad', severities: ['critical'] })];
  const { alerting } = alertingBench({ alerts: { targets, bots: [] } });
  const [one, two] = await Promise.all([alerting.test(), alerting.test()]);
  assert.deepEqual(one, two);
  assert.deepEqual(
    one.map(({ target: name, outcome, reason }) => ({ name, outcome, reason })),
    [
      { name: 'good', outcome: 'delivered', reason: undefined },
      { name: 'bad', outcome: 'later', reason: 'there is no such webhook (404): no_service' },
    ],
  );
  assert.deepEqual([good.calls.length, bad.calls.length], [1, 1]);
  assert.equal(JSON.parse(good.calls[0]!.body).kind, 'test');
});

test('a journal that takes no cursor is told of once, and alerts go on', async () => {
  const fake = await webhook();
  const journal = createMemoryJournal();
  journal.writeMeta = () => {
    throw new Error('the disk is full');
  };
  const { start, record, lines } = alertingBench({ alerts: { targets: [target(fake.url)], bots: [] }, journal });
  start();
  record({ code: 'A' });
  await eventually('it arrives', () => fake.calls.length === 1);
  record({ code: 'B' });
  await eventually('the second arrives', () => fake.calls.length === 2);
  assert.equal(lines.filter((line) => line.includes('which alerts were told')).length, 1);
});
