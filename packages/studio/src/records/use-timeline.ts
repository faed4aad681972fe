import type { AuditQuery, AuditRecord, QuestdbAuditResponse } from '@inspector/contract';
import { useEffect, useMemo, useState } from 'react';
import { useStudioData } from '#data/index.ts';
import { useStore } from '#stores/store.ts';
import { createTimeline, type Timeline, type TimelinePicture } from './timeline.ts';

/** Where records come from: the live trail and the store behind it, or the analytical copy. */
export type Source = 'live' | 'questdb';

/** What the copy says of itself; null before its first answer. */
export type CopyState = Pick<QuestdbAuditResponse, 'source' | 'lag'> | null;

/** A copy is not followed but read again this often while somebody looks at its newest records. */
const COPY_REFRESH_MS = 5_000;
/** A search that has looked through more than this is not done again by itself. */
const REFRESHED_RECORDS = 5_000;

export interface TimelineWanted {
  /** Stable: a new one begins a new timeline. */
  matches(record: AuditRecord): boolean;
  /** Stable as well. */
  query: Omit<AuditQuery, 'limit'>;
  source: Source;
}

/** The timeline of a filter, for as long as the component shows it. */
export function useTimeline({ matches, query, source }: TimelineWanted) {
  const { rest, inspectorPath, trail } = useStudioData();
  const [copy, setCopy] = useState<CopyState>(null);
  const timeline: Timeline = useMemo(() => {
    const path = inspectorPath(source === 'live' ? '/risk/audit' : '/risk/audit/questdb');
    return createTimeline({
      trail: source === 'live' ? trail : null,
      matches,
      query,
      async read(wanted) {
        const answer = await rest<QuestdbAuditResponse>(path, { query: { ...wanted } });
        if (source === 'questdb') setCopy({ source: answer.source, lag: answer.lag });
        return answer.data;
      },
    });
  }, [rest, inspectorPath, trail, matches, query, source]);
  useEffect(() => {
    timeline.start();
    return () => timeline.stop();
  }, [timeline]);
  useEffect(() => {
    if (source === 'live') return;
    const timer = setInterval(() => {
      const { following, older, lookedBack } = timeline.get();
      if (following && older.kind !== 'reading' && lookedBack <= REFRESHED_RECORDS) void timeline.refresh();
    }, COPY_REFRESH_MS);
    return () => clearInterval(timer);
  }, [timeline, source]);
  const picture: TimelinePicture = useStore(timeline, (all) => all);
  // Another timeline follows, whatever the last one did.
  const [pausedOne, setPausedOne] = useState<Timeline | null>(null);
  return {
    timeline,
    picture,
    copy: source === 'live' ? null : copy,
    paused: pausedOne === timeline,
    setPaused: (paused: boolean) => setPausedOne(paused ? timeline : null),
  };
}
