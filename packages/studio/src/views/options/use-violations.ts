import { useCallback, useMemo, useState } from 'react';
import type { FormField } from './form-field.ts';
import { isObject, type Json, type JsonObject, type Steps, sameValue, stepsOf, valueAt } from './option-tree.ts';
import { type Violation, violationsOf } from './violations.ts';

interface Judged {
  document: JsonObject;
  violations: readonly Violation[];
}

/** What the page sees is wrong, and what the server said of values that have not changed since. */
export function useViolations(fields: ReadonlyMap<string, FormField>, edited: JsonObject) {
  const [judged, setJudged] = useState<Judged | null>(null);
  const own = useMemo(() => allViolations(fields, edited), [fields, edited]);
  const violations = useMemo(() => {
    const said = (judged?.violations ?? []).filter(({ pointer }) => {
      const steps = stepsOf(pointer);
      return sameValue(valueAt(judged?.document, steps), valueAt(edited, steps));
    });
    const places = new Set(own.map(({ pointer }) => pointer));
    return [...own, ...said.filter(({ pointer }) => !places.has(pointer))];
  }, [own, judged, edited]);
  const judge = useCallback(
    (document: JsonObject, list: readonly Violation[]) => setJudged({ document, violations: list }),
    [],
  );
  return { violations, judge };
}

function allViolations(fields: ReadonlyMap<string, FormField>, edited: JsonObject): Violation[] {
  const found: Violation[] = [];
  const visit = (value: Json | undefined, at: Steps, inner: Steps): void => {
    const field = fields.get(inner.join('.'));
    if (field !== undefined) {
      if (value !== undefined) found.push(...violationsOf(field, value, at));
    } else if (isObject(value)) {
      for (const name of Object.keys(value)) visit(value[name], [...at, name], [...inner, name]);
    }
  };
  const { overrides, ...base } = edited;
  visit(base, [], []);
  for (const [kind, map] of Object.entries(isObject(overrides) ? overrides : {})) {
    for (const [name, override] of Object.entries(isObject(map) ? map : {}))
      visit(override, ['overrides', kind, name], []);
  }
  return found;
}
