import type { ReactNode } from 'react';
import { Panel } from '#design/index.ts';
import './records.css';

export interface RecordsPlaceProps {
  title: string;
  note: string;
  actions: ReactNode;
  /** What was opened from the list; null while nothing is. */
  side: ReactNode;
  /** Filters and the list. */
  children: ReactNode;
}

/** A list of records with its filters, and what was opened from it beside it where there is room. */
export function RecordsPlace({ title, note, actions, side, children }: RecordsPlaceProps) {
  return (
    <div className={side === null ? 'records-place' : 'records-place has-side'}>
      <Panel className="records-main" title={title} note={note} flush actions={actions}>
        <div className="records-body">{children}</div>
      </Panel>
      {side}
    </div>
  );
}
