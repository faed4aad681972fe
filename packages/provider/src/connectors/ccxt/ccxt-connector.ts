/**
 * The connector `ccxt:<exchange>:<marketType>`: one account at one market of a live venue.
 *
 * public sockets ─▶ market-streams ─┐
 * private socket ─▶ user-stream ─▶ order-ledger, held-account-words ─▶ account-words ─▶ deliver
 * REST ◀─ request-budget ◀─ venue-calls ◀─ orders, account
 */
import type { Order, VenueCredentials } from '@inspector/contract';
import {
  CANDLES_LIMIT,
  type Candle,
  type Capability,
  type Connector,
  ConnectorError,
  type Deliver,
} from '../connector.ts';
import { createVenueAccount } from './account.ts';
import { createAccountWatch } from './account-watch.ts';
import { createAccountWords } from './account-words.ts';
import { holdAccountWords } from './held-account-words.ts';
import { type Instruments, readInstruments } from './instruments.ts';
import { createMarketStreams, type MarketStreams } from './market-streams.ts';
import { createNewsWaiting } from './news-waiting.ts';
import { createOrderLedger } from './order-ledger.ts';
import { createOrders, raise } from './orders.ts';
import { probe } from './probe.ts';
import { profileOf } from './profiles/index.ts';
import { moneyAssets } from './profiles/money.ts';
import type { AccountMode, CallKind, OrderWords } from './profiles/profile.ts';
import { createRequestBudget } from './request-budget.ts';
import { createTransferWatch } from './transfer-watch.ts';
import { createUserStream } from './user-stream.ts';
import type { UserWord } from './user-words.ts';
import { loadVenue } from './venue.ts';
import { createVenueCalls, VenueTrouble } from './venue-calls.ts';
import { createVenueClock } from './venue-clock.ts';
import { adviceFor, type Trouble } from './venue-trouble.ts';

/** The first try to connect holds the start up for so long at most; then it goes on behind. */
const FIRST_TRY_MS = 10_000;
const RECONNECT_FROM_MS = 1_000;
const RECONNECT_TO_MS = 30_000;
/** Clocks drift, and symbol lists change. */
const CLOCK_EVERY_MS = 60_000;
const MARKETS_EVERY_MS = 3_600_000;
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

interface Connected {
  instruments: Instruments;
  mode: AccountMode;
  capabilities: Capability[];
}

/** Loads the venue's part of ccxt. Errors: VENUE_UNKNOWN, MARKET_TYPE_UNKNOWN. No call is made before `start`. */
export async function openCcxtConnector(settings: CcxtConnectorSettings): Promise<Connector> {
  const { exchange, credentials, symbols, log, now = Date.now } = settings;
  const profile = profileOf(exchange, settings.marketType);
  const venue = await loadVenue(profile, credentials);
  const place = { connectorType: exchange, marketType: profile.marketType };
  const isAccountKnown = credentials.apiKey !== null;

  let deliver: Deliver = () => {};
  let isStopped = false;
  let connected: Connected | undefined;
  let connecting: Promise<Connected> | undefined;
  let trouble: Trouble | undefined;
  /** Why the last try to connect failed. */
  let failure: string | undefined;
  let lastHeardAt: number | null = null;
  const timers: NodeJS.Timeout[] = [];

  const clock = createVenueClock(venue, now);
  const budget = createRequestBudget(profile.budget, now);
  const calls = createVenueCalls({ venue, profile, budget, clock, now, onTrouble: noteTrouble });
  const ledger = createOrderLedger(place);
  const news = createNewsWaiting();
  const words = createAccountWords({ place, deliver: (envelope) => heard(() => deliver(envelope)), now });
  const streams: MarketStreams = createMarketStreams({
    venue,
    privateSocket: profile.privateSocket,
    place,
    deliver: (envelope) => deliver(envelope),
    now,
  });
  const account = createVenueAccount({
    profile,
    calls,
    words,
    clock,
    instruments: () => demandConnected().instruments,
    openOrders: () => orders.openOrders(),
    onSymbols: stream,
  });
  const transfers = createTransferWatch({
    fetch: profile.fetchTransfers === undefined ? undefined : (since) => calls.transfers(since),
    now: () => clock.now(),
    tell: (word) => account.tellChange(word),
  });
  const held = holdAccountWords((word) => {
    account.tellChange(word);
    transfers.note(word);
  });
  const activeSymbols = (): string[] => [
    ...new Set([...account.held(), ...ledger.open().map(({ symbol }) => symbol.name)]),
  ];
  const orders = createOrders({
    profile,
    calls,
    ledger,
    tell,
    nextNews: news.next,
    ready,
    entriesBarred,
    settleFees,
    activeSymbols,
    now,
  });
  const user = createUserStream({
    venue,
    profile,
    onWord: take,
    onLive: () => {
      watch.live();
      void transfers.ask();
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
    if (isStopped || connected === undefined) return;
    lastHeardAt = now();
    if (word.kind === 'account') held.hold(word);
    else if (word.kind === 'order' && connected.instruments.byName(word.order.symbol.name) !== undefined) {
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
    const instrument = connected?.instruments.byName(symbol.name);
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
      const instrument = connected?.instruments.byName(name);
      if (instrument === undefined || streams.has(name)) continue;
      if (!streams.add(instrument))
        log.warn({ ...place, symbol: name }, 'too many symbols are streamed: this one has no prices');
    }
  }

  // Connecting

  function noteTrouble(heardOf: Trouble | undefined, kind: CallKind): void {
    if (heardOf === undefined) {
      // What everybody is answered says nothing of the key.
      const isForAll = kind === 'market' || kind === 'setting';
      if (trouble === undefined || (isAccountKnown && isForAll && ofTheKey.has(trouble.meaning))) return;
      log.info(place, `${profile.exchange} answers again`);
      trouble = undefined;
      return;
    }
    if (!lasting.has(heardOf.meaning)) return;
    if (trouble?.meaning !== heardOf.meaning) log.warn({ ...place, code: heardOf.code }, sentenceOf(heardOf));
    trouble = heardOf;
  }

  const sentenceOf = (heardOf: Trouble): string => {
    const advice = adviceFor(heardOf, exchange);
    return advice === undefined ? heardOf.words : `${heardOf.words}: ${advice}`;
  };

  async function connect(): Promise<Connected> {
    await clock.measure(() => calls.setting(() => venue.fetchTime() as Promise<number | undefined>));
    await calls.setting(() => venue.loadMarkets(true));
    const instruments = readInstruments(Object.values(venue.markets ?? {}), profile);
    const mode = isAccountKnown && profile.accountMode ? await accountMode() : { isHedged: false };
    const found = { instruments, mode, capabilities: probe(venue, profile, mode) };
    const missing = found.capabilities.find(({ name, can }) => name === 'stop-orders' && !can);
    if (missing !== undefined && isAccountKnown) {
      throw new ConnectorError(
        'ACCOUNT_MODE',
        `${exchange} takes no stop orders through ccxt: an account there cannot be protected`,
      );
    }
    return found;
  }

  const accountMode = (): Promise<AccountMode> => calls.setting(() => profile.accountMode!(venue));

  /** One try at a time, for whoever needs it; what came of it stays until the next. */
  function ready(): Promise<Connected> {
    if (connected !== undefined) return Promise.resolve(connected);
    connecting ??= connect()
      .then((found) => {
        connected = found;
        begin(found);
        return found;
      })
      .catch(noteFailure)
      .finally(() => {
        connecting = undefined;
      });
    return connecting;
  }

  function noteFailure(error: unknown): never {
    const { message } = error as Error;
    if (message !== failure) log.warn(place, `${exchange} could not be connected to: ${message}`);
    failure = message;
    raise(error);
  }

  function demandConnected(): Connected {
    if (connected === undefined) throw new ConnectorError('UNAVAILABLE', reasonNow() ?? `${exchange} is not connected`);
    return connected;
  }

  function begin({ instruments, capabilities }: Connected): void {
    if (isStopped) return;
    for (const { name, can, note } of capabilities) {
      log.info(
        { ...place, capability: name, can },
        `${exchange} ${can ? 'can' : 'cannot'}: ${name}${note ? `; ${note}` : ''}`,
      );
    }
    const incomplete = instruments.incomplete();
    if (incomplete.length > 0) {
      log.warn(
        { ...place, symbols: incomplete.slice(0, 20) },
        'the venue gives no steps for these symbols: they can be left, not entered',
      );
    }
    tellSymbols(instruments);
    stream(symbols.length > 0 ? symbols : profile.defaultSymbols);
    every(CLOCK_EVERY_MS, () => clock.measure());
    every(MARKETS_EVERY_MS, async () => {
      await calls.market(() => venue.loadMarkets(true));
      const again = readInstruments(Object.values(venue.markets ?? {}), profile);
      connected = { ...demandConnected(), instruments: again };
      tellSymbols(again);
    });
    if (!isAccountKnown) return;
    user.start();
    watch.start();
  }

  function tellSymbols(instruments: Instruments): void {
    const payload = { ...place, symbols: instruments.specs() };
    deliver({ eventId: crypto.randomUUID(), type: 'PROVIDER_SYMBOLS', source: 'PROVIDER', timestamp: now(), payload });
  }

  function every(ms: number, work: () => Promise<unknown>): void {
    // What fails here shows in the calls that matter.
    timers.push(setInterval(() => void work().catch(() => {}), ms).unref());
  }

  async function keepConnecting(): Promise<void> {
    for (
      let waitMs = RECONNECT_FROM_MS;
      !isStopped && connected === undefined;
      waitMs = Math.min(2 * waitMs, RECONNECT_TO_MS)
    ) {
      await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
      if (!isStopped) await ready().catch(() => {});
    }
  }

  // How it is

  function entriesBarred(): string | undefined {
    if (!isAccountKnown) return `no key is set: CCXT_${exchange.toUpperCase()}_API_KEY`;
    if (trouble !== undefined) return `entries wait: ${sentenceOf(trouble)}`;
    const reason = connected === undefined ? reasonNow() : watch.reason;
    return reason === undefined ? undefined : `entries wait: ${reason}`;
  }

  function reasonNow(): string | undefined {
    if (trouble !== undefined) return sentenceOf(trouble);
    if (connected === undefined) return failure ?? `${exchange} is being connected to`;
    const { lastAt } = streams;
    if (lastAt === null || now() - lastAt > SILENT_MS) return 'no market data comes';
    return isAccountKnown ? watch.reason : undefined;
  }

  /** What is so already is no trouble; what the venue refuses, it would refuse again. */
  async function setting(call: () => Promise<unknown>): Promise<void> {
    try {
      await calls.setting(call);
    } catch (error) {
      if (!(error instanceof VenueTrouble)) throw error;
      if (error.trouble.meaning === 'no-change') return;
      if (isRefusal(error.trouble)) throw new ConnectorError('REFUSED', error.trouble.words);
      raise(error);
    }
  }

  return {
    ...place,
    async start(to) {
      deliver = to;
      const first = ready();
      const late = new Promise<undefined>((resolve) => setTimeout(resolve, FIRST_TRY_MS, undefined).unref());
      try {
        if ((await Promise.race([first, late])) !== undefined && isAccountKnown) await watch.first(FIRST_TRY_MS);
      } catch (error) {
        first.catch(() => {});
        // An account that cannot be governed as it is must not look as if it were.
        if (error instanceof ConnectorError && error.code === 'ACCOUNT_MODE') throw error;
      }
      void keepConnecting();
    },
    async stop() {
      if (isStopped) return;
      isStopped = true;
      deliver = () => {};
      for (const timer of timers) clearInterval(timer);
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
    capabilities: () => connected?.capabilities ?? [],
    place: (order) => orders.place(order),
    cancel: (which) => orders.cancel(which),
    cancelAll: (symbol) => orders.cancelAll(symbol),
    order: (which) => orders.order(which),
    openOrders: (symbol) => orders.openOrders(symbol),
    async account() {
      await ready();
      return account.read('account');
    },
    async fills(since, symbol) {
      await ready();
      const told = [...ledger.all()].filter((order) => order.quantityExecuted > 0 && order.updateTime >= since);
      return told
        .filter((order) => symbol === undefined || order.symbol.name === symbol)
        .map(({ fee = 0, updateTime: time, symbol: { name }, ...order }) => ({
          clientOrderId: order.clientOrderId,
          externalId: order.externalId,
          symbol: name,
          side: order.side,
          quantityExecuted: order.quantityExecuted,
          priceExecuted: order.priceExecuted,
          fee,
          time,
        }))
        .sort((a, b) => a.time - b.time);
    },
    async setLeverage(symbol, leverage, marginMode) {
      const { instruments } = await ready();
      const instrument = instruments.byName(symbol);
      if (instrument === undefined) throw new ConnectorError('SYMBOL_UNKNOWN', `The venue has no symbol ${symbol}`);
      if (marginMode !== undefined && profile.hasMarginModeBySymbol)
        await setting(() => venue.setMarginMode(marginMode, instrument.unified));
      const parameters = profile.leverageParameters?.(leverage, symbol, marginMode) ?? {};
      await setting(() => venue.setLeverage(leverage, instrument.unified, parameters));
      return { symbol, leverage };
    },
    async symbols() {
      return (await ready()).instruments.specs();
    },
    async candles({ symbol, interval, from, to }) {
      const { instruments } = await ready();
      const instrument = instruments.byName(symbol);
      if (instrument === undefined) throw new ConnectorError('SYMBOL_UNKNOWN', `The venue has no symbol ${symbol}`);
      if (venue.timeframes?.[interval] === undefined)
        throw new ConnectorError('INTERVAL_UNKNOWN', `The venue has no candles of ${interval}`);
      // Venues count from the beginning: the newest of a longer time begin later.
      const newest = (to ?? clock.now()) - CANDLES_LIMIT * 1_000 * venue.parseTimeframe(interval);
      const since = from === undefined && to === undefined ? undefined : Math.max(from ?? 0, newest);
      const rows = await calls
        .market(() => venue.fetchOHLCV(instrument.unified, interval, since, CANDLES_LIMIT))
        .catch(raise);
      return rows
        .map(
          ([time = 0, open = 0, high = 0, low = 0, close = 0, volume = 0]): Candle => ({
            time: Number(time),
            open: Number(open),
            high: Number(high),
            low: Number(low),
            close: Number(close),
            volume: Number(volume) * instrument.contractSize,
          }),
        )
        .filter(({ time }) => to === undefined || time < to);
    },
  };
}

const isRefusal = ({ meaning }: Trouble): boolean =>
  meaning === 'refused' || meaning === 'margin' || meaning === 'permission' || meaning === 'account-mode';

/** Troubles that stay until somebody does something, or the venue is back. */
const lasting: ReadonlySet<Trouble['meaning']> = new Set([
  'key',
  'permission',
  'ip',
  'restricted',
  'maintenance',
  'banned',
  'clock',
  'account-mode',
  'not-taken',
]);

/** Of them, those that only a call with the key can show to be over. */
const ofTheKey: ReadonlySet<Trouble['meaning']> = new Set(['key', 'permission', 'ip', 'account-mode']);
