/** The lines that README.md tells people to copy, run as they stand; and every link of the documents. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runProgram, startProgram } from '#testing/run-program.ts';
import { temporaryDirectory } from '#testing/temporary-directory.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The lines of all `sh` blocks. */
function shellLines(text: string): string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block]) => block!.trim().split('\n'));
}

const hasCurl = spawnSync('curl', ['--version']).status === 0;

test('each curl line of the README answers 2xx', { skip: hasCurl ? false : 'curl is not installed' }, async (t) => {
  const dataDir = temporaryDirectory(t);
  const program = startProgram(['up'], { INSPECTOR_DATA_DIR: dataDir, INSPECTOR_PORT: '0', PROVIDER_PORT: '0' });
  t.after(() => program.child.kill('SIGKILL'));
  const { open, inspector, provider } = await program.logged('Inspector is up');
  const TOKEN = String(open).split('#token=')[1]!;
  await program.logged('registered with the Provider');
  const lines = shellLines(readme).filter((line) => line.startsWith('curl '));
  assert.ok(lines.length >= 15, `${lines.length} lines were found`);
  for (const line of lines) {
    const command = line
      .replaceAll('http://127.0.0.1:8008', String(inspector))
      .replaceAll('http://127.0.0.1:8081', String(provider));
    const run = spawnSync('sh', ['-c', `${command} -w '\\n%{http_code}'`], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, TOKEN },
    });
    const status = run.stdout.trim().split('\n').at(-1);
    assert.match(status ?? '', /^2\d\d$/, `${line}\n${run.stdout}${run.stderr}`);
  }
  program.child.kill('SIGTERM');
  assert.equal(await program.ended, 0);
});

test('the replay of the README gives the records that it shows', async (t) => {
  const out = join(temporaryDirectory(t), 'audit.ndjson');
  const example = join(root, 'examples/replay');
  const args = [
    'replay',
    '--input',
    join(example, 'one-trade.ndjson'),
    '--options',
    join(example, 'options.json'),
    '--venue',
    'paper',
    '--out',
    out,
  ];
  assert.equal((await runProgram(args)).code, 0);
  const shown = readme.split('\n').filter((line) => /^\{"seq":\d+,"ts":\d+,"kind"/.test(line));
  assert.equal(shown.length, 5);
  const heads = readFileSync(out, 'utf8')
    .split('\n')
    .map((line) => line.split(',').slice(0, 4).join(','));
  for (const line of shown) assert.ok(heads.includes(line), line);
});

test('every link between the documents leads to a file', () => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
  for (const folder of ['docs', 'examples']) {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    documents.push(...files.filter((name) => name.endsWith('.md')).map((name) => join(folder, name)));
  }
  for (const document of documents) {
    const text = readFileSync(join(root, document), 'utf8');
    for (const [, link] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(link!)) continue;
      const path = link!.split('#')[0]!;
      assert.ok(path === '' || existsSync(join(root, dirname(document), path)), `${document} links to ${link}`);
    }
    for (const [, path] of text.matchAll(/`((?:packages|scripts|docs|examples|lint|bench)\/[\w./-]+)`/g)) {
      assert.ok(existsSync(join(root, path!)), `${document} names ${path}`);
    }
  }
});
