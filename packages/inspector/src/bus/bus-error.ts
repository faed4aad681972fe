/** Why a publish was refused; nobody got the event. */
export type BusErrorCode = 'TYPE_UNKNOWN' | 'SOURCE_MISMATCH' | 'TOO_LARGE' | 'BUS_FULL' | 'BUS_CLOSED';

export interface BusError extends Error {
  code: BusErrorCode;
}

export function busError(code: BusErrorCode, message: string): BusError {
  return Object.assign(new Error(message), { name: 'BusError', code });
}
