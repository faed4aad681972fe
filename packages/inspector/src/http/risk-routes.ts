import {
  AccountQuerySchema,
  DashboardResponseSchema,
  HeadroomResponseSchema,
  KpiSnapshotSchema,
  LiquidityResponseSchema,
  PositionsQuerySchema,
  PositionsResponseSchema,
  PricesResponseSchema,
} from '@inspector/contract';
import { requestError } from '@inspector/service';
import type { FastifyReply } from 'fastify';
import { createPictureJson } from './picture-json.ts';
import type { HttpPorts } from './ports.ts';
import { type AddRoutes, JSON_TYPE } from './route.ts';

/** What a risk dashboard reads several times a second: served from JSON that is made once per picture. */
export const riskRoutes: AddRoutes<Pick<HttpPorts, 'picture' | 'views'>> = (app, { picture, views }) => {
  const json = createPictureJson(picture, views.tail.latest);
  const send = (reply: FastifyReply, payload: string | Buffer) => reply.header('content-type', JSON_TYPE).send(payload);
  const schema = { tags: ['risk'] };
  const config = { role: 'viewer' as const };

  app.get(
    '/risk/dashboard',
    {
      config,
      schema: {
        ...schema,
        summary: 'KPI, positions, limits and audit tail',
        response: { 200: DashboardResponseSchema },
      },
    },
    (_request, reply) => void send(reply, json.dashboard()),
  );

  app.get(
    '/risk/kpi',
    {
      config,
      schema: {
        ...schema,
        summary: 'Equity, drawdown, result and trades of the day; of one account with `accountKey`',
        querystring: AccountQuerySchema,
        response: { 200: KpiSnapshotSchema },
      },
    },
    (request, reply) => {
      const { accountKey } = request.query;
      const kpi = accountKey === undefined ? json.kpi() : json.accountKpi(accountKey);
      if (kpi === undefined) throw requestError('ACCOUNT_UNKNOWN', `There is no account ${accountKey}.`);
      send(reply, kpi);
    },
  );

  app.get(
    '/risk/runtime-positions',
    {
      config,
      schema: {
        ...schema,
        summary: 'Open positions, by default those that Inspector manages',
        querystring: PositionsQuerySchema,
        response: { 200: PositionsResponseSchema },
      },
    },
    (request, reply) => void send(reply, json.positions(request.query.ownership ?? 'runtime')),
  );

  app.get(
    '/risk/prices',
    { config, schema: { ...schema, summary: 'Valuation prices', response: { 200: PricesResponseSchema } } },
    (_request, reply) => void send(reply, json.prices()),
  );

  app.get(
    '/risk/liquidity',
    { config, schema: { ...schema, summary: 'Spread and top depth', response: { 200: LiquidityResponseSchema } } },
    (_request, reply) => void send(reply, json.liquidity()),
  );

  app.get(
    '/risk/headroom',
    {
      config,
      schema: { ...schema, summary: 'How far each limit is from tripping', response: { 200: HeadroomResponseSchema } },
    },
    () => {
      const data = picture().headroom;
      return { count: data.length, data };
    },
  );
};
