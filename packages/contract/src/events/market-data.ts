import Type from 'typebox';
import { ConnectorType, MarketType, PositionSide, SymbolName, SymbolRef, TimeMs } from '#scalars.ts';

/** Levels a side that a book may have; a larger one is dead-lettered, so that no message can hold the runner up. */
export const maxBookLevels = 5000;
/** Symbols that one message may list or price; a larger one is dead-lettered. */
export const maxSymbolsPerMessage = 20000;

const market = { connectorType: ConnectorType, marketType: MarketType };
const price = (description: string) => Type.Number({ description, 'x-unit': 'quote' });
const volume = (description: string) => Type.Number({ description, 'x-unit': 'base' });

/** Whether a price makes sense (above 0, near the book) is judged by the engine; here it only has to be a number. */
export const TradePayloadSchema = Type.Object(
  {
    ...market,
    symbol: SymbolRef,
    price: price('Price of the print.'),
    volume: volume('Quantity of the print.'),
    side: PositionSide,
    time: TimeMs("The venue's time."),
    market: Type.Optional(
      Type.Boolean({ description: 'False for a print that is no market trade (insurance fund, block trade).' }),
    ),
  },
  { title: 'TradePayload', description: 'A public trade.' },
);
export type TradePayload = Type.Static<typeof TradePayloadSchema>;

const BookLevelSchema = Type.Object({ price: price('Price of the level.'), volume: volume('Quantity of the level.') });

export const OrderBookPayloadSchema = Type.Object(
  {
    ...market,
    symbol: SymbolRef,
    bids: Type.Array(BookLevelSchema, { maxItems: maxBookLevels, description: 'Best first.' }),
    asks: Type.Array(BookLevelSchema, { maxItems: maxBookLevels, description: 'Best first.' }),
    time: TimeMs("The venue's time."),
  },
  { title: 'OrderBookPayload', description: 'A whole book, best first.' },
);
export type OrderBookPayload = Type.Static<typeof OrderBookPayloadSchema>;

export const CandlePayloadSchema = Type.Object(
  {
    ...market,
    symbol: SymbolRef,
    interval: Type.String({ maxLength: 16, description: 'For example `1m`.' }),
    open: price('Open.'),
    high: price('High.'),
    low: price('Low.'),
    close: price('Close.'),
    volume: volume('Quantity traded.'),
    time: TimeMs('Start of the candle.'),
  },
  { title: 'CandlePayload', description: 'A candle.' },
);
export type CandlePayload = Type.Static<typeof CandlePayloadSchema>;

export const SymbolPricesPayloadSchema = Type.Object(
  {
    ...market,
    prices: Type.Record(
      Type.String(),
      Type.Object({
        value: price('The price.'),
        moment: TimeMs("The venue's time."),
        mark: Type.Optional(Type.Boolean({ description: 'True for a mark price.' })),
      }),
      { maxProperties: maxSymbolsPerMessage, description: 'By symbol name.' },
    ),
  },
  { title: 'SymbolPricesPayload', description: 'Mark or indicative prices.' },
);
export type SymbolPricesPayload = Type.Static<typeof SymbolPricesPayloadSchema>;

export const SymbolSpecSchema = Type.Object(
  {
    name: SymbolName,
    baseAsset: Type.String({ maxLength: 64, description: 'For example BTC.' }),
    quoteAsset: Type.String({ maxLength: 64, description: 'For example USDT.' }),
    status: Type.String({ maxLength: 32, description: '`TRADING`, or anything else for not trading.' }),
    tickSize: Type.Number({ minimum: 0, description: 'Step of prices.', 'x-unit': 'quote' }),
    stepSize: Type.Number({ minimum: 0, description: 'Step of quantities.', 'x-unit': 'base' }),
    minQuantity: Type.Number({ minimum: 0, description: 'Least quantity of an order.', 'x-unit': 'base' }),
    minNotional: Type.Optional(
      Type.Number({ minimum: 0, description: 'Least notional of an order.', 'x-unit': 'USD' }),
    ),
    maxLeverage: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: "The venue's highest leverage." })),
    maintenanceMarginPercent: Type.Optional(
      Type.Number({ minimum: 0, maximum: 100, description: 'Maintenance margin.', 'x-unit': '%' }),
    ),
  },
  { title: 'SymbolSpec', description: 'What the venue demands of orders in a symbol.' },
);
export type SymbolSpec = Type.Static<typeof SymbolSpecSchema>;

export const SymbolsPayloadSchema = Type.Object(
  { ...market, symbols: Type.Array(SymbolSpecSchema, { maxItems: maxSymbolsPerMessage }) },
  { title: 'SymbolsPayload', description: "The venue's whole list: a symbol that is missing is no longer traded." },
);
export type SymbolsPayload = Type.Static<typeof SymbolsPayloadSchema>;
