/** Of more separate ranges the oldest is forgotten: a resume from before it may then repeat an event. */
export const DELIVERED_RANGES_LIMIT = 64;

/** Which audit sequences a connection has been sent, as ranges (after, through]. */
export interface DeliveredRanges {
  /** Adds (after, through]; an empty one is left out. */
  add(after: number, through: number): void;
  has(seq: number): boolean;
}

export function createDeliveredRanges(): DeliveredRanges {
  let ranges: { after: number; through: number }[] = [];
  return {
    add(after, through) {
      if (through <= after) return;
      const apart = ranges.filter((range) => range.through < after || range.after > through);
      const touching = ranges.filter((range) => !apart.includes(range));
      apart.push({
        after: Math.min(after, ...touching.map((range) => range.after)),
        through: Math.max(through, ...touching.map((range) => range.through)),
      });
      ranges = apart.sort((a, b) => a.after - b.after).slice(-DELIVERED_RANGES_LIMIT);
    },
    has: (seq) => ranges.some((range) => seq > range.after && seq <= range.through),
  };
}
