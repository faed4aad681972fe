/**
 * A whole Inspector as a process of its own, which ends as by `kill -9` at the very point of an order's life that it is
 * told: before an order leaves, or as soon as it was answered. Arguments: one JSON of `ProcessSettings`.
 */
import type { Order } from '@inspector/contract';
import { startSystem } from './guarded-system.ts';

export interface ProcessSettings {
  venueUrl: string;
  dataDir: string;
  endAt?: { purpose: 'ENTRY' | 'STOP' | 'TARGET' | 'CLOSE'; when: 'before' | 'after' };
}

const { venueUrl, dataDir, endAt } = JSON.parse(process.argv[2] ?? '{}') as ProcessSettings;

const end = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
};

const system = await startSystem({
  venueUrl,
  dataDir,
  // A busy machine may take long to begin again: the ladder is not to have ended by then.
  options: { protection: { nakedMaxMs: 15_000 } },
  client: (client) => ({
    ...client,
    async place(order, signal) {
      const isPoint = endAt !== undefined && purposeOf(order) === endAt.purpose;
      if (isPoint && endAt.when === 'before') await end();
      const answer = await client.place(order, signal);
      if (isPoint) await end();
      return answer;
    },
  }),
});
process.on('message', (request: Record<string, unknown>) => void system.open(request));
process.on('disconnect', () => process.exit(0));
process.send?.({ url: system.inspector.url });

function purposeOf({ type, reduceOnly }: Order): string {
  if (reduceOnly !== true) return 'ENTRY';
  if (type === 'MARKET') return 'CLOSE';
  return type === 'STOP_MARKET' ? 'STOP' : 'TARGET';
}
