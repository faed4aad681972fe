import type { HeadroomEntry } from '@inspector/contract';
import { Badge, Bar, type Column } from '#design/index.ts';
import { actionLooks, codeName, scopeName } from '#words/code-names.ts';
import { formatInUnit, formatNumber, formatReading, UNKNOWN } from '#words/format.ts';
import { nearnessOf } from '#words/headroom-order.ts';
import { nearnessLooks } from '#words/nearness-looks.ts';
import { tripWords } from '#words/trip-words.ts';

type LimitColumn = Column<HeadroomEntry>;

const readingOf = ({ observed, limit, unit }: HeadroomEntry): string => formatReading(observed, limit, unit);

const useWords = ({ usedPct }: HeadroomEntry): string =>
  usedPct === null ? UNKNOWN : `${formatNumber(Math.round(usedPct))} %`;

function UseBar({ entry }: { entry: HeadroomEntry }) {
  const { code, scope, usedPct } = entry;
  return (
    <Bar
      thick
      percent={usedPct}
      tone={nearnessLooks[nearnessOf(entry)].tone}
      label={`${codeName(code)} ${scopeName(scope)}`}
      valueText={readingOf(entry)}
    />
  );
}

function Use({ entry }: { entry: HeadroomEntry }) {
  const { tone } = nearnessLooks[nearnessOf(entry)];
  return <span className={`number headroom-use tone-${tone}`}>{useWords(entry)}</span>;
}

function Then({ action }: { action: HeadroomEntry['action'] }) {
  const { name, tone, icon } = actionLooks[action];
  return (
    <Badge tone={tone} icon={icon}>
      {name}
    </Badge>
  );
}

export const wideColumns: readonly LimitColumn[] = [
  {
    id: 'limit',
    header: 'Limit',
    width: 'minmax(196px, 1.2fr)',
    cell: ({ code, scope }) => (
      <>
        <span className="headroom-name">{codeName(code)}</span> <span className="faint">{scopeName(scope)}</span>
      </>
    ),
    sortValue: ({ code, scope }) => `${codeName(code)} ${scope}`,
  },
  {
    id: 'use',
    header: 'Use',
    width: 'minmax(80px, 1.8fr)',
    cell: (entry) => <UseBar entry={entry} />,
  },
  {
    id: 'percent',
    header: '%',
    width: '52px',
    align: 'end',
    cell: (entry) => <Use entry={entry} />,
    sortValue: ({ usedPct }) => usedPct,
  },
  {
    id: 'reading',
    header: 'Reading of limit',
    width: 'minmax(158px, 0.9fr)',
    align: 'end',
    cell: (entry) => <span className="number">{readingOf(entry)}</span>,
  },
  {
    id: 'left',
    header: 'Left',
    width: 'minmax(84px, 0.7fr)',
    align: 'end',
    cell: ({ distance, unit }) => (
      <span className="number">{distance !== null && distance <= 0 ? 'none' : formatInUnit(distance, unit)}</span>
    ),
  },
  {
    id: 'trip',
    header: 'Time to trip',
    width: '88px',
    align: 'end',
    cell: (entry) => <span className="number soft">{tripWords(entry)}</span>,
    sortValue: ({ timeToTripSec }) => timeToTripSec,
  },
  { id: 'then', header: 'Then', width: '106px', cell: ({ action }) => <Then action={action} /> },
];

export const narrowColumns: readonly LimitColumn[] = [
  {
    id: 'limit',
    header: 'Limit, reading and use',
    width: 'minmax(0, 1fr)',
    cell: (entry) => (
      <div className="headroom-card">
        <span className="headroom-card-name">
          {codeName(entry.code)} <span className="faint">{scopeName(entry.scope)}</span>
        </span>
        <Use entry={entry} />
        <UseBar entry={entry} />
        <span className="number soft">{readingOf(entry)}</span>
        <span className="number faint">{tripWords(entry)}</span>
      </div>
    ),
  },
];
