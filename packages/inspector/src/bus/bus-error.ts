/**
 * Why a publish was refused. Nobody got the event, but for `BUS_DOWN`, where the answer may have been lost on its way:
 * published again later it keeps its `eventId`, by which receivers count it once.
 */
export type BusErrorCode = 'TYPE_UNKNOWN' | 'SOURCE_MISMATCH' | 'TOO_LARGE' | 'BUS_FULL' | 'BUS_DOWN' | 'BUS_CLOSED';

export interface BusError extends Error {
  code: BusErrorCode;
}

export function busError(code: BusErrorCode, message: string): BusError {
  return Object.assign(new Error(message), { name: 'BusError', code });
}
