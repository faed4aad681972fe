import { FaultBoundary } from '#design/fault-boundary.tsx';
import { useStore } from '#stores/store.ts';
import { KillDialog } from './kill-dialog.tsx';
import { KillDialogFault } from './kill-dialog-fault.tsx';
import { killDialog } from './kill-dialog-store.ts';

/**
 * Where the dialog of the kill switch appears; stands once on the page, around all views. Its code comes with the page:
 * it is needed most when nothing can be fetched any more.
 */
export function KillDialogHost() {
  const open = useStore(killDialog, (current) => current);
  if (open === null) return null;
  return (
    <FaultBoundary name={open.scope} fallback={(error, retry) => <KillDialogFault error={error} onRetry={retry} />}>
      <KillDialog key={open.scope} scope={open.scope} />
    </FaultBoundary>
  );
}
