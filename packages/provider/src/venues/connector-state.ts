import type { Connector as ConnectorState } from '@inspector/contract';
import type { Connector } from '#connectors/connector.ts';

/** What every connector of the port offers, whatever the venue does underneath. */
const capabilities = {
  orders: ['place', 'cancel', 'cancelAll', 'query', 'openOrders', 'fills'],
  account: ['balances', 'positions', 'leverage'],
  marketData: ['trades', 'orderBook', 'prices', 'candles', 'symbols'],
};

/** A connector as `GET /connectors` and `GET /health` show it. */
export function connectorState(connector: Connector): ConnectorState & { accountId?: string } {
  const { ok, lastEventAt, reason } = connector.status();
  const found = connector.capabilities?.() ?? [];
  return {
    connectorType: connector.connectorType,
    marketType: connector.marketType,
    ...(connector.accountId === undefined ? {} : { accountId: connector.accountId }),
    ok,
    state: ok ? 'connected' : lastEventAt === null ? 'connecting' : 'failed',
    lastEventAt,
    ...(reason === undefined ? {} : { reason }),
    capabilities: found.length === 0 ? capabilities : { ...capabilities, venue: found },
  };
}
