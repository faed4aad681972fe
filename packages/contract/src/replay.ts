import Type from 'typebox';
import { VenuePositionSchema } from './events/account.ts';
import { SymbolSpecSchema } from './events/market-data.ts';
import { AccountId, ConnectorType, MarketType, TimeMs } from './scalars.ts';

/** First line of a replay file: the account at the start. Its positions are legacy; it counts as reconciled. */
export const ReplayAccountLineSchema = Type.Object(
  {
    type: Type.Literal('REPLAY_ACCOUNT'),
    timestamp: TimeMs('Start of the replay.'),
    payload: Type.Object({
      connectorType: ConnectorType,
      marketType: MarketType,
      accountId: Type.Optional(AccountId),
      walletBalance: Type.Number({ description: 'Wallet balance.', 'x-unit': 'USD' }),
      positions: Type.Optional(Type.Array(VenuePositionSchema)),
      symbols: Type.Optional(Type.Array(SymbolSpecSchema)),
    }),
  },
  { title: 'ReplayAccountLine' },
);
export type ReplayAccountLine = Type.Static<typeof ReplayAccountLineSchema>;

/** Moves time. */
export const ClockLineSchema = Type.Object(
  { type: Type.Literal('CLOCK'), timestamp: TimeMs('The new now.') },
  { title: 'ClockLine' },
);
export type ClockLine = Type.Static<typeof ClockLineSchema>;

/** Operator's calls that a file may hold. */
export const commandNames = [
  'options',
  'standdown',
  'kill-switch/trigger',
  'kill-switch/rearm',
  'adopt',
  'close',
  'protection',
  'rearm',
  'lease',
  'lease/release',
] as const;
export type CommandName = (typeof commandNames)[number];

/** An operator's call with the fields of its REST call; what REST would refuse is a dead letter, not a broken file. */
export const CommandLineSchema = Type.Object(
  {
    type: Type.Literal('COMMAND'),
    timestamp: TimeMs('When it is given.'),
    payload: Type.Unsafe<{ command: string; actor?: string; reason?: string } & Record<string, unknown>>(
      Type.Object({ command: Type.String({ maxLength: 64 }) }),
    ),
  },
  { title: 'CommandLine' },
);
export type CommandLine = Type.Static<typeof CommandLineSchema>;

/** The last line of a replay's output. */
export const ReplaySummaryLineSchema = Type.Object(
  {
    kind: Type.Literal('REPLAY_SUMMARY'),
    data: Type.Object({
      events: Type.Integer({ minimum: 0, description: 'Input lines read.' }),
      decisions: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), { description: 'Decisions by verdict.' }),
      breaches: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), { description: 'Trips by code.' }),
      closedTrades: Type.Integer({ minimum: 0 }),
      realizedPnlUsd: Type.Number({ 'x-unit': 'USD' }),
      maxDrawdownPct: Type.Number({ 'x-unit': '%' }),
      stateHash: Type.String(),
    }),
  },
  { title: 'ReplaySummaryLine' },
);
export type ReplaySummaryLine = Type.Static<typeof ReplaySummaryLineSchema>;
