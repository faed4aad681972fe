import type { ReactNode } from 'react';
import { formatDuration, formatMoment, formatMoney, formatPercent, formatWhen, UNKNOWN } from '#words/format.ts';

interface FigureProps {
  /** The figure as text; a dash where it is not known. */
  children: ReactNode;
  unit?: string;
  /** Colours by sign; the sign itself is in the text. */
  direction?: number | null | undefined;
  title?: string;
}

/** A number with its unit, on one line, with digits of one width. */
export function Figure({ children, unit, direction, title }: FigureProps) {
  const isKnown = children !== UNKNOWN;
  return (
    <span className={`number${directionClass(direction)}`} title={title}>
      {children}
      {unit !== undefined && unit !== '' && isKnown && <span className="number-unit">{unit}</span>}
    </span>
  );
}

const directionClass = (direction: number | null | undefined): string =>
  typeof direction !== 'number' || direction === 0 ? '' : direction > 0 ? ' number-up' : ' number-down';

type Value = number | null | undefined;

interface SignedProps {
  value: Value;
  /** A gain or a loss: with its sign and colour. */
  signed?: boolean;
  digits?: number;
}

/** Rounds as it is written, so that 0.001 is neither green nor red. */
const shownDirection = (value: Value, digits: number): number =>
  typeof value === 'number' ? Math.sign(Math.round(value * 10 ** digits)) : 0;

/** `1,234.50 USD` */
export function Money({ value, signed = false, digits = 2, unit = 'USD' }: SignedProps & { unit?: string }) {
  return (
    <Figure unit={unit} direction={signed ? shownDirection(value, digits) : null}>
      {formatMoney(value, { sign: signed, digits })}
    </Figure>
  );
}

/** `2.50 %` */
export function Percent({ value, signed = false, digits = 2 }: SignedProps) {
  return (
    <Figure unit="%" direction={signed ? shownDirection(value, digits) : null}>
      {formatPercent(value, { sign: signed, digits })}
    </Figure>
  );
}

/** A span of time, from ms. */
export function Duration({ ms }: { ms: Value }) {
  return <span className="number">{formatDuration(ms)}</span>;
}

/** A moment: the clock of today, else the date; the whole moment on hovering. */
export function Time({ ts, now }: { ts: Value; now?: number }) {
  if (typeof ts !== 'number') return <span className="number">{UNKNOWN}</span>;
  const at = new Date(ts);
  const isValid = !Number.isNaN(at.getTime());
  return (
    <time className="number" dateTime={isValid ? at.toISOString() : undefined} title={`${formatMoment(ts)} (${ts})`}>
      {formatWhen(ts, now)}
    </time>
  );
}
