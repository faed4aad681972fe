import { Button, ErrorState } from '#design/index.ts';
import { formatCount, formatMoment } from '#words/format.ts';
import type { TimelinePicture } from './timeline.ts';

export interface OlderFootProps {
  picture: TimelinePicture;
  onReadOlder(): void;
  onEndSearch(): void;
  onContinueBefore?: (ts: number) => void;
}

/** The lower end of a timeline: what is known of older records. It has one height, so that nothing jumps. */
export function OlderFoot({ picture, onReadOlder, onEndSearch, onContinueBefore }: OlderFootProps) {
  const { older, rows, examined, settled } = picture;
  const oldest = rows.at(-1);
  switch (older.kind) {
    case 'reading':
      return older.looked === 0 ? (
        <p className="records-foot">Reading older records …</p>
      ) : (
        <div className="records-foot">
          Looking further back: {formatCount(older.looked)} records so far, to {formatMoment(examined?.ts)} …
          <Button size="small" icon="close" onPress={onEndSearch}>
            Stop looking
          </Button>
        </div>
      );
    case 'end':
      return rows.length === 0 ? null : <p className="records-foot">No older record passes.</p>;
    case 'blocked':
      return (
        <p className="records-foot is-warn">
          More than 5,000 records share the millisecond of {formatMoment(examined?.ts)}. Export them, or set "until"
          before it.
        </p>
      );
    case 'full':
      return (
        <div className="records-foot">
          {formatCount(rows.length)} records are on the page, which is as many as it keeps.
          {oldest !== undefined && onContinueBefore !== undefined && (
            <Button size="small" icon="history" onPress={() => onContinueBefore(oldest.ts)}>
              Go on before {formatMoment(oldest.ts)}
            </Button>
          )}
        </div>
      );
    case 'failed':
      return rows.length === 0 ? null : (
        <ErrorState title="Older records cannot be read" error={older.error} onRetry={onReadOlder} />
      );
    case 'idle':
      return !settled ? null : (
        <div className="records-foot">
          {examined !== null && `Looked back to ${formatMoment(examined.ts)}, record ${formatCount(examined.seq)}.`}
          <Button size="small" kind="quiet" icon="history" onPress={onReadOlder}>
            Look further back
          </Button>
        </div>
      );
  }
}
