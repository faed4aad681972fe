/** What went wrong, with its code and what to do, as a person should read it. */
export interface StackError extends Error {
  code: string;
  details: readonly string[];
}

export function stackError(code: string, message: string, details: readonly string[] = []): StackError {
  return Object.assign(new Error(message), { name: 'StackError', code, details });
}

export const isStackError = (error: unknown): error is StackError =>
  error instanceof Error && error.name === 'StackError';
