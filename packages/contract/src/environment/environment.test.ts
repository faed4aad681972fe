import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeEnvironment, type Environment, readEnvironment, variableNames, variables } from '@inspector/contract';
import fc from 'fast-check';

type Variables = Record<string, string>;
type Files = Record<string, string>;

const read = (env: Variables, files: Files = {}) =>
  readEnvironment(env, (path) => {
    const content = files[path];
    if (content === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
    return content;
  });

const configOf = (env: Variables, files: Files = {}): Environment => {
  const result = read(env, files);
  assert.ok('config' in result, JSON.stringify(result));
  return result.config;
};
const violated = (env: Variables, files: Files = {}): string[] => {
  const result = read(env, files);
  assert.ok('errors' in result, 'was taken');
  return result.errors.map(({ path }) => path);
};
const warned = (env: Variables): string[] => {
  const result = read(env);
  assert.ok('config' in result, JSON.stringify(result));
  return result.warnings.map(({ path }) => path);
};

test('an empty environment gives the defaults', () => {
  const listen = { host: '127.0.0.1', apiToken: null, tokens: [], allowedHosts: [], allowedOrigins: [] };
  assert.deepEqual(configOf({}), {
    inspector: {
      ...listen,
      port: 8008,
      appKey: 'inspector',
      optionsFile: null,
      dataDir: './data',
      retention: { days: 365, maxMb: 10_240 },
      accounts: null,
      leaseMs: 5_000,
      publicUrl: null,
    },
    provider: { ...listen, port: 8081, url: 'http://127.0.0.1:8081', appActiveTtlMs: 60_000, targetHosts: [] },
    bus: { kind: 'memory' },
    questdb: null,
    connectors: [{ kind: 'paper' }],
    paper: { balance: 10_000, makerFeePercent: 0.02, takerFeePercent: 0.05, seed: 1 },
    telegram: null,
    alertWebhookUrls: [],
    alertWebhookSecret: null,
    alertsFile: null,
    traces: null,
    logLevel: 'info',
  });
});

test('the defaults of the docs are those that hold', () => {
  const documented: Variables = {};
  for (const name of variableNames) documented[name] = variables[name].default ?? '';
  delete documented.REDIS_PORT;
  assert.deepEqual(configOf(documented), configOf({}));
});

test('an empty value counts as unset', () => {
  assert.deepEqual(configOf({ INSPECTOR_PORT: '', QUESTDB_URL: ' ', INSPECTOR_API_TOKEN: '' }), configOf({}));
});

test('every violation is listed at once', () => {
  assert.deepEqual(
    violated({
      INSPECTOR_PORT: '80808',
      PROVIDER_PORT: 'x',
      INSPECTOR_HOST: '0.0.0.0',
      PROVIDER_HOST: 'http://x',
      INSPECTOR_APP_KEY: 'a/b',
      QUESTDB_URL: 'localhost:9000',
      EVENT_BUS_URL: 'amqp://x',
      CONNECTORS: 'paper,ccxt:binance,replay:',
      PAPER_BALANCE: '-1',
      PROVIDER_APP_ACTIVE_TTL_MS: '0',
      TELEGRAM_BOT_TOKEN: 't',
      LOG_LEVEL: 'loud',
    }).sort(),
    [
      'CONNECTORS',
      'CONNECTORS',
      'EVENT_BUS_URL',
      'INSPECTOR_API_TOKEN',
      'INSPECTOR_APP_KEY',
      'INSPECTOR_PORT',
      'LOG_LEVEL',
      'PAPER_BALANCE',
      'PROVIDER_APP_ACTIVE_TTL_MS',
      'PROVIDER_HOST',
      'PROVIDER_PORT',
      'QUESTDB_URL',
      'TELEGRAM_CHAT_ID',
    ],
  );
});

test('ports are whole numbers from 0 to 65535', () => {
  for (const port of ['0', '65535']) configOf({ INSPECTOR_PORT: port, PROVIDER_PORT: port });
  for (const port of ['-1', '65536', '80.5', '0x50', '1e3', 'http']) {
    assert.deepEqual(violated({ INSPECTOR_PORT: port }), ['INSPECTOR_PORT'], port);
  }
});

test("a Kubernetes service link in a port's place is recognised", () => {
  const result = read({ INSPECTOR_PORT: 'tcp://10.0.0.1:8008' });
  assert.ok('errors' in result);
  assert.match(result.errors[0]?.message ?? '', /enableServiceLinks/);
});

test('Inspector listens beyond loopback only with a token', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]']) configOf({ INSPECTOR_HOST: host });
  for (const host of ['0.0.0.0', '::', '192.168.1.5', 'inspector.local', '128.0.0.1', '127.example.org']) {
    assert.deepEqual(violated({ INSPECTOR_HOST: host }), ['INSPECTOR_API_TOKEN'], host);
    configOf({ INSPECTOR_HOST: host, INSPECTOR_API_TOKEN: 'a-token-that-is-long' });
  }
});

test('the Provider may listen anywhere: it always has a token', () => {
  assert.equal(configOf({ PROVIDER_HOST: '0.0.0.0' }).provider.host, '0.0.0.0');
});

test('a secret may come from a file, without the line end', () => {
  const files = { '/run/token': 'a-token-that-is-long\n' };
  assert.equal(configOf({ INSPECTOR_API_TOKEN_FILE: '/run/token' }, files).inspector.apiToken, 'a-token-that-is-long');
  assert.deepEqual(violated({ INSPECTOR_API_TOKEN_FILE: '/nowhere' }), ['INSPECTOR_API_TOKEN_FILE']);
  assert.deepEqual(violated({ INSPECTOR_API_TOKEN_FILE: '/empty' }, { '/empty': '\n' }), ['INSPECTOR_API_TOKEN_FILE']);
  assert.deepEqual(violated({ INSPECTOR_API_TOKEN_FILE: '/run/token', INSPECTOR_API_TOKEN: 'x' }, files), [
    'INSPECTOR_API_TOKEN',
  ]);
});

test('every secret variable has a file of its own', () => {
  const values: Variables = {
    INSPECTOR_TOKENS: `viewer:${'a'.repeat(64)}`,
    PROVIDER_TOKENS: `viewer:${'a'.repeat(64)}`,
    EVENT_BUS_URL: 'redis://h:1',
    REDIS_URL: 'redis://h:1',
    QUESTDB_URL: 'http://h:1',
    ALERT_WEBHOOK_URL: 'https://h/x',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h:1',
    TELEGRAM_BOT_TOKEN: 'bot',
  };
  for (const name of variableNames.filter((each) => 'secret' in variables[each])) {
    const value = values[name] ?? 'a-token-that-is-long';
    const chat: Variables = name === 'TELEGRAM_BOT_TOKEN' ? { TELEGRAM_CHAT_ID: '1' } : {};
    assert.deepEqual(
      configOf({ ...chat, [`${name}_FILE`]: '/f' }, { '/f': value }),
      configOf({ ...chat, [name]: value }),
      name,
    );
  }
});

test('more tokens are role and digest', () => {
  const digest = 'AB'.repeat(32);
  assert.deepEqual(configOf({ PROVIDER_TOKENS: `viewer:${digest}, admin:${digest}` }).provider.tokens, [
    { role: 'viewer', sha256: digest.toLowerCase() },
    { role: 'admin', sha256: digest.toLowerCase() },
  ]);
  for (const tokens of ['viewer', `boss:${digest}`, `viewer:${digest}0`, `viewer:${digest}:x`, 'my-clear-token']) {
    assert.deepEqual(violated({ INSPECTOR_TOKENS: tokens }), ['INSPECTOR_TOKENS'], tokens);
  }
});

test('the bus is EVENT_BUS_URL before REDIS_URL before REDIS_HOST', () => {
  const hostOnly = { REDIS_HOST: 'cache' };
  assert.deepEqual(configOf(hostOnly).bus, { kind: 'redis', url: 'redis://cache:6379' });
  assert.deepEqual(configOf({ ...hostOnly, REDIS_PORT: '6380' }).bus, { kind: 'redis', url: 'redis://cache:6380' });
  assert.deepEqual(configOf({ REDIS_HOST: '::1' }).bus, { kind: 'redis', url: 'redis://[::1]:6379' });
  const urlToo = { ...hostOnly, REDIS_URL: 'rediss://user:pass@cache:1/2' };
  assert.deepEqual(configOf(urlToo).bus, { kind: 'redis', url: 'rediss://user:pass@cache:1/2' });
  assert.deepEqual(configOf({ ...urlToo, EVENT_BUS_URL: 'memory:' }).bus, { kind: 'memory' });
  assert.deepEqual(violated({ ...urlToo, EVENT_BUS_URL: 'memory' }), ['EVENT_BUS_URL']);
  assert.deepEqual(violated({ ...hostOnly, REDIS_PORT: 'tcp://10.0.0.1:6379' }), ['REDIS_PORT']);
});

test('connectors are paper, a replay or a live market with its credentials', () => {
  const env = {
    CONNECTORS: 'paper, replay:/data/day 1:2.ndjson.gz ,ccxt:binanceusdm:futures',
    CCXT_BINANCEUSDM_API_KEY: 'k',
    CCXT_BINANCEUSDM_SECRET: 's',
    CCXT_BINANCEUSDM_TESTNET: 'TRUE',
    CCXT_BINANCEUSDM_URL: 'http://127.0.0.1:9999/',
    CCXT_BINANCEUSDM_SYMBOLS: 'BTCUSDT, ETHUSDT,BTCUSDT',
  };
  assert.deepEqual(configOf(env).connectors, [
    { kind: 'paper' },
    { kind: 'replay', file: '/data/day 1:2.ndjson.gz' },
    {
      kind: 'ccxt',
      exchange: 'binanceusdm',
      marketType: 'futures',
      credentials: { apiKey: 'k', secret: 's', password: null, testnet: true, url: 'http://127.0.0.1:9999' },
      symbols: ['BTCUSDT', 'ETHUSDT'],
    },
  ]);
  for (const connectors of [
    'papers',
    'ccxt:binance',
    'ccxt:Binance:spot',
    'ccxt:x:spot:y',
    'replay:',
    'paper,paper',
    ',',
  ]) {
    assert.deepEqual(violated({ CONNECTORS: connectors }), ['CONNECTORS'], connectors);
  }
});

test('at most 100 symbols of a venue are streamed from the start', () => {
  const listed = (count: number) => ({
    CONNECTORS: 'ccxt:bybit:futures',
    CCXT_BYBIT_SYMBOLS: Array.from({ length: count }, (_, index) => `S${index}USDT`).join(),
  });
  assert.deepEqual(violated(listed(101)), ['CCXT_BYBIT_SYMBOLS']);
  assert.equal(configOf(listed(100)).connectors.length, 1);
});

test('a key needs its secret; without both only public data can be had', () => {
  const CONNECTORS = 'ccxt:bybit:spot,ccxt:bybit:futures';
  assert.deepEqual(warned({ CONNECTORS }), ['CCXT_BYBIT_API_KEY']);
  assert.deepEqual(violated({ CONNECTORS, CCXT_BYBIT_API_KEY: 'k' }), ['CCXT_BYBIT_SECRET']);
  assert.deepEqual(violated({ CONNECTORS, CCXT_BYBIT_SECRET: 's' }), ['CCXT_BYBIT_API_KEY']);
  assert.deepEqual(violated({ CONNECTORS, CCXT_BYBIT_TESTNET: 'maybe' }), ['CCXT_BYBIT_TESTNET']);
});

test('a misspelt variable is warned of, others of the machine are not', () => {
  const env = {
    INSPECTOR_PROT: '1',
    CCXT_KRAKEN_SECRET: 's',
    PATH: '/bin',
    REDIS_SERVICE_PORT: '1',
    INSPECTOR_SERVICE_HOST: '10.0.0.1',
    INSPECTOR_PORT_8008_TCP_ADDR: '10.0.0.1',
  };
  assert.deepEqual(warned(env), ['CCXT_KRAKEN_SECRET', 'INSPECTOR_PROT']);
});

test('a short token is taken with a warning, one with spaces is refused', () => {
  assert.deepEqual(warned({ INSPECTOR_API_TOKEN: 'short' }), ['INSPECTOR_API_TOKEN']);
  assert.deepEqual(warned({ INSPECTOR_API_TOKEN: 'sixteen-letters!' }), []);
  assert.deepEqual(violated({ INSPECTOR_API_TOKEN: 'two words' }), ['INSPECTOR_API_TOKEN']);
});

const secret = 'S3CRET-value-never-shown';

test('no message and no description holds a secret', () => {
  const good: Variables = {
    INSPECTOR_API_TOKEN: secret,
    PROVIDER_API_TOKEN: secret,
    INSPECTOR_TOKENS: `viewer:${'a'.repeat(64)}`,
    EVENT_BUS_URL: `redis://user:${secret}@cache:6379/0`,
    QUESTDB_URL: `http://admin:${secret}@quest:9000`,
    ALERT_WEBHOOK_URL: `https://hooks.example/${secret}, https://hooks.slack.com/services/${secret}`,
    ALERT_WEBHOOK_SECRET: secret,
    TELEGRAM_API_ROOT: `http://u:${secret}@gateway:1`,
    TELEGRAM_BOT_TOKEN: secret,
    TELEGRAM_CHAT_ID: '42',
    CONNECTORS: 'ccxt:binance:spot',
    CCXT_BINANCE_API_KEY: secret,
    CCXT_BINANCE_SECRET: secret,
    CCXT_BINANCE_PASSWORD: secret,
    CCXT_BINANCE_URL: `http://u:${secret}@gateway:1`,
  };
  const shown = JSON.stringify(describeEnvironment(configOf(good)));
  assert.ok(!shown.includes(secret) && !shown.includes('a'.repeat(64)), shown);
  assert.match(shown, /redis:\/\/cache:6379.*http:\/\/quest:9000.*https:\/\/hooks\.example/s);

  const bad = Object.fromEntries(Object.entries(good).map(([name, value]) => [name, `${value} ?`]));
  const result = read({ ...bad, CONNECTORS: 'ccxt:binance:spot' });
  assert.ok('errors' in result);
  assert.ok(!JSON.stringify(result.errors).includes(secret), JSON.stringify(result.errors));
});

test('reading never throws, whatever the environment holds', () => {
  const names = fc.oneof(
    fc.constantFrom<string>(...variableNames, ...variableNames.map((name) => `${name}_FILE`)),
    fc.constantFrom('CCXT_BINANCE_URL', 'CCXT_BINANCE_TESTNET', '__proto__'),
    fc.string(),
  );
  const values = fc.oneof(
    fc.string(),
    fc.constantFrom('memory:', 'redis://x:99999', 'ccxt:binance:spot', '0', '::', 'tcp://1:2'),
  );
  fc.assert(
    fc.property(fc.dictionary(names, values), (env) => {
      const result = readEnvironment(env, () => {
        throw 'no file';
      });
      if ('errors' in result) assert.ok(result.errors.length > 0);
      else assert.equal(typeof JSON.stringify(describeEnvironment(result.config)), 'string');
    }),
    { numRuns: 300 },
  );
});

test('the accounts of an Inspector are a list of account keys', () => {
  const accounts = 'paper:futures, binance:spot:main,paper:futures';
  assert.deepEqual(configOf({ INSPECTOR_ACCOUNTS: accounts }).inspector.accounts, [
    'paper:futures',
    'binance:spot:main',
  ]);
  for (const wrong of ['paper', 'a:b:c:d', ':futures', ',']) {
    assert.deepEqual(violated({ INSPECTOR_ACCOUNTS: wrong }), ['INSPECTOR_ACCOUNTS'], wrong);
  }
});

test('a lease lasts from half a second to ten minutes', () => {
  for (const lease of ['500', '600000']) configOf({ INSPECTOR_LEASE_MS: lease });
  for (const lease of ['499', '600001', '1e3']) {
    assert.deepEqual(violated({ INSPECTOR_LEASE_MS: lease }), ['INSPECTOR_LEASE_MS'], lease);
  }
});

test('targets of the Provider are hosts with or without a port', () => {
  assert.deepEqual(configOf({ PROVIDER_TARGET_HOSTS: 'inspector, Other:8008' }).provider.targetHosts, [
    'inspector',
    'other:8008',
  ]);
  assert.deepEqual(violated({ PROVIDER_TARGET_HOSTS: 'http://inspector' }), ['PROVIDER_TARGET_HOSTS']);
});

test('alerts go to a list of chats and of addresses', () => {
  const chats = { TELEGRAM_BOT_TOKEN: '1:a', TELEGRAM_CHAT_ID: '42, -100123,@channel,42' };
  assert.deepEqual(configOf(chats).telegram, {
    botToken: '1:a',
    chatIds: ['42', '-100123', '@channel'],
    apiRoot: null,
  });
  const withRoot = configOf({ ...chats, TELEGRAM_API_ROOT: 'http://127.0.0.1:9/' });
  assert.equal(withRoot.telegram?.apiRoot, 'http://127.0.0.1:9');
  const urls = { ALERT_WEBHOOK_URL: 'https://a.example/x?y=1,http://b:8080/ ', ALERT_WEBHOOK_SECRET: 's' };
  const config = configOf(urls);
  assert.deepEqual(config.alertWebhookUrls, ['https://a.example/x?y=1', 'http://b:8080/']);
  assert.equal(config.alertWebhookSecret, 's');
});

test('chats, tokens and addresses that are none are refused, all together and unseen', () => {
  const bad = { TELEGRAM_BOT_TOKEN: 'S3CRET/..', TELEGRAM_CHAT_ID: 'ann,5', ALERT_WEBHOOK_URL: 'https://ok,S3CRET' };
  assert.deepEqual(violated(bad), ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_CHAT_ID', 'ALERT_WEBHOOK_URL']);
  assert.ok(!JSON.stringify(read(bad)).includes('S3CRET'));
  const list = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1)).join();
  configOf({ TELEGRAM_BOT_TOKEN: '1:a', TELEGRAM_CHAT_ID: list(10) });
  assert.deepEqual(violated({ TELEGRAM_BOT_TOKEN: '1:a', TELEGRAM_CHAT_ID: list(11) }), ['TELEGRAM_CHAT_ID']);
  const hosts = (count: number) => Array.from({ length: count }, (_, index) => `http://h${index}`).join();
  configOf({ ALERT_WEBHOOK_URL: hosts(10) });
  assert.deepEqual(violated({ ALERT_WEBHOOK_URL: hosts(11) }), ['ALERT_WEBHOOK_URL']);
});

test('a bot needs a chat, unless a file of alerts names it; a chat needs a bot', () => {
  assert.deepEqual(violated({ TELEGRAM_BOT_TOKEN: '1:a' }), ['TELEGRAM_CHAT_ID']);
  assert.deepEqual(violated({ TELEGRAM_CHAT_ID: '1' }), ['TELEGRAM_BOT_TOKEN']);
  const config = configOf({ TELEGRAM_BOT_TOKEN: '1:a', ALERTS_FILE: '/etc/alerts.json' });
  assert.equal(config.telegram, null);
  assert.equal(config.alertsFile, '/etc/alerts.json');
});
