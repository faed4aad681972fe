import { FaultBoundary } from '#design/fault-boundary.tsx';
import { ErrorState, Waiting } from '#design/index.ts';
import { useView } from './use-view.ts';
import type { ViewEntry } from './views.ts';

/** Where a view stands. A fault of one leaves the strip, the rail and the kill switch where they are. */
export function ViewPlace({ entry }: { entry: ViewEntry }) {
  return (
    <FaultBoundary
      name={entry.name}
      fallback={(error, retry) => (
        <div className="panel">
          <ErrorState title="This view has failed. The others work." error={error} onRetry={retry} />
        </div>
      )}
    >
      <LoadedView key={entry.name} entry={entry} />
    </FaultBoundary>
  );
}

function LoadedView({ entry: { title, code } }: { entry: ViewEntry }) {
  const view = useView(code);
  switch (view.kind) {
    case 'ready':
      return <view.View />;
    case 'waiting':
      return <Waiting height="100%" label={title} />;
    case 'failed':
      return (
        <div className="panel">
          <ErrorState
            title={
              view.isAway
                ? 'This view could not be loaded from the server. It is tried again when the connection is back.'
                : 'This view could not be loaded from the server. Try again; if the server was updated, load the page anew.'
            }
            error={view.error}
            onRetry={view.retry}
          />
        </div>
      );
  }
}
