import { useLivePrice, useTickSize } from '#data/index.ts';
import { Badge, Figure, Icon, Percent, toneClass } from '#design/index.ts';
import { formatDuration, formatMoney, formatPrice, formatShort } from '#words/format.ts';
import { countedKinds } from './market-conditions.ts';
import { isStale, type MarketRow } from './market-rows.ts';
import { kindNames, regimeLooks, sourceNames } from './market-words.ts';

interface CellProps {
  row: MarketRow;
}

export function SymbolCell({ row: { symbol, connectorType, marketType } }: CellProps) {
  return (
    <div className="table-pair">
      <span className="market-symbol">{symbol}</span>
      <span className="market-sub">
        {connectorType} {marketType}
      </span>
    </div>
  );
}

/** The mark as it moves where the mark values the symbol, else what does. */
export function PriceCell({ row }: CellProps) {
  const live = useLivePrice(row.key);
  const tickSize = useTickSize(row);
  const { price } = row;
  const isLive = live !== undefined && price?.source === 'mark' && live.ts >= (price.ts ?? 0);
  return (
    <span className="market-price">
      <Figure>{formatPrice(isLive ? live.price : price?.price, tickSize)}</Figure>
    </span>
  );
}

/** What the price comes from and how old it is; a stale one is named. */
export function SourceCell({ row }: CellProps) {
  const { price } = row;
  const source = price?.source ?? null;
  return (
    <div className="table-pair">
      <span>{source === null ? <span className="is-bad">no price</span> : sourceNames[source]}</span>
      <span className="market-sub">
        {isStale(row) ? (
          <span className="is-warn number">
            <Icon name="clock" size={11} /> stale, {formatDuration(price?.ageMs)}
          </span>
        ) : (
          <span className="number">{formatDuration(price?.ageMs)}</span>
        )}
      </span>
    </div>
  );
}

export function SpreadCell({ row: { book } }: CellProps) {
  return <Percent value={book?.spreadPct} digits={3} />;
}

export function BookCell({ row }: CellProps) {
  const tickSize = useTickSize(row);
  const bid = row.book?.bestBid ?? row.price?.bestBid;
  const ask = row.book?.bestAsk ?? row.price?.bestAsk;
  return (
    <div className="table-pair">
      <Figure>{formatPrice(ask, tickSize)}</Figure>
      <span className="market-sub">
        <Figure>{formatPrice(bid, tickSize)}</Figure>
      </span>
    </div>
  );
}

export function DepthCell({ row: { book } }: CellProps) {
  return <Figure unit="USD">{formatShort(book?.topDepthUsd)}</Figure>;
}

/** Which side of the top of the book is heavier, as a figure and as a bar from the middle. */
export function ImbalanceCell({ row: { book } }: CellProps) {
  const imbalance = book?.imbalance ?? null;
  return (
    <div className="market-imbalance">
      <Figure direction={imbalance}>{formatMoney(imbalance, { sign: true })}</Figure>
      <span className="market-imbalance-bar" aria-hidden="true">
        {imbalance !== null && (
          <span
            className={imbalance >= 0 ? 'is-bids' : 'is-asks'}
            style={{ width: `${Math.min(50, Math.abs(imbalance) * 50)}%` }}
          />
        )}
      </span>
    </div>
  );
}

export function RegimeCell({ row: { condition } }: CellProps) {
  if (condition.regime === null) return <span className="faint">not known yet</span>;
  const { regime, strength } = condition.regime;
  const look = regimeLooks[regime];
  return (
    <span className="market-regime">
      <Badge tone={look.tone} icon={look.icon}>
        {look.name}
      </Badge>
      <span className="market-sub number">{formatMoney(strength)}</span>
    </span>
  );
}

/** What was recorded in the last day, by kind. */
export function EventsCell({ row: { condition } }: CellProps) {
  const found = countedKinds.filter((kind) => condition.counts[kind] > 0);
  if (found.length === 0) return <span className="faint">none</span>;
  return (
    <span className={`market-events${toneClass('warn')}`}>
      {found.map((kind) => {
        const count = condition.counts[kind];
        return (
          <span key={kind} className="number">
            {count} {count === 1 ? kindNames[kind].one : kindNames[kind].many}
          </span>
        );
      })}
    </span>
  );
}

/** On a phone: what is wrong, or that nothing is. */
export function StateCell({ row }: CellProps) {
  if (isStale(row)) return <SourceCell row={row} />;
  return <EventsCell row={row} />;
}
