import type { Traces, TracesConfig } from './traces.ts';

/** Begins to send spans. The exporter is loaded here and not before: who asks for no traces does not pay for them. */
export async function startTraces(config: TracesConfig): Promise<Traces> {
  const { createOtlpTraces } = await import('./otlp-traces.ts');
  return createOtlpTraces(config);
}
