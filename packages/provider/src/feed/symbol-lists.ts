import { randomUUID } from 'node:crypto';
import type { Envelope } from '@inspector/contract';
import type { Connector } from '#connectors/connector.ts';

/** How often symbol lists are told anew: whoever begins to listen later knows them after this long at most. */
export const SYMBOLS_EVERY_MS = 60_000;

export interface SymbolLists {
  /** Tells the lists of all connectors now; those that do not answer are left out until the next time. */
  tell(): Promise<void>;
  stop(): void;
}

/** Publishes PROVIDER_SYMBOLS again and again, for listeners that were not there when a connector first told it. */
export function createSymbolLists(
  connectors: readonly Connector[],
  deliver: (connector: Connector, envelope: Envelope) => void,
  everyMs = SYMBOLS_EVERY_MS,
): SymbolLists {
  const tellOne = async (connector: Connector): Promise<void> => {
    const { connectorType, marketType } = connector;
    const symbols = await connector.symbols().catch(() => []);
    if (symbols.length === 0) return;
    deliver(connector, {
      eventId: randomUUID(),
      type: 'PROVIDER_SYMBOLS',
      source: 'PROVIDER',
      timestamp: Date.now(),
      payload: { connectorType, marketType, symbols },
    });
  };
  const tell = async (): Promise<void> => {
    await Promise.all(connectors.map(tellOne));
  };
  const timer = setInterval(tell, everyMs);
  return { tell, stop: () => clearInterval(timer) };
}
