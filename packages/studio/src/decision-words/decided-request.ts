import type { AuditRecord, Decision } from '@inspector/contract';

export type RequestKind = 'entry' | 'exit' | 'check';

/** A decided request, as its record tells it. */
export interface DecidedRequest {
  record: AuditRecord;
  decision: Decision;
  kind: RequestKind;
  /** As received: nothing of it is judged. */
  request: Readonly<Record<string, unknown>>;
  /** `LONG`, `SHORT`, or what was sent in their place. */
  side: string;
  symbol: string;
  detector: string;
}

const known = new WeakMap<AuditRecord, DecidedRequest>();

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads a `REQUEST_DECIDED`; each record once. */
export function decidedRequest(record: AuditRecord): DecidedRequest {
  const seen = known.get(record);
  if (seen !== undefined) return seen;
  const { data } = record;
  const request = isObject(data.request) ? data.request : {};
  const decided: DecidedRequest = {
    record,
    decision: data as unknown as Decision,
    kind: data.check === true ? 'check' : data.exit === true ? 'exit' : 'entry',
    request,
    side: typeof request.side === 'string' ? request.side : '',
    symbol: record.symbol ?? '',
    detector: record.detectorSysname ?? '',
  };
  known.set(record, decided);
  return decided;
}
