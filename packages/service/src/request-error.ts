import { type ErrorCode, errorCodeTable, type FieldError } from '@inspector/contract';

/** A refusal that a handler throws; the service answers it as problem+json. */
export interface RequestError extends Error {
  isRequestError: true;
  statusCode: number;
  code: string;
  violations?: readonly FieldError[];
  headers?: Readonly<Record<string, string>>;
}

export interface RequestErrorDetails {
  violations?: readonly FieldError[];
  /** Headers of the answer, such as `retry-after`. */
  headers?: Readonly<Record<string, string>>;
}

/** A refusal by its code, which also says the status. `detail` is for a person; without it the code's sentence stands. */
export function requestError(code: ErrorCode, detail?: string, details: RequestErrorDetails = {}): RequestError {
  const { status, sentence } = errorCodeTable[code];
  return refusedWith({ status, code, detail: detail ?? sentence }, details);
}

/** A refusal that somebody behind this service decided: an engine's or an upstream's own status and code. */
export function refusedWith(
  { status, code, detail }: { status: number; code: string; detail: string },
  details: RequestErrorDetails = {},
): RequestError {
  return Object.assign(new Error(detail), { isRequestError: true as const, statusCode: status, code, ...details });
}

export const isRequestError = (error: unknown): error is RequestError =>
  error instanceof Error && 'isRequestError' in error;
