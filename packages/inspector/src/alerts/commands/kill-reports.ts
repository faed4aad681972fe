import type { AuditRecord } from '@inspector/contract';
import type { Picture } from '@inspector/engine';
import { durationText } from '../render-alert.ts';
import type { Place } from './incoming.ts';

/** Chats that wait for the end of a kill; past it the oldest hears of it by the alert only. */
const FOLLOWED_LIMIT = 20;

interface Followed {
  incidentId: string;
  triggeredAt: number;
  place: Place;
}

/** Tells who triggered a kill how it goes on, until the venue shows flat. */
export interface KillReports {
  follow(incidentId: string, place: Place): void;
  /** Every stored record; cheap for those of other kinds. */
  apply(record: AuditRecord): void;
}

export function createKillReports(picture: () => Picture, say: (place: Place, text: string) => void): KillReports {
  let followed: Followed[] = [];

  function tell(to: Followed, phase: string, { ts, remaining }: { ts: number; remaining: Remaining }): void {
    const took = durationText(Math.max(0, ts - to.triggeredAt));
    const left = `${remaining.orders} orders, ${remaining.positions} positions left`;
    switch (phase) {
      case 'VERIFIED_FLAT':
        say(
          to.place,
          `✅ ${to.incidentId} VERIFIED_FLAT after ${took}: the venue shows no order and no position in scope. Entries stay shut until it is re-armed.`,
        );
        followed = followed.filter((each) => each !== to);
        return;
      case 'REARMED':
        followed = followed.filter((each) => each !== to);
        return;
      case 'STUCK':
        say(
          to.place,
          `🔴 ${to.incidentId} STUCK after ${took}: ${left}. Look at the venue; I go on and say when it is flat.`,
        );
        return;
      default:
        say(to.place, `${to.incidentId} ${phase} after ${took}: ${left}`);
    }
  }

  return {
    follow(incidentId, place) {
      const incident = picture().incidents.find((each) => each.incidentId === incidentId);
      if (incident === undefined) return;
      const one: Followed = { incidentId, triggeredAt: incident.triggeredAt, place };
      followed = [
        ...followed.filter((each) => each.incidentId !== incidentId || each.place.chatId !== place.chatId),
        one,
      ].slice(-FOLLOWED_LIMIT);
      // What it went through before it could be followed: all of it was stored before the answer.
      const last = incident.timeline.at(-1);
      if (last !== undefined) tell(one, last.phase, last);
    },
    apply(record) {
      if (followed.length === 0 || record.kind !== 'KILL_SWITCH') return;
      const { incidentId, phase, remaining } = record.data;
      for (const to of followed.filter((each) => each.incidentId === incidentId)) {
        tell(to, String(phase), { ts: record.ts, remaining: remaining as Remaining });
      }
    },
  };
}

interface Remaining {
  orders: number;
  positions: number;
}
