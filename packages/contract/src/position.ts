import Type from 'typebox';
import { ConnectorType, MarketType, Nullable, PositionSide, SymbolName, TimeMs } from './scalars.ts';

const usd = (description: string) => Nullable(Type.Number({ 'x-unit': 'USD' }), description);
const quote = (description: string) => Nullable(Type.Number({ 'x-unit': 'quote' }), description);

export const PositionProtectionSchema = Type.Object(
  {
    state: Type.Enum(['none', 'pending', 'working', 'degraded'], {
      description:
        '`none` by choice, `pending` on its way, `working` confirmed for the whole quantity, `degraded` less.',
    }),
    stopOrderId: Nullable(Type.String(), 'Client id of the stop.'),
    takeProfitOrderId: Nullable(Type.String(), 'Client id of the target.'),
    coveredQuantity: Type.Number({
      minimum: 0,
      description: 'Quantity under confirmed working stops.',
      'x-unit': 'base',
    }),
    nakedQuantity: Type.Number({ minimum: 0, description: 'Quantity without one.', 'x-unit': 'base' }),
    nakedSince: Nullable(Type.Number(), 'Since when, in ms since 1970.'),
  },
  { title: 'PositionProtection', description: 'What protects the position at the venue.' },
);
export type PositionProtection = Type.Static<typeof PositionProtectionSchema>;

export const PositionRuntimeStateSchema = Type.Object(
  {
    positionId: Type.String(),
    accountKey: Type.String(),
    connectorType: ConnectorType,
    marketType: MarketType,
    symbol: SymbolName,
    side: PositionSide,
    quantity: Type.Number({ minimum: 0, description: 'Open quantity, unsigned.', 'x-unit': 'base' }),
    entryPrice: Type.Number({ description: 'Quantity-weighted mean of the entries.', 'x-unit': 'quote' }),
    entryTime: TimeMs('When it opened.'),
    ownership: Type.Enum(['runtime', 'legacy'], {
      description: '`legacy`: there before Inspector; valued and reported, never touched.',
    }),
    status: Type.Enum(['open', 'closing', 'closed']),
    markPrice: quote('Valuation price, null when none is known.'),
    unrealizedPnlUsd: usd('Result if closed at the valuation price.'),
    unrealizedPnlPct: Nullable(Type.Number({ 'x-unit': '%' }), 'The same in percent of the entry notional.'),
    leverage: Nullable(Type.Number(), 'Leverage.'),
    notionalUsd: usd('Quantity times valuation price.'),
    stopLoss: quote('Stop in force.'),
    takeProfit: quote('Target in force.'),
    stopDistancePct: Nullable(Type.Number({ 'x-unit': '%' }), 'Distance from the valuation price to the stop.'),
    riskUsd: usd('What is lost if the stop fills at its price.'),
    riskBudgetUsd: usd('What `riskPerTradePercent` allows.'),
    breakeven: Type.Object({
      armed: Type.Boolean(),
      price: quote('Breakeven stop.'),
    }),
    trailing: Type.Object({
      armed: Type.Boolean(),
      peak: quote('Best confirmed price since entry.'),
      stop: quote('Trailing stop.'),
    }),
    protection: PositionProtectionSchema,
    holdSeconds: Type.Number({ minimum: 0, description: 'Time since entry.', 'x-unit': 's' }),
    maxHoldSeconds: Type.Number({ minimum: 0, description: 'Closed after that; 0: never.', 'x-unit': 's' }),
    source: Type.String({ description: 'Who opened it: `inspector`, `detector`, `external` …' }),
    detectorSysname: Type.Optional(Type.String({ description: 'Detector that it belongs to.' })),
    openedSeq: Type.Integer({ minimum: 0, description: 'Sequence of its POSITION_OPENED.' }),
    updatedAt: TimeMs('When it last changed.'),
  },
  { title: 'PositionRuntimeState', description: 'A position as Inspector sees it.' },
);
export type PositionRuntimeState = Type.Static<typeof PositionRuntimeStateSchema>;

/** `data` of POSITION_CLOSED. */
export const ClosedPositionSchema = Type.Object(
  {
    ...PositionRuntimeStateSchema.properties,
    exitPrice: Nullable(Type.Number({ 'x-unit': 'quote' }), 'Quantity-weighted mean of the exits.'),
    realizedPnlUsd: Type.Number({ description: 'Result net of fees.', 'x-unit': 'USD' }),
    feesUsd: Type.Number({ description: 'Fees of entry and exit.', 'x-unit': 'USD' }),
  },
  { title: 'ClosedPosition' },
);
export type ClosedPosition = Type.Static<typeof ClosedPositionSchema>;
