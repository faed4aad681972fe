import type { AuditRecord } from '@inspector/contract';
import { LiveCandles } from '#candles/live-candles.tsx';
import { EmptyState, SidePlace, Time } from '#design/index.ts';
import { routeTo } from '#page/route.ts';
import { formatDuration, formatPrice } from '#words/format.ts';
import { PriceCell } from './market-cells.tsx';
import { isMarketKind, isOfMarket, type MarketKind } from './market-conditions.ts';
import type { MarketRow } from './market-rows.ts';
import { regimeLooks } from './market-words.ts';

/** Events listed of one symbol; the audit has the rest. */
const LISTED_EVENTS = 40;

interface PlaceProps {
  row: MarketRow;
  /** Newest first, of all markets. */
  records: readonly AuditRecord[];
  onClose(): void;
}

/** One market with its candles and what was recorded of its data. */
export function MarketPlace({ row, records, onClose }: PlaceProps) {
  return (
    <SidePlace title={row.symbol} note={`${row.connectorType} ${row.marketType}`} flush onClose={onClose}>
      <MarketDetail row={row} records={records} />
    </SidePlace>
  );
}

const noLines: readonly never[] = [];

function MarketDetail({ row, records }: Pick<PlaceProps, 'row' | 'records'>) {
  const own = records.filter((record) => isOfMarket(record, row.key)).slice(0, LISTED_EVENTS);
  return (
    <>
      <p className="market-figures">
        <span className="market-figure">
          <PriceCell row={row} />
        </span>
        <span className="soft number">
          {row.price?.source ?? 'no price'}, {formatDuration(row.price?.ageMs)} old
        </span>
      </p>
      <LiveCandles key={row.key} market={row} label={`Candles of ${row.symbol}`} lines={noLines} events={noLines} />
      <section className="side-place-section" aria-label="Recorded of this market">
        <h3 className="side-place-heading">Recorded of this market</h3>
        {own.length === 0 ? (
          <EmptyState icon="check" title="Nothing was recorded in the last day">
            Changes of regime, outliers, gaps, volatility spikes and thin books would stand here.
          </EmptyState>
        ) : (
          <ol className="market-records">
            {own.map((record) => (
              <li key={record.seq}>
                <Time ts={record.ts} />
                <a href={routeTo('audit', { seq: String(record.seq) })}>{recordTitle(record)}</a>
                <span className="soft">{recordText(record)}</span>
              </li>
            ))}
          </ol>
        )}
      </section>
    </>
  );
}

const titles: Readonly<Record<MarketKind, string>> = {
  REGIME_CHANGED: 'Regime',
  DATA_OUTLIER: 'Outlier refused',
  DATA_GAP: 'Gap',
  VOLATILITY_SPIKE: 'Volatility spike',
  LIQUIDITY_DROPPED: 'Thin book',
};

const recordTitle = ({ kind, code }: AuditRecord): string => (isMarketKind(kind) ? titles[kind] : code);

function recordText({ kind, data, message }: AuditRecord): string {
  if (kind === 'REGIME_CHANGED') {
    const { regime } = data as { regime?: keyof typeof regimeLooks };
    return regime === undefined ? message : regimeLooks[regime].name;
  }
  if (kind === 'DATA_OUTLIER') {
    const { price, reference } = data as { price?: number | null; reference?: number | null };
    return `${formatPrice(price)} against ${formatPrice(reference)}`;
  }
  return message;
}
