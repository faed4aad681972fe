import type { IncidentResponse } from '@inspector/contract';
import type { IncidentState } from '@inspector/engine';
import type { IncidentTimeline } from '../views/incidents.ts';
import { rangeHash } from '../views/range-hash.ts';
import type { HttpPorts } from './ports.ts';

/** What is known of an incident, with the hash of its audit range once it has ended; undefined for an unknown one. */
export async function incidentReport(
  id: string,
  { picture, views, journal }: Pick<HttpPorts, 'picture' | 'views' | 'journal'>,
): Promise<IncidentResponse | undefined> {
  const incidents = picture().incidents;
  const incidentId = id === 'latest' ? newestId(incidents, views.incidents.latestId) : id;
  if (incidentId === undefined) return undefined;
  const told = views.incidents.find(incidentId);
  const state = incidents.find((each) => each.incidentId === incidentId) ?? (told && stateOf(told));
  if (state === undefined) return undefined;
  const isStored = state.toSeq !== null && state.fromSeq >= journal.firstSeq && state.toSeq <= journal.lastSeq;
  return {
    ...state,
    phase: state.phase as IncidentResponse['phase'],
    latencies: latenciesOf(state),
    auditHash: isStored ? await rangeHash(journal, state.fromSeq, state.toSeq ?? state.fromSeq) : null,
  };
}

function newestId(incidents: readonly IncidentState[], latestId: string | undefined): string | undefined {
  const [newest] = incidents.toSorted((a, b) => b.triggeredAt - a.triggeredAt);
  return newest?.incidentId ?? latestId;
}

/** Milliseconds from the trigger to the first time each phase was reached. */
function latenciesOf({ triggeredAt, timeline }: IncidentState): Record<string, number> {
  const latencies: Record<string, number> = {};
  for (const { phase, ts } of timeline) latencies[phase] ??= ts - triggeredAt;
  return latencies;
}

/** An incident that the engine has forgotten, as far as its records tell. */
function stateOf({ incidentId, scope, reason, actor, steps, fromSeq, toSeq }: IncidentTimeline): IncidentState {
  const at = (phase: string) => steps.find((step) => step.phase === phase)?.ts ?? null;
  return {
    incidentId,
    phase: steps.at(-1)?.phase ?? 'TRIGGERED',
    scopes: [scope],
    includeLegacy: false,
    actor,
    reason,
    triggeredAt: steps[0]?.ts ?? 0,
    verifiedAt: at('VERIFIED_FLAT'),
    rearmedAt: at('REARMED'),
    timeline: steps,
    proof: null,
    estimatedCostUsd: 0,
    realizedCostUsd: 0,
    fromSeq,
    toSeq: at('VERIFIED_FLAT') === null ? null : toSeq,
  };
}
