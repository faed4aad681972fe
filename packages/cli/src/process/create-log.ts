import type { LogLevel } from '@inspector/contract';
import { type Logger, pino } from 'pino';

/**
 * Structured logs on stdout: JSON, or lines to read where stdout is a terminal. Asynchronous, but written out before an
 * orderly end.
 */
export async function createLog(level: LogLevel): Promise<Logger> {
  const redact = [
    'token',
    '*.token',
    'apiToken',
    '*.apiToken',
    'secret',
    '*.secret',
    'authorization',
    '*.authorization',
  ];
  const options = { level, redact, base: { service: 'inspector' } };
  if (!process.stdout.isTTY) return pino(options);
  const { default: pretty } = await import('pino-pretty');
  return pino(options, pretty({ sync: true, ignore: 'pid,hostname,service', translateTime: 'SYS:HH:MM:ss' }));
}
