import type { KpiSnapshot } from '@inspector/contract';
import type { ReactNode } from 'react';
import { Money, Percent } from '#design/index.ts';

/** The account as it stands now. Its place is there before the first answer. */
export function EquityFigures({ kpi }: { kpi: KpiSnapshot | undefined }) {
  return (
    <dl className="equity-figures">
      <Entry name="Equity" note={kpi?.equityKnown === false ? <span className="is-warn">last known</span> : null}>
        <Money value={kpi?.currentEquityUsd} />
      </Entry>
      <Entry name="Day" note={<Percent value={kpi?.dailyPnlPct} signed />}>
        <Money value={kpi?.dailyPnlUsd} signed />
      </Entry>
      <Entry
        name="Drawdown"
        note={
          <>
            of peak <Money value={kpi?.equityPeakUsd} />
          </>
        }
      >
        <Percent value={kpi?.currentDrawdownPct} />
      </Entry>
      <Entry name="Deepest today" note={null}>
        <Percent value={kpi?.maxDrawdownPct} />
      </Entry>
      <Entry name="Day began at" note={kpi?.day ?? null}>
        <Money value={kpi?.dayStartEquityUsd} />
      </Entry>
      <Entry
        name="Trades today"
        note={kpi === undefined ? null : `${kpi.wins} won, ${kpi.losses} lost, ${kpi.consecutiveLosses} lost in a row`}
      >
        <span className="number">{kpi?.closedTrades ?? '–'}</span>
      </Entry>
    </dl>
  );
}

function Entry({ name, note, children }: { name: string; note: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="equity-value">{children}</dd>
      <dd className="equity-sub">{note}</dd>
    </div>
  );
}
