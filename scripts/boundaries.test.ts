/** Each guard of the project is seen to fail on a planted violation: a guard that passes everything would look the same. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const ENGINE = 'packages/engine';

/** A copy of some of the project, with its installed packages at hand, where a test may plant what it likes. */
function copyOf(t: TestContext, paths: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'inspector-boundaries-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  for (const path of paths) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    cpSync(join(root, path), join(directory, path), {
      recursive: true,
      filter: (source) => !/[/\\](node_modules|dist)$/.test(source),
    });
  }
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  return directory;
}

function run(directory: string, tool: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', tool), args, {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
  });
  return { status, output: `${stdout}${stderr}` };
}

const impure: Record<string, { code: string; lint: RegExp }> = {
  'a module of Node.js': {
    code: "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n",
    lint: /engine imports contract and itself only|noNodejsModules/,
  },
  'another package': {
    code: "import { pino } from 'pino';\nexport const planted = pino;\n",
    lint: /engine imports contract and itself only/,
  },
  'a clock': { code: 'export const planted = (): number => Date.now();\n', lint: /time comes in with the event/ },
  randomness: { code: 'export const planted = (): number => Math.random();\n', lint: /no randomness/ },
  'a promise': {
    code: 'export const planted = async (): Promise<void> => {\n  await Promise.resolve();\n};\n',
    lint: /engine is synchronous/,
  },
  'a locale': { code: "export const planted = new Intl.NumberFormat('en');\n", lint: /no locale in the engine/ },
};

test('lint refuses an engine that reaches outside', (t) => {
  const directory = copyOf(t, ['biome.json', 'lint', '.gitignore']);
  const planted = join(directory, ENGINE, 'src/planted.ts');
  mkdirSync(dirname(planted), { recursive: true });
  const check = () => run(directory, 'biome', 'lint', '--vcs-enabled=false', ENGINE);
  writeFileSync(planted, 'export const pure = (a: number): number => a + 1;\n');
  assert.equal(check().status, 0, 'a pure file passes');
  for (const [what, { code, lint }] of Object.entries(impure)) {
    writeFileSync(planted, code);
    const { status, output } = check();
    assert.notEqual(status, 0, `${what} passes`);
    assert.match(output, lint, what);
  }
});

test('types refuse an engine that knows of a process, a timer or the network', (t) => {
  const directory = copyOf(t, ['tsconfig.base.json', `${ENGINE}/tsconfig.json`, `${ENGINE}/package.json`]);
  const planted = join(directory, ENGINE, 'src/planted.ts');
  mkdirSync(dirname(planted), { recursive: true });
  const check = () => run(directory, 'tsc', '-p', ENGINE);
  writeFileSync(planted, 'export const pure = (a: number): number => a + 1;\n');
  assert.deepEqual(check(), { status: 0, output: '' });
  for (const name of ['process', 'setTimeout', 'fetch', 'performance']) {
    writeFileSync(planted, `export const planted = ${name};\n`);
    const { status, output } = check();
    assert.notEqual(status, 0, `${name} passes`);
    assert.match(output, new RegExp(name));
  }
});

test('unused exports, unused files and undeclared packages are found', (t) => {
  const directory = copyOf(t, [
    'package.json',
    'knip.json',
    'tsconfig.json',
    'tsconfig.base.json',
    'scripts',
    'packages',
    '.gitignore',
  ]);
  appendFileSync(join(directory, 'packages/cli/src/terminal/numbers.ts'), 'export const plantedExport = 1;\n');
  writeFileSync(join(directory, 'packages/contract/src/planted-file.ts'), 'export const planted = 1;\n');
  appendFileSync(join(directory, 'packages/contract/src/index.ts'), "import { pino } from 'pino';\npino();\n");
  const { status, output } = run(directory, 'knip', '--strict', '--no-progress');
  assert.equal(status, 1, output);
  for (const finding of [/plantedExport/, /planted-file\.ts/, /^pino\s+packages\/contract/m])
    assert.match(output, finding);
});
