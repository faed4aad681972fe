/** The newest market data of each kind and symbol, for an exchange that is made in the middle of a run. */
import type { Envelope } from '@inspector/contract';

export interface LatestMarket {
  keep(envelope: Envelope): void;
  envelopes(): Iterable<Envelope>;
}

/** One event a kind and symbol is kept: as many as the file has symbols, not as it has lines. */
export function createLatestMarket(): LatestMarket {
  const byKey = new Map<string, Envelope>();
  return {
    keep(envelope) {
      byKey.set(keyOf(envelope), envelope);
    },
    envelopes: () => byKey.values(),
  };
}

function keyOf({ type, payload }: Envelope): string {
  const { connectorType, marketType, symbol, prices } = payload as {
    connectorType?: string;
    marketType?: string;
    symbol?: { name: string };
    prices?: Record<string, unknown>;
  };
  const names = symbol?.name ?? Object.keys(prices ?? {}).join(',');
  return `${type} ${connectorType}:${marketType}:${names}`;
}
