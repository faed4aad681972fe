import { type ReactNode, useSyncExternalStore } from 'react';
import { Button, Dialog } from '#design/index.ts';

/** From here on what is opened stands beside the list, below it above the page. */
const wide = matchMedia('(width >= 1180px)');

function subscribe(listener: () => void): () => void {
  wide.addEventListener('change', listener);
  return () => wide.removeEventListener('change', listener);
}

export interface SidePlaceProps {
  title: string;
  /** Beside the title. */
  actions?: ReactNode;
  onClose(): void;
  children: ReactNode;
}

/** What was opened from a list: a panel beside it, or a sheet where there is no room. Escape closes both. */
export function SidePlace({ title, actions, onClose, children }: SidePlaceProps) {
  const isWide = useSyncExternalStore(subscribe, () => wide.matches);
  if (!isWide) {
    return (
      <Dialog isOpen onClose={onClose} title={title} size="side">
        {actions !== undefined && <div className="audit-side-actions">{actions}</div>}
        {children}
      </Dialog>
    );
  }
  return (
    <aside
      className="panel audit-side"
      aria-label={title}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      <header className="panel-head">
        <h2 className="panel-title">{title}</h2>
        <div className="panel-actions">
          {actions}
          <Button kind="quiet" size="small" icon="close" aria-label="Close" onPress={onClose} />
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="audit-side-body" tabIndex={0}>
        {children}
      </div>
    </aside>
  );
}
