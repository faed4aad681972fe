/** One violation in a request: `path` is dotted (`options.riskManagement.stopLossPercent`, `query.limit`). */
export interface RequestViolation {
  path: string;
  message: string;
}

/** A refusal that a handler throws; the service answers it as problem+json. */
export interface RequestError extends Error {
  statusCode: number;
  code: string;
  violations?: RequestViolation[];
  headers?: Record<string, string>;
}

export interface RequestErrorDetails {
  violations?: RequestViolation[];
  /** Headers of the answer, such as `retry-after`. */
  headers?: Record<string, string>;
}

/** `code` is stable and in capitals; `detail` is for a person and says what to do. */
export function requestError(
  statusCode: number,
  code: string,
  detail: string,
  details: RequestErrorDetails = {},
): RequestError {
  return Object.assign(new Error(detail), { isRequestError: true, statusCode, code, ...details });
}

export const isRequestError = (error: unknown): error is RequestError =>
  error instanceof Error && 'isRequestError' in error;
