import Type from 'typebox';
import { killPhases } from '#codes/audit-kinds.ts';
import { limitCodes } from '#codes/policies.ts';
import { GovernorActionSchema, ScopeSchema } from '#governor.ts';
import { Nullable, SymbolName } from '#scalars.ts';

const optionalText = (description: string) => Type.Optional(Type.String({ description }));
const percent = (description: string) => Nullable(Type.Number({ 'x-unit': '%' }), description);

/** The market that a symbol of a market event belongs to. */
const where = {
  symbol: SymbolName,
  connectorType: optionalText('Connector of the symbol.'),
  marketType: optionalText('Market of the symbol.'),
};

export const LimitBreachPayloadSchema = Type.Object(
  {
    code: Type.Enum([...limitCodes], { description: 'The limit that tripped.' }),
    action: GovernorActionSchema,
    scope: ScopeSchema,
    symbol: optionalText('The symbol, where the limit is one of a symbol.'),
    accountKey: optionalText('The account.'),
    observed: Nullable(Type.Number(), 'The value found.'),
    limit: Nullable(Type.Number(), 'The value allowed.'),
    unit: Type.String({ description: 'Unit of both.' }),
    currentExposure: Nullable(Type.Number({ 'x-unit': 'USD' }), 'Gross notional, legacy included.'),
    maxAllowedExposure: Nullable(Type.Number({ 'x-unit': 'USD' }), 'What the exposure limit allows, null when off.'),
    reason: Type.String({ description: 'The arithmetic in a sentence.' }),
    detectorSysname: optionalText('The detector that is told.'),
    opt: Type.Object({
      isActive: Type.Boolean({ description: 'False: the detector should stop asking; true: it may again.' }),
    }),
    until: Nullable(Type.Number(), 'When the lock ends, in ms since 1970; null: by hand or with its cause.'),
    requestId: optionalText('The request that met the limit.'),
  },
  { title: 'LimitBreachPayload', description: 'A limit tripped, or its lock ended.' },
);
export type LimitBreachPayload = Type.Static<typeof LimitBreachPayloadSchema>;

export const KillSwitchPayloadSchema = Type.Object(
  {
    incidentId: Type.String(),
    phase: Type.Enum([...killPhases]),
    scope: ScopeSchema,
    reason: Type.String(),
    actor: Type.String(),
    remaining: Type.Object(
      { orders: Type.Integer({ minimum: 0 }), positions: Type.Integer({ minimum: 0 }) },
      { description: 'What is left in scope.' },
    ),
  },
  { title: 'KillSwitchPayload', description: 'A kill switch reached a phase.' },
);
export type KillSwitchPayload = Type.Static<typeof KillSwitchPayloadSchema>;

export const MarginUpdatePayloadSchema = Type.Object(
  {
    accountKey: Type.String(),
    equityUsd: Nullable(Type.Number({ 'x-unit': 'USD' })),
    marginRatio: Nullable(Type.Number(), "The venue's margin ratio."),
    usedPct: percent('Margin used of equity.'),
    exposureUsd: Nullable(Type.Number({ 'x-unit': 'USD' })),
    drawdownPct: percent('Drawdown from the peak.'),
    dailyPnlPct: percent("The day's result."),
  },
  { title: 'MarginUpdatePayload', description: 'Equity, margin and exposure of an account.' },
);
export type MarginUpdatePayload = Type.Static<typeof MarginUpdatePayloadSchema>;

export const LiquidityDroppedPayloadSchema = Type.Object(
  {
    ...where,
    spreadPct: percent('Spread of mid.'),
    topDepthUsd: Nullable(Type.Number({ 'x-unit': 'USD' }), 'Notional at the best bid and ask.'),
    limit: Nullable(Type.Number(), 'The limit that was passed: least depth in USD, or widest spread in %.'),
  },
  { title: 'LiquidityDroppedPayload' },
);
export type LiquidityDroppedPayload = Type.Static<typeof LiquidityDroppedPayloadSchema>;

export const VolatilitySpikePayloadSchema = Type.Object(
  {
    ...where,
    returnPct: Type.Number({ description: 'Return over the window.', 'x-unit': '%' }),
    windowMs: Type.Number({ minimum: 0, description: 'The window.', 'x-unit': 'ms' }),
    sigma: Type.Number({ minimum: 0, description: 'Usual size of a return over the window.', 'x-unit': '%' }),
  },
  { title: 'VolatilitySpikePayload' },
);
export type VolatilitySpikePayload = Type.Static<typeof VolatilitySpikePayloadSchema>;

export const regimes = ['TREND', 'RANGE', 'VOLATILE', 'UNKNOWN'] as const;
export const RegimePayloadSchema = Type.Object(
  {
    ...where,
    regime: Type.Enum([...regimes]),
    strength: Type.Number({ minimum: 0, maximum: 1, description: 'Efficiency ratio, 0 to 1.' }),
  },
  { title: 'RegimePayload' },
);
export type RegimePayload = Type.Static<typeof RegimePayloadSchema>;

export const DataGapPayloadSchema = Type.Object(
  {
    symbol: Type.String({ description: 'Empty for an account stream.' }),
    connectorType: where.connectorType,
    marketType: where.marketType,
    channel: Type.String({ description: 'The stream: an event type, or `account`.' }),
    gapMs: Type.Optional(Type.Number({ minimum: 0, description: 'How long it is silent.', 'x-unit': 'ms' })),
    expectedSeq: Type.Optional(Type.Number({ description: 'The sequence that should have come.' })),
    seenSeq: Type.Optional(Type.Number({ description: 'The sequence that came.' })),
  },
  { title: 'DataGapPayload' },
);
export type DataGapPayload = Type.Static<typeof DataGapPayloadSchema>;

export const DataOutlierPayloadSchema = Type.Object(
  {
    ...where,
    price: Nullable(Type.Number(), 'The price that was refused.'),
    reference: Nullable(Type.Number(), 'What it was held against.'),
    deviationPct: percent('How far off it is.'),
  },
  { title: 'DataOutlierPayload' },
);
export type DataOutlierPayload = Type.Static<typeof DataOutlierPayloadSchema>;

export const DataMaturityPayloadSchema = Type.Object(
  {
    ...where,
    maturity: Type.Enum(['cold', 'warming', 'mature'], { description: '`mature` at 30 one-minute closes.' }),
    samples: Type.Integer({ minimum: 0, description: 'Closes so far.' }),
    since: Type.Number({ minimum: 0, description: 'First sample, ms since 1970.' }),
  },
  { title: 'DataMaturityPayload' },
);
export type DataMaturityPayload = Type.Static<typeof DataMaturityPayloadSchema>;
