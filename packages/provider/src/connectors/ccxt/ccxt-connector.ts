/**
 * The connector `ccxt:<exchange>:<marketType>`: one account at one market of a live venue.
 *
 * public sockets ─▶ market-streams ─┐
 * private socket ─▶ user-stream ─▶ order-ledger, held-account-words ─▶ account-words ─▶ deliver
 * REST ◀─ request-budget ◀─ venue-calls ◀─ orders, account
 */
import type { Order, VenueCredentials } from '@inspector/contract';
import { type Connector, ConnectorError, type Deliver } from '../connector.ts';
import { createVenueAccount } from './account.ts';
import { createAccountWatch } from './account-watch.ts';
import { createAccountWords } from './account-words.ts';
import { type Connected, createConnection } from './connection.ts';
import { holdAccountWords } from './held-account-words.ts';
import type { Instruments } from './instruments.ts';
import { createMarketStreams } from './market-streams.ts';
import { createNewsWaiting } from './news-waiting.ts';
import { createOrderLedger } from './order-ledger.ts';
import { createOrderLookup } from './order-lookup.ts';
import { createOrders } from './orders.ts';
import { profileOf } from './profiles/index.ts';
import { moneyAssets } from './profiles/money.ts';
import type { OrderWords } from './profiles/profile.ts';
import { createRequestBudget } from './request-budget.ts';
import { createTransferWatch } from './transfer-watch.ts';
import { createUserStream } from './user-stream.ts';
import type { UserWord } from './user-words.ts';
import { loadVenue } from './venue.ts';
import { createVenueCalls } from './venue-calls.ts';
import { createVenueClock } from './venue-clock.ts';
import { createVenueCondition } from './venue-condition.ts';
import { createVenueQuestions } from './venue-questions.ts';

/** The first try to connect holds the start up for so long at most; then it goes on behind. */
const FIRST_TRY_MS = 10_000;
/** Public data that is older means that nothing can be valued. */
const SILENT_MS = 15_000;

export interface CcxtConnectorSettings {
  exchange: string;
  marketType: string;
  credentials: VenueCredentials;
  /** Symbols to stream from the start, by the venue's names; the account's own are added. */
  symbols: readonly string[];
  log: ConnectorLog;
  now?: () => number;
}

export interface ConnectorLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
}

/** Loads the venue's part of ccxt. Errors: VENUE_UNKNOWN, MARKET_TYPE_UNKNOWN. No call is made before `start`. */
export async function openCcxtConnector(settings: CcxtConnectorSettings): Promise<Connector> {
  const { exchange, credentials, symbols, log, now = Date.now } = settings;
  const profile = profileOf(exchange, settings.marketType);
  const venue = await loadVenue(profile, credentials);
  const place = { connectorType: exchange, marketType: profile.marketType };
  const hasKey = credentials.apiKey !== null;

  let deliver: Deliver = () => {};
  let isStarted = false;
  let isStopped = false;
  let lastHeardAt: number | null = null;

  const condition = createVenueCondition({
    exchange,
    hasKey,
    onWorse: (sentence, code) => log.warn({ ...place, code }, sentence),
    onBetter: () => log.info(place, `${exchange} answers again`),
  });
  const clock = createVenueClock(venue, now);
  const budget = createRequestBudget(profile.budget, now);
  const calls = createVenueCalls({ venue, profile, budget, clock, now, onTrouble: condition.note });
  // ccxt asks for the whole book whenever its stream is out of step: that is to leave room for what is urgent, too.
  const fetchOrderBook = venue.fetchOrderBook.bind(venue);
  venue.fetchOrderBook = (...question) => calls.market(() => fetchOrderBook(...question));
  const connection = createConnection({
    venue,
    profile,
    calls,
    clock,
    hasKey,
    onConnected(connected) {
      tellCapabilities(connected);
      if (isStarted) begin(connected);
    },
    onInstruments: tellSymbols,
    onFailure: (message) => log.warn(place, `${exchange} could not be connected to: ${message}`),
  });
  const { ready } = connection;
  const ledger = createOrderLedger(place);
  const news = createNewsWaiting();
  const words = createAccountWords({ place, deliver: (envelope) => heard(() => deliver(envelope)), now });
  const streams = createMarketStreams({
    venue,
    privateSocket: profile.privateSocket,
    place,
    deliver: (envelope) => deliver(envelope),
    fetchBook: (unified) => venue.fetchOrderBook(unified, 20),
    now,
  });
  const account = createVenueAccount({
    profile,
    calls,
    words,
    clock,
    instruments: () => demandConnected().instruments,
    openOrders: () => lookup.openOrders(),
    onSymbols: stream,
    onWalletMoved: () => transfers.suspect(),
  });
  const transfers = createTransferWatch({
    fetch: profile.fetchTransfers === undefined ? undefined : (since) => calls.transfers(since),
    isStreamed: profile.streamsTransfers === true,
    now: () => clock.now(),
    tell: account.tellTransfer,
  });
  const held = holdAccountWords((word) => account.tellChange(transfers.heard(word)));
  const activeSymbols = (): string[] => [
    ...new Set([...account.held(), ...ledger.open().map(({ symbol }) => symbol.name)]),
  ];
  const lookup = createOrderLookup({
    profile,
    calls,
    ledger,
    tell,
    nextNews: news.next,
    ready,
    settleFees,
    activeSymbols,
    now,
  });
  const orders = createOrders({ profile, calls, ledger, lookup, ready, entriesBarred, now });
  const questions = createVenueQuestions({
    venue,
    profile,
    calls,
    clock,
    ledger,
    look: lookup.look,
    ready,
    symbols: () => [...new Set([...activeSymbols(), ...streams.names()])],
    feeUsdOf,
  });
  const user = createUserStream({
    venue,
    profile,
    onWord: take,
    // In this order: the wallet that is told then has in it what is asked for.
    onLive: () => {
      transfers.begin();
      watch.live();
    },
    onLost: (reason) => watch.lost(reason),
  });
  const watch = createAccountWatch({
    account,
    orders,
    ledger,
    user,
    words,
    place,
    log,
    isPolled: profile.userWords === undefined,
  });

  // What is heard

  function heard(tellIt: () => void): void {
    lastHeardAt = now();
    tellIt();
  }

  function take(word: UserWord): void {
    if (isStopped || connection.now === undefined) return;
    lastHeardAt = now();
    if (word.kind === 'account') held.hold(word);
    else if (word.kind === 'order' && connection.now.instruments.byName(word.order.symbol.name) !== undefined) {
      const { order, trade } = word;
      const fee = trade && { tradeId: trade.id, feeUsd: feeUsdOf(trade.fee, trade.feeAsset) };
      held.around(order, () => tell(order, fee));
    }
  }

  function tell(order: OrderWords, fee?: { tradeId: string; feeUsd: number }): Order | undefined {
    const told = ledger.told(order, fee);
    if (told === undefined) return undefined;
    stream([told.symbol.name]);
    words.order(told);
    news.tell(told);
    return told;
  }

  /** Fees that are paid in another asset count at its price, where that is known. */
  function feeUsdOf(fee: number, asset: string): number {
    if (fee === 0 || moneyAssets.has(asset)) return fee;
    return fee * (streams.priceOf(`${asset}USDT`) ?? 0);
  }

  async function settleFees({ clientOrderId, externalId, symbol, time }: Order): Promise<void> {
    const instrument = connection.now?.instruments.byName(symbol.name);
    if (instrument === undefined) return;
    // A fee that cannot be had now is missing in the trade's result only: the balance has it.
    const trades = await calls.trades(instrument.unified, time - 1_000, externalId).catch(() => []);
    const ours = trades.filter(({ order }) => order === externalId);
    if (ours.length === 0) return;
    ledger.fee(
      clientOrderId,
      ours.reduce((sum, { fee }) => sum + feeUsdOf(Number(fee?.cost ?? 0), String(fee?.currency)), 0),
    );
  }

  function stream(names: readonly string[]): void {
    for (const name of names) {
      const instrument = connection.now?.instruments.byName(name);
      if (instrument === undefined || streams.has(name)) continue;
      if (!streams.add(instrument))
        log.warn({ ...place, symbol: name }, 'too many symbols are streamed: this one has no prices');
    }
  }

  // Connecting

  function demandConnected(): Connected {
    if (connection.now === undefined)
      throw new ConnectorError('UNAVAILABLE', reasonNow() ?? `${exchange} is not connected`);
    return connection.now;
  }

  function tellCapabilities({ instruments, capabilities }: Connected): void {
    for (const { name, can, note } of capabilities) {
      const sentence = `${exchange} ${can ? 'can' : 'cannot'}: ${name}${note ? `; ${note}` : ''}`;
      log.info({ ...place, capability: name, can }, sentence);
    }
    const incomplete = instruments.incomplete().slice(0, 20);
    if (incomplete.length > 0) {
      const sentence = 'the venue gives no steps for these symbols: they can be left, not entered';
      log.warn({ ...place, symbols: incomplete }, sentence);
    }
  }

  /** Connected and started, in whichever order: a question may have connected it while nobody listened yet. */
  function begin({ instruments }: Connected): void {
    tellSymbols(instruments);
    stream(symbols.length > 0 ? symbols : profile.defaultSymbols);
    if (!hasKey) return;
    user.start();
    watch.start();
  }

  function tellSymbols(instruments: Instruments): void {
    const payload = { ...place, symbols: instruments.specs() };
    deliver({ eventId: crypto.randomUUID(), type: 'PROVIDER_SYMBOLS', source: 'PROVIDER', timestamp: now(), payload });
  }

  // How it is

  function entriesBarred(): string | undefined {
    if (!hasKey) return `no key is set: CCXT_${exchange.toUpperCase()}_API_KEY`;
    const reason = condition.sentence ?? (connection.now === undefined ? reasonNow() : watch.reason);
    return reason === undefined ? undefined : `entries wait: ${reason}`;
  }

  function reasonNow(): string | undefined {
    if (condition.sentence !== undefined) return condition.sentence;
    if (connection.now === undefined) return connection.failure ?? `${exchange} is being connected to`;
    const { lastAt } = streams;
    if (lastAt === null || now() - lastAt > SILENT_MS) return 'no market data comes';
    return hasKey ? watch.reason : undefined;
  }

  return {
    ...place,
    async start(to) {
      deliver = to;
      isStarted = true;
      if (connection.now !== undefined) begin(connection.now);
      const first = ready();
      const late = new Promise<undefined>((resolve) => setTimeout(resolve, FIRST_TRY_MS, undefined).unref());
      try {
        if ((await Promise.race([first, late])) !== undefined && hasKey) await watch.first(FIRST_TRY_MS);
      } catch (error) {
        first.catch(() => {});
        // An account that cannot be governed as it is must not look as if it were.
        if (error instanceof ConnectorError && error.code === 'ACCOUNT_MODE') throw error;
      }
      void connection.keepTrying();
    },
    async stop() {
      if (isStopped) return;
      isStopped = true;
      deliver = () => {};
      connection.stop();
      watch.stop();
      transfers.stop();
      user.stop();
      streams.stop();
      budget.stop();
      await venue.close().catch(() => {});
    },
    status() {
      const lastEventAt = Math.max(lastHeardAt ?? 0, streams.lastAt ?? 0) || null;
      const reason = reasonNow();
      return reason === undefined ? { ok: true, lastEventAt } : { ok: false, lastEventAt, reason };
    },
    capabilities: () => connection.now?.capabilities ?? [],
    place: (order) => orders.place(order),
    cancel: (which) => orders.cancel(which),
    cancelAll: (symbol) => orders.cancelAll(symbol),
    order: (which) => orders.order(which),
    openOrders: (symbol) => orders.openOrders(symbol),
    async account() {
      await ready();
      // As urgent as the orders that are asked for beside it: one without the other answers nobody.
      return account.read('look-up');
    },
    ...questions,
  };
}
