import type { ReactNode } from 'react';
import { OldSince } from './old-since.tsx';

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
        {name} <OldSince since={oldSince} />
      </dt>
      <dd className={oldSince === null ? undefined : 'is-old'}>{children}</dd>
    </div>
  );
}
