import { EmptyState, ErrorState, Figure, Time, toneClass, Waiting } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { formatPrice, formatQuantity } from '#words/format.ts';
import type { PositionEvents as Events } from './use-position-events.ts';

/** Events listed; the link below them leads to the rest. */
const LISTED_EVENTS = 40;

/** The chart's marks as text, and the rest of what happened; newest first. */
export function PositionEvents({ events, isPending, error, refetch }: Events) {
  return (
    <section className="side-place-section" aria-label="What happened">
      <h3 className="side-place-heading">What happened</h3>
      {isPending && events.length === 0 && <Waiting height={160} label="Records" />}
      {error !== null && events.length === 0 && (
        <ErrorState title="The records cannot be read" error={error} onRetry={refetch} />
      )}
      {!isPending && error === null && events.length === 0 && (
        <EmptyState title="No record of this symbol yet" icon="history" />
      )}
      <ol className="positions-events">
        {events.slice(0, LISTED_EVENTS).map(({ seq, ts, title, price, quantity, tone, message }) => (
          <li key={seq} className={`positions-event${toneClass(tone)}`}>
            <Time ts={ts} />
            <a href={routeTo('audit', { seq: String(seq) })} title={message}>
              {title}
            </a>
            <span className="positions-event-figures">
              {quantity !== null && <Figure>{formatQuantity(quantity)}</Figure>}
              {price !== null && <Figure>{formatPrice(price)}</Figure>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
