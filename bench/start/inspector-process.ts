/**
 * A stand-alone Inspector over a venue that answers at once, for timing its start: prints a line when it is ready, and ends
 * at SIGTERM. Arguments: data directory, file with what the venue shows.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createMemoryBus, startInspector } from '@inspector/inspector';
import { connectorType, ENTRY_PRICE, marketType, symbolName } from '../held-engine.ts';
import { inspectorConfig, silentLog } from '../inspector-config.ts';
import type { VenueShown } from './prepare-directory.ts';

const [dataDir = '', venueFile = ''] = process.argv.slice(2);
const shown = JSON.parse(readFileSync(venueFile, 'utf8')) as VenueShown;
const LOOK_MS = 2;

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
await bus.publish('PROVIDER', {
  eventId: randomUUID(),
  type: 'PROVIDER_SYMBOL_PRICES',
  source: 'PROVIDER',
  timestamp: Date.now(),
  payload: {
    connectorType,
    marketType,
    prices: { [symbolName(0)]: { value: ENTRY_PRICE, moment: Date.now(), mark: true } },
  },
});
const look = setInterval(() => {
  if (!inspector.health().ready) return;
  clearInterval(look);
  process.stdout.write('ready\n');
}, LOOK_MS);
process.once('SIGTERM', () => void inspector.stop('the measurement is over').then(() => process.exit(0)));
