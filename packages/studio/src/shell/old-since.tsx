import { formatClock } from '#words/format.ts';

/** From when something is that is too old to be shown as true; nothing while it is fresh. */
export function OldSince({ since }: { since: number | null }) {
  if (since === null) return null;
  return (
    <span className="strip-old">
      <span className="strip-from">from </span>
      {formatClock(since)}
    </span>
  );
}
