import { isObject, type Json, type JsonObject } from './option-tree.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const timeOfDay = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;

/** Days in words, runs of three or more as a range. */
export function dayWords(days: Json | undefined): string {
  if (days === 'all') return 'Every day';
  if (!Array.isArray(days) || days.length === 0) return 'No day';
  const on = weekdays.map((day) => (days as readonly Json[]).includes(day));
  if (on.every(Boolean)) return 'Every day';
  const parts: string[] = [];
  for (let at = 0; at < on.length; at += 1) {
    if (!on[at]) continue;
    let end = at;
    while (on[end + 1]) end += 1;
    if (end - at >= 2) {
      parts.push(`${dayNames[at]}–${dayNames[end]}`);
      at = end;
    } else parts.push(String(dayNames[at]));
  }
  return parts.join(', ');
}

export const crossesMidnight = (from: string, to: string): boolean =>
  timeOfDay.test(from) && timeOfDay.test(to) && to < from;

/** For example `Mon–Fri 22:00–06:00 the next day (funding)`. */
export function windowWords(window: JsonObject): string {
  const from = String(window.from ?? '');
  const to = String(window.to ?? '');
  const label = typeof window.label === 'string' && window.label !== '' ? ` (${window.label})` : '';
  return `${dayWords(window.days)} ${from}–${to}${crossesMidnight(from, to) ? ' the next day' : ''}${label}`;
}

/** What is wrong with a window, by its field; empty when it will do. */
export function windowViolations(window: Json): { name: 'days' | 'from' | 'to'; message: string }[] {
  if (!isObject(window)) return [{ name: 'days', message: 'Is no window.' }];
  const { days, from, to } = window;
  const found: { name: 'days' | 'from' | 'to'; message: string }[] = [];
  if (days !== 'all' && (!Array.isArray(days) || days.length === 0))
    found.push({ name: 'days', message: 'Choose a day.' });
  if (!timeOfDay.test(String(from))) found.push({ name: 'from', message: 'A time from 00:00 to 23:59.' });
  if (!timeOfDay.test(String(to)) && to !== '24:00') found.push({ name: 'to', message: 'A time from 00:00 to 24:00.' });
  else if (from === to)
    found.push({ name: 'to', message: 'Must differ from the start; a whole day is 00:00 to 24:00.' });
  return found;
}
