import { randomUUID } from 'node:crypto';
import type { Envelope } from '@inspector/contract';
import { createRedisBus } from '@inspector/inspector/bus';

/** Between two requests: ten a second, each with its orders, stops and fills behind it. */
const EVERY_MS = 100;

/** A detector that asks without a pause, and remembers what Redis took. */
export interface RequestLoad {
  /** Request ids that Redis has acknowledged. */
  asked: string[];
  stop(): Promise<void>;
}

export function requestLoad(url: string): RequestLoad {
  const quiet = { info() {}, warn() {} };
  const bus = createRedisBus({ url, name: 'load', log: quiet });
  const asked: string[] = [];
  let count = 0;
  let stopped = false;

  async function run(): Promise<void> {
    await bus.ready();
    while (!stopped) {
      const requestId = `load-${++count}`;
      await bus.publish('DETECTOR', request(requestId, count)).then(
        () => void asked.push(requestId),
        () => {}, // not taken, so it need not be decided
      );
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }
  const running = run();
  return {
    asked,
    async stop() {
      stopped = true;
      await running;
      await bus.close();
    },
  };
}

/** Opens of three symbols, and now and then a close, so that there is always something under way. */
function request(requestId: string, count: number): Envelope {
  const symbols = ['ETHUSDT', 'BTCUSDT', 'SOLUSDT'];
  const isClose = count % 7 === 0;
  return {
    eventId: randomUUID(),
    type: isClose ? 'DETECTOR_POSITION_CLOSE_REQUEST' : 'DETECTOR_POSITION_OPEN_REQUEST',
    source: 'DETECTOR',
    timestamp: Date.now(),
    payload: {
      requestId,
      connectorType: 'paper',
      marketType: 'futures',
      symbol: { name: symbols[count % symbols.length]! },
      side: 'LONG',
      sizePercent: 1,
      detectorSysname: 'load',
    },
  } as Envelope;
}
