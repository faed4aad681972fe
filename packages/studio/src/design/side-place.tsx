import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { useMedia } from './media.ts';
import { Panel } from './panel.tsx';

export interface SidePlaceProps {
  title: ReactNode;
  /** Name for assistive technology where the title is no text. */
  label?: string;
  /** Beside the title, where there is room for it. */
  note?: ReactNode;
  actions?: ReactNode;
  /** Without inner distance: what stands in it has its own. */
  flush?: boolean;
  onClose(): void;
  children: ReactNode;
}

/** What was opened from a list: a panel beside it, or a sheet where there is no room. Escape closes both. */
export function SidePlace({ title, label, note, actions, flush = false, onClose, children }: SidePlaceProps) {
  const isWide = useMedia('(width >= 1180px)');
  if (!isWide) {
    return (
      <Dialog isOpen onClose={onClose} title={title} size="side">
        {actions !== undefined && <div className="side-place-actions">{actions}</div>}
        {flush ? <div className="side-place-flush">{children}</div> : children}
      </Dialog>
    );
  }
  return (
    <Panel
      title={title}
      {...(label === undefined ? {} : { label })}
      note={note}
      flush={flush}
      scrolling
      onEscape={onClose}
      actions={
        <>
          {actions}
          <Button kind="quiet" size="small" icon="close" aria-label="Close the panel" onPress={onClose} />
        </>
      }
    >
      {children}
    </Panel>
  );
}
