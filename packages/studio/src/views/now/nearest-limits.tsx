import { useMemo } from 'react';
import { useHeadroom } from '#data/index.ts';
import { Bar, EmptyState, ErrorState, Panel, Waiting } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { codeName, scopeName } from '#words/code-names.ts';
import { formatReading } from '#words/format.ts';
import { nearnessOf, sortHeadroom } from '#words/headroom-order.ts';
import { nearnessLooks } from '#words/nearness-looks.ts';
import { tripBeside } from '#words/trip-words.ts';

const SHOWN_LIMITS = 4;

/** The limits that will be met first. */
export function NearestLimits() {
  const { data, error, refetch } = useHeadroom();
  const nearest = useMemo(() => sortHeadroom(data ?? []).slice(0, SHOWN_LIMITS), [data]);
  return (
    <Panel title="Nearest limits" actions={<a href={routeTo('headroom')}>All limits</a>} scrolling>
      {data === undefined ? (
        error === null ? (
          <Waiting height={150} label="Limits" />
        ) : (
          <ErrorState title="Limits cannot be read" error={error} onRetry={() => void refetch()} />
        )
      ) : nearest.length === 0 ? (
        <EmptyState title="No limit is set">Options set them.</EmptyState>
      ) : (
        <ul className="now-limits">
          {nearest.map((entry) => {
            const { code, scope, observed, limit, unit, usedPct } = entry;
            const reading = formatReading(observed, limit, unit);
            return (
              <li key={`${code} ${scope}`}>
                <a className="now-limit" href={routeTo('headroom', { code, scope })}>
                  <span className="now-limit-name">
                    {codeName(code)} <span className="faint">{scopeName(scope)}</span>
                  </span>
                  <span className="now-limit-reading number soft">
                    {reading}
                    {tripBeside(entry)}
                  </span>
                  <Bar
                    percent={usedPct}
                    tone={nearnessLooks[nearnessOf(entry)].tone}
                    label={`${codeName(code)} ${scopeName(scope)}`}
                    valueText={reading}
                  />
                </a>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
