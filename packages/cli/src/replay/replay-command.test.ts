import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';

const folder = mkdtempSync(join(tmpdir(), 'inspector-command-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The sub-command as a program of its own. */
const program = join(folder, 'replay.mjs');
const module = new URL('./replay-command.ts', import.meta.url).href;
writeFileSync(
  program,
  `import { replayCommand } from ${JSON.stringify(module)}; await replayCommand().parseAsync(process.argv.slice(2), { from: 'user' });`,
);

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function replay(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const input = join(folder, 'events.ndjson');
const clock = (timestamp: number) => `${JSON.stringify({ type: 'CLOCK', timestamp })}\n`;
writeFileSync(input, clock(1) + clock(2));

test('records go to stdout, the summary last, and the exit code is 0', async () => {
  const { code, stdout, stderr } = await replay(['--input', input]);
  assert.equal(stderr, '');
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '').kind, 'REPLAY_SUMMARY');
});

test('records go to a file', async () => {
  const out = join(folder, 'audit.ndjson');
  const { code, stdout } = await replay(['--input', input, '--out', out]);
  assert.equal(code, 0);
  assert.equal(stdout, '');
  assert.match(readFileSync(out, 'utf8'), /REPLAY_SUMMARY/);
});

test('--help tells the options and exits with 0', async () => {
  const { code, stdout } = await replay(['--help']);
  assert.equal(code, 0);
  for (const option of ['--input', '--options', '--venue', '--out', '--compare', '--format', '--latency-ms']) {
    assert.match(stdout, new RegExp(option));
  }
});

const misuses: [string, string[]][] = [
  ['no input', []],
  ['an unknown option', ['--input', input, '--speed', '2']],
  ['an unknown venue', ['--input', input, '--venue', 'moon']],
  ['a latency below 0', ['--input', input, '--latency-ms', '-1']],
  ['a capture without a market', ['--input', input, '--format', 'binance-capture']],
  ['a file that is not there', ['--input', join(folder, 'nowhere')]],
];
for (const [title, args] of misuses) {
  test(`${title} exits with 2 and says why`, async () => {
    const { code, stderr } = await replay(args);
    assert.equal(code, 2);
    assert.notEqual(stderr, '');
  });
}

test('a bad line exits with 3 and is named with its number', async () => {
  const bad = join(folder, 'bad.ndjson');
  writeFileSync(bad, `${clock(5)}${clock(4)}`);
  const { code, stderr } = await replay(['--input', bad]);
  assert.equal(code, 3);
  assert.match(stderr, /line 2/);
});

const SHARED = join(import.meta.dirname, '../../../../../shared');
const example = join(SHARED, 'examples/daily-loss.ndjson');
const recording = join(SHARED, 'data/spot_btcusdt_20240808.gz');

async function assertSameAnywhere(args: string[]): Promise<void> {
  const [here, there] = await Promise.all([
    replay(args, { TZ: 'UTC', LANG: 'C' }),
    replay(args, { TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }),
  ]);
  assert.equal(here.stderr, '');
  assert.equal(here.code, 0);
  assert.match(here.stdout, /REPLAY_SUMMARY/);
  assert.equal(there.stdout, here.stdout);
}

const withoutExamples = existsSync(example) ? false : 'shared/examples is not beside the project';
test('an event file gives the same bytes in another time zone and language', { skip: withoutExamples }, () =>
  assertSameAnywhere(['--input', example, '--venue', 'paper']),
);

const withoutData = existsSync(recording) ? false : 'shared/data is not beside the project';
test('a capture gives the same bytes in another time zone and language', { skip: withoutData }, () => {
  const bytes = gunzipSync(readFileSync(recording)).subarray(0, 3_000_000);
  const sample = join(folder, 'capture.txt');
  writeFileSync(sample, bytes.subarray(0, bytes.lastIndexOf(10) + 1));
  return assertSameAnywhere(['--input', sample, '--format', 'binance-capture', '--market', 'spot']);
});

test('a reader that leaves early is no error', async () => {
  const { code } = await new Promise<Ended>((resolve) => {
    const child = spawn(process.execPath, [program, '--input', input], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    child.on('close', (code) => resolve({ code, stdout: '', stderr: '' }));
  });
  assert.equal(code, 0);
});
