import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { redisMissing, startRedis } from '@inspector/servers';
import { runProgram } from '#testing/run-program.ts';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { VERSION } from './version.ts';

const commands = [
  ['up'],
  ['serve'],
  ['provider'],
  ['replay'],
  ['audit'],
  ['audit', 'export'],
  ['drill'],
  ['options'],
  ['options', 'check'],
];

test('the version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  assert.equal(VERSION, version);
  const { code, stdout } = await runProgram(['--version']);
  assert.deepEqual([code, stdout.trim()], [0, version]);
});

test('every command has help with its exit codes', async () => {
  const helps = await Promise.all(commands.map((command) => runProgram([...command, '--help'])));
  helps.forEach(({ code, stdout }, index) => {
    assert.equal(code, 0, commands[index]!.join(' '));
    assert.match(stdout, /Exit codes/, commands[index]!.join(' '));
  });
});

test('bad usage exits with 2 and says what is wrong', async () => {
  const wrong: [string[], RegExp][] = [
    [['nonsense'], /unknown command 'nonsense'/],
    [['up', '--nonsense'], /unknown option '--nonsense'/],
    [['audit', 'export'], /--out <file>/],
    [['audit', 'export', '--out', 'x', '--from', '0'], /whole number/],
    [['drill', '--scenario', 'nonsense'], /SCENARIO_UNKNOWN/],
    [['replay', '--input', '/nonexistent/events.ndjson'], /nonexistent/],
  ];
  for (const [args, says] of wrong) {
    const { code, stderr } = await runProgram(args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, says);
  }
});

test('an invalid environment stops every server with all violations', async () => {
  const env = { INSPECTOR_PORT: 'x', PROVIDER_PORT: '99999', LOG_LEVEL: 'loud' };
  for (const command of ['up', 'serve', 'provider']) {
    const { code, stdout, stderr } = await runProgram([command], env);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    for (const name of Object.keys(env)) assert.match(stderr, new RegExp(name));
  }
});

test('an exchange or a market type that is not known is bad usage, with what would be known', async (t) => {
  const started = async (connector: string) => {
    const env = {
      CONNECTORS: connector,
      INSPECTOR_DATA_DIR: temporaryDirectory(t),
      INSPECTOR_PORT: '0',
      PROVIDER_PORT: '0',
    };
    return runProgram(['up'], env);
  };
  const exchange = await started('ccxt:binnance:futures');
  assert.equal(exchange.code, 2);
  assert.match(exchange.stderr, /VENUE_UNKNOWN: CONNECTORS: .*binnance/);
  const market = await started('ccxt:binance:perp');
  assert.equal(market.code, 2);
  assert.match(market.stderr, /MARKET_TYPE_UNKNOWN: CONNECTORS: .*perp.*use futures or spot/);
});

test('a Redis that refuses is told with what to do, without the password, and nothing is left running', {
  skip: redisMissing() ?? false,
}, async (t) => {
  const server = await startRedis({ args: ['--requirepass', 'right'] });
  assert.ok(server);
  t.after(() => server.stop());
  for (const command of ['provider', 'serve', 'up']) {
    const env = {
      EVENT_BUS_URL: server.url.replace('//', '//:wrong@'),
      INSPECTOR_DATA_DIR: temporaryDirectory(t),
      PROVIDER_PORT: '0',
      INSPECTOR_PORT: '0',
    };
    const { code, stderr } = await runProgram([command], env);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /REDIS_AUTH: .*EVENT_BUS_URL/);
    assert.doesNotMatch(stderr, /wrong|\n\s+at /);
  }
});

test('options check lists every violation, and takes valid options', async (t) => {
  const directory = temporaryDirectory(t);
  const file = join(directory, 'options.json');
  writeFileSync(file, JSON.stringify({ riskManagement: { maxDailyLossPercent: -1, nonsense: 1 } }));
  const refused = await runProgram(['options', 'check', file]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /nonsense[\s\S]*maxDailyLossPercent/);
  writeFileSync(file, JSON.stringify({ riskManagement: { maxDailyLossPercent: 3 } }));
  const taken = await runProgram(['options', 'check', file]);
  assert.deepEqual([taken.code, taken.stdout], [0, `${file}: valid; 1 field differs from the defaults\n`]);
});

test('an options file that is refused stops the start before anything is touched', async (t) => {
  const directory = temporaryDirectory(t);
  const file = join(directory, 'options.json');
  writeFileSync(file, '{"riskManagement":{"stopLossPercent":"much"}}');
  const dataDir = join(directory, 'data');
  const { code, stderr } = await runProgram(['up'], { INSPECTOR_OPTIONS_FILE: file, INSPECTOR_DATA_DIR: dataDir });
  assert.equal(code, 2);
  assert.match(stderr, /OPTIONS_INVALID[\s\S]*stopLossPercent/);
  assert.throws(() => readFileSync(join(dataDir, 'inspector.db')), { code: 'ENOENT' });
});

test('a data directory that is foreign, corrupt or no directory is refused with its code and left as it was', async (t) => {
  const directory = temporaryDirectory(t);
  const foreign = join(directory, 'foreign');
  mkdirSync(foreign);
  writeFileSync(join(foreign, 'letter.txt'), 'dear');
  const corrupt = join(directory, 'corrupt');
  mkdirSync(corrupt);
  writeFileSync(join(corrupt, 'inspector.db'), 'x'.repeat(5000));
  const file = join(directory, 'file');
  writeFileSync(file, '');
  const cases: [string, RegExp][] = [
    [foreign, /DATA_DIR_FOREIGN/],
    [corrupt, /DATA_DIR_CORRUPT/],
    [file, /DATA_DIR_UNWRITABLE/],
  ];
  for (const [dataDir, says] of cases) {
    const { code, stderr } = await runProgram(['up'], {
      INSPECTOR_DATA_DIR: dataDir,
      INSPECTOR_PORT: '0',
      PROVIDER_PORT: '0',
    });
    assert.equal(code, 1, dataDir);
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, /\n\s+at /, 'no stack trace');
  }
  assert.equal(readFileSync(join(foreign, 'letter.txt'), 'utf8'), 'dear');
  assert.equal(readFileSync(join(corrupt, 'inspector.db'), 'utf8'), 'x'.repeat(5000));
});

test('a port in use is named', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = String(typeof address === 'object' && address !== null ? address.port : 0);
  for (const name of ['INSPECTOR_PORT', 'PROVIDER_PORT']) {
    const env = {
      INSPECTOR_DATA_DIR: join(temporaryDirectory(t), 'data'),
      INSPECTOR_PORT: '0',
      PROVIDER_PORT: '0',
      [name]: port,
    };
    const { code, stderr } = await runProgram(['up'], env);
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`PORT_IN_USE: 127.0.0.1:${port}`));
  }
});

test('an export of a directory without data says so and leaves no file', async (t) => {
  const directory = temporaryDirectory(t);
  const out = join(directory, 'audit.ndjson');
  const { code, stderr } = await runProgram(['audit', 'export', '--out', out], {
    INSPECTOR_DATA_DIR: join(directory, 'none'),
  });
  assert.equal(code, 1);
  assert.match(stderr, /DATA_DIR_FOREIGN/);
  assert.throws(() => readFileSync(out), { code: 'ENOENT' });
});
