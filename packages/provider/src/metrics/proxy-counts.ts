import { type AppKind, appKinds } from '@inspector/contract';
import type { ProxyOutcome } from '#proxy/proxy.ts';

/** Requests for applications, by what became of them. Both labels are closed sets. */
export interface ProxyCounts {
  add(kind: AppKind, outcome: ProxyOutcome): void;
  readings(): (readonly [labels: readonly [kind: string, code: string], count: number])[];
}

const outcomes = ['OK', 'PROXY_LOOP', 'TARGET_UNKNOWN', 'TARGET_INACTIVE', 'TARGET_TIMEOUT'] as const;

export function createProxyCounts(): ProxyCounts {
  const counts = appKinds.flatMap((kind) => outcomes.map((outcome) => ({ kind, outcome, count: 0 })));
  return {
    add(kind, outcome) {
      const counted = counts.find((each) => each.kind === kind && each.outcome === outcome);
      if (counted !== undefined) counted.count += 1;
    },
    readings: () => counts.map(({ kind, outcome, count }) => [[kind, outcome], count]),
  };
}
