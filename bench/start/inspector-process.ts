/**
 * A stand-alone Inspector over a venue that answers at once, for timing its start: prints a line when it is ready, and ends
 * at SIGTERM. Arguments: data directory, positions that the venue shows.
 */
import { defaultOptions } from '@inspector/contract';
import { createMemoryBus, startInspector } from '@inspector/inspector';
import { connectorType, ENTRY_PRICE, marketType, symbolName } from '../held-engine.ts';

const [dataDir = '', count = '0'] = process.argv.slice(2);
const positions = Array.from({ length: Number(count) }, (_, symbol) => ({
  symbol: symbolName(symbol),
  side: symbol % 2 === 0 ? ('LONG' as const) : ('SHORT' as const),
  quantity: 1,
  entryPrice: ENTRY_PRICE,
}));
const walletBalance = 1000 * Math.max(1, positions.length);
const LOOK_MS = 2;

const inspector = await startInspector(
  {
    appKey: 'bench',
    dataDir,
    version: '0.0.0',
    retention: { days: 0, maxMb: 0 },
    options: defaultOptions,
    provider: { url: 'http://127.0.0.1:9', token: () => '' },
    configuration: {},
    host: '127.0.0.1',
    port: 0,
    apiToken: null,
    tokens: [],
    allowedHosts: [],
    allowedOrigins: [],
  },
  {
    bus: createMemoryBus(),
    log: { info() {}, warn() {}, error() {} },
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
        walletBalance,
        availableBalance: walletBalance,
        positions,
        orders: [],
      }),
      accounts: async () => [{ connectorType, marketType }],
    },
  },
);
const look = setInterval(() => {
  if (!inspector.health().ready) return;
  clearInterval(look);
  process.stdout.write('ready\n');
}, LOOK_MS);
process.once('SIGTERM', () => void inspector.stop('the measurement is over').then(() => process.exit(0)));
