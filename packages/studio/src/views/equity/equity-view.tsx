import type { EquityPoint } from '@inspector/contract';
import { useMemo, useState } from 'react';
import { useExposure, useHeadroom, useKpi } from '#data/index.ts';
import { Choice, EmptyState, ErrorState, Panel, Waiting } from '#design/index.ts';
import { goTo, routeTo, useRoute } from '#page/route.ts';
import { formatMoment, formatMoney, formatPercent } from '#words/format.ts';
import './equity.css';
import { EquityChart } from './equity-chart.tsx';
import { EquityFigures } from './equity-figures.tsx';
import { chartMarks, type EquityMark } from './equity-marks.ts';
import { EquityMarks } from './equity-marks-list.tsx';
import { pointsUntilNow, summaryOf } from './equity-points.ts';
import { type EquityRange, equityRanges, isEquityRange, rangeNames } from './equity-range.ts';
import { EquityReadout } from './equity-readout.tsx';
import { EquityTable } from './equity-table.tsx';
import { useEquity, useEquityMarks } from './use-equity.ts';

/** Equity and drawdown of an account over time, with trips, locks and kills; as a chart and as a table. */
export function EquityView() {
  const { params } = useRoute();
  const range = isEquityRange(params.range) ? params.range : 'day';
  const { data: exposure, error, isPending, refetch } = useExposure();
  const accounts = exposure?.map(({ accountKey }) => accountKey) ?? [];
  const accountKey = accounts.find((key) => key === params.account) ?? accounts[0];
  if (accountKey === undefined) {
    if (isPending) return <Waiting height="100%" label="Equity" />;
    return (
      <Panel title="Equity">
        {error === null ? (
          <EmptyState icon="equity" title="No account is known yet">
            Equity appears with the first word of a venue about an account.
          </EmptyState>
        ) : (
          <ErrorState title="The accounts cannot be read" error={error} onRetry={() => void refetch()} />
        )}
      </Panel>
    );
  }
  return <AccountEquity key={accountKey} accountKey={accountKey} accounts={accounts} range={range} />;
}

interface AccountEquityProps {
  accountKey: string;
  accounts: readonly string[];
  range: EquityRange;
}

type Shape = 'chart' | 'table';

function AccountEquity({ accountKey, accounts, range }: AccountEquityProps) {
  const [shape, setShape] = useState<Shape>('chart');
  const [pointedTs, setPointedTs] = useState<number | null>(null);
  const { data: kpi } = useKpi(accountKey);
  const answer = useEquity(accountKey, range);
  const marks = useEquityMarks(accountKey, range);
  const points = useMemo(
    () => (answer.data === undefined ? [] : pointsUntilNow(answer.data, accountKey, kpi)),
    [answer.data, accountKey, kpi],
  );
  const show = (next: { range?: string; account?: string }): void =>
    goTo(routeTo('equity', { range, account: accountKey, ...next }), { replace: true });
  const pointed = pointedTs === null ? undefined : points.find(({ ts }) => Math.floor(ts / 1000) * 1000 === pointedTs);
  return (
    <div className="equity">
      <EquityFigures kpi={kpi} />
      <Panel
        title="Equity and drawdown"
        note={accounts.length === 1 ? accountKey : undefined}
        flush
        className="equity-main"
        actions={
          <>
            {accounts.length > 1 && (
              <select
                className="field-input equity-account"
                aria-label="Account"
                value={accountKey}
                onChange={(event) => show({ account: event.target.value })}
              >
                {accounts.map((key) => (
                  <option key={key}>{key}</option>
                ))}
              </select>
            )}
            <Choice
              label="Range"
              value={range}
              onChange={(value) => show({ range: value })}
              options={equityRanges.map((value) => ({ value, label: rangeNames[value].short }))}
            />
            <Choice
              label="Shown as"
              value={shape}
              onChange={setShape}
              options={[
                { value: 'chart', label: 'Chart' },
                { value: 'table', label: 'Table' },
              ]}
            />
          </>
        }
      >
        <EquityBody
          range={range}
          shape={shape}
          points={points}
          marks={marks}
          accountKey={accountKey}
          answer={answer}
          onPoint={setPointedTs}
        />
      </Panel>
      <EquityReadout
        point={pointed ?? points.at(-1)}
        isPointed={pointed !== undefined}
        points={points}
        range={range}
        kpi={kpi}
      />
      <EquityMarks marks={marks} />
    </div>
  );
}

interface BodyProps {
  range: EquityRange;
  shape: Shape;
  points: readonly EquityPoint[];
  marks: readonly EquityMark[];
  accountKey: string;
  answer: ReturnType<typeof useEquity>;
  onPoint(ts: number | null): void;
}

function EquityBody({ range, shape, points, marks, accountKey, answer, onPoint }: BodyProps) {
  const drawdownLimitPct = useDrawdownLimit(accountKey);
  const fromTs = points[0]?.ts ?? 0;
  const toTs = points.at(-1)?.ts ?? 0;
  const markers = useMemo(() => chartMarks(marks, fromTs, toTs), [marks, fromTs, toTs]);
  if (answer.data === undefined) {
    if (answer.error !== null) {
      return <ErrorState title="Equity cannot be read" error={answer.error} onRetry={() => void answer.refetch()} />;
    }
    return <Waiting height="100%" label="Equity" />;
  }
  if (points.length === 0) {
    return (
      <EmptyState icon="equity" title="No equity is kept of this stretch">
        A point is kept whenever the account’s equity is known and has changed.
      </EmptyState>
    );
  }
  if (shape === 'table') return <EquityTable points={points} />;
  return (
    <EquityChart
      key={range}
      label={chartLabel(points, marks.length)}
      points={points}
      markers={markers}
      drawdownLimitPct={drawdownLimitPct}
      onPoint={onPoint}
    />
  );
}

function useDrawdownLimit(accountKey: string): number | null {
  const { data: headroom } = useHeadroom();
  const entry = headroom?.find(({ code, scope }) => code === 'DRAWDOWN' && scope === `account:${accountKey}`);
  return entry !== undefined && entry.limit > 0 ? entry.limit : null;
}

function chartLabel(points: readonly EquityPoint[], marks: number): string {
  const summary = summaryOf(points);
  if (summary === undefined) return 'Equity and drawdown';
  const { fromTs, toTs, firstUsd, lastUsd, lowestUsd, highestUsd, deepestDrawdownPct } = summary;
  return `Equity from ${formatMoment(fromTs)} to ${formatMoment(toTs)}: ${formatMoney(firstUsd)} to ${formatMoney(lastUsd)} USD, lowest ${formatMoney(lowestUsd)}, highest ${formatMoney(highestUsd)}; deepest drawdown ${formatPercent(deepestDrawdownPct)} %. ${marks} trips and changes are listed beside it; the table has the same figures.`;
}
