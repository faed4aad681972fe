/**
 * A process under load for the crash test, killed by it at any moment. Says on stdout what it was acknowledged, one line
 * each, as soon as it was: writes to a pipe are done when they return, so a line that the parent reads is a promise kept.
 */
import { writeSync } from 'node:fs';
import type { Options } from '@inspector/contract';
import { openSqliteJournal } from '../journal/sqlite-journal.ts';
import { systemClock } from './clock.ts';
import { createRunner } from './runner.ts';
import { smallEngine } from './small-engine.ts';

const [directory = '', seedText = '1'] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
const quiet = {
  info() {},
  warn() {},
  error: (fields: object, message: string) => say(`error ${message} ${JSON.stringify(fields)}`),
};

let seed = Number(seedText);
/** A linear congruential generator: the load is the same for a seed, only the moment of the kill is not. */
function random(below: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed % below;
}

const runner = createRunner({
  core: smallEngine,
  genesis: { options: {} as Options, zone: {} as never, appKey: 'inspector' },
  journal: openSqliteJournal({ directory, appKey: 'inspector' }),
  clock: systemClock,
  version: '0',
  log: quiet,
  onFailed: () => process.exit(70),
  sinks: {
    effects: (effects) => {
      for (const effect of effects) if (effect.kind === 'place') say(`order ${effect.order.clientOrderId}`);
    },
    records: (records) => say(`seq ${records.at(-1)!.seq}`),
    events: () => {},
    alerts: () => {},
  },
});
runner.start();
say(`epoch ${runner.epoch}`);

function load(): void {
  for (let i = random(40); i >= 0; i--) {
    runner.submit({
      kind: 'trade',
      now: 0,
      symbol: random(10),
      price: random(1050),
      quantity: random(100) / 7,
      time: Date.now(),
      market: true,
      seq: Number.NaN,
    });
  }
  if (random(3) === 0) {
    const requestId = `${runner.epoch}-${random(1e9)}`;
    const type = random(4) === 0 ? 'close' : 'open';
    runner.submit({ kind: 'request', now: 0, eventId: requestId, type, source: 'DETECTOR', request: { requestId } });
  }
  if (random(3) === 0) {
    const fields = { inMs: random(30), note: 'x'.repeat(random(500)) };
    void runner.ask({ kind: 'command', now: 0, command: 'timer', actor: 'ann', fields }).then((reply) => {
      if (reply.ok) say(`reply ${(reply.result as { seq: number }).seq}`);
    });
  }
  if (random(200) === 0) runner.snapshot();
  if (random(5) === 0) setTimeout(load, random(4));
  else setImmediate(load);
}
load();
