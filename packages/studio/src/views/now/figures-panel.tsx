import type { HeadroomEntry } from '@inspector/contract';
import type { ReactNode } from 'react';
import { useExposure, useHeadroom, useKpi } from '#data/index.ts';
import { Badge, Bar, Money, Panel, Percent } from '#design/index.ts';
import { formatInUnit, formatNumber, formatReading } from '#words/format.ts';
import { nearnessOf } from '#words/headroom-order.ts';
import { nearnessLooks } from '#words/nearness-looks.ts';
import { EquitySpark } from './equity-spark.tsx';

/** The day in figures, each with the limit that bounds it. */
export function FiguresPanel() {
  const { data: kpi } = useKpi();
  const { data: limits = [] } = useHeadroom();
  const { data: exposure } = useExposure();
  const gross = sum(
    exposure?.map(({ grossNotionalUsd, reservedNotionalUsd }) => grossNotionalUsd + reservedNotionalUsd),
  );
  const open = sum(exposure?.map(({ openPositions }) => openPositions));
  const fullest = (code: string): HeadroomEntry | undefined =>
    limits.filter((entry) => entry.code === code).sort((a, b) => (b.usedPct ?? 0) - (a.usedPct ?? 0))[0];
  return (
    <Panel label="The day in figures" flush>
      <dl className="now-figures">
        <Tile
          name="Equity"
          value={<Money value={kpi?.currentEquityUsd} />}
          note={
            kpi?.equityKnown === false ? (
              <span className="is-warn">last known value</span>
            ) : (
              <>
                peak <Money value={kpi?.equityPeakUsd} unit="" />
              </>
            )
          }
          drawing={<EquitySpark />}
        />
        <Tile
          name="Result of the day"
          value={<Money value={kpi?.dailyPnlUsd} signed />}
          note={<Percent value={kpi?.dailyPnlPct} signed />}
          limit={fullest('DAILY_LOSS')}
          limitName="Daily loss"
        />
        <Tile
          name="Drawdown"
          value={<Percent value={kpi?.currentDrawdownPct} />}
          note={
            <>
              deepest today <Percent value={kpi?.maxDrawdownPct} />
            </>
          }
          limit={fullest('DRAWDOWN')}
          limitName="Drawdown"
        />
        <Tile
          name="Losses in a row"
          value={<span className="number">{kpi?.consecutiveLosses ?? '–'}</span>}
          note={kpi === undefined ? '–' : `${kpi.closedTrades} closed: ${kpi.wins} won, ${kpi.losses} lost`}
          limit={fullest('CONSECUTIVE_LOSSES')}
          limitName="Losses in a row"
        />
        <Tile
          name="Exposure"
          value={<Money value={gross} />}
          note={open === undefined ? '–' : `${open} open ${open === 1 ? 'position' : 'positions'}`}
          limit={fullest('PORTFOLIO_EXPOSURE')}
          limitName="Exposure"
        />
        <Tile
          name="Stress mode"
          value={
            kpi === undefined ? (
              '–'
            ) : (
              <Badge tone={kpi.stressModeActive ? 'alert' : 'good'} icon={kpi.stressModeActive ? 'warn' : 'check'}>
                {kpi.stressModeActive ? 'ON' : 'off'}
              </Badge>
            )
          }
          note={kpi?.stressModeActive === true ? 'spreads are wide, entries count half' : 'spreads are usual'}
        />
      </dl>
    </Panel>
  );
}

interface TileProps {
  name: string;
  value: ReactNode;
  note: ReactNode;
  limit?: HeadroomEntry | undefined;
  /** In the limit's place where nothing bounds the figure. */
  drawing?: ReactNode;
  limitName?: string;
}

function Tile({ name, value, note, limit, drawing, limitName = name }: TileProps) {
  return (
    <div className="now-tile">
      <dt>{name}</dt>
      <dd className="now-tile-value">{value}</dd>
      <dd className="now-tile-note">{note}</dd>
      <dd className={drawing === undefined ? 'now-tile-limit' : 'now-tile-drawing'}>
        {drawing}
        {limit !== undefined && (
          <>
            <Bar
              percent={limit.usedPct}
              tone={nearnessLooks[nearnessOf(limit)].tone}
              label={`${limitName}: use of the limit`}
              valueText={formatReading(limit.observed, limit.limit, limit.unit)}
            />
            <span className="faint number">
              of {limit.unit === '%' ? `${formatNumber(limit.limit)} %` : formatInUnit(limit.limit, limit.unit)}
            </span>
          </>
        )}
      </dd>
    </div>
  );
}

const sum = (values: readonly number[] | undefined): number | undefined =>
  values?.reduce((total, value) => total + value, 0);
