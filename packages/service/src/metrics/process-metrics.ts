import { collectDefaultMetrics, Registry } from 'prom-client';

let registry: Registry | undefined;

/**
 * What Node.js tells of the process. One for all services of a process, made when it is first asked for: its observers of
 * the garbage collector and the event loop cannot be ended, so there must not be more of them with each service.
 */
export function processMetrics(): Promise<string> {
  if (registry === undefined) {
    registry = new Registry();
    collectDefaultMetrics({ register: registry });
  }
  return registry.metrics();
}
