import type { Environment } from '@inspector/contract';
import { startTraces, type Traces } from '@inspector/service';
import type { Logger } from 'pino';
import { VERSION } from '../version.ts';

/** Undefined unless traces are asked for; nothing of them is then loaded. */
export async function openTraces(
  { traces }: Environment,
  { serviceName, log }: { serviceName: string; log: Logger },
): Promise<Traces | undefined> {
  return traces === null ? undefined : startTraces({ serviceName, version: VERSION, url: traces.url, log });
}
