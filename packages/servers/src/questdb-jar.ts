import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const VERSION = '9.3.4';
const JAVA_NEEDED = 17;
/** A first download is 30 MB; past this the network is held to be missing. */
const DOWNLOAD_MS = 180_000;
const JAVA_MS = 20_000;
/** Kept of a program's output, for its version or its last words. */
const OUTPUT_CHARACTERS = 4_000;

/** A QuestDB that can be started, or why there is none here. */
export type QuestdbJar = { kind: 'found'; path: string } | { kind: 'missing'; reason: string };

let asked: Promise<QuestdbJar> | undefined;

/**
 * Where the jar lies: in `QUESTDB_HOME`, by default `~/.cache/questdb`, put there by Maven the first time.
 * Asked once per process; never rejects.
 */
export function questdbJar(): Promise<QuestdbJar> {
  asked ??= findJar().catch((error: unknown) => ({ kind: 'missing' as const, reason: `QuestDB: ${String(error)}` }));
  return asked;
}

async function findJar(): Promise<QuestdbJar> {
  const java = await run('java', ['-version'], JAVA_MS);
  const major = Number(/version "(\d+)/.exec(java.output)?.[1] ?? 0);
  if (major < JAVA_NEEDED) {
    const found = major === 0 ? 'none was found' : `this one is ${major}`;
    return { kind: 'missing', reason: `QuestDB needs Java ${JAVA_NEEDED} or later, ${found}` };
  }
  const home = process.env.QUESTDB_HOME || join(homedir(), '.cache', 'questdb');
  const path = join(home, `questdb-${VERSION}.jar`);
  if (existsSync(path)) return { kind: 'found', path };
  return fetchJar(home, path);
}

/** Copied aside and renamed, so that neither a broken download nor another process's half looks like a jar. */
async function fetchJar(home: string, path: string): Promise<QuestdbJar> {
  mkdirSync(home, { recursive: true });
  const part = mkdtempSync(join(home, 'part-'));
  try {
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
    const artifact = `-Dartifact=org.questdb:questdb:${VERSION}`;
    const maven = await run('mvn', ['-B', '-q', '-C', goal, artifact, `-DoutputDirectory=${part}`], DOWNLOAD_MS);
    const copied = join(part, `questdb-${VERSION}.jar`);
    if (maven.code === 0 && existsSync(copied)) {
      renameSync(copied, path);
      return { kind: 'found', path };
    }
    const why = maven.code === undefined ? 'Maven (mvn) is not installed' : `Maven could not get it: ${maven.output}`;
    return { kind: 'missing', reason: `QuestDB ${VERSION} is not in ${home}, and ${why.trim()}` };
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

/** `code` is undefined when the program could not be started or took longer than `withinMs`. */
function run(
  program: string,
  words: string[],
  withinMs: number,
): Promise<{ code: number | undefined; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: withinMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const take = (text: Buffer) => {
      output = (output + text.toString()).slice(-OUTPUT_CHARACTERS);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', () => resolve({ code: undefined, output }));
    child.once('close', (code) => resolve({ code: code ?? undefined, output }));
  });
}
