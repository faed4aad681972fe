import Type from 'typebox';
import { type DecisionCode, decisionCodes, verdicts } from './codes/decision-codes.ts';
import { GovernorActionSchema } from './governor.ts';
import { AccountId, ConnectorType, MarketType, Nullable, PositionSide, SymbolRef, TimeMs } from './scalars.ts';

export const DecisionCodeSchema = Type.Unsafe<DecisionCode>(
  Type.Enum([...decisionCodes], { description: '`OK`, or the first violated rule in the order of precedence.' }),
);

const LimitUnit = Type.String({ maxLength: 16, description: 'Unit of `observed` and `limit`: %, USD, s, ms, count …' });

const where = {
  requestId: Type.String({ minLength: 1, maxLength: 128, description: "The sender's id of the request." }),
  connectorType: ConnectorType,
  marketType: MarketType,
  accountId: Type.Optional(AccountId),
  symbol: SymbolRef,
  side: PositionSide,
};
const wanted = {
  quantity: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'Wanted quantity.', 'x-unit': 'base' })),
  sizePercent: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      description: 'Wanted notional, instead of `quantity`.',
      'x-unit': '% of equity',
    }),
  ),
  price: Type.Optional(
    Type.Number({ exclusiveMinimum: 0, description: 'Limit price; absent: MARKET.', 'x-unit': 'quote' }),
  ),
  stopLoss: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'Stop price.', 'x-unit': 'quote' })),
  takeProfit: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'Target price.', 'x-unit': 'quote' })),
  leverage: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'Wanted leverage.' })),
  expectedRoiPercent: Type.Optional(Type.Number({ description: 'Expected return.', 'x-unit': '%' })),
  expiresAt: Type.Optional(TimeMs('The request is void afterwards.')),
};
const DetectorSysname = Type.String({ minLength: 1, maxLength: 128, description: 'Name of the detector.' });

/** A request to open, with the fields that the rules read. The engine checks them itself: a bad one is a decision. */
export const OpenRequestSchema = Type.Object(
  { ...where, ...wanted, detectorSysname: DetectorSysname },
  { title: 'OpenRequest', description: 'A request to open a position.' },
);
export type OpenRequest = Type.Static<typeof OpenRequestSchema>;

export const CloseRequestSchema = Type.Object(
  {
    ...where,
    detectorSysname: Type.Optional(DetectorSysname),
    quantity: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: 'Quantity to leave; absent: all of it.', 'x-unit': 'base' }),
    ),
    expiresAt: wanted.expiresAt,
  },
  { title: 'CloseRequest', description: 'A request to close a position.' },
);
export type CloseRequest = Type.Static<typeof CloseRequestSchema>;

export const ReduceRequestSchema = Type.Object(
  {
    ...where,
    detectorSysname: Type.Optional(DetectorSysname),
    quantity: Type.Number({ exclusiveMinimum: 0, description: 'Quantity to leave.', 'x-unit': 'base' }),
    expiresAt: wanted.expiresAt,
  },
  { title: 'ReduceRequest', description: 'A request to reduce a position.' },
);
export type ReduceRequest = Type.Static<typeof ReduceRequestSchema>;

/** `side` is the side to leave; the rest describes the entry of the opposite side. */
export const FlipRequestSchema = Type.Object(
  { ...where, ...wanted, detectorSysname: DetectorSysname },
  { title: 'FlipRequest', description: 'A request to close a position and open the opposite one.' },
);
export type FlipRequest = Type.Static<typeof FlipRequestSchema>;

export const ViolationSchema = Type.Object(
  {
    code: DecisionCodeSchema,
    scope: Type.String({ description: 'What the limit covers.' }),
    observed: Nullable(Type.Number(), 'The value found, null where there is none.'),
    limit: Nullable(Type.Number(), 'The value allowed, null where there is none.'),
    unit: LimitUnit,
    message: Type.String({ description: 'The arithmetic in a sentence.' }),
  },
  { title: 'Violation' },
);
export type Violation = Type.Static<typeof ViolationSchema>;

/** How the quantity, stop and target of an entry came about. */
export const SizingSchema = Type.Object(
  {
    quantity: Nullable(Type.Number(), 'Quantity after rounding down to the step.'),
    price: Nullable(Type.Number(), 'Price that the rules use.'),
    notionalUsd: Nullable(Type.Number(), 'Quantity times price.'),
    stopLoss: Nullable(Type.Number(), 'Stop, null when there is none.'),
    takeProfit: Nullable(Type.Number(), 'Target, null when there is none.'),
    leverage: Nullable(Type.Number(), 'Leverage.'),
    riskUsd: Nullable(Type.Number(), 'Quantity times the distance to the stop.'),
    marginUsd: Nullable(Type.Number(), 'Notional divided by leverage.'),
    method: Nullable(
      Type.Enum(['quantity', 'sizePercent', 'riskPerTradePercent', 'position']),
      'What the size comes from.',
    ),
  },
  { title: 'Sizing', description: 'How the size came about.' },
);
export type Sizing = Type.Static<typeof SizingSchema>;

export const DecisionInputsSchema = Type.Object(
  {
    price: Nullable(Type.Number(), 'Valuation price.'),
    priceAgeMs: Nullable(Type.Number(), 'Age of the valuation price.'),
    equityUsd: Nullable(Type.Number(), 'Equity of the account, null while unknown.'),
    skipped: Type.Optional(
      Type.Array(DecisionCodeSchema, { description: 'Rules that were not judged because an input was missing.' }),
    ),
    warnings: Type.Optional(
      Type.Array(ViolationSchema, { description: 'Rules that were violated and whose policy lets entries pass.' }),
    ),
  },
  { title: 'DecisionInputs', description: 'What was known at the decision; further values by name.' },
);
export type DecisionInputs = Type.Static<typeof DecisionInputsSchema>;

export const DecisionSchema = Type.Object(
  {
    decision: Type.Enum([...verdicts], { description: 'THROTTLE drops the request without queueing it.' }),
    code: DecisionCodeSchema,
    message: Type.String({ description: 'The reason in a sentence.' }),
    violations: Type.Array(ViolationSchema, { description: 'Every rule violated, in the order of precedence.' }),
    maxQuantity: Nullable(
      Type.Number({ minimum: 0 }),
      'Largest quantity that would be allowed now, 0 when none; computed for `risk/check`, else null.',
    ),
    sizing: SizingSchema,
    governor: Type.Object(
      {
        action: GovernorActionSchema,
        reasons: Type.Array(Type.String(), { description: 'Codes in force, the strongest first.' }),
      },
      { description: "The governor's action in force for the request's account." },
    ),
    evaluatedAt: TimeMs('When it was decided.'),
    inputs: DecisionInputsSchema,
    seq: Type.Integer({ minimum: 0, description: 'Sequence of the audit record.' }),
  },
  { title: 'Decision', description: 'The decision on a position request.' },
);
export type Decision = Type.Static<typeof DecisionSchema>;
