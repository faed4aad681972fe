import type { ReactNode } from 'react';
import { Panel } from './panel.tsx';

export interface TablePanelProps {
  /** What the rows are, for assistive technology. */
  label: string;
  /** What chooses the rows, and their sums. */
  head: ReactNode;
  /** The table: it fills what the head leaves. */
  children: ReactNode;
}

/** A table that fills a panel, with what chooses its rows above it. */
export function TablePanel({ label, head, children }: TablePanelProps) {
  return (
    <Panel label={label} flush className="table-panel">
      <header className="table-panel-head">{head}</header>
      <div className="table-panel-rows">{children}</div>
    </Panel>
  );
}
