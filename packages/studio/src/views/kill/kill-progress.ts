import type { IncidentResponse } from '@inspector/contract';

/** The way to flat, in its order. */
export const killSteps = ['TRIGGERED', 'BLOCKED', 'CANCELLING', 'CLOSING', 'VERIFIED_FLAT'] as const;
export type KillStep = (typeof killSteps)[number];

export interface StepProgress {
  step: KillStep;
  state: 'done' | 'current' | 'waiting';
  /** From the trigger; null while it has not come. */
  atMs: number | null;
  /** Orders or positions that keep it from being done; 0 for a step that none can keep. */
  left: number;
}

interface Remaining {
  orders: number;
  positions: number;
}

export interface KillProgress {
  steps: readonly StepProgress[];
  isFlat: boolean;
  isStuck: boolean;
  isRearmed: boolean;
  /** How often it began again because something new showed up. */
  restarts: number;
  remaining: Remaining | null;
}

type Told = Pick<IncidentResponse, 'phase' | 'triggeredAt' | 'timeline'>;

/**
 * Where a kill is. After a restart only what came since counts as done; TRIGGERED and BLOCKED stay. A phase of the
 * timeline is a beginning: cancelling is done when no order is left, closing when no position is.
 */
export function killProgress(
  { phase, triggeredAt, timeline }: Told,
  remaining: Remaining | null = timeline.at(-1)?.remaining ?? null,
): KillProgress {
  const runs = timeline.flatMap((entry, index) => (entry.phase === 'CANCELLING' ? [index] : []));
  const lastRun = runs.at(-1) ?? 0;
  const reachedAt = new Map<string, number>();
  for (const [index, entry] of timeline.entries()) {
    const isKept = entry.phase === 'TRIGGERED' || entry.phase === 'BLOCKED';
    if (isKept ? !reachedAt.has(entry.phase) : index >= lastRun) reachedAt.set(entry.phase, entry.ts - triggeredAt);
  }
  const isFlat = reachedAt.has('VERIFIED_FLAT');
  const newest = killSteps.findLast((step) => reachedAt.has(step)) ?? 'TRIGGERED';
  return {
    steps: killSteps.map((step) => {
      const left = isFlat || !reachedAt.has(step) ? 0 : leftOf(step, remaining);
      const isUnderWay = !isFlat && (step === newest || left > 0);
      return {
        step,
        state: isUnderWay ? 'current' : reachedAt.has(step) ? 'done' : 'waiting',
        atMs: reachedAt.get(step) ?? null,
        left,
      };
    }),
    isFlat,
    isStuck: phase === 'STUCK',
    isRearmed: phase === 'REARMED',
    restarts: Math.max(0, runs.length - 1),
    remaining,
  };
}

function leftOf(step: KillStep, remaining: Remaining | null): number {
  if (step === 'CANCELLING') return remaining?.orders ?? 0;
  return step === 'CLOSING' ? (remaining?.positions ?? 0) : 0;
}
