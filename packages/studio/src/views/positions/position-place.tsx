import type { AuditRecord, AuditRecordOf, PositionRuntimeState } from '@inspector/contract';
import { useCallback, useRef } from 'react';
import { useNewestRecords, usePositions } from '#data/index.ts';
import { EmptyState, SidePlace, Waiting } from '#design/index.ts';
import { SideMark } from './position-cells.tsx';
import { PositionPanel } from './position-panel.tsx';

interface PlaceProps {
  id: string | undefined;
  onClose(): void;
}

/** The chosen position: beside the table where there is room, above the page where there is not. */
export function PositionPlace({ id, onClose }: PlaceProps) {
  const { data: positions, isPending } = usePositions('all');
  const found = positions?.find(({ positionId }) => positionId === id);
  const closed = useClosed(id);
  const last = useRef<PositionRuntimeState | undefined>(undefined);
  if (found !== undefined) last.current = found;
  if (last.current?.positionId !== id) last.current = undefined;
  const position = found ?? closed?.data ?? last.current;
  if (id === undefined) return null;
  const title =
    position === undefined ? (
      'Position'
    ) : (
      <span className="positions-panel-title">
        {position.symbol} <SideMark side={position.side} />
      </span>
    );
  return (
    <SidePlace
      title={title}
      label={position === undefined ? 'Position' : `${position.symbol} ${position.side}`}
      flush
      onClose={onClose}
    >
      {position === undefined ? (
        <Missing isPending={isPending} />
      ) : (
        <PositionPanel key={id} position={position} isOpen={found !== undefined} closed={closed} />
      )}
    </SidePlace>
  );
}

function Missing({ isPending }: { isPending: boolean }) {
  if (isPending) return <Waiting height={240} label="Position" />;
  return (
    <EmptyState title="There is no open position of that id">
      It has closed, or was one of another account. Its records are in the audit.
    </EmptyState>
  );
}

export type ClosedRecord = AuditRecordOf<'POSITION_CLOSED'>;

/** How the position ended, once it has. */
function useClosed(id: string | undefined): ClosedRecord | undefined {
  const passes = useCallback(
    ({ kind, positionId }: AuditRecord) => kind === 'POSITION_CLOSED' && positionId === id,
    [id],
  );
  return useNewestRecords(passes, 1)[0] as ClosedRecord | undefined;
}
