import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = join(root, 'examples/external-detector');
/** Making an environment of Python and fetching one package took 8 s. */
const PIP_MS = 120_000;

/** How the example detector of a language is started. */
export interface DetectorLanguage {
  name: 'TypeScript' | 'Python';
  /** Undefined where it cannot run here; `missing` says why. */
  command: readonly string[] | undefined;
  missing?: string;
}

export const typescriptDetector: DetectorLanguage = {
  name: 'TypeScript',
  command: [process.execPath, join(folder, 'typescript/detector.ts')],
};

/** With the packages that `requirements.txt` pins, from the cache of an earlier run or from the registry. */
export function pythonDetector(): DetectorLanguage {
  const missing = (reason: string): DetectorLanguage => ({ name: 'Python', command: undefined, missing: reason });
  const python = pythonProgram();
  if (python === undefined) return missing('Python 3.9 or later is not installed');
  const requirements = join(folder, 'python/requirements.txt');
  const digest = createHash('sha256').update(readFileSync(requirements)).update(python).digest('hex').slice(0, 12);
  const cache = join(root, 'node_modules/.cache/inspector-python');
  const environment = join(cache, digest);
  const program = join(environment, 'bin/python');
  if (!existsSync(program)) {
    mkdirSync(cache, { recursive: true });
    const part = mkdtempSync(join(cache, 'part-'));
    const steps = [
      [python, '-m', 'venv', '--copies', part],
      [join(part, 'bin/python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
    ] as const;
    for (const [program, ...words] of steps) {
      const { status, stderr } = spawnSync(program, words, { encoding: 'utf8', timeout: PIP_MS });
      if (status === 0) continue;
      rmSync(part, { recursive: true, force: true });
      return missing(`Python's redis package cannot be had: ${String(stderr).trim().split('\n').at(-1)}`);
    }
    renameSync(part, environment);
  }
  return { name: 'Python', command: [program, '-B', join(folder, 'python/detector.py')] };
}

/** For the way that asks over REST, which needs the standard library only. */
export function barePythonDetector(): DetectorLanguage {
  const python = pythonProgram();
  if (python === undefined) {
    return { name: 'Python', command: undefined, missing: 'Python 3.9 or later is not installed' };
  }
  // Isolated, so that no installed package is at hand; -I also leaves out the script's own folder, which -c adds again.
  const script = join(folder, 'python/detector.py');
  const bare = `import runpy, sys; sys.path[:0] = [${JSON.stringify(join(folder, 'python'))}]; sys.argv[0] = ${JSON.stringify(script)}; runpy.run_path(sys.argv[0], run_name="__main__")`;
  return { name: 'Python', command: [python, '-I', '-S', '-B', '-c', bare] };
}

function pythonProgram(): string | undefined {
  const ask = 'import sys; sys.exit(sys.version_info < (3, 9))';
  return ['python3', 'python'].find((name) => spawnSync(name, ['-c', ask], { timeout: PIP_MS }).status === 0);
}

export interface DetectorProgram {
  child: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
}

export function startDetector(
  command: readonly string[],
  words: readonly string[],
  env: Record<string, string>,
): DetectorProgram {
  const [program, ...first] = command;
  const child = spawn(program!, [...first, ...words], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, output: () => output, ended };
}
