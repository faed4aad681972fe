import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Only what the test gives, so that a developer's own settings change nothing. */
const environment = (given: Record<string, string>): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, ...given });

/** Runs the program to its end. */
export function runProgram(args: readonly string[], env: Record<string, string> = {}): Promise<Finished> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

export interface RunningProgram {
  child: ChildProcess;
  /** Log records so far. */
  logs: Record<string, unknown>[];
  /** Resolves with the first log record of that message; rejects when the program ends without it. */
  logged(message: string): Promise<Record<string, unknown>>;
  ended: Promise<number | null>;
  stderr(): string;
}

/** Starts the program and reads its JSON logs. */
export function startProgram(args: readonly string[], env: Record<string, string> = {}): RunningProgram {
  const child = spawn(process.execPath, [MAIN, ...args], { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  const logs: Record<string, unknown>[] = [];
  const waiting: { message: string; resolve: (log: Record<string, unknown>) => void }[] = [];
  let stderr = '';
  let rest = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const log = JSON.parse(line) as Record<string, unknown>;
      logs.push(log);
      for (const { message, resolve } of waiting) if (String(log.msg).startsWith(message)) resolve(log);
    }
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const logged = async (message: string): Promise<Record<string, unknown>> => {
    const known = logs.find((log) => String(log.msg).startsWith(message));
    if (known) return known;
    const coming = new Promise<Record<string, unknown>>((resolve) => waiting.push({ message, resolve }));
    const gone = ended.then((code) => {
      throw new Error(`the program ended with ${code} and never said "${message}"\n${stderr}`);
    });
    return Promise.race([coming, gone]);
  };
  return { child, logs, logged, ended, stderr: () => stderr };
}
