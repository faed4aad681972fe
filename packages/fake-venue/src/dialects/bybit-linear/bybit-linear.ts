import type { Dialect, DialectKind, DialectSettings } from '#dialects/dialect.ts';
import { NoAnswer } from '#dialects/no-answer.ts';
import { Refused } from '#exchange/refused.ts';
import { paramsOf, type WireAnswer, type WireRequest } from '#server/wire.ts';
import { accountRoutes } from './account-routes.ts';
import type { Context, Route, Routes } from './context.ts';
import { answerOf, BybitError, bybitErrorOf } from './errors.ts';
import { createGate } from './gate.ts';
import { createLimits } from './limits.ts';
import { marketRoutes } from './market-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { createPrivateStreams } from './private-streams.ts';
import { createPublicStreams } from './public-streams.ts';
import { checkSigned } from './signing.ts';
import { userMessagesOf } from './user-messages.ts';

const ROUTES: Routes = { ...marketRoutes, ...accountRoutes, ...orderRoutes };

/** Calls of one address in five seconds. */
const CALLS_IN_FIVE_SECONDS = 600;
/** Conditional orders that may wait, a symbol. */
const CONDITIONAL_ORDERS = 10;

/** Bybit v5, linear perpetuals of a unified trading account. */
export const bybitLinear: DialectKind = {
  requestLimit: CALLS_IN_FIVE_SECONDS,
  rules: {
    conditionalOrders: { max: CONDITIONAL_ORDERS, per: 'symbol' },
    clientIds: 'for-ever',
    mayReduceOnlyInHedgeMode: true,
    unmetTimeInForce: 'ended',
  },
  create: createBybitLinear,
};

function createBybitLinear({ exchange, faults, sockets, apiKey, secret, now, later }: DialectSettings): Dialect {
  const keys = { apiKey, secret };
  const limits = createLimits(now, () => faults.weightLimit);
  const gate = createGate(faults, limits, now);
  const publicStreams = createPublicStreams({ exchange, faults, sockets, now, later });
  const privateStreams = createPrivateStreams({ faults, sockets, keys, now, later });
  const context: Context = { exchange, faults, now };

  function run(route: Route, request: WireRequest): WireAnswer {
    let headers: Record<string, string> = {};
    try {
      if (route.security === 'signed') checkSigned(request, keys, now());
      gate.checkPermission(route);
      if (route.perSecond !== undefined) headers = limits.spend(request.path, route.perSecond);
      const result = route.run({ context, params: paramsOf(request) });
      const body = { retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: now() };
      return { kind: 'answer', status: 200, headers, body };
    } catch (error) {
      const known = error instanceof Refused ? bybitErrorOf(error) : error;
      if (!(known instanceof BybitError)) throw known;
      const answer = answerOf(known, now());
      return answer.kind === 'answer' ? { ...answer, headers: { ...headers, ...answer.headers } } : answer;
    }
  }

  return {
    answer: (request) => {
      const refused = gate.before(request);
      if (refused !== undefined) return refused;
      const route = ROUTES[`${request.method} ${request.path}`];
      if (route === undefined) return answerOf(new BybitError(10017, 'Route not found.', 404), now());
      try {
        return gate.after(request, () => run(route, request));
      } catch (error) {
        if (error instanceof NoAnswer) return { kind: 'silence', cut: error.cut };
        throw error;
      }
    },
    connect: (socket, request) => {
      if (faults.refuse === 'restricted') return false;
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (pathname === '/v5/public/linear') publicStreams.connect(socket);
      else if (pathname === '/v5/private') privateStreams.connect(socket);
      else return false;
      return true;
    },
    publish: (event) => {
      publicStreams.publish(event);
      for (const message of userMessagesOf(exchange, event)) privateStreams.publish(message);
    },
    dropUserEvents: privateStreams.drop,
    endUserSession: privateStreams.end,
    everySecond: () => publicStreams.tick(now()),
  };
}
