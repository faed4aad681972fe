import type { FieldError } from '@inspector/contract';

/** One line a violation, `path message`; an empty path stands for the whole. */
export const violationLines = (violations: readonly FieldError[]): string[] =>
  violations.map(({ path, message }) => (path === '' ? message : `${path} ${message}`));
