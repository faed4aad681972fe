/**
 * A process under load for the crash test, killed by it at any moment: the real engine, runner and journal, a venue that
 * outlives it. Says on stdout what it was acknowledged, one line each, as soon as it was: writes to a pipe are done when
 * they return, so a line that the parent reads is a promise that was made.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { symbolCount, symbolIdOf } from '@inspector/engine';
import { openSqliteJournal } from '../journal/sqlite-journal.ts';
import { systemClock } from './clock.ts';
import { crashGenesis } from './crash-genesis.ts';
import { openCrashVenue } from './crash-venue.ts';
import { inspectorEngine } from './inspector-engine.ts';
import { createRunner } from './runner.ts';

const [directory = '', seedText = '1'] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
const connectorType = 'paper';
const marketType = 'futures';

let seed = Number(seedText);
/** A linear congruential generator: the load is the same for a seed, only the moment of the kill is not. */
function random(below: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed % below;
}

await once(process.stdin, 'data'); // its parent has another process in the directory until then
const venue = openCrashVenue({
  file: join(directory, 'venue.json'),
  walletBalance: 100_000,
  deliver: (input) => void setTimeout(() => runner.submit(input), random(5)),
  onTwice: (id) => say(`error order ${id} was sent twice`),
});
const runner = createRunner({
  core: inspectorEngine,
  genesis: crashGenesis,
  journal: openSqliteJournal({ directory, appKey: 'inspector' }),
  clock: systemClock,
  version: '0',
  log: { info() {}, warn() {}, error: (fields, message) => say(`error ${message} ${JSON.stringify(fields)}`) },
  onFailed: () => process.exit(70),
  sinks: {
    effects: (effects) => {
      for (const effect of effects) {
        venue.execute(effect);
        // Once the venue has it: one that a kill kept from it is rightly sent again when its absence is proven.
        if (effect.kind === 'place') say(`order ${effect.order.clientOrderId}`);
      }
    },
    records: (records) => say(`seq ${records.at(-1)!.seq}`),
    events: () => {},
    alerts: () => {},
  },
});
runner.start();
say(`epoch ${runner.epoch}`);

if (symbolIdOf(runner.engine, connectorType, marketType, 'BTCUSDT') === -1) {
  const symbol = symbolCount(runner.engine);
  runner.submit({ kind: 'symbol-listed', now: 0, symbol, connectorType, marketType, name: 'BTCUSDT' });
}
const symbol = symbolIdOf(runner.engine, connectorType, marketType, 'BTCUSDT');
const btc = { name: 'BTCUSDT', baseAsset: 'BTC', quoteAsset: 'USDT', status: 'TRADING' };
const sizes = { tickSize: 0.1, stepSize: 0.001, minQuantity: 0.001 };
runner.submit({ kind: 'symbols', now: 0, connectorType, marketType, symbols: [{ ...btc, ...sizes }] });
runner.submit(venue.account());

/** Reused on purpose, as the live decoder does. */
const bids = new Float64Array(10);
const asks = new Float64Array(10);

function market(): void {
  venue.price = Math.round((venue.price + (random(21) - 10) * 0.5) * 10) / 10;
  const stamp = { now: 0, symbol, time: Date.now(), seq: Number.NaN };
  for (let i = 0; i < 5; i++) {
    bids[2 * i] = venue.price - 0.1 * (i + 1);
    asks[2 * i] = venue.price + 0.1 * (i + 1);
    bids[2 * i + 1] = asks[2 * i + 1] = 5 + random(50);
  }
  runner.submit({ kind: 'book', ...stamp, bids, bidCount: 5, asks, askCount: 5 });
  runner.submit({ kind: 'price', ...stamp, price: venue.price, mark: true });
  runner.submit({ kind: 'trade', ...stamp, price: venue.price, quantity: 0.01, market: true });
}

function request(): void {
  const requestId = `${runner.epoch}-${random(1e9)}`;
  const isOpen = random(3) > 0;
  const fields = { requestId, connectorType, marketType, symbol: { name: 'BTCUSDT' }, detectorSysname: 'storm' };
  const side = random(2) === 0 ? 'LONG' : 'SHORT';
  const request = isOpen ? { ...fields, side, quantity: 0.001 * (1 + random(20)) } : { ...fields, side };
  runner.submit({
    kind: 'request',
    now: 0,
    eventId: requestId,
    type: isOpen ? 'open' : 'close',
    source: 'DETECTOR',
    request,
  });
}

function command(): void {
  const fields = { detectorSysname: `detector-${random(5)}`, ttlMs: 100 + random(1000), onExpiry: 'block' };
  void runner.ask({ kind: 'command', now: 0, command: 'lease', actor: 'ann', fields }).then((reply) => {
    if (reply.ok) say(`reply ${runner.health().lastSeq}`);
  });
}

function load(): void {
  for (let i = random(4); i >= 0; i--) market();
  if (random(4) === 0) request();
  if (random(8) === 0) command();
  if (random(100) === 0) runner.snapshot();
  if (random(4) > 0) setTimeout(load, random(4));
  else setImmediate(load);
}
load();
