import { accountKey } from '@inspector/contract';
import { requestError } from '@inspector/service';
import { type Connector, ConnectorError } from '#connectors/connector.ts';

/** Names one account at one market of a venue. Without `accountId` the first connector of that type and market. */
export interface AccountName {
  connectorType: string;
  marketType: string;
  accountId?: string | undefined;
}

/** The connectors that this Provider runs, by account. */
export interface ConnectorDirectory {
  all(): readonly Connector[];
  find(name: AccountName): Connector | undefined;
}

export const createConnectorDirectory = (connectors: readonly Connector[]): ConnectorDirectory => ({
  all: () => connectors,
  find: ({ connectorType, marketType, accountId }) =>
    connectors.find(
      (connector) =>
        connector.connectorType === connectorType &&
        connector.marketType === marketType &&
        (accountId === undefined || connector.accountId === accountId),
    ),
});

/** How an account is written: `paper:futures`, or with its `accountId` where it has one. */
export const nameOf = ({ connectorType, marketType, accountId }: AccountName): string =>
  accountKey(connectorType, marketType, accountId);

/** The connector of a request, or 404 `CONNECTOR_UNKNOWN`. */
export function connectorFor(directory: ConnectorDirectory, name: AccountName): Connector {
  const connector = directory.find(name);
  if (connector === undefined) throw requestError('CONNECTOR_UNKNOWN', `There is no connector ${nameOf(name)}.`);
  return connector;
}

/** What a connector answers, or its operating error as the refusal of a request. A bug stays a bug. */
export async function askVenue<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    switch (error.code) {
      case 'SYMBOL_UNKNOWN':
      case 'INTERVAL_UNKNOWN':
      case 'REFUSED':
        throw requestError('VALIDATION_FAILED', error.message);
      default:
        throw requestError('VENUE_UNAVAILABLE', error.message);
    }
  }
}
