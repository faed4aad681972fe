/** A kill switch that covers the request and is not re-armed. */
import { coveringKill } from '#kill/covering-kill.ts';
import { type EntryRule, PASS, plain, VIOLATED } from './entry-rule.ts';

export const killSwitchActive: EntryRule = {
  code: 'KILL_SWITCH_ACTIVE',
  judge(entry, engine) {
    return engine.incidents.length > 0 && coveringKill(engine, entry.subject) !== undefined ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const incident = coveringKill(engine, entry.subject)!;
    return plain(
      incident.scopes.join(' '),
      `Kill switch ${incident.incidentId} is ${incident.phase} and not re-armed.`,
    );
  },
};
