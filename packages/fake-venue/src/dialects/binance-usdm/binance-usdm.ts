import type { Dialect, DialectKind, DialectSettings } from '#dialects/dialect.ts';
import { NoAnswer } from '#dialects/no-answer.ts';
import { Refused } from '#exchange/refused.ts';
import { paramsOf, type WireAnswer, type WireRequest } from '#server/wire.ts';
import { accountRoutes, listenKeyRoutes } from './account-routes.ts';
import type { Context, Route, Routes } from './context.ts';
import { answerOf, BinanceError, binanceErrorOf } from './errors.ts';
import { createGate } from './gate.ts';
import { createLimits } from './limits.ts';
import { createListenKeys } from './listen-keys.ts';
import { marketRoutes } from './market-routes.ts';
import { createMarketStreams } from './market-streams.ts';
import { orderRoutes } from './order-routes.ts';
import { checkKey, checkSignature } from './signing.ts';
import { userEventOf } from './user-events.ts';
import { createUserStreams } from './user-streams.ts';

const ROUTES: Routes = { ...marketRoutes, ...accountRoutes, ...listenKeyRoutes, ...orderRoutes };

/** The venue's own limit of request weight a minute. */
const WEIGHT_A_MINUTE = 2400;

export const binanceUsdm: DialectKind = {
  requestLimit: WEIGHT_A_MINUTE,
  rules: {
    conditionalOrders: { max: 200, per: 'account' },
    clientIds: 'while-open',
    mayReduceOnlyInHedgeMode: false,
    unmetTimeInForce: 'refused',
  },
  create: createBinanceUsdm,
};

function createBinanceUsdm(settings: DialectSettings): Dialect {
  const { exchange, faults, sockets, now, later } = settings;
  const listenKeys = createListenKeys(now);
  const limits = createLimits(now, () => faults.weightLimit);
  const gate = createGate(faults, now);
  const marketStreams = createMarketStreams(sockets, faults);
  const userStreams = createUserStreams({ sockets, faults, listenKeys, later });
  const context: Context = { exchange, faults, listenKeys, now, countdowns: new Map() };

  function run(route: Route, request: WireRequest): WireAnswer {
    const params = paramsOf(request);
    const weight = typeof route.weight === 'number' ? route.weight : route.weight(params);
    const headers = limits.spend({ weight, orders: route.orders ?? 0 });
    try {
      gate.checkPermission(route);
      if (route.security !== 'none') checkKey(request, settings.apiKey);
      if (route.security === 'signed') checkSignature(request, params, { secret: settings.secret, now: now() });
      return { kind: 'answer', status: 200, headers, body: route.run({ context, params }) };
    } catch (error) {
      const known = error instanceof Refused ? binanceErrorOf(error.reason, error.figure) : error;
      if (!(known instanceof BinanceError)) throw known;
      const answer = answerOf(known);
      return answer.kind === 'answer' ? { ...answer, headers: { ...headers, ...answer.headers } } : answer;
    }
  }

  return {
    answer: (request) => {
      try {
        const refused = gate.before(request);
        if (refused !== undefined) return refused;
        const route = ROUTES[`${request.method} ${request.path}`];
        if (route === undefined) {
          throw new BinanceError(-5000, `Path ${request.path}, Method ${request.method} is invalid`, 404);
        }
        return gate.after(request, () => run(route, request));
      } catch (error) {
        if (error instanceof NoAnswer) return { kind: 'silence', cut: error.cut };
        if (error instanceof BinanceError) return answerOf(error);
        throw error;
      }
    },
    connect: (socket, request) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const match = /^(?:\/(?:public|market|private))?\/(ws|stream)(?:\/(.*))?$/.exec(url.pathname);
      if (match === null) return false;
      const [, form, rest = ''] = match;
      const listenKey = url.searchParams.get('listenKey') ?? (/^[0-9a-f]{64}$/.test(rest) ? rest : null);
      if (listenKey !== null) userStreams.connect(socket, listenKey);
      const named = `${url.searchParams.get('streams') ?? ''}/${rest}`.split('/').filter((name) => name.includes('@'));
      marketStreams.connect(socket, form === 'stream', named);
      return true;
    },
    publish: (event) => {
      const userEvent = userEventOf(exchange, event);
      if (userEvent === undefined) marketStreams.publish(event);
      else userStreams.publish(userEvent);
    },
    dropUserEvents: userStreams.drop,
    endUserSession: (silently) => userStreams.expire(silently, now()),
    everySecond: () => marketStreams.tick(exchange.markets.values(), now()),
  };
}
