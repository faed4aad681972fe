import type { AuditRecord } from '@inspector/contract';
import { useEffect, useMemo } from 'react';
import { Button, Choice, EmptyState, ErrorState, SidePlace, useMedia, Waiting } from '#design/index.ts';
import { goTo, routeTo, useRoute } from '#page/route.ts';
import { FollowBar } from '#records/follow-bar.tsx';
import { NoRecords } from '#records/no-records.tsx';
import { RecordList } from '#records/record-list.tsx';
import { RecordsPlace } from '#records/records-place.tsx';
import { useRecord } from '#records/use-record.ts';
import { type Source, useTimeline } from '#records/use-timeline.ts';
import { formatCount, zoneName } from '#words/format.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditRow, AuditRowNarrow } from './audit-row.tsx';
import { CopyNote } from './copy-note.tsx';
import { ExportMenu } from './export-menu.tsx';
import {
  type AuditFilter,
  countFilters,
  matcherOf,
  noFilter,
  readFilter,
  serverQueryOf,
  writeFilter,
} from './filter.ts';
import { kindName } from './kind-looks.ts';
import { RecordPanel } from './record-panel.tsx';
import { TracePanel } from './trace-panel.tsx';
import './audit.css';

const ROW_PX = 28;
const NARROW_ROW_PX = 46;

/** The audit trail: live at its upper end, the whole store behind it, each record and each trace to be opened. */
export function AuditView() {
  const { params } = useRoute();
  const filter = useFilter(params);
  const source: Source = params.source === 'questdb' ? 'questdb' : 'live';
  const matches = useMemo(() => matcherOf(filter), [filter]);
  const query = useMemo(() => serverQueryOf(filter), [filter]);
  const { timeline, picture, copy, paused, setPaused } = useTimeline({ matches, query, source });
  const isNarrow = useMedia('(width < 720px)');
  useSearchKey();

  const change = (next: Readonly<Record<string, string | undefined>>): void =>
    goTo(routeTo('audit', { ...params, ...next }), { replace: true });
  const setFilter = (part: Partial<AuditFilter>): void => change(writeFilter({ ...filter, ...part }));
  const close = (): void => change({ seq: undefined, traceId: undefined });
  const open = (record: AuditRecord): void => change({ seq: String(record.seq) });
  const seq = readSeq(params.seq);
  const isOpen = params.seq !== undefined || params.traceId !== undefined;
  const side = isOpen ? (
    <Side seq={seq} traceId={params.traceId} rows={picture.rows} change={change} close={close} />
  ) : null;

  return (
    <RecordsPlace
      title="Audit"
      note={`${formatCount(picture.rows.length)} on the page`}
      actions={
        <>
          {source === 'questdb' && <CopyNote copy={copy} isDown={picture.older.kind === 'failed'} />}
          {source === 'live' && <FollowBar timeline={timeline} picture={picture} paused={paused} onPause={setPaused} />}
          {source === 'questdb' && (
            <Button size="small" icon="refresh" aria-label="Read again" onPress={() => void timeline.refresh()} />
          )}
          <Choice
            label="Source of the records"
            value={source}
            options={[
              { value: 'live', label: 'Live' },
              { value: 'questdb', label: 'QuestDB' },
            ]}
            onChange={(value) => change({ source: value === 'live' ? undefined : value })}
          />
          <ExportMenu filter={filter} />
        </>
      }
      side={side}
      onCloseSide={close}
    >
      <AuditFilters filter={filter} onChange={setFilter} />
      <RecordList
        label="Audit records, newest first"
        className={isNarrow ? 'audit-records is-narrow' : 'audit-records'}
        timeline={timeline}
        picture={picture}
        paused={paused}
        rowHeight={isNarrow ? NARROW_ROW_PX : ROW_PX}
        head={isNarrow ? null : <Head />}
        row={(record) => (isNarrow ? <AuditRowNarrow record={record} /> : <AuditRow record={record} />)}
        selectedSeq={seq}
        onOpen={open}
        onContinueBefore={(ts) => setFilter({ to: ts })}
        empty={
          <NoRecords
            picture={picture}
            what="records"
            isFiltered={countFilters(filter) > 0}
            onClear={() => setFilter(noFilter)}
            onRetry={() => void timeline.readOlder()}
            onLive={() => change({ source: undefined })}
          />
        }
      />
    </RecordsPlace>
  );
}

interface SideProps {
  seq: number | null;
  traceId: string | undefined;
  rows: readonly AuditRecord[];
  change(next: Readonly<Record<string, string | undefined>>): void;
  close(): void;
}

/** What was opened: a record, or the story of a trace. From a story's step one comes back to the story. */
function Side({ seq, traceId, rows, change, close }: SideProps) {
  const found = useRecord(
    seq,
    useMemo(() => rows.find((record) => record.seq === seq), [rows, seq]),
  );
  if (seq !== null) {
    const record = found.data;
    const trace = traceId ?? record?.traceId;
    return (
      <SidePlace
        title={record ? `${kindName(record.kind)} ${record.seq}` : `Record ${seq}`}
        onClose={close}
        actions={
          trace !== undefined && (
            <Button size="small" icon="history" onPress={() => change({ seq: undefined, traceId: trace })}>
              {traceId === undefined ? 'Story of its trace' : 'Back to the story'}
            </Button>
          )
        }
      >
        {record ? (
          <RecordPanel record={record} />
        ) : found.error !== null ? (
          <ErrorState title="The record cannot be read" error={found.error} onRetry={() => void found.refetch()} />
        ) : record === null ? (
          <EmptyState title="There is no such record">The audit trail holds no record {seq}.</EmptyState>
        ) : (
          <Waiting height={240} label="The record" />
        )}
      </SidePlace>
    );
  }
  if (traceId === undefined) return null;
  return (
    <SidePlace
      title="Story of a trace"
      onClose={close}
      actions={
        <Button size="small" icon="filter" onPress={() => change({ trace: traceId })}>
          Only its records
        </Button>
      }
    >
      <TracePanel key={traceId} traceId={traceId} onOpen={(record) => change({ seq: String(record.seq) })} />
    </SidePlace>
  );
}

function Head() {
  return (
    <>
      <span>Time, {zoneName(Date.now())}</span>
      <span />
      <span>Kind</span>
      <span className="audit-wide">Code</span>
      <span>Symbol</span>
      <span>Message</span>
      <span className="audit-row-seq audit-wide">Record</span>
    </>
  );
}

/** The filter of the address; the same object as long as it is the same filter. */
function useFilter(params: Readonly<Record<string, string>>): AuditFilter {
  const text = JSON.stringify(writeFilter(readFilter(params)));
  return useMemo(() => readFilter(JSON.parse(text) as Record<string, string>), [text]);
}

function readSeq(text: string | undefined): number | null {
  const seq = Number(text);
  return Number.isInteger(seq) && seq > 0 ? seq : null;
}

/** `/` goes to the search field. */
function useSearchKey(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      event.preventDefault();
      document.getElementById('audit-text')?.focus();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}
