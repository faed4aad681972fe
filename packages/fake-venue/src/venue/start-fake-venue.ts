import { WebSocketServer } from 'ws';
import type { Dialect } from '#dialects/dialect.ts';
import { DIALECTS } from '#dialects/dialects.ts';
import { payFunding, setLeverage, transfer } from '#exchange/account-settings.ts';
import { createExchange } from '#exchange/exchange.ts';
import { accountMargin } from '#exchange/margin.ts';
import { move, print, setBook, setMark } from '#exchange/market-moves.ts';
import { cancel, place } from '#exchange/placing.ts';
import { cancelAll, closePositions } from '#exchange/queries.ts';
import { Refused } from '#exchange/refused.ts';
import { type ExchangeState, liveOrders } from '#exchange/state.ts';
import { playRecording } from '#market/recording.ts';
import { startWalk } from '#market/walking-market.ts';
import { listen } from '#server/http-server.ts';
import { createSockets } from '#server/sockets.ts';
import { createRequestLog, type WireAnswer, type WireRequest } from '#server/wire.ts';
import type { FakeAccount, FakeOwner, FakeVenue } from './fake-venue.ts';
import { createFaults } from './faults.ts';
import { type FakeVenueSettings, withDefaults } from './settings.ts';
import { createTimers } from './timers.ts';

/** What else is served on the same port; undefined leaves the call to the venue. */
export type ExtraCalls = (venue: FakeVenue, request: WireRequest) => WireAnswer | undefined;

/** A venue on loopback, with its markets open. */
export async function startFakeVenue(settings: FakeVenueSettings = {}): Promise<FakeVenue> {
  return startVenueWith(settings, () => undefined);
}

export async function startVenueWith(given: FakeVenueSettings, extra: ExtraCalls): Promise<FakeVenue> {
  const settings = withDefaults(given);
  const kind = DIALECTS[settings.dialect];
  const timers = createTimers();
  const sockets = createSockets();
  const log = createRequestLog();
  let dialect: Dialect | undefined;
  const faults = createFaults(kind.requestLimit, () => ({
    cutSockets: sockets.cutAll,
    dropUserEvents: (count) => dialect?.dropUserEvents(count),
    endUserSession: (silently) => dialect?.endUserSession(silently),
    deafenSockets: sockets.deafenAll,
  }));
  const now = (): number => Date.now() + faults.clockOffsetMs;
  const exchange = createExchange(
    {
      ...settings,
      makerFee: settings.makerFeePercent / 100,
      takerFee: settings.takerFeePercent / 100,
      ...{ faults, rules: kind.rules, now, later: timers.later },
    },
    (event) => dialect?.publish(event),
  );
  dialect = kind.create({
    exchange,
    faults,
    sockets,
    now,
    later: timers.later,
    apiKey: settings.apiKey,
    secret: settings.secret,
  });
  const serving = dialect;
  timers.every(() => serving.everySecond(), 1000);

  const handle = async (request: WireRequest): Promise<WireAnswer> => {
    const own = extra(venue, request);
    if (own !== undefined) return own;
    const answer = serving.answer(request);
    log.add(request, answer);
    if (settings.latencyMs > 0) await timers.wait(settings.latencyMs);
    return answer;
  };
  const { server, url } = await listen(settings.port, handle);
  const upgrades = new WebSocketServer({ noServer: true, autoPong: false, maxPayload: 1024 * 1024 });
  server.on('upgrade', (request, socket, head) => {
    upgrades.handleUpgrade(request, socket, head, (client) => {
      sockets.add(client, faults.halfOpenSockets === true);
      if (!serving.connect(client, request)) client.close(1008, 'no such stream');
    });
  });

  const venue: FakeVenue = {
    url,
    market: {
      setBook: (symbol, bids, asks) => setBook(exchange, symbol, bids, asks),
      print: (symbol, price, quantity, side = 'BUY') => print(exchange, symbol, { price, quantity, side }),
      mark: (symbol, price) => setMark(exchange, symbol, price),
      move: (symbol, price) => move(exchange, symbol, price),
      walk: (walking) => timers.onStop(startWalk(exchange, walking)),
      play: (lines, playing) => playRecording(exchange, lines, { ...playing, isStopped: timers.isStopped }),
    },
    account: () => accountOf(exchange),
    owner: ownerOf(exchange),
    faults,
    requests: log.all,
    placings: () => new Map(exchange.placings),
    socketCount: sockets.count,
    stop: async () => {
      timers.stop();
      sockets.cutAll();
      upgrades.close();
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
  return venue;
}

function accountOf(exchange: ExchangeState): FakeAccount {
  const { available, unrealizedPnl } = accountMargin(exchange);
  return {
    wallet: exchange.wallet,
    available,
    unrealizedPnl,
    positions: [...exchange.positions.values()]
      .filter((position) => position.quantity !== 0)
      .map((one) => ({ ...one })),
    openOrders: liveOrders(exchange, 'main').map((order) => ({ ...order })),
    conditionalOrders: liveOrders(exchange, 'conditional').map((order) => ({ ...order })),
    orders: [...exchange.orders.values()].map((order) => ({ ...order })),
    fills: exchange.fills.map((fill) => ({ ...fill })),
  };
}

function ownerOf(exchange: ExchangeState): FakeOwner {
  return {
    order: ({ stopPrice, ...order }) => ({
      ...place(exchange, { ...order, ...(stopPrice === undefined ? {} : { triggerPrice: stopPrice }) }, 'owner').order,
    }),
    closePosition: (symbol) => closePositions(exchange, symbol),
    cancelAll: (symbol) => {
      cancelAll(exchange, 'main', symbol);
      cancelAll(exchange, 'conditional', symbol);
    },
    cancel: (id) => {
      const order = exchange.orders.get(id);
      if (order === undefined) throw new Refused('unknown-order');
      cancel(exchange, order);
    },
    transfer: (amount) => transfer(exchange, amount),
    leverage: (symbol, leverage) => setLeverage(exchange, symbol, leverage),
    funding: (symbol, ratePercent) => payFunding(exchange, symbol, ratePercent),
  };
}
