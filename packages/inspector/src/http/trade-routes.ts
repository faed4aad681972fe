import { LimitQuerySchema, PostTradeResponseSchema, TradeJournalResponseSchema } from '@inspector/contract';
import { postTradeAnalysis } from '../views/post-trade.ts';
import type { ClosedTrade } from '../views/trade-journal.ts';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** Closed trades: as they were recorded, and how they went. */
export const tradeRoutes: AddRoutes<Pick<HttpPorts, 'views'>> = (app, { views }) => {
  const config = { role: 'viewer' as const };
  const tags = ['trades'];

  app.get(
    '/trade-journal',
    {
      config,
      schema: {
        tags,
        summary: 'Closed trades, newest first',
        querystring: LimitQuerySchema,
        response: { 200: TradeJournalResponseSchema },
      },
    },
    (request) => {
      const data = views.trades.latest(request.query.limit ?? 200).map(journalled);
      return { count: data.length, data };
    },
  );

  app.get(
    '/analysis/post-trade',
    {
      config,
      schema: {
        tags,
        summary: 'Slippage, time naked and excursions of closed trades, and figures over all of them',
        querystring: LimitQuerySchema,
        response: { 200: PostTradeResponseSchema },
      },
    },
    (request) => {
      const trades = views.trades.latest(request.query.limit ?? 200);
      return { count: trades.length, data: trades.map(analysed), ...postTradeAnalysis(trades) };
    },
  );
};

const journalled = ({ position, ...told }: ClosedTrade) => ({ ...position, ...told });

function analysed({ position, ts, seq: _seq, traceId: _traceId, ...told }: ClosedTrade) {
  const { positionId, accountKey, symbol, side, entryTime, entryPrice, exitPrice, realizedPnlUsd, feesUsd } = position;
  return {
    positionId,
    accountKey,
    symbol,
    side,
    entryTime,
    exitTime: ts,
    entryPrice,
    exitPrice,
    realizedPnlUsd,
    feesUsd,
    ...told,
    ...(position.detectorSysname === undefined ? {} : { detectorSysname: position.detectorSysname }),
  };
}
