import Type from 'typebox';
import { AuditRecordSchema } from '#audit.ts';
import { auditKinds } from '#codes/audit-kinds.ts';
import { GovernorStateSchema } from '#governor.ts';
import { PositionRuntimeStateSchema } from '#position.ts';
import {
  AccountExposureSchema,
  HeadroomEntrySchema,
  KpiSnapshotSchema,
  LiquiditySnapshotSchema,
  PriceSnapshotSchema,
} from '#risk.ts';
import { TimeMs } from '#scalars.ts';
import { LimitField, listOf } from './call-fields.ts';

const closed = { additionalProperties: false } as const;

export const DashboardResponseSchema = Type.Object(
  {
    kpi: KpiSnapshotSchema,
    runtimePositions: Type.Array(PositionRuntimeStateSchema),
    activeRuntimeManaged: Type.Integer({ minimum: 0, description: 'Open runtime positions.' }),
    auditTail: Type.Array(AuditRecordSchema, { description: 'Newest first.' }),
    governor: GovernorStateSchema,
    exposure: Type.Record(Type.String(), AccountExposureSchema, { description: 'By account key.' }),
    limits: Type.Array(HeadroomEntrySchema),
    timestamp: TimeMs('When the picture was taken.'),
  },
  { title: 'Dashboard' },
);
export type DashboardResponse = Type.Static<typeof DashboardResponseSchema>;

export const PositionsQuerySchema = Type.Object(
  {
    ownership: Type.Optional(
      Type.Enum(['runtime', 'legacy', 'all'], { default: 'runtime', description: 'Whose positions.' }),
    ),
  },
  closed,
);
export type PositionsQuery = Type.Static<typeof PositionsQuerySchema>;

export const PositionsResponseSchema = listOf(PositionRuntimeStateSchema, 'Open positions.');
export type PositionsResponse = Type.Static<typeof PositionsResponseSchema>;

export const PricesResponseSchema = Type.Record(Type.String(), PriceSnapshotSchema, { description: 'By symbol key.' });
export type PricesResponse = Type.Static<typeof PricesResponseSchema>;

export const LiquidityResponseSchema = Type.Record(Type.String(), LiquiditySnapshotSchema, {
  description: 'By symbol key.',
});
export type LiquidityResponse = Type.Static<typeof LiquidityResponseSchema>;

const filter = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 300, description }));

const auditFilters = {
  kind: Type.Optional(Type.Enum([...auditKinds], { description: 'Records of that kind.' })),
  code: filter('Records with that code.'),
  symbol: filter('Records of that symbol.'),
  accountKey: filter('Records of that account.'),
  positionId: filter('Records of that position.'),
  traceId: filter('Records of that cause.'),
  from: Type.Optional(Type.Number({ minimum: 0, description: 'Not before, ms since 1970.' })),
  to: Type.Optional(Type.Number({ minimum: 0, description: 'Not after, ms since 1970.' })),
  afterSeq: Type.Optional(Type.Integer({ minimum: 0, description: 'Only later records.' })),
};

export const AuditQuerySchema = Type.Object({ limit: LimitField, ...auditFilters }, closed);
export type AuditQuery = Type.Static<typeof AuditQuerySchema>;

export const AuditExportQuerySchema = Type.Object(
  {
    format: Type.Optional(
      Type.Enum(['ndjson', 'csv'], { default: 'ndjson', description: 'A record a line, or a row each.' }),
    ),
    ...auditFilters,
  },
  closed,
);
export type AuditExportQuery = Type.Static<typeof AuditExportQuerySchema>;

export const AuditResponseSchema = listOf(AuditRecordSchema, 'Audit records, newest first.');
export type AuditResponse = Type.Static<typeof AuditResponseSchema>;

export const QuestdbAuditResponseSchema = Type.Object(
  {
    ...AuditResponseSchema.properties,
    source: Type.Enum(['questdb', 'embedded'], { description: '`embedded` only when QuestDB is not configured.' }),
    lag: Type.Integer({ minimum: 0, description: 'Records that are not in QuestDB yet.' }),
  },
  { title: 'QuestdbAudit' },
);
export type QuestdbAuditResponse = Type.Static<typeof QuestdbAuditResponseSchema>;

export const HeadroomResponseSchema = listOf(HeadroomEntrySchema, 'Each limit and scope.');
export type HeadroomResponse = Type.Static<typeof HeadroomResponseSchema>;

/** Values of the request are judged by the engine (`REQUEST_INVALID`); only its field names are judged here. */
export const RiskCheckBodySchema = Type.Object(
  {
    request: Type.Unsafe<Record<string, unknown>>(
      Type.Object(
        Object.fromEntries(
          [
            'requestId',
            'connectorType',
            'marketType',
            'accountId',
            'symbol',
            'side',
            'quantity',
            'sizePercent',
            'price',
            'stopLoss',
            'takeProfit',
            'leverage',
            'expectedRoiPercent',
            'detectorSysname',
            'expiresAt',
          ].map((name) => [name, Type.Optional(Type.Unknown())]),
        ),
        { ...closed, description: 'An open request. Without a `requestId` one is made up.' },
      ),
    ),
  },
  { ...closed, title: 'RiskCheck' },
);
export type RiskCheckBody = Type.Static<typeof RiskCheckBodySchema>;
