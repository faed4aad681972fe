import type { ViewEntry } from './views.ts';

/** What has the focus, as far as keys matter to it. */
export type KeyTaker =
  /** Whatever is pressed is written. */
  | 'text'
  /** A list of choices, which letters and digits choose from. */
  | 'choices'
  | 'nothing';

export type Shortcut = { kind: 'kill' } | { kind: 'view'; name: string };

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * `1` … `9` open the views, Shift+K the kill switch. That one gives way to text alone: in a hurry the focus is wherever it is.
 * With Caps Lock on, Shift gives a small `k`.
 */
export function shortcutOf(pressed: Pressed, taker: KeyTaker, views: readonly ViewEntry[]): Shortcut | undefined {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = pressed;
  if (ctrlKey || metaKey || altKey || taker === 'text') return undefined;
  if (shiftKey && key.toUpperCase() === 'K') return { kind: 'kill' };
  if (taker === 'choices') return undefined;
  const name = views.find((view) => view.key === key)?.name;
  return name === undefined ? undefined : { kind: 'view', name };
}

/** Inputs that nothing can be written into. */
const withoutText = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);

export function keyTakerOf(target: EventTarget | null): KeyTaker {
  if (!(target instanceof HTMLElement)) return 'nothing';
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return 'text';
  if (target instanceof HTMLInputElement) return withoutText.has(target.type) ? 'nothing' : 'text';
  return target instanceof HTMLSelectElement ? 'choices' : 'nothing';
}
