import type { FormField } from './form-field.ts';
import type { Steps } from './option-tree.ts';

const OVERRIDE_STEPS = 3;

export interface Place {
  /** The field, undefined where the place is none: a whole override, or a field that this program does not know. */
  field: FormField | undefined;
  /** Steps of the field itself; what lies in it (a window) is cut off. */
  steps: Steps;
  /** `symbol BTCUSDT`; null for everybody. */
  whose: string | null;
}

const kinds: Readonly<Record<string, string>> = { symbols: 'symbol', detectors: 'detector', accounts: 'account' };

/** What stands at those steps: a field of the base, or the same field in an override. */
export function placeOf(fields: ReadonlyMap<string, FormField>, steps: Steps): Place {
  const isOverride = steps[0] === 'overrides' && steps.length >= OVERRIDE_STEPS;
  const inner = isOverride ? steps.slice(OVERRIDE_STEPS) : steps;
  const whose = isOverride ? `${kinds[steps[1] ?? ''] ?? steps[1]} ${steps[2]}` : null;
  for (let length = inner.length; length > 0; length -= 1) {
    const field = fields.get(inner.slice(0, length).join('.'));
    if (field === undefined) continue;
    return { field, steps: [...(isOverride ? steps.slice(0, OVERRIDE_STEPS) : []), ...inner.slice(0, length)], whose };
  }
  return { field: undefined, steps, whose };
}

/** The name of a place in words. */
export const placeLabel = ({ field, steps, whose }: Place): string => {
  const name =
    field?.label ??
    (steps.length === 0 ? 'The options as a whole' : steps.slice(whose === null ? 0 : OVERRIDE_STEPS).join('.'));
  if (whose === null) return name;
  return name === '' ? `Override of ${whose}` : `${name}, ${whose}`;
};

/** Steps of a dotted path, as addresses and versions have it. A name in an override may hold dots itself. */
export function stepsOfPath(fields: ReadonlyMap<string, FormField>, path: string): Steps {
  const parts = path.split('.');
  if (parts[0] !== 'overrides' || parts.length <= OVERRIDE_STEPS) return parts;
  const groups = new Set([...fields.values()].map(({ steps }) => steps[0]));
  const at = parts.findIndex((part, index) => index >= OVERRIDE_STEPS && groups.has(part));
  const end = at < 0 ? parts.length : at;
  return [...parts.slice(0, 2), parts.slice(2, end).join('.'), ...parts.slice(end)];
}
