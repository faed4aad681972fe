import Type from 'typebox';
import { orderPurposes } from './codes/audit-kinds.ts';
import { AccountId, ConnectorType, MarketType, OrderSide, SymbolRef, TimeMs, TriggerBy } from './scalars.ts';

/** Order types that Inspector sends and the paper venue takes. A venue may report others. */
export const orderTypes = ['MARKET', 'LIMIT', 'STOP_MARKET', 'TAKE_PROFIT_MARKET'] as const;
export type OrderType = (typeof orderTypes)[number] | (string & {});

export const orderStatuses = [
  'NEW',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELED',
  'REJECTED',
  'EXPIRED',
  'UNKNOWN',
] as const;
export const OrderStatus = Type.Enum([...orderStatuses], {
  description: 'FILLED, CANCELED, REJECTED and EXPIRED are final; UNKNOWN is to be asked for.',
});
export type OrderStatus = (typeof orderStatuses)[number];

const finalStatuses: ReadonlySet<string> = new Set(['FILLED', 'CANCELED', 'REJECTED', 'EXPIRED']);

/** True when an order of that status can no longer change. */
export const isFinalStatus = (status: string): boolean => finalStatuses.has(status);

export const OrderTypeSchema = Type.Unsafe<OrderType>(
  Type.String({
    pattern: '^[A-Z][A-Z_]{0,39}$',
    description: `One of ${orderTypes.join(', ')}, or another type that the venue names.`,
  }),
);

export const OrderSourceSchema = Type.Object(
  {
    type: Type.Enum(['inspector', 'detector', 'provider', 'advisor'], { description: 'What kind of program sent it.' }),
    key: Type.String({ maxLength: 128, description: 'Its key or name.' }),
  },
  { description: 'Who sent the order.' },
);
export type OrderSource = Type.Static<typeof OrderSourceSchema>;

const identity = {
  id: Type.String({ maxLength: 128, description: "The Provider's id." }),
  clientOrderId: Type.String({ maxLength: 64, description: "The sender's id; idempotent for 24 h." }),
  externalId: Type.String({ maxLength: 128, description: "The venue's id; empty until the venue has answered." }),
};
const place = { connectorType: ConnectorType, marketType: MarketType, accountId: Type.Optional(AccountId) };
const terms = {
  symbol: SymbolRef,
  side: OrderSide,
  type: OrderTypeSchema,
  quantity: Type.Number({ minimum: 0, description: 'Ordered quantity.', 'x-unit': 'base' }),
  price: Type.Optional(Type.Number({ description: 'Limit price.', 'x-unit': 'quote' })),
  stopPrice: Type.Optional(Type.Number({ description: 'Price that triggers the order.', 'x-unit': 'quote' })),
  triggerBy: Type.Optional(TriggerBy),
  leverage: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'Leverage of the position.' })),
  reduceOnly: Type.Optional(Type.Boolean({ description: 'Can only reduce a position.' })),
  closePosition: Type.Optional(Type.Boolean({ description: 'Closes whatever the position then is.' })),
};
const progress = {
  quantityExecuted: Type.Number({ minimum: 0, description: 'Quantity filled so far.', 'x-unit': 'base' }),
  priceExecuted: Type.Number({ description: 'Mean price of the fills, 0 before the first.', 'x-unit': 'quote' }),
  fee: Type.Optional(Type.Number({ description: 'Fees paid so far; negative is a rebate.', 'x-unit': 'USD' })),
  status: OrderStatus,
  time: TimeMs('When the venue took the order.'),
  updateTime: TimeMs('When it last changed.'),
};
const origin = {
  source: OrderSourceSchema,
  epoch: Type.Optional(Type.Integer({ minimum: 0, description: "The sending Inspector instance's fencing epoch." })),
};
const refusal = {
  reason: Type.Optional(Type.String({ maxLength: 64, description: 'Why it was rejected, one of the reject reasons.' })),
  reasonText: Type.Optional(Type.String({ maxLength: 1000, description: "The venue's own words." })),
};

/** An order as the Provider answers it and as it stands in the audit. */
export const OrderSchema = Type.Object(
  { ...identity, ...place, ...terms, ...progress, ...origin, ...refusal },
  { title: 'Order', description: 'An order and how far it got.' },
);
export type Order = Type.Static<typeof OrderSchema>;

/**
 * An order event of the bus. Only what says which order and how far it got is demanded: a fill is never lost over a
 * missing time. `ref` is a replay file's name for an order whose id its author cannot know.
 */
export const OrderEventPayloadSchema = Type.Object(
  {
    ...Type.Partial(Type.Object(identity)).properties,
    ref: Type.Optional(
      Type.String({
        maxLength: 256,
        description: '`<positionId|requestId>:<stop|target|close|entry>`, in replay files only.',
      }),
    ),
    ...place,
    symbol: SymbolRef,
    side: OrderSide,
    type: Type.Optional(terms.type),
    quantity: Type.Optional(terms.quantity),
    price: terms.price,
    stopPrice: terms.stopPrice,
    triggerBy: terms.triggerBy,
    leverage: terms.leverage,
    reduceOnly: terms.reduceOnly,
    closePosition: terms.closePosition,
    quantityExecuted: Type.Optional(progress.quantityExecuted),
    priceExecuted: Type.Optional(progress.priceExecuted),
    fee: progress.fee,
    status: progress.status,
    time: Type.Optional(progress.time),
    updateTime: Type.Optional(progress.updateTime),
    source: Type.Optional(origin.source),
    epoch: origin.epoch,
    ...refusal,
  },
  { title: 'OrderEvent', description: 'An order event: a fill, a new state, or the end of an order.' },
);
export type OrderEventPayload = Type.Static<typeof OrderEventPayloadSchema>;

/** What a sender gives to place an order; the Provider adds the rest. */
export const NewOrderSchema = Type.Object(
  {
    id: Type.Optional(identity.id),
    clientOrderId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: "The sender's id; idempotent for 24 h." }),
    ),
    ...place,
    ...terms,
    quantity: Type.Number({ exclusiveMinimum: 0, description: 'Ordered quantity.', 'x-unit': 'base' }),
    price: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'Limit price.', 'x-unit': 'quote' })),
    stopPrice: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: 'Price that triggers the order.', 'x-unit': 'quote' }),
    ),
    source: Type.Optional(OrderSourceSchema),
    epoch: origin.epoch,
  },
  { additionalProperties: false, title: 'NewOrder', description: 'An order to place.' },
);
export type NewOrder = Type.Static<typeof NewOrderSchema>;

/** `data` of the order records of the audit. */
export const AuditedOrderSchema = Type.Object(
  {
    ...OrderSchema.properties,
    purpose: Type.Enum([...orderPurposes], { description: 'What the order is for.' }),
    version: Type.Integer({
      minimum: 1,
      description: 'Counts the orders of that purpose for that position or request.',
    }),
    cancels: Type.Optional(Type.String({ description: 'Client id of the order that a cancel is for.' })),
  },
  { title: 'AuditedOrder' },
);
export type AuditedOrder = Type.Static<typeof AuditedOrderSchema>;
