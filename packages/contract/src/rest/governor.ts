import Type from 'typebox';
import { killPhases } from '#codes/audit-kinds.ts';
import { ScopeSchema } from '#governor.ts';
import { Nullable, OrderSide, PositionSide, TimeMs } from '#scalars.ts';
import { ActorField, ReasonField, RecordData } from './call-fields.ts';

const closed = { additionalProperties: false } as const;

/**
 * Fields that a call needs but that have a code of their own (`REASON_REQUIRED`, `CONFIRM_REQUIRED` …) are optional here:
 * the engine refuses with that code, from REST and from a replay file alike.
 */
export const RearmBodySchema = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 64, description: "Code of the limit's lock." }),
    scope: ScopeSchema,
    reason: ReasonField,
    actor: ActorField,
    secondActor: ActorField,
    baseline: Type.Optional(
      Type.Enum(['keep', 'reset'], { description: 'Of `DRAWDOWN`: whether the equity peak is kept.' }),
    ),
  },
  { ...closed, title: 'Rearm' },
);
export type RearmBody = Type.Static<typeof RearmBodySchema>;

export const StanddownBodySchema = Type.Object(
  {
    enabled: Type.Boolean({ description: 'True sets the lock, false ends it.' }),
    reason: ReasonField,
    actor: ActorField,
    scope: Type.Optional(ScopeSchema),
    until: Type.Optional(
      Nullable(Type.Number({ minimum: 0 }), 'When it ends, ms since 1970; null or absent: by hand.'),
    ),
  },
  { ...closed, title: 'Standdown', description: 'Stops new entries; exits keep working.' },
);
export type StanddownBody = Type.Static<typeof StanddownBodySchema>;

/** A kill covers everything, an account, a symbol or a detector. */
export const KillScopeSchema = Type.String({
  pattern: '^(global|account:[^\\s]+|symbol:[^\\s]+|detector:[^\\s]+)$',
  maxLength: 256,
  description: '`global`, `account:<key>`, `symbol:<key>` or `detector:<name>`.',
});

const IncludeLegacy = Type.Optional(Type.Boolean({ default: false, description: 'Closes legacy positions too.' }));

export const KillPreviewBodySchema = Type.Object(
  { scope: KillScopeSchema, includeLegacy: IncludeLegacy },
  { ...closed, title: 'KillPreviewRequest' },
);
export type KillPreviewBody = Type.Static<typeof KillPreviewBodySchema>;

export const KillPreviewResponseSchema = Type.Object(
  {
    scope: Type.String(),
    includeLegacy: Type.Boolean(),
    orders: Type.Array(
      Type.Object({
        accountKey: Type.String(),
        symbol: Type.String(),
        clientOrderId: Type.String(),
        side: OrderSide,
        type: Type.String(),
        quantity: Type.Number({ 'x-unit': 'base' }),
        price: Type.Optional(Type.Number({ description: 'Of a limit order.', 'x-unit': 'quote' })),
        stopPrice: Type.Optional(Type.Number({ description: 'What triggers a conditional order.', 'x-unit': 'quote' })),
      }),
      { description: 'Orders that would be cancelled.' },
    ),
    positions: Type.Array(
      Type.Object({
        positionId: Type.String(),
        accountKey: Type.String(),
        symbol: Type.String(),
        side: PositionSide,
        quantity: Type.Number({ 'x-unit': 'base' }),
        notionalUsd: Nullable(Type.Number({ 'x-unit': 'USD' })),
        estimatedPrice: Nullable(Type.Number({ 'x-unit': 'quote' }), 'Mean price of walking the book.'),
        estimatedCostUsd: Nullable(Type.Number({ 'x-unit': 'USD' }), 'Against the valuation price.'),
      }),
      { description: 'Positions that would be closed.' },
    ),
    estimatedCostUsd: Nullable(Type.Number({ 'x-unit': 'USD' }), 'From the live book; null where one is missing.'),
  },
  { title: 'KillPreview' },
);
export type KillPreviewResponse = Type.Static<typeof KillPreviewResponseSchema>;

export const KillTriggerBodySchema = Type.Object(
  {
    scope: KillScopeSchema,
    reason: ReasonField,
    confirm: Type.Optional(Type.Boolean({ description: 'Must be true.' })),
    includeLegacy: IncludeLegacy,
    actor: ActorField,
  },
  { ...closed, title: 'KillTrigger' },
);
export type KillTriggerBody = Type.Static<typeof KillTriggerBodySchema>;

export const KillTriggerResponseSchema = Type.Object(
  { incidentId: Type.String(), phase: Type.Enum([...killPhases]), scope: Type.String() },
  { title: 'KillTriggered' },
);
export type KillTriggerResponse = Type.Static<typeof KillTriggerResponseSchema>;

export const KillRearmBodySchema = Type.Object(
  {
    incidentId: Type.String({ minLength: 1, maxLength: 128, description: '`latest` stands for the newest.' }),
    reason: ReasonField,
    actor: ActorField,
    secondActor: ActorField,
  },
  { ...closed, title: 'KillRearm' },
);
export type KillRearmBody = Type.Static<typeof KillRearmBodySchema>;

export const IncidentParamsSchema = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) }, closed);

export const IncidentResponseSchema = Type.Object(
  {
    incidentId: Type.String(),
    phase: Type.Enum([...killPhases]),
    scopes: Type.Array(Type.String()),
    includeLegacy: Type.Boolean(),
    actor: Type.String(),
    reason: Type.String(),
    triggeredAt: TimeMs('When it was triggered.'),
    verifiedAt: Nullable(Type.Number(), 'When the venue showed flat.'),
    rearmedAt: Nullable(Type.Number(), 'When it was re-armed.'),
    timeline: Type.Array(
      Type.Object({
        phase: Type.String(),
        ts: TimeMs('When.'),
        seq: Type.Integer({ minimum: 0 }),
        remaining: Type.Object({ orders: Type.Integer({ minimum: 0 }), positions: Type.Integer({ minimum: 0 }) }),
      }),
    ),
    latencies: Type.Optional(
      Type.Record(Type.String(), Type.Number(), { description: 'ms from the trigger, by phase.' }),
    ),
    proof: Nullable(RecordData('What the venue itself showed, and what was left out on purpose.')),
    estimatedCostUsd: Type.Number({ 'x-unit': 'USD' }),
    realizedCostUsd: Type.Number({ 'x-unit': 'USD' }),
    fromSeq: Type.Integer({ minimum: 0, description: 'First audit record of it.' }),
    toSeq: Nullable(Type.Integer({ minimum: 0 }), 'Last one, null while it runs.'),
    auditHash: Type.Optional(Nullable(Type.String(), 'SHA-256 over the records of that range.')),
  },
  { title: 'KillIncident' },
);
export type IncidentResponse = Type.Static<typeof IncidentResponseSchema>;

export const LeaseParamsSchema = Type.Object(
  { detectorSysname: Type.String({ minLength: 1, maxLength: 128 }) },
  closed,
);

export const LeaseBodySchema = Type.Object(
  {
    ttlMs: Type.Integer({
      minimum: 1,
      maximum: 86_400_000,
      description: 'The lease runs out when it is not renewed within this time.',
      'x-unit': 'ms',
    }),
    onExpiry: Type.Optional(
      Type.Enum(['block', 'close'], { default: 'block', description: 'Whether its positions are closed as well.' }),
    ),
  },
  { ...closed, title: 'TakeLease' },
);
export type LeaseBody = Type.Static<typeof LeaseBodySchema>;

export const LeaseStateSchema = Type.Object(
  {
    detectorSysname: Type.String(),
    ttlMs: Type.Number({ 'x-unit': 'ms' }),
    onExpiry: Type.Enum(['block', 'close']),
    expiresAt: TimeMs('When it runs out.'),
    expired: Type.Boolean(),
  },
  { title: 'LeaseState' },
);
export type LeaseState = Type.Static<typeof LeaseStateSchema>;
