import type { HeadroomEntry } from '@inspector/contract';
import { useMemo } from 'react';
import { useHeadroom } from '#data/index.ts';
import { Badge, EmptyState, ErrorState, Panel, Table, useMedia, Waiting } from '#design/index.ts';
import { goTo, routeTo, useRoute } from '#page/route.ts';
import { type Nearness, nearnessOf, sortHeadroom } from '#words/headroom-order.ts';
import { nearnessLooks } from '#words/nearness-looks.ts';
import { narrowColumns, wideColumns } from './columns.tsx';
import { LimitDetail } from './limit-detail.tsx';
import { LimitsOffPanel } from './limits-off-panel.tsx';
import './headroom.css';

const keyOf = ({ code, scope }: HeadroomEntry): string => `${code} ${scope}`;

const counted: readonly Nearness[] = ['reached', 'near', 'watch', 'unknown'];

/** Every limit with its use, the nearest first, and how the chosen one comes about. */
export function HeadroomView() {
  const { data, error, refetch } = useHeadroom();
  const isWide = useMedia('(width >= 1180px)');
  const isNarrow = useMedia('(width < 960px)');
  const { params } = useRoute();
  const limits = useMemo(() => sortHeadroom(data ?? []), [data]);
  const asked = params.code === undefined ? undefined : `${params.code} ${params.scope}`;
  const selected = limits.find((entry) => keyOf(entry) === asked) ?? (isWide ? limits[0] : undefined);
  const choose = ({ code, scope }: HeadroomEntry) => goTo(routeTo('headroom', { code, scope }), { replace: isWide });

  if (data === undefined) {
    return error === null ? (
      <Waiting height="100%" label="Limits" />
    ) : (
      <Panel title="Limits">
        <ErrorState title="Limits cannot be read" error={error} onRetry={() => void refetch()} />
      </Panel>
    );
  }
  return (
    <div className="headroom">
      <div className="headroom-lists">
        <Panel title="Limits" note={`${limits.length}, the nearest first`} actions={<Counts limits={limits} />} flush>
          <Table
            key={isNarrow ? 'narrow' : 'wide'}
            label="Limits, the nearest first"
            rows={limits}
            columns={isNarrow ? narrowColumns : wideColumns}
            rowKey={keyOf}
            rowHeight={isNarrow ? 66 : 42}
            {...(isNarrow ? {} : { minWidth: 830 })}
            onRowPress={choose}
            selectedKey={selected === undefined ? null : keyOf(selected)}
            empty={<EmptyState title="No limit is set">Every limit that the options switch on stands here.</EmptyState>}
          />
        </Panel>
        <LimitsOffPanel />
      </div>
      {selected !== undefined && (
        <LimitDetail entry={selected} onClose={isWide ? null : () => goTo(routeTo('headroom'))} />
      )}
    </div>
  );
}

function Counts({ limits }: { limits: readonly HeadroomEntry[] }) {
  return counted.map((nearness) => {
    const count = limits.filter((entry) => nearnessOf(entry) === nearness).length;
    if (count === 0) return null;
    const { tone, word } = nearnessLooks[nearness];
    return (
      <Badge key={nearness} tone={tone}>
        {count} {word}
      </Badge>
    );
  });
}
