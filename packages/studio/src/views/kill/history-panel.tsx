import type { AuditRecord } from '@inspector/contract';
import { useMemo, useState } from 'react';
import { useAudit, useNewestRecords } from '#data/index.ts';
import {
  Badge,
  type Column,
  Duration,
  EmptyState,
  ErrorState,
  Panel,
  Table,
  Time,
  type Tone,
  Waiting,
} from '#design/index.ts';
import { scopeWords } from '#kill-dialog/kill-scope.ts';
import { IncidentDialog } from './incident-dialog.tsx';
import { type IncidentSummary, incidentsOf } from './incident-list.ts';

/** Records of phases that are read: some hundred incidents. */
const RECORDS = 1_000;

const isKill = ({ kind }: AuditRecord): boolean => kind === 'KILL_SWITCH';
const query = { kind: 'KILL_SWITCH', limit: RECORDS } as const;

const phaseTones: Readonly<Record<string, Tone>> = { REARMED: 'good', VERIFIED_FLAT: 'violet', STUCK: 'bad' };

const columns: readonly Column<IncidentSummary>[] = [
  {
    id: 'when',
    header: 'Triggered',
    width: '112px',
    cell: ({ triggeredAt }) => <Time ts={triggeredAt} />,
    sortValue: ({ triggeredAt }) => triggeredAt,
  },
  {
    id: 'scope',
    header: 'Scope',
    width: 'minmax(130px, 1fr)',
    cell: ({ scopes }) => scopes.map(scopeWords).join(', '),
  },
  { id: 'actor', header: 'By', width: '110px', cell: ({ actor }) => actor, sortValue: ({ actor }) => actor },
  {
    id: 'reason',
    header: 'Reason',
    width: 'minmax(140px, 2fr)',
    cell: ({ reason }) => <span className="soft">{reason}</span>,
  },
  {
    id: 'flat',
    header: 'To flat',
    width: '92px',
    align: 'end',
    cell: ({ flatMs }) => <Duration ms={flatMs} />,
    sortValue: ({ flatMs }) => flatMs,
  },
  {
    id: 'state',
    header: 'State',
    width: '150px',
    cell: ({ phase, wasStuck }) => (
      <>
        <Badge tone={phaseTones[phase] ?? 'bad'}>{phase.replaceAll('_', ' ')}</Badge>{' '}
        {wasStuck && phase !== 'STUCK' && <span className="is-warn">was stuck</span>}
      </>
    ),
  },
];

/** Every kill on record, the newest first; each opens its report. */
export function HistoryPanel() {
  const { data, error, refetch } = useAudit(query);
  const live = useNewestRecords(isKill, RECORDS);
  const incidents = useMemo(() => incidentsOf([...(data?.data ?? []), ...live]), [data, live]);
  const [opened, setOpened] = useState<string | null>(null);
  const isRead = data !== undefined;
  return (
    <Panel
      title="Incidents"
      note={isRead && incidents.length > 0 ? `${incidents.length} on record` : undefined}
      className="kill-history"
      flush
    >
      {!isRead && error === null ? (
        <Waiting height={120} label="Reading the incidents" />
      ) : !isRead && error !== null ? (
        <ErrorState title="The incidents cannot be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Table
          label="Incidents of the kill switch"
          rows={incidents}
          columns={columns}
          rowKey={({ incidentId }) => incidentId}
          minWidth={760}
          fitted
          sortedBy={{ column: 'when', descending: true }}
          onRowPress={({ incidentId }) => setOpened(incidentId)}
          empty={
            <EmptyState icon="history" title="The kill switch was never tripped">
              Each kill will stand here with its report. <code>inspector drill</code> tries the sequence on the paper
              venue.
            </EmptyState>
          }
        />
      )}
      {opened !== null && <IncidentDialog incidentId={opened} onClose={() => setOpened(null)} />}
    </Panel>
  );
}
