import { readFileSync } from 'node:fs';

const LINES = 6;
const CHARACTERS = 300;

/** The end of a log, for an error that a person reads. */
export function lastLines(file: string): string[] {
  try {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LINES);
    return lines.map((line) => `  ${line.slice(0, CHARACTERS)}`);
  } catch {
    return ['  (no log)'];
  }
}
