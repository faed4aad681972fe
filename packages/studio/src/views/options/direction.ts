import type { FormField } from './form-field.ts';
import { isLooser } from './looser.ts';
import type { Json } from './option-tree.ts';
import { violationsOf } from './violations.ts';

/** `none`: the field is no limit, or both limit alike. `invalid`: a value that cannot come into force goes nowhere. */
export type Direction = 'looser' | 'stricter' | 'none' | 'invalid';

/** Which way a limit goes from one value to another. */
export function directionOf(field: FormField, before: Json, after: Json): Direction {
  if (violationsOf(field, after).length > 0) return 'invalid';
  if (violationsOf(field, before).length > 0) return 'none';
  if (isLooser(field, before, after)) return 'looser';
  return isLooser(field, after, before) ? 'stricter' : 'none';
}
