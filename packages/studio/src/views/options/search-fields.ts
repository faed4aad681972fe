import type { FormField } from './form-field.ts';

/** True when every word stands somewhere in the field's name, label, group, unit or help. */
export function matchesSearch(field: FormField, groupLabel: string, search: string): boolean {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const { path, label, unit, description, values } = field;
  const text = [path, label, groupLabel, unit ?? '', description, ...values].join(' ').toLowerCase();
  return wanted.every((word) => text.includes(word));
}
