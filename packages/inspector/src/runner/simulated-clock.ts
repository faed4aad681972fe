import type { Clock } from './clock.ts';

/** A clock that stands still until it is told to go on. Work at the end of a turn waits for `advance` as well. */
export interface SimulatedClock extends Clock {
  /** Runs what is due, in order of its time, then stands at `now() + byMs`. 0 ends the turn only. */
  advance(byMs: number): void;
}

interface Appointment {
  at: number;
  callback: () => void;
}

export function createSimulatedClock(startMs: number): SimulatedClock {
  let nowMs = startMs;
  let appointments: Appointment[] = [];
  let turn: (() => void)[] = [];

  function endTurns(): void {
    while (turn.length > 0) {
      const callbacks = turn;
      turn = [];
      for (const callback of callbacks) callback();
    }
  }

  function nextUpTo(limit: number): Appointment | undefined {
    let next: Appointment | undefined;
    for (const each of appointments) if (each.at <= limit && (!next || each.at < next.at)) next = each;
    return next;
  }

  return {
    now: () => nowMs,
    elapsedMs: () => nowMs - startMs,
    after(delayMs, callback) {
      const appointment = { at: nowMs + Math.max(0, delayMs), callback };
      appointments.push(appointment);
      return () => {
        appointments = appointments.filter((each) => each !== appointment);
      };
    },
    endOfTurn(callback) {
      turn.push(callback);
    },
    advance(byMs) {
      const until = nowMs + byMs;
      endTurns();
      for (let next = nextUpTo(until); next; next = nextUpTo(until)) {
        const due = next;
        appointments = appointments.filter((each) => each !== due);
        nowMs = Math.max(nowMs, due.at);
        due.callback();
        endTurns();
      }
      nowMs = until;
    },
  };
}
