import {
  AccountsResponseSchema,
  LeverageBodySchema,
  MarketParamsSchema,
  OrderSchema,
  type VenueAccount,
  VenueAccountSchema,
} from '@inspector/contract';
import { requestError, type Service } from '@inspector/service';
import Type from 'typebox';
import type { AccountState, Connector } from '#connectors/connector.ts';
import { readWhole } from '#connectors/read-whole.ts';
import { askVenue, type ConnectorDirectory, connectorFor, nameOf } from './connector-directory.ts';

const AccountResponse = Type.Object(
  {
    ...VenueAccountSchema.properties,
    openOrders: Type.Array(OrderSchema, { description: 'Open orders, conditional ones too.' }),
    reconciledAt: Type.Number({ description: 'When the venue answered, ms since 1970.', 'x-unit': 'ms since 1970' }),
  },
  { title: 'AccountState', description: 'An account with its open orders, as the venue shows them.' },
);

const LeverageResponse = Type.Object(
  { symbol: Type.String(), leverage: Type.Number({ description: 'In force for the next entries.' }) },
  { title: 'Leverage' },
);

/** Contract 5, accounts. Setting leverage needs `operator`. */
export function registerAccountRoutes(app: Service, connectors: ConnectorDirectory): void {
  const tags = ['accounts'];

  app.get(
    '/api/accounts',
    { schema: { tags, summary: 'Accounts of all connectors', response: { 200: AccountsResponseSchema } } },
    async () => {
      const data = await Promise.all(
        connectors.all().map(async (connector) => accountOf(connector, await askVenue(connector.account()))),
      );
      return { count: data.length, data };
    },
  );

  app.get(
    '/api/accounts/:connectorType/:marketType',
    {
      schema: {
        tags,
        summary: 'One account with positions and open orders, asked of the venue now',
        params: MarketParamsSchema,
        response: { 200: AccountResponse },
      },
    },
    async ({ params }) => {
      const connector = connectorFor(connectors, params);
      const { account, openOrders } = await askVenue(readWhole(connector));
      return { ...accountOf(connector, account), openOrders, reconciledAt: Date.now() };
    },
  );

  app.put(
    '/api/accounts/leverage',
    {
      config: { role: 'operator' },
      schema: {
        tags,
        summary: "Set the leverage of a symbol's next entries",
        body: LeverageBodySchema,
        response: { 200: LeverageResponse },
      },
    },
    async ({ body }) => {
      const connector = connectorFor(connectors, body);
      const symbols = await askVenue(connector.symbols());
      const spec = symbols.find(({ name }) => name === body.symbol.name);
      if (spec?.maxLeverage !== undefined && body.leverage > spec.maxLeverage) {
        const message = `must be at most ${spec.maxLeverage}, the venue's own limit`;
        throw requestError('VALIDATION_FAILED', 'The leverage is not possible.', {
          violations: [{ path: '/leverage', message }],
        });
      }
      return askVenue(connector.setLeverage(body.symbol.name, body.leverage, body.marginMode));
    },
  );
}

function accountOf(connector: Connector, state: AccountState): VenueAccount {
  const { connectorType, marketType, accountId } = connector;
  const { walletBalance, availableBalance, marginRatio, positions, time } = state;
  return {
    connectorType,
    marketType,
    ...(accountId === undefined ? {} : { accountId }),
    accountKey: nameOf(connector),
    walletBalance,
    availableBalance,
    marginRatio,
    positions,
    time,
  };
}
