import { type AuditRecord, isRecordOf } from '@inspector/contract';
import { decisionRow } from './decision-row.ts';
import { isStorable, jsonField, microsOf, row, textField, wholeField } from './line-protocol.ts';
import { positionRow } from './position-row.ts';
import { auditTable } from './tables.ts';

/** Texts of a record and the columns that hold them. `kind` and the like are texts too; `data` is handled apart. */
export const textColumns = {
  kind: 'kind',
  code: 'code',
  severity: 'severity',
  accountKey: 'account_key',
  symbol: 'symbol',
  positionId: 'position_id',
  requestId: 'request_id',
  orderId: 'order_id',
  detectorSysname: 'detector_sysname',
  traceId: 'trace_id',
  causationId: 'causation_id',
  actor: 'actor',
  message: 'message',
} as const satisfies Partial<Record<keyof AuditRecord, keyof typeof auditTable.columns>>;

const texts = Object.entries(textColumns) as [keyof typeof textColumns, string][];
/** `seq`, `ts`, `epoch` and `data`. */
const OTHER_FIELDS = 4;

/** All rows of one record, in line protocol; or why QuestDB has no place for it. */
export type RecordRows = { kind: 'rows'; text: string } | { kind: 'unfit'; reason: string };

/** `line` is the record as the journal stores it. */
export function recordRows(record: AuditRecord, line: string, appKey: string): RecordRows {
  const micros = microsOf(record.ts);
  if (micros === undefined) {
    return { kind: 'unfit', reason: `its time ${record.ts} is not one that QuestDB can store (1970 to 9999)` };
  }
  const name = wholeField('seq', record.seq) + textField('app_key', appKey);
  let fields = name + wholeField('epoch', record.epoch);
  let isWhole = micros / 1000 === record.ts && Number.isSafeInteger(record.epoch);
  let fieldCount = OTHER_FIELDS;
  for (const [field, column] of texts) {
    const value = record[field];
    if (value === undefined) continue;
    fieldCount += 1;
    isWhole &&= typeof value === 'string' && isStorable(value);
    fields += textField(column, value);
  }
  fields += jsonField('data', record.data);
  isWhole &&= fieldCount === Object.keys(record).length;
  if (!isWhole) fields += textField('record', line);
  return { kind: 'rows', text: row(auditTable.name, fields, micros) + derivedRow(record, name, micros) };
}

function derivedRow(record: AuditRecord, name: string, micros: number): string {
  if (isRecordOf(record, 'REQUEST_DECIDED')) return decisionRow(record, name, micros);
  if (
    isRecordOf(record, 'POSITION_OPENED') ||
    isRecordOf(record, 'POSITION_UPDATED') ||
    isRecordOf(record, 'POSITION_CLOSED')
  ) {
    return positionRow(record, name, micros);
  }
  return '';
}
