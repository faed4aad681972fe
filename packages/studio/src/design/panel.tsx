import type { ReactNode } from 'react';

export interface PanelProps {
  title?: ReactNode;
  /** Short, beside the title: a count, a source. */
  note?: ReactNode;
  actions?: ReactNode;
  /** Without inner distance: for tables and charts. */
  flush?: boolean;
  /** The body scrolls by itself; the panel then needs a height from its place. */
  scrolling?: boolean;
  className?: string;
  /** Name for assistive technology where there is no title. */
  label?: string;
  /** Escape, pressed while the focus is inside. */
  onEscape?: () => void;
  children: ReactNode;
}

export function Panel({ title, note, actions, flush, scrolling, className, label, onEscape, children }: PanelProps) {
  const body = ['panel-body', ...(flush ? ['is-flush'] : []), ...(scrolling ? ['is-scrolling'] : [])];
  const hasHead = title !== undefined || actions !== undefined;
  return (
    <section
      className={className === undefined ? 'panel' : `panel ${className}`}
      aria-label={label ?? (typeof title === 'string' ? title : undefined)}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onEscape?.();
      }}
    >
      {hasHead && (
        <header className="panel-head">
          {title !== undefined && <h2 className="panel-title">{title}</h2>}
          {note !== undefined && <span className="panel-note">{note}</span>}
          {actions !== undefined && <div className="panel-actions">{actions}</div>}
        </header>
      )}
      {/* What scrolls must be reachable by keyboard. */}
      <div className={body.join(' ')} tabIndex={scrolling ? 0 : undefined}>
        {children}
      </div>
    </section>
  );
}
