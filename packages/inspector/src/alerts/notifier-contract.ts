/** What every notifier must do, as tests. An implementation's own test file calls `testNotifier` with a way to make one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notifier, Outgoing } from './notifier.ts';
import { defaultTemplate, renderAlert } from './render-alert.ts';
import { alertMessage } from './testing/alerts.ts';

export interface NotifierHarness {
  notifier: Notifier;
  /** What of a notifier's configuration must never be shown. */
  secrets: readonly string[];
  /** Bodies that came, as text. */
  bodies(): string[];
  /** How the other side answers from now on; it repeats every secret in its words. */
  answer(
    how:
      | 'taken'
      | 'slow down'
      | 'broken'
      | 'not allowed'
      | 'bad message'
      | 'redirect'
      | 'nonsense'
      | 'endless'
      | 'nothing',
  ): void;
  close(): Promise<void>;
}

const SLOW_DOWN_S = 7;
/** What `slow down` asks for. */
export const retryAfterSeconds = SLOW_DOWN_S;

const outgoing = (): Outgoing => {
  const alert = alertMessage();
  return {
    alert,
    text: renderAlert(alert, null, { template: defaultTemplate, appKey: 'guard', link: null }),
    lateMs: null,
  };
};

export function testNotifier(name: string, open: () => Promise<NotifierHarness>): void {
  const notifierTest = (title: string, run: (harness: NotifierHarness) => Promise<void>) =>
    test(`${name}: ${title}`, async () => {
      const harness = await open();
      try {
        await run(harness);
      } finally {
        await harness.close();
      }
    });
  const send = ({ notifier }: NotifierHarness, signal = new AbortController().signal) =>
    notifier.send(outgoing(), signal);

  notifierTest('what is taken is delivered, with code and figures in it', async (harness) => {
    assert.deepEqual(await send(harness), { outcome: 'delivered' });
    const [body = ''] = harness.bodies();
    assert.match(body, /DAILY_LOSS/);
    assert.match(body, /-5\.2 %/);
  });

  notifierTest('a wait that is asked for is passed on', async (harness) => {
    harness.answer('slow down');
    const sent = await send(harness);
    assert.equal(sent.outcome, 'later');
    assert.equal('retryAfterMs' in sent && sent.retryAfterMs, SLOW_DOWN_S * 1000);
  });

  notifierTest('an error, a missing right, a redirect and nonsense are for later', async (harness) => {
    for (const how of ['broken', 'not allowed', 'redirect', 'nonsense'] as const) {
      harness.answer(how);
      const sent = await send(harness);
      assert.equal(sent.outcome, 'later', how);
      assert.ok('reason' in sent && sent.reason.length > 5, how);
    }
    assert.equal(harness.bodies().length, 4, 'a redirect is not followed');
  });

  notifierTest('a message that the other side does not want is refused', async (harness) => {
    harness.answer('bad message');
    assert.equal((await send(harness)).outcome, 'refused');
  });

  notifierTest('it ends when it is told to, though nothing is answered', async (harness) => {
    harness.answer('nothing');
    const ending = new AbortController();
    const sending = send(harness, ending.signal);
    setTimeout(() => ending.abort(), 50);
    assert.equal((await sending).outcome, 'later');
  });

  notifierTest('an answer without end is not read to its end', async (harness) => {
    harness.answer('endless');
    assert.equal((await send(harness)).outcome, 'later');
  });

  notifierTest('nobody listening is for later', async (harness) => {
    await harness.close();
    const sent = await send(harness);
    assert.equal(sent.outcome, 'later');
    assert.match('reason' in sent ? sent.reason : '', /cannot be reached \([A-Z_]+\)/);
  });

  notifierTest('neither a reason nor the place holds a secret', async (harness) => {
    const shown = [harness.notifier.place, harness.notifier.kind];
    for (const how of [
      'slow down',
      'broken',
      'not allowed',
      'bad message',
      'redirect',
      'nonsense',
      'endless',
    ] as const) {
      harness.answer(how);
      shown.push(JSON.stringify(await send(harness)));
    }
    await harness.close();
    shown.push(JSON.stringify(await send(harness)));
    for (const secret of harness.secrets) assert.ok(!shown.join('\n').includes(secret), shown.join('\n'));
  });
}
