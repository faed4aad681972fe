/**
 * A stand-alone Inspector over a venue that answers at once: prints `ready` and its address when it is, and ends at SIGTERM.
 * Arguments: data directory, file with what the venue shows, and from then on so many marks a second (none by default).
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createMemoryBus, startInspector } from '@inspector/inspector';
import { connectorType, ENTRY_PRICE, marketType, symbolName } from '../held-engine.ts';
import { inspectorConfig, silentLog } from '../inspector-config.ts';
import type { VenueShown } from './prepare-directory.ts';

const [dataDir = '', venueFile = '', ticksPerSecond = '0'] = process.argv.slice(2);
const shown = JSON.parse(readFileSync(venueFile, 'utf8')) as VenueShown;
const LOOK_MS = 2;
const TICK_EVERY_MS = 10;

const bus = createMemoryBus();
const inspector = await startInspector(inspectorConfig(dataDir), {
  bus,
  log: silentLog,
  onFailed: (error) => {
    throw error;
  },
  client: {
    place: async (order) => ({ outcome: 'accepted', order: { ...order, status: 'NEW' } }),
    cancel: async () => ({ outcome: 'accepted' }),
    setLeverage: async () => ({ outcome: 'accepted' }),
    query: async () => ({
      ok: true,
      time: Date.now(),
      ...shown,
    }),
    accounts: async () => [{ connectorType, marketType }],
  },
});
// The venue's stream: its health is not known before something has come.
await publishMark(0);
const look = setInterval(() => {
  if (!inspector.health().ready) return;
  clearInterval(look);
  process.stdout.write(`ready ${inspector.url}\n`);
  if (Number(ticksPerSecond) > 0) startMarks(Number(ticksPerSecond));
}, LOOK_MS);
process.once('SIGTERM', () => void inspector.stop('the measurement is over').then(() => process.exit(0)));

/** Each symbol in turn; the price moves by a few ticks. */
function startMarks(perSecond: number): void {
  const symbols = shown.positions.length;
  const begun = performance.now();
  let sent = 0;
  setInterval(() => {
    const due = ((performance.now() - begun) * perSecond) / 1000;
    for (; sent < due; sent++) void publishMark(sent % symbols, ENTRY_PRICE + ((sent * 7) % 11) * 0.01);
  }, TICK_EVERY_MS);
}

function publishMark(symbol: number, value = ENTRY_PRICE): Promise<void> {
  const now = Date.now();
  return bus.publish('PROVIDER', {
    eventId: randomUUID(),
    type: 'PROVIDER_SYMBOL_PRICES',
    source: 'PROVIDER',
    timestamp: now,
    payload: { connectorType, marketType, prices: { [symbolName(symbol)]: { value, moment: now, mark: true } } },
  });
}
