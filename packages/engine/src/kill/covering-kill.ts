import { covers, type Subject } from '#limits/scope.ts';
import type { Engine, Incident } from '#state/engine.ts';

/** The kill switch that covers the subject and is not re-armed. */
export function coveringKill(engine: Engine, subject: Subject): Incident | undefined {
  return engine.incidents.find(
    (incident) => incident.rearmedAt === null && incident.scopes.some((scope) => covers(scope, subject)),
  );
}
