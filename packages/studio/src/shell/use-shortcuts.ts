import { useEffect } from 'react';
import { openKillDialog } from '#kill-dialog/kill-dialog-store.ts';
import { goTo, routeTo } from '#page/route.ts';
import { useMay } from '#session/session-context.tsx';
import { keyTakerOf, shortcutOf } from './shortcut.ts';
import { views } from './views.ts';

/**
 * Keys of the whole page. Shift+K opens the dialog of the kill switch for who may pull it, which asks for a word first, else
 * its page; it is heard before the part that has the focus, because some keep their keys to themselves.
 */
export function useShortcuts(): void {
  const mayKill = useMay('operator');
  useEffect(() => {
    const hear = (event: KeyboardEvent) =>
      event.defaultPrevented || isInDialog(event.target)
        ? undefined
        : shortcutOf(event, keyTakerOf(event.target), views);
    const killFirst = (event: KeyboardEvent): void => {
      if (hear(event)?.kind !== 'kill') return;
      event.preventDefault();
      event.stopPropagation();
      if (mayKill) openKillDialog();
      else goTo(routeTo('kill'));
    };
    const openView = (event: KeyboardEvent): void => {
      const shortcut = hear(event);
      if (shortcut?.kind !== 'view') return;
      event.preventDefault();
      goTo(routeTo(shortcut.name));
    };
    addEventListener('keydown', killFirst, { capture: true });
    addEventListener('keydown', openView);
    return () => {
      removeEventListener('keydown', killFirst, { capture: true });
      removeEventListener('keydown', openView);
    };
  }, [mayKill]);
}

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"], [role="alertdialog"]') !== null;
