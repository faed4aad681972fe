import Type from 'typebox';
import { VenuePositionSchema } from '#events/account.ts';
import { SymbolSpecSchema } from '#events/market-data.ts';
import { NewOrderSchema, OrderSchema } from '#order.ts';
import { AccountId, ConnectorType, MarketType, Nullable, SymbolName, SymbolRef, TimeMs } from '#scalars.ts';
import { listOf, RecordData } from './call-fields.ts';

const closed = { additionalProperties: false } as const;
const market = { connectorType: ConnectorType, marketType: MarketType };

export const MarketParamsSchema = Type.Object(market, closed);
export type MarketParams = Type.Static<typeof MarketParamsSchema>;

export const PlaceOrderBodySchema = Type.Object({ order: NewOrderSchema }, { ...closed, title: 'PlaceOrder' });
export type PlaceOrderBody = Type.Static<typeof PlaceOrderBodySchema>;

export const OrderParamsSchema = Type.Object(
  { orderId: Type.String({ minLength: 1, maxLength: 128, description: "The Provider's id or the client order id." }) },
  closed,
);
export type OrderParams = Type.Static<typeof OrderParamsSchema>;

export const CancelOrderParamsSchema = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 128, description: "The Provider's id or the client order id." }),
    ...market,
  },
  closed,
);
export type CancelOrderParams = Type.Static<typeof CancelOrderParamsSchema>;

/** What of a working order can be changed. */
export const AmendOrderBodySchema = Type.Object(
  {
    order: Type.Object(
      {
        quantity: Type.Optional(Type.Number({ exclusiveMinimum: 0, 'x-unit': 'base' })),
        price: Type.Optional(Type.Number({ exclusiveMinimum: 0, 'x-unit': 'quote' })),
        stopPrice: Type.Optional(Type.Number({ exclusiveMinimum: 0, 'x-unit': 'quote' })),
        epoch: Type.Optional(Type.Integer({ minimum: 0 })),
      },
      { ...closed, minProperties: 1 },
    ),
  },
  { ...closed, title: 'AmendOrder' },
);
export type AmendOrderBody = Type.Static<typeof AmendOrderBodySchema>;

/** Closes a position at market, reduce-only; without a quantity all of it. */
export const CloseOrderBodySchema = Type.Object(
  {
    order: Type.Object(
      {
        ...NewOrderSchema.properties,
        type: Type.Optional(NewOrderSchema.properties.type),
        quantity: Type.Optional(NewOrderSchema.properties.quantity),
      },
      closed,
    ),
  },
  { ...closed, title: 'CloseOrder' },
);
export type CloseOrderBody = Type.Static<typeof CloseOrderBodySchema>;

export const OrdersResponseSchema = listOf(OrderSchema, 'Open orders, conditional ones too.');
export type OrdersResponse = Type.Static<typeof OrdersResponseSchema>;

export const VenueAccountSchema = Type.Object(
  {
    ...market,
    accountId: Type.Optional(AccountId),
    accountKey: Type.String(),
    walletBalance: Nullable(Type.Number({ 'x-unit': 'USD' })),
    availableBalance: Nullable(Type.Number({ 'x-unit': 'USD' })),
    marginRatio: Type.Optional(Nullable(Type.Number())),
    positions: Type.Array(VenuePositionSchema),
    time: TimeMs("The venue's time of the answer."),
  },
  { title: 'VenueAccount', description: 'An account as the venue shows it.' },
);
export type VenueAccount = Type.Static<typeof VenueAccountSchema>;
export const AccountsResponseSchema = listOf(VenueAccountSchema, 'Accounts of all connectors.');
export type AccountsResponse = Type.Static<typeof AccountsResponseSchema>;

export const LeverageBodySchema = Type.Object(
  {
    ...market,
    accountId: Type.Optional(AccountId),
    symbol: SymbolRef,
    leverage: Type.Number({ minimum: 1, maximum: 1000, description: 'New leverage of the symbol.' }),
    marginMode: Type.Optional(
      Type.Enum(['cross', 'isolated'], { description: "New margin mode of the symbol; without it the venue's stays." }),
    ),
    epoch: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { ...closed, title: 'SetLeverage' },
);
export type LeverageBody = Type.Static<typeof LeverageBodySchema>;

export const ConnectorSchema = Type.Object(
  {
    ...market,
    ok: Type.Boolean(),
    state: Type.String({ description: 'connecting, connected, failed …' }),
    lastEventAt: Nullable(Type.Number()),
    reason: Type.Optional(Type.String()),
    capabilities: Type.Optional(RecordData('What the venue can do.')),
  },
  { title: 'Connector' },
);
export type Connector = Type.Static<typeof ConnectorSchema>;
export const ConnectorsResponseSchema = listOf(ConnectorSchema, 'Connectors.');
export type ConnectorsResponse = Type.Static<typeof ConnectorsResponseSchema>;

export const SymbolsResponseSchema = listOf(SymbolSpecSchema, 'Symbols of the market.');
export type SymbolsResponse = Type.Static<typeof SymbolsResponseSchema>;

/** Candle intervals and their length in milliseconds. */
export const candleIntervals = {
  '1m': 60_000,
  '3m': 180_000,
  '5m': 300_000,
  '15m': 900_000,
  '30m': 1_800_000,
  '1h': 3_600_000,
  '2h': 7_200_000,
  '4h': 14_400_000,
  '6h': 21_600_000,
  '12h': 43_200_000,
  '1d': 86_400_000,
} as const;
export type CandleInterval = keyof typeof candleIntervals;

export const CandleParamsSchema = Type.Object(
  {
    ...market,
    symbol: SymbolName,
    interval: Type.Unsafe<CandleInterval>(
      Type.Enum(Object.keys(candleIntervals), { description: 'Length of a candle.' }),
    ),
  },
  closed,
);
export type CandleParams = Type.Static<typeof CandleParamsSchema>;

export const CandleQuerySchema = Type.Object(
  {
    from: Type.Optional(Type.Number({ minimum: 0, description: 'Not before, ms since 1970.' })),
    to: Type.Optional(Type.Number({ minimum: 0, description: 'Not after, ms since 1970.' })),
  },
  closed,
);
export type CandleQuery = Type.Static<typeof CandleQuerySchema>;

export const CandleSchema = Type.Object(
  {
    time: TimeMs('Start of the candle.'),
    open: Type.Number({ 'x-unit': 'quote' }),
    high: Type.Number({ 'x-unit': 'quote' }),
    low: Type.Number({ 'x-unit': 'quote' }),
    close: Type.Number({ 'x-unit': 'quote' }),
    volume: Type.Number({ 'x-unit': 'base' }),
  },
  { title: 'Candle' },
);
export type Candle = Type.Static<typeof CandleSchema>;
export const CandlesResponseSchema = listOf(CandleSchema, 'Candles, oldest first.');
export type CandlesResponse = Type.Static<typeof CandlesResponseSchema>;

export const StartReplayBodySchema = Type.Object(
  {
    file: Type.String({ minLength: 1, maxLength: 4096, description: 'File of a `replay:<file>` connector.' }),
    speed: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: 1_000_000, default: 1, description: 'Times real time.' }),
    ),
  },
  { ...closed, title: 'StartReplay' },
);
export type StartReplayBody = Type.Static<typeof StartReplayBodySchema>;

export const ProviderHealthSchema = Type.Object(
  {
    ok: Type.Boolean(),
    connectors: Type.Array(ConnectorSchema),
    apps: Type.Integer({ minimum: 0, description: 'Registered applications.' }),
    clients: Type.Integer({ minimum: 0, description: 'Clients at /ws.' }),
    timestamp: TimeMs('When it was asked.'),
  },
  { title: 'ProviderHealth' },
);
export type ProviderHealth = Type.Static<typeof ProviderHealthSchema>;
