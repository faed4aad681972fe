import type { PositionRuntimeState } from '@inspector/contract';
import { usePositionValue } from '#data/index.ts';
import { Money, Percent, Time } from '#design/index.ts';
import { codeName } from '#words/code-names.ts';
import { PositionActions } from './position-actions.tsx';
import { Price } from './position-cells.tsx';
import { PositionChart } from './position-chart.tsx';
import { PositionEvents } from './position-events-list.tsx';
import { PositionFacts } from './position-facts.tsx';
import type { ClosedRecord } from './position-place.tsx';
import { usePositionEvents } from './use-position-events.ts';

interface PanelProps {
  position: PositionRuntimeState;
  /** False: it has closed while it was shown, or is being read. */
  isOpen: boolean;
  closed: ClosedRecord | undefined;
}

/** One position: result, actions, chart, all that protects it, and what happened to it. */
export function PositionPanel({ position, isOpen, closed }: PanelProps) {
  const events = usePositionEvents(position);
  return (
    <div className="positions-detail">
      {isOpen ? <OpenResult position={position} /> : <ClosedResult position={position} closed={closed} />}
      {isOpen && <PositionActions position={position} />}
      <PositionChart position={position} isOpen={isOpen} events={events.events} />
      <PositionFacts position={position} isOpen={isOpen} />
      <PositionEvents {...events} />
    </div>
  );
}

function OpenResult({ position }: { position: PositionRuntimeState }) {
  const { unrealizedPnlUsd, unrealizedPnlPct, markPrice } = usePositionValue(position);
  return (
    <p className="positions-result">
      <span className="positions-result-figure">
        <Money value={unrealizedPnlUsd} signed />
      </span>
      <Percent value={unrealizedPnlPct} signed />
      <span className="positions-result-mark">
        <span className="faint">mark </span>
        <Price position={position} value={markPrice} />
      </span>
    </p>
  );
}

function ClosedResult({ position, closed }: { position: PositionRuntimeState; closed: ClosedRecord | undefined }) {
  if (closed === undefined) {
    return (
      <p className="positions-result" role="status">
        No longer open. What is shown is the last that was read.
      </p>
    );
  }
  const { realizedPnlUsd, exitPrice, feesUsd } = closed.data;
  return (
    <p className="positions-result" role="status">
      <span className="positions-result-figure">
        <Money value={realizedPnlUsd} signed />
      </span>
      <span>
        Closed <Time ts={closed.ts} />: {codeName(closed.code).toLowerCase()} at{' '}
        <Price position={position} value={exitPrice} />, fees <Money value={feesUsd} />
      </span>
    </p>
  );
}
