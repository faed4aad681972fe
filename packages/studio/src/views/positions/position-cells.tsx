import type { PositionRuntimeState } from '@inspector/contract';
import { usePositionValue, useTickSize } from '#data/index.ts';
import { Badge, Duration, Figure, Icon, Money, Percent } from '#design/index.ts';
import { formatDuration, formatPrice, formatQuantity } from '#words/format.ts';
import { stopOrigin, stopOriginNames } from '#words/stop-origin.ts';
import { useMoment } from './moment.tsx';
import { protectionLook } from './protection-look.ts';

interface CellProps {
  position: PositionRuntimeState;
}

/** LONG or SHORT, as a word with an arrow. */
export function SideMark({ side }: Pick<PositionRuntimeState, 'side'>) {
  return (
    <span className={side === 'LONG' ? 'positions-side number-up' : 'positions-side number-down'}>
      <Icon name={side === 'LONG' ? 'up' : 'down'} size={10} />
      {side === 'LONG' ? 'Long' : 'Short'}
    </span>
  );
}

export function SymbolCell({ position, isShort }: CellProps & { isShort: boolean }) {
  const { symbol, side, leverage, detectorSysname, accountKey } = position;
  return (
    <div className="table-pair">
      <span className="positions-symbol">
        {symbol}
        {!isShort && <StatusMarks position={position} />}
      </span>
      <span className="positions-sub">
        <SideMark side={side} />
        {leverage !== null && <span className="number">{leverage}×</span>}
        {isShort ? (
          position.status === 'closing' && <span className="is-warn">closing</span>
        ) : (
          <span className="positions-clip">{detectorSysname ?? accountKey}</span>
        )}
      </span>
    </div>
  );
}

function StatusMarks({ position: { status, ownership } }: CellProps) {
  return (
    <>
      {status === 'closing' && <Badge tone="warn">closing</Badge>}
      {ownership === 'legacy' && <Badge tone="violet">legacy</Badge>}
    </>
  );
}

export function SizeCell({ position }: CellProps) {
  const { notionalUsd } = usePositionValue(position);
  return (
    <div className="table-pair">
      <Figure>{formatQuantity(position.quantity)}</Figure>
      <span className="positions-sub">
        <Money value={notionalUsd} />
      </span>
    </div>
  );
}

/** A price with the digits of its venue. */
export function Price({ position, value }: CellProps & { value: number | null }) {
  return <Figure>{formatPrice(value, useTickSize(position))}</Figure>;
}

export function MarkCell({ position, isStale }: CellProps & { isStale: boolean }) {
  const { markPrice } = usePositionValue(position);
  return (
    <div className="table-pair">
      <Price position={position} value={markPrice} />
      <span className="positions-sub">
        {isStale ? (
          <span className="is-warn">stale</span>
        ) : (
          <span title="Entry price">
            <Price position={position} value={position.entryPrice} />
          </span>
        )}
      </span>
    </div>
  );
}

export function PnlCell({ position }: CellProps) {
  const { unrealizedPnlUsd, unrealizedPnlPct } = usePositionValue(position);
  return (
    <div className="table-pair positions-pnl">
      <Money value={unrealizedPnlUsd} signed unit="" />
      <span className="positions-sub">
        <Percent value={unrealizedPnlPct} signed />
      </span>
    </div>
  );
}

export function StopCell({ position }: CellProps) {
  const { stopDistancePct } = usePositionValue(position);
  const origin = stopOrigin(position);
  if (origin === 'none')
    return <span className="faint">{position.ownership === 'legacy' ? 'not managed' : 'none'}</span>;
  return (
    <div className="table-pair">
      <Price position={position} value={position.stopLoss} />
      <span className="positions-sub">
        {origin !== 'fixed' && <span className="positions-origin">{stopOriginNames[origin]}</span>}
        <Percent value={stopDistancePct} />
      </span>
    </div>
  );
}

export function RiskCell({ position }: CellProps) {
  const { riskUsd, riskBudgetUsd, stopLoss } = position;
  if (stopLoss === null) {
    return (
      <div className="table-pair">
        <span className={position.ownership === 'legacy' ? 'is-warn' : ''}>not bounded</span>
        <span className="positions-sub">no stop</span>
      </div>
    );
  }
  return (
    <div className="table-pair">
      <Money value={riskUsd} unit="" />
      <span className="positions-sub">
        {riskBudgetUsd === null ? (
          'no budget known'
        ) : (
          <>
            of <Money value={riskBudgetUsd} unit="" />
          </>
        )}
      </span>
    </div>
  );
}

/** State in a word with a sign; what is naked, and for how long, ticking. */
export function ProtectionCell({ position }: CellProps) {
  const look = protectionLook(position);
  return (
    <div className="table-pair">
      <span className={`positions-protection tone-${look.tone}`}>
        <Icon name={look.icon} size={13} />
        {look.name}
      </span>
      <span className="positions-sub">
        <NakedText position={position} />
      </span>
    </div>
  );
}

/** `0.5 naked for 4 s`; nothing where a stop covers it all or none is wanted. */
export function NakedText({ position: { protection, ownership } }: CellProps) {
  const now = useMoment();
  const { nakedQuantity, nakedSince, coveredQuantity, state } = protection;
  if (ownership === 'legacy') return null;
  if (nakedQuantity > 0) {
    return (
      <span className="is-bad number">
        {formatQuantity(nakedQuantity)} naked
        {nakedSince !== null && ` ${formatDuration(Math.max(0, now - nakedSince))}`}
      </span>
    );
  }
  return state === 'none' ? null : <span className="number">{formatQuantity(coveredQuantity)} covered</span>;
}

export function HeldCell({ position: { entryTime, maxHoldSeconds } }: CellProps) {
  const held = Math.max(0, useMoment() - entryTime);
  const isNear = maxHoldSeconds > 0 && held >= maxHoldSeconds * 900;
  return (
    <div className="table-pair">
      <Duration ms={held} />
      <span className={isNear ? 'positions-sub is-warn' : 'positions-sub'}>
        {maxHoldSeconds > 0 ? <>of {formatDuration(maxHoldSeconds * 1000)}</> : 'no limit'}
      </span>
    </div>
  );
}
