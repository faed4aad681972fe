import type { IncidentResponse } from '@inspector/contract';

/** The way to flat, in its order. */
export const killSteps = ['TRIGGERED', 'BLOCKED', 'CANCELLING', 'CLOSING', 'VERIFIED_FLAT'] as const;
export type KillStep = (typeof killSteps)[number];

export interface StepProgress {
  step: KillStep;
  state: 'done' | 'current' | 'waiting';
  /** From the trigger; null while it has not come. */
  atMs: number | null;
}

export interface KillProgress {
  steps: readonly StepProgress[];
  isFlat: boolean;
  isStuck: boolean;
  isRearmed: boolean;
  /** How often it began again because something new showed up. */
  restarts: number;
  remaining: { orders: number; positions: number } | null;
}

type Told = Pick<IncidentResponse, 'phase' | 'triggeredAt' | 'timeline'>;

/** Where a kill is. After a restart only what came since counts as done; TRIGGERED and BLOCKED stay. */
export function killProgress({ phase, triggeredAt, timeline }: Told): KillProgress {
  const runs = timeline.flatMap((entry, index) => (entry.phase === 'CANCELLING' ? [index] : []));
  const lastRun = runs.at(-1) ?? 0;
  const reachedAt = new Map<string, number>();
  for (const [index, entry] of timeline.entries()) {
    const isKept = entry.phase === 'TRIGGERED' || entry.phase === 'BLOCKED';
    if (isKept ? !reachedAt.has(entry.phase) : index >= lastRun) reachedAt.set(entry.phase, entry.ts - triggeredAt);
  }
  const isFlat = reachedAt.has('VERIFIED_FLAT');
  const reached = killSteps.filter((step) => reachedAt.has(step));
  const current = isFlat ? null : (reached.at(-1) ?? 'TRIGGERED');
  return {
    steps: killSteps.map((step) => ({
      step,
      state: step === current ? 'current' : reachedAt.has(step) ? 'done' : 'waiting',
      atMs: reachedAt.get(step) ?? null,
    })),
    isFlat,
    isStuck: phase === 'STUCK',
    isRearmed: phase === 'REARMED',
    restarts: Math.max(0, runs.length - 1),
    remaining: timeline.at(-1)?.remaining ?? null,
  };
}
