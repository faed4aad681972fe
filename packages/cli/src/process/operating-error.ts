/** What went wrong, where, and what to do: shown without a stack trace, because it is no mistake of the program. */
export interface OperatingError extends Error {
  code: string;
  exitCode: number;
  /** More lines, such as every violation of a configuration. */
  details: readonly string[];
}

interface OperatingErrorFields {
  code: string;
  exitCode: number;
  details?: readonly string[];
}

export function operatingError(
  message: string,
  { code, exitCode, details = [] }: OperatingErrorFields,
): OperatingError {
  return Object.assign(new Error(message), { name: 'OperatingError', code, exitCode, details });
}
