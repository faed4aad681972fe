import { EmptyState, Panel, Time, toneClass } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import type { EquityMark } from './equity-marks.ts';

/** Marks listed; the audit has the rest. */
const LISTED_MARKS = 100;

const signs: Readonly<Record<EquityMark['kind'], string>> = { trip: '■', end: '●', governor: '●', kill: '▼' };

/** The chart's marks in words, newest first. */
export function EquityMarks({ marks }: { marks: readonly EquityMark[] }) {
  return (
    <Panel
      title="Trips and locks"
      note={marks.length === 0 ? undefined : marks.length}
      flush
      scrolling
      className="equity-marks"
    >
      {marks.length === 0 ? (
        <EmptyState icon="check" title="No limit has tripped">
          Trips, locks and kills of this stretch would stand here and on the chart.
        </EmptyState>
      ) : (
        <ol className="equity-marks-list">
          {marks.slice(0, LISTED_MARKS).map(({ seq, ts, kind, title, message, tone }) => (
            <li key={seq} className={`equity-mark${toneClass(tone)}`}>
              <span className="equity-mark-sign" aria-hidden="true">
                {signs[kind]}
              </span>
              <a href={routeTo('audit', { seq: String(seq) })} title={message}>
                {title}
              </a>
              <Time ts={ts} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
