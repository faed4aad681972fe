import { useCallback, useEffect, useMemo, useState } from 'react';
import { showToast } from '#design/index.ts';
import { useSession } from '#session/session-context.tsx';
import { type Change, changesBetween } from './changes.ts';
import { dropEdits, type Edit, keepEdit, keptEdit } from './kept-edit.ts';
import { type Json, type JsonObject, type Steps, sameValue, withoutValue, withValue } from './option-tree.ts';
import { merged, type ThreeWay, threeWay, undone } from './three-way.ts';

export interface Running {
  options: JsonObject;
  version: number;
}

export interface OptionsEdit {
  running: Running;
  /** The options as they are edited; those in force while nothing is changed. */
  edited: JsonObject;
  /** What the edit began with. */
  base: JsonObject;
  /** The version of `base`: what is sent is sent against it, never against one that came since. */
  baseVersion: number;
  changes: readonly Change[];
  /** Set while a newer version than the one that the edit began with is in force. */
  conflict: ThreeWay | null;
  /** The browser has no room to keep the edit over a reload. */
  isUnkept: boolean;
  set(steps: Steps, value: Json): void;
  remove(steps: Steps): void;
  undo(change: Change): void;
  /** Takes a whole document as the edit. */
  replace(document: JsonObject): void;
  merge(yieldTo: ReadonlySet<string>): void;
  discard(): void;
}

/** Fields of an override that go take their empty group along; the override itself stays, to be filled again. */
const OVERRIDE_STEPS = 3;

/** The edit of the options: begun by the first change, kept in the browser until it is applied or discarded. */
export function useOptionsEdit(running: Running): OptionsEdit {
  const { appKey } = useSession();
  const [edit, setEdit] = useState<Edit | null>(() => keptEdit(sessionStorage, appKey));
  const [isUnkept, setUnkept] = useState(false);
  const isBehind = edit !== null && edit.version !== running.version;

  useEffect(() => {
    if (edit === null) dropEdits(sessionStorage, appKey);
    else setUnkept(!keepEdit(sessionStorage, appKey, edit));
  }, [edit, appKey]);

  // What was sent and not answered may have been applied: then nothing is left to do.
  useEffect(() => {
    if (!isBehind || edit === null || !sameValue(edit.edited, running.options)) return;
    setEdit(null);
    showToast({ tone: 'good', title: `Your change is in force as version ${running.version}.` });
  }, [isBehind, edit, running]);

  const change = useCallback(
    (next: (document: JsonObject) => JsonObject) =>
      setEdit((current) => {
        const from = current ?? { version: running.version, base: running.options, edited: running.options };
        const edited = next(from.edited);
        return sameValue(edited, from.base) ? null : { ...from, edited };
      }),
    [running],
  );
  const set = useCallback(
    (steps: Steps, value: Json) => change((document) => withValue(document, steps, value)),
    [change],
  );
  const remove = useCallback(
    (steps: Steps) => change((document) => withoutValue(document, steps, OVERRIDE_STEPS)),
    [change],
  );

  const base = edit?.base ?? running.options;
  const edited = edit?.edited ?? running.options;
  const conflict = useMemo(
    () => (isBehind && edit !== null ? threeWay(edit.base, edit.edited, running.options) : null),
    [isBehind, edit, running],
  );
  const changes = useMemo(() => changesBetween(base, edited), [base, edited]);
  const begin = (document: JsonObject): void =>
    setEdit(
      sameValue(document, running.options)
        ? null
        : { version: running.version, base: running.options, edited: document },
    );

  return {
    running,
    edited,
    base,
    baseVersion: edit?.version ?? running.version,
    changes,
    conflict,
    isUnkept,
    set,
    remove,
    undo: (each) => change((document) => undone(document, each, base)),
    replace: begin,
    merge: (yieldTo) => begin(merged(conflict?.mine ?? [], running.options, yieldTo)),
    discard: () => setEdit(null),
  };
}
