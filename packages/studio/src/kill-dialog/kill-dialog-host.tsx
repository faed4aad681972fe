import { lazy, Suspense } from 'react';
import { useStore } from '#stores/store.ts';
import { killDialog } from './kill-dialog-store.ts';

const KillDialog = lazy(async () => ({ default: (await import('./kill-dialog.tsx')).KillDialog }));

/** Where the dialog of the kill switch appears; stands once on the page, around all views. */
export function KillDialogHost() {
  const open = useStore(killDialog, (current) => current);
  if (open === null) return null;
  return (
    <Suspense fallback={null}>
      <KillDialog key={open.scope} scope={open.scope} />
    </Suspense>
  );
}
