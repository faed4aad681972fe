import {
  CandleParamsSchema,
  CandleQuerySchema,
  CandlesResponseSchema,
  ConnectorSchema,
  ConnectorsResponseSchema,
  MarketParamsSchema,
  SymbolName,
  SymbolsResponseSchema,
} from '@inspector/contract';
import { requestError, type Service } from '@inspector/service';
import Type from 'typebox';
import { askVenue, type ConnectorDirectory, connectorFor } from './connector-directory.ts';
import { connectorState } from './connector-state.ts';

const FillsQuery = Type.Object(
  {
    since: Type.Optional(Type.Number({ minimum: 0, default: 0, description: 'Not before, ms since 1970.' })),
    symbol: Type.Optional(SymbolName),
  },
  { additionalProperties: false },
);
const FillsResponse = Type.Object({
  count: Type.Integer({ minimum: 0 }),
  data: Type.Array(
    Type.Object({
      clientOrderId: Type.String(),
      externalId: Type.String(),
      symbol: Type.String(),
      side: Type.Enum(['BUY', 'SELL']),
      quantityExecuted: Type.Number({ description: 'Cumulative, of the order.' }),
      priceExecuted: Type.Number({ description: 'Mean price of it.' }),
      fee: Type.Number(),
      time: Type.Number(),
    }),
  ),
});

/** Contract 5: connectors, symbols, candles, and an account's own fills. All of it needs `viewer`. */
export function registerMarketRoutes(app: Service, connectors: ConnectorDirectory): void {
  const tags = ['venues'];

  app.get(
    '/api/connectors',
    { schema: { tags, summary: 'Connectors and their state', response: { 200: ConnectorsResponseSchema } } },
    () => {
      const data = connectors.all().map(connectorState);
      return { count: data.length, data };
    },
  );

  app.get(
    '/api/connectors/:connectorType/:marketType',
    { schema: { tags, summary: 'One connector', params: MarketParamsSchema, response: { 200: ConnectorSchema } } },
    ({ params }) => connectorState(connectorFor(connectors, params)),
  );

  app.get(
    '/api/symbols/:connectorType/:marketType',
    {
      schema: {
        tags,
        summary: 'Symbols of a market',
        params: MarketParamsSchema,
        response: { 200: SymbolsResponseSchema },
      },
    },
    async ({ params }) => {
      const data = await askVenue(connectorFor(connectors, params).symbols());
      return { count: data.length, data };
    },
  );

  app.get(
    '/api/candles/:connectorType/:marketType/:symbol/:interval',
    {
      schema: {
        tags,
        summary: 'Candles that began in [from, to), oldest first, the newest 1500 of them at most',
        params: CandleParamsSchema,
        querystring: CandleQuerySchema,
        response: { 200: CandlesResponseSchema },
      },
    },
    async ({ params, query }) => {
      const { from, to } = query;
      if (from !== undefined && to !== undefined && to < from) {
        throw requestError('VALIDATION_FAILED', 'The time range is empty.', {
          violations: [{ path: 'query/to', message: 'must not be before from' }],
        });
      }
      const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      const { symbol, interval } = params;
      const data = await askVenue(connectorFor(connectors, params).candles({ symbol, interval, ...range }));
      return { count: data.length, data };
    },
  );

  app.get(
    '/api/fills/:connectorType/:marketType',
    {
      schema: {
        tags,
        summary: "The account's own fills since a time, oldest first",
        params: MarketParamsSchema,
        querystring: FillsQuery,
        response: { 200: FillsResponse },
      },
    },
    async ({ params, query }) => {
      const data = await askVenue(connectorFor(connectors, params).fills(query.since ?? 0, query.symbol));
      return { count: data.length, data };
    },
  );
}
