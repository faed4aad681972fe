import type { AuditRecord } from '@inspector/contract';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import './records.css';
import { OlderFoot } from './older-foot.tsx';
import type { Timeline, TimelinePicture } from './timeline.ts';

export interface RecordListProps {
  /** What the rows are, for assistive technology. */
  label: string;
  timeline: Timeline;
  picture: TimelinePicture;
  /** True while somebody has stopped it by hand: then the upper end does not follow by itself. */
  paused: boolean;
  /** In px; every row has it. */
  rowHeight: number;
  className: string;
  head: ReactNode;
  row(record: AuditRecord): ReactNode;
  selectedSeq: number | null;
  onOpen(record: AuditRecord): void;
  /** In place of rows where none pass. */
  empty: ReactNode;
  /** Narrows the filter to what is older than the rows at hand. */
  onContinueBefore?: (ts: number) => void;
}

/** Rows beyond the edges that are drawn all the same. */
const OVERSCAN_ROWS = 6;
/** From here on somebody reads older rows. */
const HELD_FROM_PX = 4;
/** So many rows before the end older ones are read. */
const NEAR_END_ROWS = 30;

/** Rows of a timeline, newest first. Only what is seen is on the page, and its places are used again for what comes. */
export function RecordList(props: RecordListProps) {
  const { timeline, picture, paused, rowHeight, selectedSeq, onOpen } = props;
  const { rows } = picture;
  const listId = useId();
  const scrolled = useRef<HTMLDivElement>(null);
  const [activeSeq, setActiveSeq] = useState<number | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrolled.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN_ROWS,
  });
  const items = virtual.getVirtualItems();
  const active = activeSeq ?? selectedSeq;

  // What was opened stays the row that the keys go on from when it is closed.
  useEffect(() => {
    if (selectedSeq !== null) setActiveSeq(selectedSeq);
  }, [selectedSeq]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useEffect(() => virtual.measure(), [rowHeight]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another timeline begins at its upper end
  useEffect(() => {
    if (scrolled.current !== null) scrolled.current.scrollTop = 0;
    setActiveSeq(null);
  }, [timeline]);

  // What follows again shows its newest row.
  useEffect(() => {
    if (picture.following && scrolled.current !== null) scrolled.current.scrollTop = 0;
  }, [picture.following]);

  function onScroll(): void {
    if (scrolled.current === null) return;
    const { scrollTop: top, scrollHeight, clientHeight } = scrolled.current;
    if (top > HELD_FROM_PX) timeline.hold();
    else if (!paused) timeline.follow();
    if (top > 0 && scrollHeight - top - clientHeight < NEAR_END_ROWS * rowHeight) void timeline.readOlder();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const at = rows.findIndex(({ seq }) => seq === active);
    const page = Math.max(1, Math.floor((scrolled.current?.clientHeight ?? 0) / rowHeight) - 2);
    const to = targetOf(event.key, at, page, rows.length);
    const record = rows[to ?? at];
    if (record === undefined) return;
    if (to !== undefined) {
      event.preventDefault();
      timeline.hold();
      setActiveSeq(record.seq);
      virtual.scrollToIndex(to);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onOpen(record);
    }
  }

  return (
    <div className={`records-list ${props.className}`}>
      <div className="records-head" aria-hidden="true">
        {props.head}
      </div>
      <div className="records-scroll" ref={scrolled} onScroll={onScroll}>
        {rows.length === 0 ? (
          <div className="records-empty">{props.empty}</div>
        ) : (
          <div
            className="records-rows"
            style={{ height: virtual.getTotalSize() }}
            role="listbox"
            aria-label={props.label}
            tabIndex={0}
            aria-activedescendant={
              items.some(({ index }) => rows[index]?.seq === active) ? `${listId}${active}` : undefined
            }
            onKeyDown={onKeyDown}
          >
            {items.map(({ index, start }, slot) => {
              const record = rows[index];
              if (record === undefined) return null;
              const isActive = record.seq === active;
              const isSelected = record.seq === selectedSeq;
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and takes the keys
                // biome-ignore lint/a11y/useFocusableInteractive: as above
                <div
                  // biome-ignore lint/suspicious/noArrayIndexKey: a place on the screen, used again for the next record
                  key={slot}
                  id={`${listId}${record.seq}`}
                  role="option"
                  aria-selected={isSelected}
                  aria-posinset={index + 1}
                  aria-setsize={rows.length}
                  className={`records-row is-${record.severity}${isActive ? ' is-active' : ''}${isSelected ? ' is-selected' : ''}`}
                  style={{ height: rowHeight, transform: `translateY(${start}px)` }}
                  onClick={() => {
                    setActiveSeq(record.seq);
                    onOpen(record);
                  }}
                >
                  {props.row(record)}
                </div>
              );
            })}
          </div>
        )}
        <OlderFoot
          picture={picture}
          onReadOlder={() => void timeline.readOlder()}
          onEndSearch={() => timeline.endSearch()}
          {...(props.onContinueBefore === undefined ? {} : { onContinueBefore: props.onContinueBefore })}
        />
      </div>
    </div>
  );
}

/** Where a key leads from row `at` (−1: none yet); undefined for keys that lead nowhere. */
function targetOf(key: string, at: number, page: number, count: number): number | undefined {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'PageDown':
      return Math.min(last, at + page);
    case 'PageUp':
      return Math.max(0, at - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
