import type { AuditRecord } from '@inspector/contract';
import { useCallback, useMemo, useState } from 'react';
import { mergeRecords, useNewestRecords, useTrace } from '#data/index.ts';
import { Badge, Button, EmptyState, ErrorState, Icon, type IconName, Money, Waiting } from '#design/index.ts';
import { codeName } from '#words/code-names.ts';
import { formatClock, formatCount, formatDuration, formatMoment, formatWholeTime, UNKNOWN } from '#words/format.ts';
import { severityTones } from './kind-looks.ts';
import { stepDetail } from './step-detail.ts';
import { stepTitle } from './step-title.ts';
import { type Chapter, type Milestones, type Stage, type StoryStep, traceStory } from './trace-story.ts';
import './audit-trace.css';

/** Live records of a trace that are joined to what the server answered. */
const LIVE_RECORDS = 500;
/** A longer chapter shows its ends until it is opened. */
const SHORT_CHAPTER = 12;
const SHOWN_AT_ENDS = 3;

const stages: Readonly<Record<Stage, { title: string; icon: IconName }>> = {
  request: { title: 'Request', icon: 'decisions' },
  order: { title: 'Entry order', icon: 'right' },
  position: { title: 'Position', icon: 'positions' },
  protection: { title: 'Protection', icon: 'shield' },
  exit: { title: 'Exit', icon: 'close' },
  other: { title: 'Around it', icon: 'info' },
};

/** Everything that one cause led to, from request to close, told downwards with the time between. */
export function TracePanel({ traceId, onOpen }: { traceId: string; onOpen(record: AuditRecord): void }) {
  const trace = useTrace(traceId);
  const passes = useCallback((record: AuditRecord) => record.traceId === traceId, [traceId]);
  const live = useNewestRecords(passes, LIVE_RECORDS);
  const stored = trace.data?.data;
  const story = useMemo(() => traceStory(mergeRecords(live, stored ?? []).toReversed()), [stored, live]);
  if (story.chapters.length === 0) {
    if (trace.isPending) return <Waiting height={240} label="The trace" />;
    if (trace.error?.code === 'TRACE_UNKNOWN') {
      return <EmptyState title="There is no such trace">The audit trail holds no record of {traceId}.</EmptyState>;
    }
    if (trace.error !== null) {
      return <ErrorState title="The trace cannot be read" error={trace.error} onRetry={() => void trace.refetch()} />;
    }
  }
  const count = story.chapters.reduce((sum, { steps }) => sum + steps.length, 0);
  const first = story.chapters[0]?.steps[0]?.record;
  return (
    <div className="audit-trace">
      <p className="soft" title={formatWholeTime(story.startTs)}>
        {first?.symbol ?? first?.accountKey ?? ''} {formatMoment(story.startTs)}, {formatCount(count)} records in{' '}
        {formatDuration(story.endTs - story.startTs)}
      </p>
      <MilestoneFigures milestones={story.milestones} />
      <ol className="audit-story">
        {story.chapters.map((chapter) => (
          <ChapterPart key={chapter.steps[0]?.record.seq} chapter={chapter} onOpen={onOpen} />
        ))}
      </ol>
    </div>
  );
}

function MilestoneFigures({ milestones }: { milestones: Milestones }) {
  const { fillMs, protectedMs, heldMs, realizedPnlUsd, closeCode } = milestones;
  if (fillMs === null && protectedMs === null && heldMs === null) return null;
  return (
    <dl className="audit-milestones">
      <div>
        <dt>Decision to fill</dt>
        <dd className="number">{formatDuration(fillMs)}</dd>
      </div>
      <div>
        <dt>Open to stop</dt>
        <dd className="number">{formatDuration(protectedMs)}</dd>
      </div>
      <div>
        <dt>Held</dt>
        <dd className="number">{heldMs === null ? 'open' : formatDuration(heldMs)}</dd>
      </div>
      <div>
        <dt>Result</dt>
        <dd>
          {realizedPnlUsd === null ? UNKNOWN : <Money value={realizedPnlUsd} signed />}
          {closeCode !== null && <span className="faint audit-close-reason"> {codeName(closeCode)}</span>}
        </dd>
      </div>
    </dl>
  );
}

interface ChapterProps {
  chapter: Chapter;
  onOpen(record: AuditRecord): void;
}

function ChapterPart({ chapter, onOpen }: ChapterProps) {
  const [isOpen, setOpen] = useState(false);
  const { steps, stage } = chapter;
  const isCut = !isOpen && steps.length > SHORT_CHAPTER;
  const begin = isCut ? steps.slice(0, SHOWN_AT_ENDS) : steps;
  const end = isCut ? steps.slice(-SHOWN_AT_ENDS) : [];
  const part = (step: StoryStep) => <StepPart key={step.record.seq} step={step} onOpen={onOpen} />;
  return (
    <li className={`audit-chapter is-${stage}`}>
      <h3 className="audit-chapter-title">
        <Icon name={stages[stage].icon} size={13} /> {stages[stage].title}
      </h3>
      <ol>
        {begin.map(part)}
        {isCut && (
          <li className="audit-step-more">
            <Button size="small" kind="quiet" onPress={() => setOpen(true)}>
              {formatCount(steps.length - 2 * SHOWN_AT_ENDS)} more steps
            </Button>
          </li>
        )}
        {end.map(part)}
      </ol>
    </li>
  );
}

interface StepProps {
  step: StoryStep;
  onOpen(record: AuditRecord): void;
}

function StepPart({ step, onOpen }: StepProps) {
  const { record, sincePreviousMs } = step;
  const tone = severityTones[record.severity];
  return (
    <li className={`audit-step is-${record.severity}`}>
      <span className="audit-step-time number" title={formatWholeTime(record.ts)}>
        {sincePreviousMs === null ? formatClock(record.ts) : `+${formatDuration(sincePreviousMs)}`}
      </span>
      <button type="button" className="audit-step-body" onClick={() => onOpen(record)}>
        <span className="audit-step-title">
          {stepTitle(record)}
          {tone !== undefined && tone !== 'calm' && <Badge tone={tone}>{record.severity}</Badge>}
        </span>
        <span className="audit-step-message">{stepDetail(record)}</span>
      </button>
    </li>
  );
}
