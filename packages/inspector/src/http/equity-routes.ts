import { EquityQuerySchema, EquityResponseSchema } from '@inspector/contract';
import { requestError } from '@inspector/service';
import { tradingDayStart } from '../equity/index.ts';
import { zoneTable } from '../ingest/zone-table.ts';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** Equity over time, for charts. */
export const equityRoutes: AddRoutes<Pick<HttpPorts, 'equity' | 'picture' | 'now'>> = (app, ports) => {
  const { equity, picture, now } = ports;

  app.get(
    '/risk/equity',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['risk'],
        summary: 'Equity of each account over time, oldest first',
        description:
          'The last hour as sampled every 5 s, before it one sample a minute. Where an account has more than `points`: the last of each of equal parts of the time that has samples, with the lowest and the highest. Equity that was not known was not sampled: a gap stays a gap.',
        querystring: EquityQuerySchema,
        response: { 200: EquityResponseSchema },
      },
    },
    async (request) => {
      const { accountKey, from = dayStart(), points = 500 } = request.query;
      const { to = Math.max(from, now()) } = request.query;
      if (from > to) throw violation('query/to', `must not lie before \`from\` (${from})`);
      const answer = await equity.read({ from, to, points, ...(accountKey === undefined ? {} : { accountKey }) });
      if (answer.kind === 'too-many') throw violation('query/points', 'is too many for all accounts: name one');
      return { count: answer.points.length, data: answer.points };
    },
  );

  function dayStart(): number {
    const { kpi, options } = picture();
    const { timezone, dayStart } = options.general;
    return tradingDayStart(kpi.day, dayStart, zoneTable(timezone));
  }
};

const violation = (path: string, message: string): Error =>
  requestError('VALIDATION_FAILED', "The request's query is not valid.", { violations: [{ path, message }] });
