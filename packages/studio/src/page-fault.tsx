import { Button } from '#design/button.tsx';
import { ErrorState } from '#design/state.tsx';

/** In the place of the whole page when what stands around the views has failed. */
export function PageFault({ error, onRetry }: { error: unknown; onRetry(): void }) {
  return (
    <main className="front">
      <div className="front-card">
        <ErrorState
          title="This page has failed. Inspector goes on without it; to get out of the market now, close at the venue itself."
          error={error}
          onRetry={onRetry}
        />
        <Button onPress={() => location.reload()}>Load the page anew</Button>
      </div>
    </main>
  );
}
