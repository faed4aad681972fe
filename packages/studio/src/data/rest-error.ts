import type { FieldError } from '@inspector/contract';

/**
 * A call that was refused, failed or was not answered. `code` is one of the contract's, or `UNREACHABLE`,
 * `NO_ANSWER_IN_TIME`, `ANSWER_UNREADABLE`: what this page itself finds out.
 */
export interface RestError extends Error {
  name: 'RestError';
  code: string;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  /** Every violation, with its path into the body. */
  violations: readonly FieldError[];
  /** Finds the call in the server's log. */
  requestId: string | null;
  /** From `Retry-After`. */
  retryAfterSeconds: number | null;
}

export function restError(
  code: string,
  message: string,
  more: Partial<Omit<RestError, 'name' | 'message' | 'code'>> = {},
): RestError {
  return Object.assign(new Error(message), {
    name: 'RestError' as const,
    code,
    status: 0,
    violations: [],
    requestId: null,
    retryAfterSeconds: null,
    ...more,
  });
}

export const isRestError = (error: unknown): error is RestError => error instanceof Error && error.name === 'RestError';

/** Nothing came back: what the server did with a command is not known. */
export const isOutcomeUnknown = (error: unknown): boolean =>
  isRestError(error) && (error.status === 0 || error.status === 504);
