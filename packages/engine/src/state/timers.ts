/**
 * The engine's timers: a binary heap in flat arrays, ordered by due time and then by the order of arming, so that a
 * replay fires them alike. Nothing is cancelled: a handler compares the state's own due time and ignores a stale one.
 */
export const timerKinds = {
  freshness: 0,
  silence: 1,
  equityUnknown: 2,
  lockExpiry: 3,
  orderExpiry: 4,
  holdTime: 5,
  replaceStop: 6,
  naked: 7,
  softwareExit: 8,
  closeDeferral: 9,
  closeRetry: 10,
  killDeadline: 11,
  killPoll: 12,
  leaseExpiry: 13,
  balanceHold: 14,
  reminder: 15,
  stressEnd: 16,
  orderQuery: 17,
  differenceCheck: 18,
  flatAttribution: 19,
  regimeCalm: 20,
  protectionRetry: 21,
  closeAllPoll: 22,
} as const;

export type TimerKind = (typeof timerKinds)[keyof typeof timerKinds];

export interface Timers {
  count: number;
  /** Numbers the armings: equal due times fire in this order. */
  armed: number;
  due: Float64Array;
  order: Float64Array;
  kind: Int32Array;
  target: Float64Array;
}

const INITIAL_CAPACITY = 64;

export function createTimers(): Timers {
  return {
    count: 0,
    armed: 0,
    due: new Float64Array(INITIAL_CAPACITY),
    order: new Float64Array(INITIAL_CAPACITY),
    kind: new Int32Array(INITIAL_CAPACITY),
    target: new Float64Array(INITIAL_CAPACITY),
  };
}

/** Due time of the earliest timer, Infinity when none is armed. */
export function nextTimer(engine: { timers: Timers }): number {
  return engine.timers.count > 0 ? engine.timers.due[0]! : Number.POSITIVE_INFINITY;
}

export function armTimer(timers: Timers, kind: TimerKind, target: number, due: number): void {
  if (Number.isNaN(due)) return; // never due; in the heap it would stand in the way of all others
  if (timers.count === timers.due.length) grow(timers);
  let hole = timers.count++;
  const order = timers.armed++;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (timers.due[parent]! <= due) break; // an equal due time was armed earlier and stays ahead
    move(timers, parent, hole);
    hole = parent;
  }
  timers.due[hole] = due;
  timers.order[hole] = order;
  timers.kind[hole] = kind;
  timers.target[hole] = target;
}

/** Removes the earliest timer; read `due[0]`, `kind[0]`, `target[0]` before. */
export function popTimer(timers: Timers): void {
  const last = --timers.count;
  if (last === 0) return;
  const due = timers.due[last]!;
  const order = timers.order[last]!;
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= last) break;
    if (child + 1 < last && isBefore(timers, child + 1, timers.due[child]!, timers.order[child]!)) child++;
    if (!isBefore(timers, child, due, order)) break;
    move(timers, child, hole);
    hole = child;
  }
  move(timers, last, hole);
}

function isBefore(timers: Timers, index: number, due: number, order: number): boolean {
  return timers.due[index]! < due || (timers.due[index]! === due && timers.order[index]! < order);
}

function move(timers: Timers, from: number, to: number): void {
  timers.due[to] = timers.due[from]!;
  timers.order[to] = timers.order[from]!;
  timers.kind[to] = timers.kind[from]!;
  timers.target[to] = timers.target[from]!;
}

function grow(timers: Timers): void {
  const capacity = timers.due.length * 2;
  const due = new Float64Array(capacity);
  const order = new Float64Array(capacity);
  const kind = new Int32Array(capacity);
  const target = new Float64Array(capacity);
  due.set(timers.due);
  order.set(timers.order);
  kind.set(timers.kind);
  target.set(timers.target);
  Object.assign(timers, { due, order, kind, target });
}
