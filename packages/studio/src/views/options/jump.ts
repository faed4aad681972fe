import { useEffect, useRef } from 'react';
import { pointerOf, stepsOf } from './option-tree.ts';

/** Frames to wait for a field that appears only once a search is cleared. */
const FRAMES_LIMIT = 20;

/** Height of the search above the groups. */
const HEAD_PX = 54;

/** Brings the field of a pointer, or what holds it, into sight and puts the focus into it. */
export function jumpToPointer(pointer: string): void {
  let frames = 0;
  const attempt = (): void => {
    const place = closest(pointer, frames < FRAMES_LIMIT);
    frames += 1;
    if (place === null) {
      if (frames <= FRAMES_LIMIT) requestAnimationFrame(attempt);
      return;
    }
    bringIntoSight(place);
    place.querySelector<HTMLElement>('input, select, button, textarea')?.focus({ preventScroll: true });
  };
  requestAnimationFrame(attempt);
}

/** Scrolls the view alone: `scrollIntoView` would move the page under the strip as well. */
function bringIntoSight(place: HTMLElement): void {
  const view = place.closest<HTMLElement>('.view');
  if (view === null) return;
  const at = place.getBoundingClientRect();
  const seen = view.getBoundingClientRect();
  // What is higher than the view, a group, is shown from its top, below the search.
  const above = at.height > seen.height / 2 ? HEAD_PX : (seen.height - at.height) / 2;
  view.scrollTop += at.top - seen.top - above;
}

function closest(pointer: string, exactOnly: boolean): HTMLElement | null {
  for (let steps = stepsOf(pointer); steps.length > 0; steps = steps.slice(0, -1)) {
    const place = document.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(pointerOf(steps))}"]`);
    if (place !== null) return place;
    if (exactOnly && steps.length <= 2) return null;
  }
  return null;
}

/** Jumps to the field that the address names, once for each address. */
export function useDeepLink(pointer: string | null, jump: (pointer: string) => void): void {
  const done = useRef<string | null>(null);
  useEffect(() => {
    if (pointer === null || done.current === pointer) return;
    done.current = pointer;
    jump(pointer);
  }, [pointer, jump]);
}
