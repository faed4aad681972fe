import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import type { TargetPlace } from '../config/alerts-config.ts';
import type { Outgoing } from '../notifier.ts';
import { type NotifierHarness, retryAfterSeconds, testNotifier } from '../notifier-contract.ts';
import { alertMessage } from '../testing/alerts.ts';
import { type FakeAnswer, fakeServer } from '../testing/fake-server.ts';
import { BOT_TOKEN, refusal } from '../testing/fake-telegram.ts';
import { type FakeWebhook, fakeWebhook } from '../testing/fake-webhook.ts';
import { notifierFor } from './notifier-for.ts';

const SECRET_PATH = '/services/T0/B0/sEcReTpath';
const KEY = 'the-key-that-signs';
const now = () => 1_700_000_000_123;

/** More than any notifier reads. */
const endless = 'x'.repeat(5 * 1024 * 1024);
const wordsWith = (secrets: readonly string[]) => `no: ${secrets.join(' ')}`;

function answerOf(how: Parameters<NotifierHarness['answer']>[0], secrets: readonly string[]): FakeAnswer {
  const words = wordsWith(secrets);
  const isTelegram = secrets.includes(BOT_TOKEN);
  const refused = (status: number, description: string, headers: Record<string, string> = {}): FakeAnswer =>
    isTelegram
      ? refusal(status, description, status === 429 ? { retry_after: retryAfterSeconds } : undefined)
      : { status, body: description, headers };
  switch (how) {
    case 'taken':
      return isTelegram ? { status: 200, body: '{"ok":true,"result":{}}' } : { status: 204 };
    case 'slow down':
      return refused(429, words, { 'retry-after': String(retryAfterSeconds) });
    case 'broken':
      return refused(502, words);
    case 'not allowed':
      return refused(403, words);
    case 'bad message':
      return refused(400, `message is empty ${words}`);
    case 'redirect':
      return { status: 307, headers: { location: '/elsewhere' } };
    case 'nonsense':
      return { status: 500, body: `<html>${words}` };
    case 'endless':
      return { status: 500, body: endless };
    case 'nothing':
      return 'nothing';
  }
}

async function harness(placeAt: (url: string) => TargetPlace): Promise<NotifierHarness> {
  const bodies: string[] = [];
  let secrets: string[] = [];
  let how: Parameters<NotifierHarness['answer']>[0] = 'taken';
  const server = await fakeServer((call) => {
    bodies.push(call.body);
    return answerOf(how, secrets);
  });
  let isClosed = false;
  const place = placeAt(server.url);
  secrets = {
    telegram: [BOT_TOKEN, BOT_TOKEN.split(':')[1]!],
    'webhook-generic': [SECRET_PATH, 'sEcReTpath', KEY],
    'webhook-slack': [SECRET_PATH, 'sEcReTpath'],
    'webhook-discord': [SECRET_PATH, 'sEcReTpath'],
  }[place.kind];
  return {
    notifier: notifierFor(place, { appKey: 'guard', now }),
    secrets,
    bodies: () => bodies,
    answer(given) {
      how = given;
    },
    async close() {
      if (!isClosed) await server.close();
      isClosed = true;
    },
  };
}

const places: Record<string, (url: string) => TargetPlace> = {
  telegram: (apiRoot) => ({ kind: 'telegram', botToken: BOT_TOKEN, apiRoot, chatId: '42' }),
  'webhook-generic': (url) => ({ kind: 'webhook-generic', url: url + SECRET_PATH, secret: KEY }),
  'webhook-slack': (url) => ({ kind: 'webhook-slack', url: url + SECRET_PATH }),
  'webhook-discord': (url) => ({ kind: 'webhook-discord', url: url + SECRET_PATH }),
};
for (const [name, placeAt] of Object.entries(places)) testNotifier(name, () => harness(placeAt));

const signal = new AbortController().signal;
const outgoing = (text: string, given: Partial<Outgoing> = {}): Outgoing => ({
  alert: alertMessage(),
  text,
  lateMs: null,
  ...given,
});

async function posted(
  place: (url: string) => TargetPlace,
  out: Outgoing,
): Promise<{ body: unknown; call: FakeWebhook['calls'][number] }> {
  const webhook = await fakeWebhook();
  try {
    const notifier = notifierFor(place(webhook.url), { appKey: 'guard', now });
    await notifier.send(out, signal);
    const call = webhook.calls[0]!;
    return { body: JSON.parse(call.body), call };
  } finally {
    await webhook.close();
  }
}

test('the generic shape is stable, and its signature can be checked by a receiver', async () => {
  const { body, call } = await posted(places['webhook-generic']!, outgoing('title\ntext', { lateMs: 90_000 }));
  assert.deepEqual(body, {
    version: 1,
    kind: 'alert',
    id: 17,
    ts: 1_700_000_000_000,
    severity: 'critical',
    code: 'DAILY_LOSS',
    message: 'DAILY_LOSS of paper:futures: -5.2 % against a limit of 5 %.',
    accountKey: 'paper:futures',
    symbol: null,
    positionId: null,
    reminder: false,
    lateMs: 90_000,
    appKey: 'guard',
    text: 'title\ntext',
    data: { action: 'STAND_DOWN', observed: -5.2, limit: 5, unit: '%' },
  });
  const timestamp = call.headers['x-inspector-timestamp'];
  assert.equal(timestamp, '1700000000123');
  const digest = createHmac('sha256', KEY).update(`${timestamp}.${call.body}`).digest('hex');
  assert.equal(call.headers['x-inspector-signature'], `sha256=${digest}`);
});

test('without a key nothing is signed, and credentials of the address go into a header', async () => {
  const place = (url: string): TargetPlace => ({
    kind: 'webhook-generic',
    url: url.replace('http://', 'http://ann:p%40ss@'),
    secret: null,
  });
  const { call } = await posted(place, outgoing('x'));
  assert.equal(call.headers['x-inspector-signature'], undefined);
  assert.equal(call.headers.authorization, `Basic ${Buffer.from('ann:p@ss').toString('base64')}`);
});

test('Slack gets a bold title, and nothing in a message is a mention or ends the bold', async () => {
  const { body } = await posted(places['webhook-slack']!, outgoing('a*title\n<!channel> & <@U1>'));
  assert.deepEqual(body, { text: '*a∗title*\n&lt;!channel&gt; &amp; &lt;@U1&gt;', unfurl_links: false });
});

test('Discord gets plain text that mentions nobody, within its 2000 characters', async () => {
  const { body } = await posted(places['webhook-discord']!, outgoing('DAILY_LOSS\n@everyone *x* _y_ [a](b)'));
  assert.deepEqual(body, {
    content: '**DAILY_LOSS**\n@everyone \\*x\\* \\_y\\_ \\[a\\](b)',
    allowed_mentions: { parse: [] },
  });
  const { body: long } = await posted(places['webhook-discord']!, outgoing(`t\n${'*'.repeat(5000)}`));
  assert.equal((long as { content: string }).content.length, 2000);
});

test('Telegram gets plain text without markup, cut at 4096 characters', async () => {
  const place = (apiRoot: string): TargetPlace => ({
    kind: 'telegram',
    botToken: BOT_TOKEN,
    apiRoot,
    chatId: '@channel',
  });
  const { body, call } = await posted(place, outgoing('<b>*x*_'));
  assert.equal(call.path, `/bot${BOT_TOKEN}/sendMessage`);
  assert.deepEqual(body, { chat_id: '@channel', text: '<b>*x*_', link_preview_options: { is_disabled: true } });
  const at = (await posted(place, outgoing('y'.repeat(4096)))).body as { text: string };
  const past = (await posted(place, outgoing('y'.repeat(4097)))).body as { text: string };
  assert.deepEqual([at.text.endsWith('y'), past.text.length, past.text.endsWith('y…')], [true, 4096, true]);
});

test('a chat that is not there may come right again; a group that moved says where to', async () => {
  for (const [description, parameters, said] of [
    ['Bad Request: chat not found', undefined, /chat not found/],
    [
      'Bad Request: group chat was upgraded to a supergroup chat',
      { migrate_to_chat_id: -1009 },
      /the group is now -1009/,
    ],
  ] as const) {
    const server = await fakeServer(() => refusal(400, description, parameters));
    const sent = await notifierFor(places.telegram!(server.url), { appKey: 'guard', now }).send(outgoing('x'), signal);
    await server.close();
    assert.equal(sent.outcome, 'later');
    assert.match('reason' in sent ? sent.reason : '', said);
  }
});

test('Retry-After is understood as seconds, as fractions and as a date, and is bounded', async () => {
  const waits: [string, number | undefined][] = [
    ['2', 2000],
    ['0.25', 250],
    ['3600', 3_600_000],
    ['3601', 3_600_000],
    [new Date(now() + 30_000).toUTCString(), 29_877],
    [new Date(now() - 30_000).toUTCString(), 0],
    ['soon', undefined],
  ];
  for (const [header, expected] of waits) {
    const server = await fakeServer(() => ({ status: 503, headers: { 'retry-after': header } }));
    const sent = await notifierFor(places['webhook-generic']!(server.url), { appKey: 'guard', now }).send(
      outgoing('x'),
      signal,
    );
    await server.close();
    assert.equal('retryAfterMs' in sent ? sent.retryAfterMs : undefined, expected, header);
  }
});
