import type { PaperFaults } from '@inspector/provider/connectors';

export interface DrillScenario {
  name: string;
  /** What the venue does in it. */
  about: string;
  /** From a call to the venue's answer and events. */
  latencyMs: number;
  faults: PaperFaults;
}

/** Every way of misbehaving that a kill must get through, each by itself and then together. */
export const drillScenarios: readonly DrillScenario[] = [
  { name: 'calm', about: 'the venue answers at once', latencyMs: 0, faults: {} },
  { name: 'usual', about: 'the venue answers after 40 ms', latencyMs: 40, faults: {} },
  { name: 'slow', about: 'the venue answers after 800 ms', latencyMs: 800, faults: {} },
  {
    name: 'refusals',
    about: 'the first three closes are refused by the rate limit',
    latencyMs: 40,
    faults: { orders: [{ kind: 'reject', purpose: 'CLOSE', reason: 'RATE_LIMIT', times: 3 }] },
  },
  {
    name: 'timeouts',
    about: 'two closes time out, although the venue took them',
    latencyMs: 40,
    faults: { orders: [{ kind: 'timeout', purpose: 'CLOSE', times: 2 }] },
  },
  {
    name: 'lost',
    about: 'one close times out and never arrives',
    latencyMs: 40,
    faults: { orders: [{ kind: 'lost-request', purpose: 'CLOSE', times: 1 }] },
  },
  {
    name: 'partial',
    about: 'closes fill in parts',
    latencyMs: 40,
    faults: { orders: [{ kind: 'partial', purpose: 'CLOSE', fraction: 0.4 }] },
  },
  {
    name: 'doubled',
    about: 'order and account events come twice',
    latencyMs: 40,
    faults: { events: [{ kind: 'duplicate' }] },
  },
  {
    name: 'all',
    about: 'refusal, time-out, partial fills and doubled events at 200 ms',
    latencyMs: 200,
    faults: {
      orders: [
        { kind: 'reject', purpose: 'CLOSE', reason: 'RATE_LIMIT', times: 1 },
        { kind: 'timeout', purpose: 'CLOSE', times: 1 },
        { kind: 'partial', purpose: 'CLOSE', fraction: 0.5 },
      ],
      events: [{ kind: 'duplicate' }],
    },
  },
];
