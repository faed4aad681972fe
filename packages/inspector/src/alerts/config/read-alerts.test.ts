import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertsConfig } from './alerts-config.ts';
import { type AlertsSources, readAlerts } from './read-alerts.ts';
import { webhookShape } from './webhook-shape.ts';

const TOKEN = '123456:AAtokenThatMustNeverBeShown';
const SECRET_URL = 'https://hooks.slack.com/services/T0/B0/SECRETpath';

interface Given {
  environment?: Partial<AlertsSources['environment']>;
  file?: unknown;
  env?: Record<string, string>;
  files?: Record<string, string>;
}

const read = ({ environment = {}, file, env = {}, files = {} }: Given) => {
  const all: Record<string, string> = {
    ...files,
    ...(file === undefined ? {} : { '/alerts.json': typeof file === 'string' ? file : JSON.stringify(file) }),
  };
  return readAlerts({
    environment: {
      telegram: null,
      alertWebhookUrls: [],
      alertWebhookSecret: null,
      alertsFile: file === undefined ? null : '/alerts.json',
      ...environment,
    },
    env,
    readFile(path) {
      const content = all[path];
      if (content === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
      return content;
    },
  });
};
const configOf = (given: Given): AlertsConfig => {
  const result = read(given);
  assert.ok('alerts' in result, JSON.stringify(result));
  return result.alerts;
};
const violated = (given: Given): string[] => {
  const result = read(given);
  assert.ok('errors' in result, 'it was taken');
  const shown = result.errors.map(({ path, message }) => `${path} ${message}`);
  assert.ok(!/SECRET|AAtoken/.test(shown.join()), shown.join('\n'));
  return shown;
};

test('plain variables are enough: chats, webhooks by their host, and the chats may command', () => {
  const { targets, bots } = configOf({
    environment: {
      telegram: { botToken: TOKEN, chatIds: ['42', '-100'], apiRoot: null },
      alertWebhookUrls: [
        SECRET_URL,
        'https://discord.com/api/webhooks/1/SECRET',
        'https://a.example/x',
        'http://b.example/',
      ],
      alertWebhookSecret: 'key',
    },
  });
  assert.deepEqual(
    targets.map(({ name, kind, severities, reminders, ratePerMinute }) => ({
      name,
      kind,
      severities,
      reminders,
      ratePerMinute,
    })),
    ['telegram:42', 'telegram:-100', 'webhook-slack', 'webhook-discord', 'webhook-generic', 'webhook-generic-2'].map(
      (name) => ({
        name,
        kind: name.replace(/:.*|-2$/, ''),
        severities: ['info', 'warn', 'critical'],
        reminders: true,
        ratePerMinute: 20,
      }),
    ),
  );
  assert.deepEqual(
    targets.map((target) => ('secret' in target ? target.secret : undefined)),
    [undefined, undefined, undefined, undefined, 'key', 'key'],
  );
  assert.deepEqual(bots, [
    { botToken: TOKEN, apiRoot: 'https://api.telegram.org', allowedChats: ['42', '-100'], allowedUsers: null },
  ]);
});

test('nothing configured is nobody to tell', () => assert.deepEqual(configOf({}), { targets: [], bots: [] }));

test('a file adds targets, with secrets from files and variables, and settings of its own before those of all', () => {
  const file = {
    ratePerMinute: 5,
    link: 'https://studio.example/',
    template: '{{code}}',
    severities: ['warn', 'critical'],
    targets: [
      {
        kind: 'telegram',
        name: 'phone',
        botToken: { env: 'BOT' },
        chatIds: [42, '-7'],
        severities: ['critical'],
        template: '{{title}}',
      },
      {
        kind: 'webhook-generic',
        url: 'http://127.0.0.1:9/alerts',
        secret: { file: '/run/key' },
        reminders: false,
        ratePerMinute: 600,
      },
      { kind: 'webhook-slack', url: { file: '/run/slack' } },
    ],
    commands: { allowedChats: [42], allowedUsers: [7] },
  };
  const { targets, bots } = configOf({
    file,
    env: { BOT: `${TOKEN}\n` },
    files: { '/run/key': 'k\n', '/run/slack': SECRET_URL },
  });
  assert.deepEqual(
    targets.map(({ name, severities, reminders, ratePerMinute, link, template }) => [
      name,
      severities,
      reminders,
      ratePerMinute,
      link,
      template.lines[0]?.length,
    ]),
    [
      ['phone:42', ['critical'], true, 5, 'https://studio.example/', 1],
      ['phone:-7', ['critical'], true, 5, 'https://studio.example/', 1],
      ['webhook-generic', ['warn', 'critical'], false, 600, 'https://studio.example/', 1],
      ['webhook-slack', ['warn', 'critical'], true, 5, 'https://studio.example/', 1],
    ],
  );
  assert.deepEqual(targets[2], {
    ...targets[2],
    kind: 'webhook-generic',
    url: 'http://127.0.0.1:9/alerts',
    secret: 'k',
  });
  assert.deepEqual(bots, [
    { botToken: TOKEN, apiRoot: 'https://api.telegram.org', allowedChats: ['42'], allowedUsers: ['7'] },
  ]);
});

test('commands can be switched off', () => {
  const telegram = { botToken: TOKEN, chatIds: ['42'], apiRoot: null };
  assert.deepEqual(configOf({ environment: { telegram }, file: { commands: { enabled: false } } }).bots, []);
});

test('every violation is listed, with its place', () => {
  const file = {
    ratePerMinute: 0,
    template: '{{nope}} {{',
    surprise: 1,
    targets: [
      { kind: 'telegram', botToken: TOKEN, chatIds: ['ann'] },
      { kind: 'webhook-slack', url: SECRET_URL },
      { kind: 'pigeon' },
      { kind: 'webhook-discord', url: { env: 'NOT_SET' } },
      { kind: 'webhook-generic', url: { file: '/nowhere' }, severities: [], ratePerMinute: 601 },
      { kind: 'webhook-generic', url: 'ftp://x', link: 'x', template: '{{code' },
      { kind: 'webhook-generic', url: 'http://x', secret: { file: '/empty' } },
      { kind: 'telegram', botToken: { env: 'BAD' }, chatIds: [1] },
    ],
  };
  const found = violated({ file, env: { BAD: 'SECRET/../x' }, files: { '/empty': '' } });
  for (const expected of [
    /^\/ratePerMinute /,
    /^\/surprise is not a known field/,
    /^\/targets\/0\/botToken must be \{ "file": "…" \} or \{ "env": "…" \}$/,
    /^\/targets\/0\/chatIds\/0 /,
    /^\/targets\/1\/url must be \{ "file"/,
    /^\/targets\/2\/kind must be one of telegram, webhook-generic, /,
    /^\/targets\/3\/url the variable NOT_SET is not set/,
    /^\/targets\/4\/severities /,
    /^\/targets\/4\/ratePerMinute /,
    /^\/targets\/5\/url must be an address/,
    /^\/targets\/5\/link must be an address/,
    /^\/targets\/5\/template line 1: \{\{ without \}\}/,
    /^\/targets\/6\/secret the file "\/empty" is empty/,
    /^\/targets\/7\/botToken is no token/,
  ]) {
    assert.ok(
      found.some((each) => expected.test(each)),
      `${expected} is not among\n${found.join('\n')}`,
    );
  }
});

test('a file that is missing or no JSON is told without what stands in it', () => {
  assert.deepEqual(violated({ file: '{"botToken": SECRET}' }), [' the file "/alerts.json" is not JSON']);
  assert.deepEqual(violated({ environment: { alertsFile: '/nowhere' } }), [
    ' the file "/nowhere" cannot be read (ENOENT)',
  ]);
  assert.equal(violated({ file: [] }).length, 1);
});

test('the same place or name twice is refused: every alert would come twice', () => {
  const telegram = { botToken: TOKEN, chatIds: ['42'], apiRoot: null };
  const same = { kind: 'telegram', botToken: { env: 'BOT' }, chatIds: [42], name: 'again' };
  assert.deepEqual(violated({ environment: { telegram }, file: { targets: [same] }, env: { BOT: TOKEN } }), [
    '/targets again goes to the same place as another target',
  ]);
  const named = (url: string) => ({ kind: 'webhook-generic', name: 'pager', url });
  assert.deepEqual(violated({ file: { targets: [named('http://a'), named('http://b')] } }), [
    '/targets the name "pager" is there twice',
  ]);
});

test('twenty targets are taken, variables and file together', () => {
  const targets = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ kind: 'webhook-generic', url: `http://h${index}` }));
  const environment = { alertWebhookUrls: ['http://own'] };
  assert.equal(configOf({ environment, file: { targets: targets(19) } }).targets.length, 20);
  assert.match(violated({ environment, file: { targets: targets(20) } })[0]!, /at most 20/);
});

test("the shape is recognised by Slack's and Discord's hosts only", () => {
  for (const [url, shape] of [
    ['https://hooks.slack.com/services/a', 'webhook-slack'],
    ['https://hooks.slack.com.evil.example/services/a', 'webhook-generic'],
    ['https://discord.com/api/webhooks/1/x', 'webhook-discord'],
    ['https://discordapp.com/api/v10/webhooks/1/x', 'webhook-discord'],
    ['https://canary.discord.com/api/webhooks/1/x', 'webhook-discord'],
    ['https://discord.com/other', 'webhook-generic'],
    ['https://mydiscord.com/api/webhooks/1/x', 'webhook-generic'],
  ]) {
    assert.equal(webhookShape(url!), shape, url);
  }
});
