import { governorActions, killPhases } from '@inspector/contract';
import type { IncidentState } from '@inspector/engine';
import { states } from '@inspector/service';
import type { MetricState } from './metric-sources.ts';
import { createTally } from './tally.ts';

function locks({ parts }: MetricState): ReturnType<ReturnType<typeof createTally<[string, string]>>['readings']> {
  const counted = createTally<[string, string]>();
  for (const { code, action } of parts.picture.governor.locks) counted.add(code, action);
  return counted.readings();
}

function killToFlatSeconds({ parts }: MetricState): number | null {
  let newest: { verifiedAt: number; seconds: number } | undefined;
  for (const { triggeredAt, verifiedAt } of parts.picture.incidents) {
    if (verifiedAt === null || (newest !== undefined && newest.verifiedAt > verifiedAt)) continue;
    newest = { verifiedAt, seconds: (verifiedAt - triggeredAt) / 1000 };
  }
  return newest?.seconds ?? null;
}

/** What turns up in a latched scope makes it unverified again: its phase says so. */
const isUnverified = ({ phase, rearmedAt }: IncidentState): boolean => rearmedAt === null && phase !== 'VERIFIED_FLAT';

function unverifiedSeconds({ parts }: MetricState): number {
  const triggered = parts.picture.incidents.filter(isUnverified).map(({ triggeredAt }) => triggeredAt);
  return triggered.length === 0 ? 0 : Math.max(0, parts.now - Math.min(...triggered)) / 1000;
}

function remaining({ parts }: MetricState): (readonly [readonly [string], number])[] {
  const { orders = 0, positions = 0 } = parts.picture.governor.killSwitch.remaining ?? {};
  return [
    [['orders'], orders],
    [['positions'], positions],
  ];
}

/** What is shut, and why. */
export const governorReaders = {
  inspector_governor_action: ({ parts }: MetricState) => states(governorActions, parts.picture.governor.action),
  inspector_locks: locks,
  inspector_cooldowns: ({ parts }: MetricState) => parts.picture.governor.cooldowns.length,
  inspector_kill_switch_phase: ({ parts }: MetricState) =>
    states(['IDLE', ...killPhases], parts.picture.governor.killSwitch.state),
  inspector_kill_switch_incidents: ({ parts }: MetricState) =>
    parts.picture.incidents.filter(({ rearmedAt }) => rearmedAt === null).length,
  inspector_kill_switch_triggers_total: ({ audit }: MetricState) => audit.killTriggers,
  inspector_kill_switch_remaining: remaining,
  inspector_kill_to_flat_seconds: killToFlatSeconds,
  inspector_kill_unverified_seconds: unverifiedSeconds,
};
