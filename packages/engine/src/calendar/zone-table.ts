/**
 * A time zone as data: the engine has no locale, so the edge hands it the zone's offset changes.
 * `starts[i]` (Unix ms, ascending, starts[0] = -Infinity as -8.64e15) is when `offsetsMs[i]` (local − UTC) begins to hold.
 */
export interface ZoneTable {
  name: string;
  starts: number[];
  offsetsMs: number[];
}

export const UTC: ZoneTable = { name: 'UTC', starts: [-8.64e15], offsetsMs: [0] };
