import type { AuditRecord } from '@inspector/contract';
import { useMemo } from 'react';
import { decidedRequest } from '#decision-words/decided-request.ts';
import { usePresent } from '#decision-words/use-facts.ts';
import { EmptyState, ErrorState, SidePlace, useMedia, Waiting } from '#design/index.ts';
import { goTo, routeTo, useRoute } from '#page/route.ts';
import { FollowBar } from '#records/follow-bar.tsx';
import { NoRecords } from '#records/no-records.tsx';
import { RecordList } from '#records/record-list.tsx';
import { RecordsPlace } from '#records/records-place.tsx';
import { useRecord } from '#records/use-record.ts';
import { useTimeline } from '#records/use-timeline.ts';
import { formatCount, zoneName } from '#words/format.ts';
import { countCodes } from './code-counts.ts';
import {
  countDecisionFilters,
  type DecisionFilter,
  decisionMatcher,
  decisionQuery,
  noDecisionFilter,
  readDecisionFilter,
  writeDecisionFilter,
} from './decision-filter.ts';
import { DecisionPanel } from './decision-panel.tsx';
import { DecisionRow, DecisionRowNarrow } from './decision-row.tsx';
import { DecisionsFilters } from './decisions-filters.tsx';
import './decisions.css';

const ROW_PX = 30;
const NARROW_ROW_PX = 78;

/** Every decided request, newest first; a refused one says why, and what would let it through. */
export function DecisionsView() {
  const { params } = useRoute();
  const filter = useFilter(params);
  const matches = useMemo(() => decisionMatcher(filter), [filter]);
  const query = useMemo(() => decisionQuery(filter), [filter]);
  const { timeline, picture, paused, setPaused } = useTimeline({ matches, query, source: 'live' });
  const present = usePresent();
  const isNarrow = useMedia('(width < 720px)');
  const { rows } = picture;
  const counts = useMemo(() => countCodes(rows), [rows]);
  const symbols = useMemo(() => namesOf(rows, 'symbol'), [rows]);
  const detectors = useMemo(() => namesOf(rows, 'detector'), [rows]);

  const change = (next: Readonly<Record<string, string | undefined>>): void =>
    goTo(routeTo('decisions', { ...params, ...next }), { replace: true });
  const setFilter = (part: Partial<DecisionFilter>): void => change(writeDecisionFilter({ ...filter, ...part }));
  const close = (): void => change({ seq: undefined });
  const seq = Number(params.seq) > 0 ? Number(params.seq) : null;

  return (
    <RecordsPlace
      title="Decisions"
      note={`${formatCount(counts.allowed)} allowed, ${formatCount(counts.refused)} refused, ${formatCount(counts.dropped)} dropped on the page`}
      actions={<FollowBar timeline={timeline} picture={picture} paused={paused} onPause={setPaused} />}
      side={seq === null ? null : <Side seq={seq} rows={rows} onClose={close} />}
      onCloseSide={close}
    >
      <DecisionsFilters filter={filter} counts={counts} symbols={symbols} detectors={detectors} onChange={setFilter} />
      <RecordList
        label="Decisions, newest first"
        className={isNarrow ? 'decisions-list is-narrow' : 'decisions-list'}
        timeline={timeline}
        picture={picture}
        paused={paused}
        rowHeight={isNarrow ? NARROW_ROW_PX : ROW_PX}
        head={isNarrow ? null : <Head />}
        row={(record) =>
          isNarrow ? (
            <DecisionRowNarrow record={record} present={present} />
          ) : (
            <DecisionRow record={record} present={present} />
          )
        }
        selectedSeq={seq}
        onOpen={(record) => change({ seq: String(record.seq) })}
        empty={
          <NoRecords
            picture={picture}
            what="decisions"
            isFiltered={countDecisionFilters(filter) > 0}
            onClear={() => setFilter(noDecisionFilter)}
            onRetry={() => void timeline.readOlder()}
          />
        }
      />
    </RecordsPlace>
  );
}

function Side({ seq, rows, onClose }: { seq: number; rows: readonly AuditRecord[]; onClose(): void }) {
  const found = useRecord(
    seq,
    useMemo(() => rows.find((record) => record.seq === seq), [rows, seq]),
  );
  const record = found.data;
  const isDecision = record?.kind === 'REQUEST_DECIDED';
  return (
    <SidePlace
      title={`Decision ${seq}`}
      onClose={onClose}
      actions={
        isDecision && (
          <a className="button is-plain is-small" href={routeTo('audit', { traceId: record.traceId })}>
            Story of its trace
          </a>
        )
      }
    >
      {isDecision ? (
        <DecisionPanel record={record} />
      ) : found.error !== null ? (
        <ErrorState title="The decision cannot be read" error={found.error} onRetry={() => void found.refetch()} />
      ) : record === undefined ? (
        <Waiting height={240} label="The decision" />
      ) : (
        <EmptyState title="There is no such decision">Record {seq} of the audit trail is no decision.</EmptyState>
      )}
    </SidePlace>
  );
}

function Head() {
  return (
    <>
      <span>Time, {zoneName(Date.now())}</span>
      <span>Outcome</span>
      <span>Rule</span>
      <span>Symbol</span>
      <span className="decisions-end decisions-wide">Quantity</span>
      <span className="decisions-end decisions-wide">Value USD</span>
      <span>Why, and what would let it through</span>
      <span className="decisions-wide">Detector</span>
    </>
  );
}

function namesOf(rows: readonly AuditRecord[], field: 'symbol' | 'detector'): string[] {
  return [...new Set(rows.map((row) => decidedRequest(row)[field]))].filter((name) => name !== '').toSorted();
}

/** The filter of the address; the same object as long as it is the same filter. */
function useFilter(params: Readonly<Record<string, string>>): DecisionFilter {
  const text = JSON.stringify(writeDecisionFilter(readDecisionFilter(params)));
  return useMemo(() => readDecisionFilter(JSON.parse(text) as Record<string, string>), [text]);
}
