import { randomBytes } from 'node:crypto';

/** Whose work a request is part of, as the header `traceparent` (W3C Trace Context) says it. */
export interface TraceParent {
  traceId: string;
  spanId: string;
  /** False: whoever began the trace does not want it recorded. */
  isSampled: boolean;
}

const PATTERN = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** Undefined when the header is missing or not lawful: then a trace begins here. */
export function parseTraceParent(header: string | string[] | undefined): TraceParent | undefined {
  const match = typeof header === 'string' ? PATTERN.exec(header) : null;
  if (match === null) return undefined;
  const [, traceId = '', spanId = '', flags = '00', rest] = match;
  // Version 00 ends with the flags; later ones may go on.
  if (rest !== undefined && header?.slice(0, 2) === '00') return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export const formatTraceParent = ({ traceId, spanId, isSampled }: TraceParent): string =>
  `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;

export const newTraceId = (): string => randomBytes(16).toString('hex');
export const newSpanId = (): string => randomBytes(8).toString('hex');
