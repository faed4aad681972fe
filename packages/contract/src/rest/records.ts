import Type from 'typebox';
import { AuditRecordSchema } from '#audit.ts';
import { ClosedPositionSchema } from '#position.ts';
import { Nullable, PositionSide, TimeMs } from '#scalars.ts';
import { listOf, RecordData } from './call-fields.ts';

export const TraceParamsSchema = Type.Object(
  { traceId: Type.String({ minLength: 1, maxLength: 300 }) },
  { additionalProperties: false },
);

export const TraceResponseSchema = Type.Object(
  { traceId: Type.String(), ...listOf(AuditRecordSchema, '').properties },
  { title: 'Trace', description: 'The records of one cause, in their order.' },
);
export type TraceResponse = Type.Static<typeof TraceResponseSchema>;

/** One line for each trace. */
export const TracesResponseSchema = listOf(
  Type.Object({
    traceId: Type.String(),
    count: Type.Integer({ minimum: 0 }),
    firstTs: TimeMs('First record.'),
    lastTs: TimeMs('Last record.'),
    kinds: Type.Array(Type.String()),
  }),
  'The newest traces.',
);
export type TracesResponse = Type.Static<typeof TracesResponseSchema>;

export const IdempotencyResponseSchema = listOf(
  Type.Object({
    requestId: Type.String(),
    ts: TimeMs('When it was decided.'),
    code: Type.String(),
    duplicates: Type.Integer({ minimum: 0 }),
  }),
  'Requests decided, and how often they were sent again.',
);
export type IdempotencyResponse = Type.Static<typeof IdempotencyResponseSchema>;

export const IdempotencyStatsSchema = Type.Object(
  {
    requestIds: Type.Integer({ minimum: 0, description: 'Ids kept.' }),
    requestIdsLimit: Type.Integer({ minimum: 0, description: 'Past it new requests are `ORDER_RATE`.' }),
    duplicates: Type.Integer({ minimum: 0, description: 'Duplicates seen.' }),
    intents: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), { description: 'Orders by status.' }),
  },
  { title: 'IdempotencyStats' },
);
export type IdempotencyStats = Type.Static<typeof IdempotencyStatsSchema>;

export const ReservationStatsSchema = Type.Object(
  {
    count: Type.Integer({ minimum: 0 }),
    notionalUsd: Type.Number({ 'x-unit': 'USD' }),
    marginUsd: Type.Number({ 'x-unit': 'USD' }),
    data: Type.Array(
      Type.Object({
        requestId: Type.String(),
        accountKey: Type.String(),
        symbol: Type.String(),
        side: PositionSide,
        quantity: Type.Number({ 'x-unit': 'base' }),
        notionalUsd: Type.Number({ 'x-unit': 'USD' }),
        since: TimeMs('When it was approved.'),
      }),
    ),
  },
  { title: 'ReservationStats', description: 'Approved entries that are not filled or dead.' },
);
export type ReservationStats = Type.Static<typeof ReservationStatsSchema>;

export const ReconciliationStateSchema = Type.Object(
  {
    accountKey: Type.String(),
    reconciled: Type.Boolean({ description: 'False: entries are refused with `NOT_RECONCILED`.' }),
    streamGap: Type.Boolean({ description: 'Account events are missing.' }),
    lastAt: Nullable(Type.Number(), 'Last comparison, ms since 1970.'),
    lastOk: Type.Boolean({ description: 'The venue answered.' }),
    differences: Type.Array(RecordData('What differed.')),
    repaired: Type.Array(RecordData('What was done.')),
  },
  { title: 'ReconciliationState' },
);
export type ReconciliationState = Type.Static<typeof ReconciliationStateSchema>;

export const ReconcileStateResponseSchema = listOf(ReconciliationStateSchema, 'The last comparison of each account.');

export const ReconcileRunBodySchema = Type.Object(
  { accountKey: Type.Optional(Type.String({ maxLength: 300, description: 'Absent: every account.' })) },
  { additionalProperties: false },
);
export type ReconcileRunBody = Type.Static<typeof ReconcileRunBodySchema>;

export const JournalTradeSchema = Type.Object(
  {
    ...ClosedPositionSchema.properties,
    code: Type.String({ description: 'Why it ended.' }),
    seq: Type.Integer({ minimum: 1, description: 'Sequence of its POSITION_CLOSED.' }),
    ts: TimeMs('When it ended.'),
  },
  { title: 'JournalTrade' },
);
export const TradeJournalResponseSchema = listOf(JournalTradeSchema, 'Closed trades, newest first.');
export type TradeJournalResponse = Type.Static<typeof TradeJournalResponseSchema>;

export const PostTradeSchema = Type.Object(
  {
    positionId: Type.String(),
    accountKey: Type.String(),
    symbol: Type.String(),
    side: PositionSide,
    code: Type.String({ description: 'Why it ended.' }),
    quantity: Type.Number({ 'x-unit': 'base' }),
    entryTime: TimeMs('When it opened.'),
    exitTime: TimeMs('When it ended.'),
    entryPrice: Type.Number({ 'x-unit': 'quote' }),
    exitPrice: Nullable(Type.Number({ 'x-unit': 'quote' })),
    realizedPnlUsd: Type.Number({ 'x-unit': 'USD' }),
    feesUsd: Type.Number({ 'x-unit': 'USD' }),
    entrySlippagePct: Nullable(Type.Number({ 'x-unit': '%' }), 'Fill against the decision price; above 0 is worse.'),
    exitSlippagePct: Nullable(Type.Number({ 'x-unit': '%' }), 'Fill against the stop or target; above 0 is worse.'),
    nakedMs: Nullable(Type.Number({ 'x-unit': 'ms' }), 'Time without full protection.'),
    adverseExcursionPct: Nullable(Type.Number({ 'x-unit': '%' }), 'Furthest against the position.'),
    favourableExcursionPct: Nullable(Type.Number({ 'x-unit': '%' }), 'Furthest in its favour.'),
    detectorSysname: Type.Optional(Type.String()),
  },
  { title: 'PostTrade' },
);
export type PostTrade = Type.Static<typeof PostTradeSchema>;
export const PostTradeResponseSchema = listOf(PostTradeSchema, 'How closed trades went, newest first.');
export type PostTradeResponse = Type.Static<typeof PostTradeResponseSchema>;

export const AnomaliesResponseSchema = listOf(
  AuditRecordSchema,
  'Records of severity warn and critical, newest first.',
);
export type AnomaliesResponse = Type.Static<typeof AnomaliesResponseSchema>;
