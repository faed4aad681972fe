import { accountKey, type KillPreviewBody, type KillPreviewResponse } from '@inspector/contract';
import { type Engine, killPreview } from '@inspector/engine';

/** What a kill would cancel and close now, in the wire's shape. Changes nothing. */
export function killPreviewOf(engine: Engine, { scope, includeLegacy = false }: KillPreviewBody): KillPreviewResponse {
  const { orders, positions, estimatedCostUsd } = killPreview(engine, { scope, includeLegacy });
  return {
    scope,
    includeLegacy,
    orders: orders.map(({ connectorType, marketType, accountId, symbol, ...order }) => ({
      accountKey: accountKey(connectorType, marketType, accountId),
      symbol: symbol.name,
      clientOrderId: order.clientOrderId,
      side: order.side,
      type: order.type,
      quantity: order.quantity,
      ...(order.price === undefined ? {} : { price: order.price }),
      ...(order.stopPrice === undefined ? {} : { stopPrice: order.stopPrice }),
    })),
    positions: positions.map((position) => ({
      positionId: position.positionId,
      accountKey: position.accountKey,
      symbol: position.symbol,
      side: position.side,
      quantity: position.quantity,
      notionalUsd: position.notionalUsd,
      estimatedPrice: closingPrice(position),
      estimatedCostUsd: position.estimatedCostUsd,
    })),
    estimatedCostUsd,
  };
}

interface Closing {
  side: 'LONG' | 'SHORT';
  quantity: number;
  markPrice: number | null;
  estimatedCostUsd: number;
}

/** Mean price of the close: worse than the valuation price by the cost of each unit. */
function closingPrice({ side, quantity, markPrice, estimatedCostUsd }: Closing): number | null {
  if (markPrice === null || !(quantity > 0)) return null;
  const costPerUnit = estimatedCostUsd / quantity;
  return side === 'LONG' ? markPrice - costPerUnit : markPrice + costPerUnit;
}
