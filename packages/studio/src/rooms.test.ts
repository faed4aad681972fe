import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/**
 * What each room may import from; README.md lists the same. A room stands below all that import from it. `(types)`: names of
 * things, nothing that runs.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  stores: [],
  words: ['design (types)'],
  design: ['words', 'stores'],
  data: ['stores'],
  session: ['data', 'design', 'stores'],
  page: ['data (types)', 'design (types)', 'words'],
  records: ['data', 'design', 'page', 'stores', 'words'],
  candles: ['data', 'design', 'words'],
  'decision-words': ['data', 'design', 'words'],
  'kill-dialog': ['data', 'design', 'page', 'session', 'stores', 'words'],
  'views/*': ['candles', 'data', 'decision-words', 'design', 'kill-dialog', 'page', 'records', 'session', 'words'],
  shell: ['data', 'design', 'kill-dialog', 'page', 'session', 'words'],
  src: ['data', 'design', 'kill-dialog', 'page', 'session', 'shell'],
};

/** Lists the views, and loads each when it is opened. Nothing else reaches into one. */
const LIST_OF_VIEWS = 'shell/views.ts';

/** Of a module: `from '…'`, `import '…'`, `import('…')`; of a stylesheet: `@import "…"`. */
const importing = /\b(import type|import|export)\b[^;'"]*['"]((?:#|\.{1,2}\/)[^'"]+)['"]/g;

/** `views/now/now.css` is of `views/now`, `app.tsx` of `src`. */
function roomOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  return folders[0] === 'views' ? folders.slice(0, 2).join('/') : (folders[0] ?? 'src');
}

function mayImport(path: string, to: string, isTypes: boolean): boolean {
  const from = roomOf(path);
  if (from === to || (path === LIST_OF_VIEWS && to.startsWith('views/'))) return true;
  const allowed = rooms[from.startsWith('views/') ? 'views/*' : from] ?? [];
  return allowed.includes(to) || (isTypes && allowed.includes(`${to} (types)`));
}

/** Every import that goes where its room may not: `views/now/x.ts imports views/kill/y.ts`. */
function wrongWays(sources: Readonly<Record<string, string>>): string[] {
  return Object.entries(sources).flatMap(([path, source]) =>
    [...source.matchAll(importing)].flatMap(([, word, name = '']) => {
      const target = name.startsWith('#') ? name.slice(1) : posix.join(posix.dirname(path), name);
      return mayImport(path, roomOf(target), word === 'import type') ? [] : [`${path} imports ${target}`];
    }),
  );
}

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Tests, and what only tests use, may look anywhere. */
const sources = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(tsx?|css)$/.test(path) && !/\.test\.ts$|(^|\/)testing\//.test(path))
    .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
);

test('every import goes where its room may', () => {
  assert.ok(Object.keys(sources).length > 200, 'the sources are there');
  assert.deepEqual(wrongWays(sources), []);
});

test('every room is in the table, and every line of the table is a room', () => {
  const there = new Set(Object.keys(sources).map((path) => roomOf(path).replace(/^views\/.*/, 'views/*')));
  assert.deepEqual([...there].toSorted(), Object.keys(rooms).toSorted());
});

test('an import that goes the wrong way is found, however it is written', () => {
  const found = wrongWays({
    'views/now/now-view.tsx':
      "import { Lock } from '#views/kill/lock.tsx';\nimport { formatCount } from '#words/format.ts';",
    'views/now/more.tsx': "import '../audit/audit.css';\nimport './now.css';",
    'design/table.tsx': "import {\n  useTrail,\n} from '#data/index.ts';",
    'words/code-names.ts': "import type { Tone } from '#design/tone.ts';\nimport { toneClass } from '#design/tone.ts';",
    'data/rest.ts': "export { Badge } from '#design/badge.tsx';",
    'shell/rail.tsx': "const View = lazy(() => import('#views/now/now-view.tsx'));",
    'shell/views.ts': "const View = lazy(() => import('#views/now/now-view.tsx'));",
    'styles.css': '@import "./design/tokens.css";\n@import "./views/now/now.css";',
    'cellar/wine.ts': "import { useStore } from '#stores/store.ts';",
  });
  assert.deepEqual(found, [
    'views/now/now-view.tsx imports views/kill/lock.tsx',
    'views/now/more.tsx imports views/audit/audit.css',
    'design/table.tsx imports data/index.ts',
    'words/code-names.ts imports design/tone.ts',
    'data/rest.ts imports design/badge.tsx',
    'shell/rail.tsx imports views/now/now-view.tsx',
    'styles.css imports views/now/now.css',
    'cellar/wine.ts imports stores/store.ts',
  ]);
});

test('README.md lists the rooms with what they may import from', () => {
  const readme = readFileSync(join(folder, '../README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| `([a-z/*-]+?)\/?` \| .+ \| (.+) \|$/gm)];
  const listed = rows.map(([, room, imports = '']) => [
    room,
    imports === 'nothing' ? [] : imports.replaceAll('`', '').split(', '),
  ]);
  assert.deepEqual(Object.fromEntries(listed.filter(([room]) => room !== 'testing')), rooms);
});
