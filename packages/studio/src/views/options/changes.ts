import { isObject, type Json, type JsonObject, pointerOf, type Steps, sameValue } from './option-tree.ts';

/** One changed place. `before` or `after` is undefined where something was added or removed. */
export interface Change {
  pointer: string;
  steps: Steps;
  before: Json | undefined;
  after: Json | undefined;
}

/** Every place in which two documents differ, in the order of the first. Lists are compared whole. */
export function changesBetween(before: JsonObject, after: JsonObject): Change[] {
  return changesAt([], before, after);
}

/** The changes of one place, field by field. */
export function changesAt(steps: Steps, before: Json | undefined, after: Json | undefined): Change[] {
  const changes: Change[] = [];
  compare(before, after, steps, changes);
  return changes;
}

function compare(before: Json | undefined, after: Json | undefined, steps: Steps, into: Change[]): void {
  if (isObject(before) && isObject(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(ownOf(before, name), ownOf(after, name), [...steps, name], into);
    }
    return;
  }
  if (sameValue(before, after)) return;
  const added = before === undefined ? after : after === undefined ? before : undefined;
  // An override that came or went is told field by field, so that each can be read and undone.
  if (isObject(added) && Object.keys(added).length > 0) {
    for (const name of Object.keys(added)) {
      const inner = ownOf(added, name);
      compare(
        before === undefined ? undefined : inner,
        after === undefined ? undefined : inner,
        [...steps, name],
        into,
      );
    }
    return;
  }
  into.push({ pointer: pointerOf(steps), steps, before, after });
}

const ownOf = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;
