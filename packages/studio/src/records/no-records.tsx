import { isRestError } from '#data/index.ts';
import { Button, EmptyState, ErrorState, Waiting } from '#design/index.ts';
import { formatMoment } from '#words/format.ts';
import type { TimelinePicture } from './timeline.ts';

export interface NoRecordsProps {
  picture: TimelinePicture;
  /** What there is none of: "records", "decisions". */
  what: string;
  isFiltered: boolean;
  onClear(): void;
  onRetry(): void;
  /** The way to the live rows, where the copy is asked. */
  onLive?: () => void;
}

/** In place of rows: still loading, nothing there, nothing that passes, or a read that failed. */
export function NoRecords({ picture, what, isFiltered, onClear, onRetry, onLive }: NoRecordsProps) {
  const { older, examined, settled } = picture;
  if (older.kind === 'failed') {
    const isCopyDown = isRestError(older.error) && older.error.code === 'QUESTDB_UNAVAILABLE';
    return (
      <div>
        <ErrorState
          title={isCopyDown ? 'QuestDB does not answer' : `The ${what} cannot be read`}
          error={older.error}
          onRetry={onRetry}
        />
        {isCopyDown && onLive !== undefined && (
          <p className="records-foot">
            Nothing is lost: the embedded store has every record.
            <Button size="small" onPress={onLive}>
              Show the embedded store
            </Button>
          </p>
        )}
      </div>
    );
  }
  if (!settled || older.kind === 'reading') return <Waiting height={160} label={`The ${what}`} />;
  if (!isFiltered) {
    return <EmptyState title={`There are no ${what} yet`}>They appear here as they are written.</EmptyState>;
  }
  const searched =
    older.kind === 'end' || examined === null ? 'in the whole trail' : `since ${formatMoment(examined.ts)}`;
  return (
    <div>
      <EmptyState icon="filter" title={`No ${what} pass the filters`}>
        Nothing fits {searched}. New ones appear as they are written.
      </EmptyState>
      <p className="records-foot">
        <Button size="small" onPress={onClear}>
          Clear the filters
        </Button>
      </p>
    </div>
  );
}
