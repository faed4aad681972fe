import { hash } from 'node:crypto';

/** Digits of a span id. */
const DIGITS = 16;

/** The same at every telling: what comes after a restart still finds its parent. */
export const spanIdOf = (...parts: readonly string[]): string => {
  const id = hash('sha256', parts.join('\n'), 'hex').slice(0, DIGITS);
  return /^0+$/.test(id) ? '1'.padStart(DIGITS, '0') : id;
};
