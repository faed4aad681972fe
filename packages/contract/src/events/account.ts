import Type from 'typebox';
import { OrderEventPayloadSchema } from '#order.ts';
import { AccountId, ConnectorType, MarketType, PositionSide, SymbolName, TimeMs } from '#scalars.ts';

/** Positions or orders that one account event may list; a larger one is dead-lettered and the account is asked anew. */
export const maxAccountRows = 10000;

export const VenuePositionSchema = Type.Object(
  {
    symbol: SymbolName,
    side: PositionSide,
    quantity: Type.Number({ minimum: 0, description: 'Unsigned; 0 is flat.', 'x-unit': 'base' }),
    entryPrice: Type.Number({ minimum: 0, description: 'Mean price of the entries.', 'x-unit': 'quote' }),
    leverage: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'Leverage.' })),
  },
  { title: 'VenuePosition', description: 'A position as the venue reports it.' },
);
export type VenuePosition = Type.Static<typeof VenuePositionSchema>;

export const accountEventTypes = ['snapshot', 'balance', 'position', 'margin', 'transfer'] as const;

export const AccountEventPayloadSchema = Type.Object(
  {
    connectorType: ConnectorType,
    marketType: MarketType,
    accountId: Type.Optional(AccountId),
    eventType: Type.Enum([...accountEventTypes], {
      description: 'A `snapshot` lists all positions, a `position` event those that changed.',
    }),
    eventTime: TimeMs("The venue's time."),
    options: Type.Object({
      walletBalance: Type.Optional(Type.Number({ description: 'Wallet balance.', 'x-unit': 'USD' })),
      availableBalance: Type.Optional(
        Type.Number({ description: 'Balance that can serve as margin.', 'x-unit': 'USD' }),
      ),
      marginRatio: Type.Optional(Type.Number({ description: "The venue's margin ratio." })),
      positions: Type.Optional(Type.Array(VenuePositionSchema, { maxItems: maxAccountRows })),
      orders: Type.Optional(
        Type.Array(OrderEventPayloadSchema, {
          maxItems: maxAccountRows,
          description: 'Open orders, conditional ones too.',
        }),
      ),
      amount: Type.Optional(Type.Number({ description: 'Of a transfer; negative is a withdrawal.', 'x-unit': 'USD' })),
    }),
  },
  { title: 'AccountEventPayload', description: 'What changed in an account.' },
);
export type AccountEventPayload = Type.Static<typeof AccountEventPayloadSchema>;
