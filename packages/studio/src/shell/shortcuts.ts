import { useEffect } from 'react';
import { openKillDialog } from '#kill-dialog/kill-dialog-store.ts';
import { goTo, routeTo } from '#page/route.ts';
import { useMay } from '#session/session-context.tsx';
import { views } from './views.ts';

/**
 * `1` … `9` open the views, Shift+K the kill switch: its dialog for who may pull it, which asks for a word first, else its page.
 * Not while a field is typed in.
 */
export function useShortcuts(): void {
  const mayKill = useMay('operator');
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      const view = event.shiftKey && event.key === 'K' ? 'kill' : views.find(({ key }) => key === event.key)?.name;
      if (view === undefined || isInDialog(event.target)) return;
      event.preventDefault();
      if (view === 'kill' && event.shiftKey && mayKill) openKillDialog();
      else goTo(routeTo(view));
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [mayKill]);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"], [role="alertdialog"]') !== null;
