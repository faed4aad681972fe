import type { ReactNode } from 'react';
import { formatClock } from '#words/format.ts';

interface StripFigureProps {
  name: string;
  /** From when it is, once that is too long ago; null while it is fresh. */
  oldSince: number | null;
  /** Left out where there is little room. */
  isExtra?: boolean;
  children: ReactNode;
}

/** A figure of the strip; an old one says from when it is and loses its colour. */
export function StripFigure({ name, oldSince, isExtra = false, children }: StripFigureProps) {
  return (
    <div className={isExtra ? 'strip-wide' : undefined}>
      <dt>
        {name}
        {oldSince !== null && <span className="strip-old"> from {formatClock(oldSince)}</span>}
      </dt>
      <dd className={oldSince === null ? undefined : 'is-old'}>{children}</dd>
    </div>
  );
}
