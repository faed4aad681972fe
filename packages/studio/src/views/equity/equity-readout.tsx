import type { EquityPoint, KpiSnapshot } from '@inspector/contract';
import type { ReactNode } from 'react';
import { Money, Panel, Percent } from '#design/index.ts';
import { formatWhen, UNKNOWN } from '#words/format.ts';
import { sentenceCase } from '#words/sentence-case.ts';
import { summaryOf } from './equity-points.ts';
import type { EquityRange } from './equity-range.ts';
import { highestOf, stretchWords } from './equity-stretch.ts';

interface ReadoutProps {
  /** Under the pointer, or the newest. */
  point: EquityPoint | undefined;
  isPointed: boolean;
  points: readonly EquityPoint[];
  range: EquityRange;
  /** Of the account, for where its day began and its peak. */
  kpi: KpiSnapshot | undefined;
}

/** What the chart shows at the pointer, in text; and what the whole stretch comes to. */
export function EquityReadout({ point, isPointed, points, range, kpi }: ReadoutProps) {
  const summary = summaryOf(points);
  const first = points[0];
  const highestUsd =
    summary === undefined || first === undefined ? undefined : highestOf(summary, first, kpi?.equityPeakUsd);
  return (
    <Panel title={isPointed ? 'At the pointer' : 'Newest point'} className="equity-readout">
      <dl className="equity-pairs">
        <Pair name="Time">
          <span className="number">{point === undefined ? UNKNOWN : formatWhen(point.ts)}</span>
        </Pair>
        <Pair name="Equity">
          <Money value={point?.equityUsd} />
        </Pair>
        <Pair name="Drawdown">
          <Percent value={point?.drawdownPct} />
        </Pair>
        <Pair name="Day">
          <Money value={point?.dailyPnlUsd} signed /> <Percent value={point?.dailyPnlPct} signed />
        </Pair>
        <Pair name="Exposure">
          <Money value={point?.exposureUsd} />
        </Pair>
      </dl>
      <h3 className="equity-heading">{sentenceCase(stretchWords(range, summary, kpi))}</h3>
      <dl className="equity-pairs">
        <Pair name="Change">
          <Money value={summary?.changeUsd} signed />
        </Pair>
        <Pair name="Highest">
          <Money value={highestUsd} />
        </Pair>
        <Pair name="Lowest">
          <Money value={summary?.lowestUsd} />
        </Pair>
        <Pair name="Deepest drawdown">
          <Percent value={summary?.deepestDrawdownPct} />
        </Pair>
      </dl>
    </Panel>
  );
}

function Pair({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
