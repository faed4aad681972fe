/** The scalars of the wire. A number is always finite: validators refuse NaN, Infinity and numbers in strings. */
import Type from 'typebox';

/** Unix milliseconds. */
export const TimeMs = (description: string) => Type.Number({ minimum: 0, description, 'x-unit': 'ms since 1970' });

/** A name that is part of a key; a colon would make keys ambiguous. */
const namePattern = '^[^\\s:]+$';

export const ConnectorType = Type.String({
  pattern: namePattern,
  maxLength: 64,
  description: 'Connector, for example `paper` or `binance`.',
});
export const MarketType = Type.String({
  pattern: namePattern,
  maxLength: 64,
  description: 'Market of the connector, for example `futures` or `spot`.',
});
export const AccountId = Type.String({
  pattern: namePattern,
  maxLength: 128,
  description: 'Account at the venue, where a connector holds more than one.',
});
export const SymbolName = Type.String({
  minLength: 1,
  maxLength: 64,
  description: "The venue's name of the symbol, for example `BTCUSDT`.",
});
export const SymbolRef = Type.Object({ name: SymbolName }, { description: 'The symbol, by name.' });

export const PositionSide = Type.Enum(['LONG', 'SHORT'], { description: 'Side of a position.' });
export type PositionSide = Type.Static<typeof PositionSide>;

export const OrderSide = Type.Enum(['BUY', 'SELL'], { description: 'Side of an order.' });
export type OrderSide = Type.Static<typeof OrderSide>;

export const TriggerBy = Type.Enum(['mark', 'trade'], { description: 'Price that triggers stops and targets.' });
export type TriggerBy = Type.Static<typeof TriggerBy>;

/** A union that adds null, for values that may be unknown. */
export const Nullable = <Schema extends Type.TSchema>(schema: Schema, description?: string) =>
  Type.Union([schema, Type.Null()], description === undefined ? {} : { description });

/** `connectorType:marketType` or `connectorType:marketType:accountId`. */
export const accountKey = (connectorType: string, marketType: string, accountId?: string): string =>
  accountId === undefined || accountId === ''
    ? `${connectorType}:${marketType}`
    : `${connectorType}:${marketType}:${accountId}`;

/** `connectorType:marketType:SYMBOL`. */
export const symbolKey = (connectorType: string, marketType: string, symbol: string): string =>
  `${connectorType}:${marketType}:${symbol}`;
