import { styleText } from 'node:util';

const WORD_WIDTH = 10;

export type LineColour = Parameters<typeof styleText>[0];

/** pino's numbers: from the level up. */
const levels: readonly { from: number; word: string; colour: LineColour }[] = [
  { from: 50, word: 'error', colour: ['red', 'bold'] },
  { from: 40, word: 'warning', colour: 'yellow' },
  { from: 30, word: 'info', colour: 'dim' },
  { from: 0, word: 'debug', colour: 'dim' },
];

/** A line of the terminal: time, one word, text. */
export function terminalLine(ts: number, { word, colour }: { word: string; colour: LineColour }, text: string): string {
  const time = styleText('dim', new Date(ts).toTimeString().slice(0, 8));
  return `  ${time}  ${styleText(colour, word.padEnd(WORD_WIDTH))}  ${text}\n`;
}

/**
 * A destination for pino: its JSON as lines to read, with the fields behind the message. Alerts are left out: they are
 * records as well, and shown with the other events.
 */
export function terminalLines(stream: Pick<NodeJS.WriteStream, 'write'>): { write(line: string): void } {
  return {
    write(line) {
      const { level, time, msg = '', pid: _pid, hostname: _hostname, ...fields } = JSON.parse(line);
      if ('severity' in fields) return;
      const known = levels.find(({ from }) => level >= from) ?? levels[0]!;
      const behind = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      const text = behind.length === 0 ? msg : `${msg} ${styleText('dim', behind.join(' '))}`;
      stream.write(terminalLine(time, known, text));
    },
  };
}
