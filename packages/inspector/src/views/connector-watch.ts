import type { ConnectorHealth, Envelope } from '@inspector/contract';

/** A connector without any event for longer is not ok. Exchanges' quietest streams beat every few seconds. */
export const SILENT_AFTER_MS = 30_000;

/** Connectors watched; a name comes from the wire, so their number must not. Further ones are not shown. */
const CONNECTORS_LIMIT = 200;

interface Seen {
  connectorType: string;
  marketType: string;
  lastEventAt: number | null;
  lagMs: number | null;
}

/** When each connector was last heard of. */
export interface ConnectorWatch {
  /** An event was received at `now`. */
  note(envelope: Envelope, now: number): void;
  /** A connector that is there and may never have been heard of. */
  expect(place: { connectorType: string; marketType: string }): void;
  states(now: number): ConnectorHealth[];
}

export function createConnectorWatch(): ConnectorWatch {
  const connectors = new Map<string, Seen>();

  function seen(connectorType: string, marketType: string): Seen | undefined {
    const key = `${connectorType}:${marketType}`;
    let connector = connectors.get(key);
    if (connector === undefined && connectors.size < CONNECTORS_LIMIT) {
      connector = { connectorType, marketType, lastEventAt: null, lagMs: null };
      connectors.set(key, connector);
    }
    return connector;
  }

  return {
    note({ source, payload, timestamp }, now) {
      if (source !== 'PROVIDER') return;
      const { connectorType, marketType } = payload as { connectorType: string; marketType: string };
      const connector = seen(connectorType, marketType);
      if (connector === undefined) return;
      connector.lastEventAt = now;
      connector.lagMs = Math.max(0, now - timestamp);
    },
    expect: ({ connectorType, marketType }) => void seen(connectorType, marketType),
    states: (now) => Array.from(connectors.values(), (connector) => stateOf(connector, now)),
  };
}

function stateOf({ connectorType, marketType, lastEventAt, lagMs }: Seen, now: number): ConnectorHealth {
  const about = { connectorType, marketType, lastEventAt, lagMs };
  if (lastEventAt === null) return { ...about, ok: false, reason: 'no event yet' };
  const silentMs = now - lastEventAt;
  if (silentMs <= SILENT_AFTER_MS) return { ...about, ok: true };
  return { ...about, ok: false, reason: `silent for ${Math.floor(silentMs / 1000)} s` };
}
