/**
 * A process whose files may not grow past a limit that its parent set, and later lifts: what a full disk does, without
 * one. Says what it sees, one line each; each line on stdin is a question, answered by a line that begins with it.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Options } from '@inspector/contract';
import { openSqliteJournal } from '../journal/sqlite-journal.ts';
import { systemClock } from './clock.ts';
import { createRunner } from './runner.ts';
import { smallEngine } from './small-engine.ts';

const [directory = ''] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
/** Without a listener the limit's signal ends the process; with one the write fails, as on a full disk. */
process.on('SIGXFSZ', () => {});

const runner = createRunner({
  core: smallEngine,
  genesis: { options: {} as Options, zone: {} as never, appKey: 'inspector' },
  journal: openSqliteJournal({ directory, appKey: 'inspector' }),
  clock: systemClock,
  version: '0',
  log: { info() {}, warn() {}, error() {} },
  onFailed: () => process.exit(70),
  sinks: {
    effects: (effects) => {
      for (const effect of effects) {
        if (effect.kind === 'place')
          say(`order ${effect.order.reduceOnly ? 'exit' : 'entry'} ${runner.health().phase}`);
      }
    },
    records: () => {},
    events: () => {},
    alerts: (alerts) => {
      for (const alert of alerts) say(`alert ${alert.code}`);
    },
  },
});
runner.start();
say('started');

let requests = 0;
const request = (type: 'open' | 'close') => {
  const requestId = `r${++requests}`;
  return runner.submit({
    kind: 'request',
    now: 0,
    eventId: requestId,
    type,
    source: 'DETECTOR',
    request: { requestId },
  });
};

/** Fills the store until it refuses. */
function fill(): void {
  if (runner.health().phase !== 'running') {
    say(`fill ${runner.health().code}`);
    return;
  }
  const fields = { note: 'x'.repeat(20_000) };
  void runner.ask({ kind: 'command', now: 0, command: 'note', actor: 'ann', fields });
  setTimeout(fill, 1);
}

function answerWhenRunning(): void {
  if (runner.health().phase === 'running') say(`wait ${runner.health().phase}`);
  else setTimeout(answerWhenRunning, 20);
}

createInterface({ input: process.stdin }).on('line', (line) => {
  switch (line) {
    case 'fill':
      fill();
      break;
    case 'open':
    case 'close':
      say(`${line} ${request(line)}`);
      break;
    case 'wait':
      answerWhenRunning();
      break;
    default:
      runner.stop('asked to');
      say(`stop ${runner.health().phase} ${runner.health().lastSeq}`);
      process.exit(0);
  }
});
