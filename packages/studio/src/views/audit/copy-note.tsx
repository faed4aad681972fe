import { Badge } from '#design/index.ts';
import type { CopyState } from '#records/use-timeline.ts';
import { formatCount } from '#words/format.ts';

/** Where the rows of the analytical copy come from, and how far it is behind. `isDown`: the last call failed. */
export function CopyNote({ copy, isDown }: { copy: CopyState; isDown: boolean }) {
  if (isDown) {
    return (
      <Badge tone="bad" icon="unlink">
        QuestDB does not answer
      </Badge>
    );
  }
  if (copy === null) return <span className="panel-note">asking QuestDB …</span>;
  if (copy.source === 'embedded') {
    return (
      <Badge tone="calm" icon="info">
        QuestDB is not configured: this is the embedded store
      </Badge>
    );
  }
  return (
    <Badge tone={copy.lag === 0 ? 'good' : 'warn'} icon={copy.lag === 0 ? 'check' : 'clock'}>
      QuestDB, {copy.lag === 0 ? 'no lag' : `${formatCount(copy.lag)} records behind`}
    </Badge>
  );
}
