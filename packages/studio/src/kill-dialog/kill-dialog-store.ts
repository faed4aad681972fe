import { createValueStore } from '#stores/value-store.ts';

/** Set while the dialog is open; `scope` is what it begins with. */
export const killDialog = createValueStore<{ scope: string } | null>(null);

/** Opens the kill switch above whatever is shown. Opening does nothing by itself: it asks for a word first. */
export function openKillDialog(scope = 'global'): void {
  killDialog.set({ scope });
}

export const closeKillDialog = (): void => killDialog.set(null);
