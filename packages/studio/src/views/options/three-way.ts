import { type Change, changesBetween } from './changes.ts';
import { type JsonObject, sameValue, valueAt, withoutValue, withValue } from './option-tree.ts';

/** A place that both changed, each to something else. */
export interface Collision {
  pointer: string;
  mine: Change;
  theirs: Change;
}

export interface ThreeWay {
  /** What I changed since the version that I began with. */
  mine: readonly Change[];
  /** What was changed by somebody else meanwhile. */
  theirs: readonly Change[];
  collisions: readonly Collision[];
}

/** Who changed what since `base`. */
export function threeWay(base: JsonObject, mine: JsonObject, theirs: JsonObject): ThreeWay {
  const theirChanges = changesBetween(base, theirs);
  const byPointer = new Map(theirChanges.map((change) => [change.pointer, change]));
  const myChanges = changesBetween(base, mine);
  const collisions = myChanges.flatMap((change) => {
    const other = byPointer.get(change.pointer);
    return other === undefined || sameValue(other.after, change.after)
      ? []
      : [{ pointer: change.pointer, mine: change, theirs: other }];
  });
  return { mine: myChanges, theirs: theirChanges, collisions };
}

/** Their version with my changes on top; of the places in `yieldTo` theirs is kept. */
export function merged(mine: readonly Change[], theirs: JsonObject, yieldTo: ReadonlySet<string>): JsonObject {
  return mine
    .filter(({ pointer }) => !yieldTo.has(pointer))
    .reduce<JsonObject>((document, change) => applied(document, change.steps, change.after), theirs);
}

/** The document with the value of one place as it was in another one. */
export const undone = (document: JsonObject, { steps }: Change, running: JsonObject): JsonObject =>
  applied(document, steps, valueAt(running, steps));

/** An override whose last field goes is gone; the maps of overrides stay. */
const MAP_STEPS = 2;

function applied(document: JsonObject, steps: Change['steps'], value: Change['after']): JsonObject {
  return value === undefined ? withoutValue(document, steps, MAP_STEPS) : withValue(document, steps, value);
}
