import type { ReactNode } from 'react';
import { Money } from '#design/index.ts';
import { formatQuantity, UNKNOWN } from '#words/format.ts';
import { orderKind, orderLevel } from '#words/order-words.ts';
import type { LeftInScope } from './left-in-scope.ts';

/** What is left, as far as known, so that a person can find each at the venue and end it there. */
export function LeftTables({ left: { positions, orders } }: { left: LeftInScope }) {
  return (
    <div className="kill-left">
      {positions.length > 0 && (
        <LeftTable label="Positions that are left" heads={['Position', 'Quantity', 'Worth']}>
          {positions.map(({ positionId, accountKey, symbol, side, quantity, notionalUsd }) => (
            <tr key={positionId}>
              <th scope="row">
                {symbol} {side} <span className="faint">{accountKey}</span>
              </th>
              <td className="number">{formatQuantity(quantity)}</td>
              <td>
                <Money value={notionalUsd} />
              </td>
            </tr>
          ))}
        </LeftTable>
      )}
      {orders.length > 0 && (
        <LeftTable label="Orders that are left" heads={['Order', 'Quantity', 'Kind', 'Price']}>
          {orders.map(({ clientOrderId, accountKey, symbol, side, type, quantity, ...levels }) => (
            <tr key={clientOrderId}>
              <th scope="row" title={clientOrderId}>
                {symbol} {side} <span className="faint">{accountKey}</span>
              </th>
              <td className="number">{formatQuantity(quantity)}</td>
              <td>{orderKind(type)}</td>
              <td className="number">{orderLevel(levels) ?? UNKNOWN}</td>
            </tr>
          ))}
        </LeftTable>
      )}
    </div>
  );
}

function LeftTable({ label, heads, children }: { label: string; heads: readonly string[]; children: ReactNode }) {
  return (
    <table className="kill-table" aria-label={label}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
