import Type from 'typebox';
import type { AuditRecord } from './audit.ts';
import type { AuditKind } from './codes/audit-kinds.ts';
import { DecisionSchema } from './decision.ts';
import {
  DataGapPayloadSchema,
  DataOutlierPayloadSchema,
  KillSwitchPayloadSchema,
  LimitBreachPayloadSchema,
  LiquidityDroppedPayloadSchema,
  RegimePayloadSchema,
  VolatilitySpikePayloadSchema,
} from './events/inspector.ts';
import { GovernorStateSchema } from './governor.ts';
import { AuditedOrderSchema } from './order.ts';
import { ClosedPositionSchema, PositionRuntimeStateSchema } from './position.ts';
import { KpiSnapshotSchema } from './risk.ts';
import { Nullable } from './scalars.ts';

const quantity = (description: string) => Type.Number({ minimum: 0, description, 'x-unit': 'base' });
const text = (description: string) => Type.String({ description });
/** Kinds whose data are open: what is known at the time, by name. */
const open = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });

export const RequestDecidedDataSchema = Type.Object(
  {
    ...DecisionSchema.properties,
    request: open('The request as received.'),
    exit: Type.Optional(Type.Literal(true, { description: 'Of close and reduce.' })),
    check: Type.Optional(
      Type.Literal(true, { description: 'Of `risk/check`: nothing was reserved, counted or sent.' }),
    ),
  },
  { title: 'RequestDecidedData' },
);

export const CloseDataSchema = Type.Object(
  {
    quantity: quantity('Quantity to close.'),
    reason: text('Why, in a sentence.'),
    untilTs: Type.Optional(Type.Number({ description: 'A deferred close goes then at the latest, ms since 1970.' })),
  },
  { title: 'CloseData' },
);

export const ProtectionDataSchema = Type.Object(
  {
    price: Nullable(Type.Number(), 'Price of the stop or target.'),
    quantity: quantity('Quantity that it covers.'),
    clientOrderId: text('Client id of the order.'),
    previousPrice: Type.Optional(Nullable(Type.Number(), 'Price before a move.')),
    reason: Type.Optional(text('Why it failed or was cancelled.')),
  },
  { title: 'ProtectionData' },
);

export const NakedExposureDataSchema = Type.Object(
  {
    nakedQuantity: quantity('Quantity without confirmed protection.'),
    nakedMs: Type.Number({ minimum: 0, description: 'For how long.', 'x-unit': 'ms' }),
    attempt: Type.Integer({ minimum: 0, description: 'Counts the rungs of the ladder.' }),
  },
  { title: 'NakedExposureData' },
);

/** What `data` holds, by kind. Kinds with an open record may hold more or less. */
export const auditDataSchemas = {
  STARTED: open('Version, application key and data directory.'),
  STOPPED: open('Why.'),
  OPTIONS_CHANGED: open('`version`, `changes` (path, before, after) and `reason`.'),
  DAY_ROLLED: KpiSnapshotSchema,
  RECONCILED: open('`ok`, `differences` and `repaired`.'),
  REQUEST_DECIDED: RequestDecidedDataSchema,
  ORDER_INTENT: AuditedOrderSchema,
  ORDER_SENT: AuditedOrderSchema,
  ORDER_RESULT: AuditedOrderSchema,
  ORDER_UNKNOWN: AuditedOrderSchema,
  POSITION_OPENED: PositionRuntimeStateSchema,
  POSITION_UPDATED: PositionRuntimeStateSchema,
  POSITION_CLOSED: ClosedPositionSchema,
  PROTECTION_PLACED: ProtectionDataSchema,
  PROTECTION_MOVED: ProtectionDataSchema,
  PROTECTION_CANCELLED: ProtectionDataSchema,
  PROTECTION_FAILED: ProtectionDataSchema,
  NAKED_EXPOSURE: NakedExposureDataSchema,
  CLOSE_REQUESTED: CloseDataSchema,
  CLOSE_DEFERRED: CloseDataSchema,
  LIMIT_BREACHED: LimitBreachPayloadSchema,
  GOVERNOR_CHANGED: GovernorStateSchema,
  KILL_SWITCH: KillSwitchPayloadSchema,
  STRESS_CHANGED: open('`active`, `symbol` and `spreadPct`.'),
  REGIME_CHANGED: RegimePayloadSchema,
  DATA_GAP: DataGapPayloadSchema,
  DATA_OUTLIER: DataOutlierPayloadSchema,
  DATA_STALE: open('`symbol` or account, and `ageMs`.'),
  LIQUIDITY_DROPPED: LiquidityDroppedPayloadSchema,
  VOLATILITY_SPIKE: VolatilitySpikePayloadSchema,
  LEASE_CHANGED: open('The lease.'),
  DEAD_LETTER: open('`reason`, and of an event `eventType`, `eventId` and `sample`.'),
  CHECKPOINT: open('Root, signature and public key.'),
  ALERT_SENT: open('`code`, `severity` and `reminder`.'),
} as const satisfies Record<AuditKind, Type.TSchema>;

export type AuditDataOf<K extends AuditKind> = Type.Static<(typeof auditDataSchemas)[K]>;

/** A record of one kind, with its data typed. */
export type AuditRecordOf<K extends AuditKind> = Omit<AuditRecord, 'kind' | 'data'> & { kind: K; data: AuditDataOf<K> };

/** Narrows a record, and with it its data, by its kind. The data are those of the engine and are not judged again. */
export const isRecordOf = <K extends AuditKind>(
  record: AuditRecord,
  kind: K,
): record is AuditRecord & AuditRecordOf<K> => record.kind === kind;
