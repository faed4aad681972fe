import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { Panel } from '#design/index.ts';
import './records.css';

export interface RecordsPlaceProps {
  title: string;
  note: string;
  actions: ReactNode;
  /** What was opened from the list; null while nothing is. */
  side: ReactNode;
  onCloseSide(): void;
  /** Filters and the list. */
  children: ReactNode;
}

/** A list of records with its filters, and what was opened from it beside it where there is room. */
export function RecordsPlace({ title, note, actions, side, onCloseSide, children }: RecordsPlaceProps) {
  const place = useRef<HTMLDivElement>(null);
  const hasSide = side !== null;
  useEscape(place, hasSide ? onCloseSide : null);
  const hadSide = useRef(false);
  // The focus that went with the panel comes back to the row from which it was opened.
  useEffect(() => {
    const isLost = document.activeElement === document.body;
    if (hadSide.current && !hasSide && isLost) {
      place.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus({ preventScroll: true });
    }
    hadSide.current = hasSide;
  }, [hasSide]);
  return (
    <div ref={place} className={side === null ? 'records-place' : 'records-place has-side'}>
      <Panel className="records-main" title={title} note={note} flush actions={actions}>
        <div className="records-body">{children}</div>
      </Panel>
      {side}
    </div>
  );
}

/** Escape closes what is open beside the list, from the list too, and where what had the focus is gone. */
function useEscape(place: RefObject<HTMLElement | null>, close: (() => void) | null): void {
  useEffect(() => {
    if (close === null) return;
    const onKeyDown = ({ key, target }: KeyboardEvent): void => {
      if (key !== 'Escape' || !(target instanceof HTMLElement) || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
        return;
      if (target === document.body || place.current?.contains(target) === true) close();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [place, close]);
}
