import Type from 'typebox';
import { GovernorActionSchema } from './governor.ts';
import { ConnectorType, MarketType, Nullable, SymbolName, TimeMs } from './scalars.ts';

const usd = (description: string) => Nullable(Type.Number({ 'x-unit': 'USD' }), description);
const percent = (description: string) => Nullable(Type.Number({ 'x-unit': '%' }), description);
const count = (description: string) => Type.Integer({ minimum: 0, description });

export const KpiSnapshotSchema = Type.Object(
  {
    day: Type.String({ description: 'The trading day, YYYY-MM-DD in `timezone` from `dayStart`.' }),
    dayStartEquityUsd: usd("Equity at the day's start, scaled by transfers."),
    currentEquityUsd: usd('Last known equity.'),
    equityPeakUsd: usd('Highest confirmed equity, scaled by transfers.'),
    currentDrawdownPct: percent('Drawdown from the peak.'),
    maxDrawdownPct: percent("The day's deepest drawdown."),
    dailyPnlUsd: usd("Equity less equity at the day's start less net transfers."),
    dailyPnlPct: percent('(equity − day start) / day start.'),
    closedTrades: count('Trades closed today.'),
    wins: count('Of them with a result above 0.'),
    losses: count('Of them with a result below 0.'),
    consecutiveLosses: count('Losses in a row, over days.'),
    stressModeActive: Type.Boolean({ description: 'Entries count half while spreads are wide.' }),
    equityKnown: Type.Boolean({
      description: 'False: equity limits neither trip nor clear, the values are the last known.',
    }),
    timestamp: TimeMs('When it was computed.'),
  },
  { title: 'KpiSnapshot', description: 'Equity, drawdown, result and trades of the day.' },
);
export type KpiSnapshot = Type.Static<typeof KpiSnapshotSchema>;

export const HeadroomEntrySchema = Type.Object(
  {
    code: Type.String({ description: "The limit's code." }),
    scope: Type.String({ description: 'What it covers.' }),
    observed: Nullable(Type.Number(), 'Current use, null while unknown.'),
    limit: Type.Number({ description: 'The limit.' }),
    unit: Type.String({ description: 'Unit of observed, limit and distance.' }),
    usedPct: percent('observed / limit.'),
    distance: Nullable(Type.Number(), 'limit − observed.'),
    timeToTripSec: Nullable(Type.Number({ minimum: 0 }), 'At the present pace; null when it is not approaching.'),
    action: GovernorActionSchema,
  },
  { title: 'HeadroomEntry', description: 'How far a limit is from tripping.' },
);
export type HeadroomEntry = Type.Static<typeof HeadroomEntrySchema>;

export const AccountExposureSchema = Type.Object(
  {
    accountKey: Type.String(),
    equityUsd: usd('Last known equity.'),
    walletBalanceUsd: usd('Wallet balance.'),
    availableBalanceUsd: usd('Balance that can serve as margin.'),
    marginRatio: Nullable(Type.Number(), "The venue's margin ratio."),
    openPositions: count('Open positions, legacy included.'),
    reservedPositions: count('Approved entries that are not filled or dead.'),
    grossNotionalUsd: Type.Number({ description: 'Sum of absolute notionals, legacy included.', 'x-unit': 'USD' }),
    netNotionalUsd: Type.Number({ description: 'Long less short.', 'x-unit': 'USD' }),
    reservedNotionalUsd: Type.Number({ description: 'Notional of the reservations.', 'x-unit': 'USD' }),
    exposurePct: percent('Gross and reserved notional of equity.'),
    maxExposurePct: Type.Number({ description: '`maxPortfolioExposurePercent`; 0: no limit.', 'x-unit': '%' }),
  },
  { title: 'AccountExposure', description: 'What an account has at stake.' },
);
export type AccountExposure = Type.Static<typeof AccountExposureSchema>;

const market = { symbol: SymbolName, connectorType: ConnectorType, marketType: MarketType };

export const PriceSnapshotSchema = Type.Object(
  {
    ...market,
    price: Nullable(Type.Number(), 'Valuation price, the last one when none is fresh.'),
    source: Nullable(Type.Enum(['mark', 'mid', 'trade', 'candle']), 'What it comes from.'),
    bestBid: Nullable(Type.Number()),
    bestAsk: Nullable(Type.Number()),
    ts: Nullable(Type.Number(), "The price's own time, ms since 1970."),
    ageMs: Nullable(Type.Number(), "Age by the venue's time, corrected for its clock's offset."),
    stale: Type.Boolean({ description: 'Older than `priceStaleMs`.' }),
  },
  { title: 'PriceSnapshot' },
);
export type PriceSnapshot = Type.Static<typeof PriceSnapshotSchema>;

export const LiquiditySnapshotSchema = Type.Object(
  {
    ...market,
    bestBid: Nullable(Type.Number()),
    bestAsk: Nullable(Type.Number()),
    spreadPct: percent('(ask − bid) / mid.'),
    topDepthUsd: usd('Notional at the best bid and ask.'),
    imbalance: Nullable(Type.Number({ minimum: -1, maximum: 1 }), '(bid − ask)/(bid + ask) of the top depth.'),
    ts: Nullable(Type.Number(), "The book's time, ms since 1970."),
  },
  { title: 'LiquiditySnapshot' },
);
export type LiquiditySnapshot = Type.Static<typeof LiquiditySnapshotSchema>;
