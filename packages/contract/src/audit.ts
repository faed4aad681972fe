import Type from 'typebox';
import { type AuditKind, auditKinds, severities } from './codes/audit-kinds.ts';
import { TimeMs } from './scalars.ts';

const optionalText = (description: string) => Type.Optional(Type.String({ description }));

/** A record of the trail. `data` depends on `kind`: see `auditDataSchemas`. */
export const AuditRecordSchema = Type.Object(
  {
    seq: Type.Integer({ minimum: 1, description: 'Counts from 1 without a hole.' }),
    ts: TimeMs("The input's time."),
    kind: Type.Unsafe<AuditKind>(Type.Enum([...auditKinds])),
    code: Type.String({ description: 'What of the kind; see the table of codes.' }),
    severity: Type.Enum([...severities]),
    accountKey: optionalText('`connectorType:marketType[:accountId]`.'),
    symbol: optionalText("The venue's name of the symbol."),
    positionId: optionalText('The position.'),
    requestId: optionalText('The request.'),
    orderId: optionalText('Client id of the order.'),
    detectorSysname: optionalText('The detector.'),
    traceId: Type.String({ description: 'Common to all records of one cause.' }),
    causationId: optionalText('The event or record that caused it.'),
    actor: optionalText('Who asked for it.'),
    message: Type.String({ description: 'The record in a sentence.' }),
    data: Type.Record(Type.String(), Type.Unknown(), { description: 'By kind.' }),
    epoch: Type.Integer({ minimum: 0, description: "The Inspector instance's fencing epoch." }),
  },
  { title: 'AuditRecord', description: 'A record of the audit trail.' },
);
export type AuditRecord = Type.Static<typeof AuditRecordSchema>;
