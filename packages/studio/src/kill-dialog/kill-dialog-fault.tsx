import { Button } from '#design/button.tsx';
import { ErrorState } from '#design/state.tsx';
import { closeKillDialog } from './kill-dialog-store.ts';

interface KillDialogFaultProps {
  error: unknown;
  onRetry(): void;
}

/** In the place of a dialog that failed. Plain elements: what broke the dialog may break what it is made of. */
export function KillDialogFault({ error, onRetry }: KillDialogFaultProps) {
  return (
    <div className="overlay">
      <div className="dialog-frame" role="alertdialog" aria-modal="true" aria-labelledby="kill-fault-title">
        <h2 className="visually-hidden" id="kill-fault-title">
          Kill switch
        </h2>
        <ErrorState
          title="The kill switch cannot be shown. Close at the venue itself; do not wait for this page."
          error={error}
          onRetry={onRetry}
        />
        <div className="dialog-actions">
          <Button onPress={closeKillDialog}>Close</Button>
        </div>
      </div>
    </div>
  );
}
