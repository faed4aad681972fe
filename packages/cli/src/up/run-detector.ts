import { type Envelope, eventTypes } from '@inspector/contract';
import type { Bus, Subscription } from '@inspector/inspector/bus';
import { createExampleDetector, type ExampleDetectorSettings } from '#detector/index.ts';

interface DetectorPorts {
  bus: Bus;
  warn: (fields: Record<string, unknown>, message: string) => void;
}

const heard = eventTypes.filter((type) => type.startsWith('PROVIDER_') || type === 'INSPECTOR_RISK_LIMIT_BREACH');

/** Lets the example detector hear the bus and publish what it asks for. */
export function runDetector(settings: ExampleDetectorSettings, { bus, warn }: DetectorPorts): Subscription {
  const detector = createExampleDetector(settings);
  const ask = async (request: Envelope): Promise<void> => {
    try {
      await bus.publish('DETECTOR', request);
    } catch (error) {
      // A request that nobody took is a chance missed, as for any bot.
      warn({ error: String(error) }, 'the detector could not ask');
    }
  };
  return bus.subscribe({
    name: `detector:${settings.detectorSysname}`,
    types: heard,
    async handle(events) {
      for (const envelope of events) for (const request of detector.onEvent(envelope)) await ask(request);
    },
  });
}
