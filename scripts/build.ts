/**
 * Builds `dist`, what a packed Inspector runs from: Node.js does not run TypeScript under `node_modules`. Types are taken
 * out by Node.js itself, and imports are pointed at the files beside; nothing is bundled or rewritten otherwise, so stack
 * traces keep their lines. Only what the program reaches is in it, and Studio as Vite built it: neither Vite nor React is
 * needed where it runs.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = join(root, 'packages');
const dist = join(root, 'dist');
const ENTRY = join(packages, 'cli/src/main.ts');
/** `from '…'`, `import '…'`, `import('…')`. */
const IMPORT = /(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(['"])([^'"\n]+)\2/g;

rmSync(dist, { recursive: true, force: true });
const reached = new Set<string>();
const waiting = [ENTRY];
for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
  if (reached.has(file)) continue;
  reached.add(file);
  waiting.push(...build(file));
}
const assets = [...new Set([...reached].map(packageOf))].flatMap(copyAssets);
const pages = copyStudio();
process.stderr.write(`dist: ${reached.size} modules, ${assets.length} other files, ${pages} files of Studio\n`);

/** Writes a module without its types and answers the files that it imports. */
function build(file: string): string[] {
  const imported: string[] = [];
  const code = stripTypeScriptTypes(readFileSync(file, 'utf8')).replace(IMPORT, (all, before, quote, specifier) => {
    const target = resolve(specifier, file);
    if (target === undefined) return all;
    imported.push(target);
    const path = relative(dirname(file), target).split(sep).join('/').replace(/\.ts$/, '.js');
    return `${before}${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
  });
  write(file.replace(/\.ts$/, '.js'), code);
  return imported;
}

/** The project's own file behind a specifier; undefined for other packages. */
function resolve(specifier: string, from: string): string | undefined {
  if (specifier.startsWith('.')) return join(dirname(from), specifier);
  if (specifier.startsWith('#')) return join(packageOf(from), 'src', specifier.slice(1));
  const own = /^@inspector\/([^/]+)(\/.+)?$/.exec(specifier);
  if (!own) return undefined;
  const directory = join(packages, own[1]!);
  const { exports } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
    exports: Record<string, string>;
  };
  const target = exports[`.${own[2] ?? ''}`];
  if (target === undefined) throw new Error(`${from}: ${specifier} is not exported`);
  return join(directory, target);
}

function packageOf(file: string): string {
  return join(packages, relative(packages, file).split(sep)[0]!);
}

/** Other files lie beside the modules that read them. */
function copyAssets(directory: string): string[] {
  const files = readdirSync(join(directory, 'src'), { recursive: true, encoding: 'utf8' });
  const others = files.filter((name) => /\.(html|css|js|svg)$/.test(name)).map((name) => join(directory, 'src', name));
  for (const file of others) cpSync(file, target(file), { recursive: true });
  return others;
}

/** The page lies beside the program as it does in the checkout. Without it nothing is packed. */
function copyStudio(): number {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/studio.mjs')], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('Studio could not be built: see above');
  const files = join(dist, 'studio/dist');
  cpSync(join(packages, 'studio/dist'), files, { recursive: true });
  return readdirSync(files, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}

function write(file: string, code: string): void {
  mkdirSync(dirname(target(file)), { recursive: true });
  writeFileSync(target(file), code);
}

function target(file: string): string {
  const path = join(dist, relative(packages, file));
  if (existsSync(path)) throw new Error(`${path} is built twice`);
  return path;
}
