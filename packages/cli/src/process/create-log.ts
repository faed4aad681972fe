import type { LogLevel } from '@inspector/contract';
import { type Logger, pino } from 'pino';
import { terminalLines } from '#terminal/log-lines.ts';

/** What no log may show, wherever a field of that name comes from. */
const redact = ['token', '*.token', 'apiToken', '*.apiToken', 'secret', '*.secret', 'authorization', '*.authorization'];

/** Structured logs on stdout: JSON, or lines to read where stdout is a terminal. */
export function createLog(level: LogLevel): Logger {
  if (process.stdout.isTTY) return pino({ level, redact }, terminalLines(process.stdout));
  return pino({ level, redact, base: { service: 'inspector' } });
}
