import type { Envelope, Order } from '@inspector/contract';
import { type Connector, ConnectorError, type Deliver } from '../connector.ts';
import { accountCalls } from './account-calls.ts';
import { PaperExchange } from './exchange/exchange.ts';
import type { PaperFaults } from './exchange/faults.ts';
import { SimulatedMarket } from './market/simulated-market.ts';
import { memoryStore, openPaperStore, type PaperStore } from './paper-store.ts';
import { realTicker, steadyNow, type Ticker } from './ticker.ts';

/** How often the market is moved on. */
const TICK_MS = 100;
/** How often the market's prices are kept: after a restart they go on from at most this far back. */
const MARKET_SAVE_MS = 5000;
/** Silence after which the connector says that it is not well. */
const SILENT_MS = 5000;
/** Candles made up before the first tick. */
const HISTORY_MINUTES = 120;

export interface PaperConnectorSettings {
  /** Wallet of a new account; one that was kept goes on with its own. */
  balance: number;
  makerFeePercent: number;
  takerFeePercent: number;
  /** Seed of the simulated market. */
  seed: number;
  /** File of the account; without one nothing outlives the process. */
  storeFile?: string;
  /** Instead of a file. */
  store?: PaperStore;
  connectorType?: string;
  marketType?: string;
  accountId?: string;
  faults?: PaperFaults;
  historyMinutes?: number;
  ticker?: Ticker;
}

export interface PaperConnector extends Connector {
  /** Switches faults on; an empty object switches them off. */
  setFaults(faults: PaperFaults): void;
}

/** The connector `paper`: the simulated market, and the built-in exchange that fills against it. */
export function createPaperConnector(settings: PaperConnectorSettings): PaperConnector {
  const { connectorType = 'paper', marketType = 'futures', accountId, seed, ticker = realTicker } = settings;
  const now = steadyNow(ticker);
  const store =
    settings.store ?? (settings.storeFile === undefined ? memoryStore() : openPaperStore(settings.storeFile));
  const stored = store.load(Math.floor(now() / 1000) >>> 0);
  const place = { connectorType, marketType };
  const exchange = openExchange();
  const market = new SimulatedMarket(
    {
      ...place,
      seed,
      startAt: now(),
      historyMinutes: settings.historyMinutes ?? HISTORY_MINUTES,
      instance: Math.floor(now() / 1000) >>> 0,
    },
    stored.market,
  );
  let deliver: Deliver | undefined;
  let stopTicking: (() => void) | undefined;
  let lastEventAt: number | null = null;
  let savedMarketAt = now();
  let failure: string | undefined;
  let isStopped = false;
  /** Client ids of orders that the store does not have as they are; at most the orders of a day. */
  const unsaved = new Set<string>();

  function openExchange(): PaperExchange {
    const { balance, makerFeePercent, takerFeePercent, faults = {} } = settings;
    const account = { balance, makerFeePercent, takerFeePercent, faults, instance: stored.instance };
    const opened = new PaperExchange({ ...place, ...account, ...(accountId === undefined ? {} : { accountId }) });
    if (stored.account) opened.restore(stored.account);
    return opened;
  }

  /**
   * Keeps what changed, then delivers the events. A store that fails (a full disk) stops no exit: the venue goes on, says
   * so in its status, and what could not be kept is tried again with the next change.
   */
  function settle(events: readonly Envelope[], touched: readonly Order[]): void {
    for (const { clientOrderId } of touched) unsaved.add(clientOrderId);
    for (const event of events)
      if (event.type === 'PROVIDER_ORDER_CREATE' || event.type === 'PROVIDER_ORDER_CLOSE')
        unsaved.add(event.payload.clientOrderId ?? '');
    kept(() => {
      const orders = [...unsaved].flatMap((id) => exchange.orderSnapshot(id) ?? []);
      store.saveAccount(exchange.ledgerSnapshot(), orders, now());
      unsaved.clear();
    });
    for (const event of events) deliver?.(event);
  }

  function kept(save: () => void): void {
    try {
      save();
      failure = undefined;
    } catch (error) {
      failure = `The account cannot be kept: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  function play(): void {
    const at = now();
    for (const event of market.next(at)) {
      lastEventAt = at;
      deliver?.(event);
      const caused = exchange.market(event);
      if (caused.length > 0) settle(caused, []);
    }
    const late = exchange.advance(at);
    if (late.length > 0) settle(late, []);
    if (at - savedMarketAt >= MARKET_SAVE_MS) saveMarket(at);
  }

  function saveMarket(at: number): void {
    savedMarketAt = at;
    kept(() => store.saveMarket(market.snapshot()));
  }

  const isListed = (symbol: string) => market.symbols.some(({ spec }) => spec.name === symbol);
  const demandListed = (symbol: string): void => {
    if (!isListed(symbol)) throw new ConnectorError('SYMBOL_UNKNOWN', `Symbol ${symbol} is not listed`);
  };
  const calls = accountCalls({ exchange, now, settle });

  return {
    ...place,
    ...(accountId === undefined ? {} : { accountId }),
    ...calls,
    async start(to) {
      deliver = to;
      play();
      settle(exchange.report(now()), []);
      stopTicking = ticker.every(TICK_MS, play);
    },
    async stop() {
      if (isStopped) return;
      isStopped = true;
      stopTicking?.();
      deliver = undefined;
      saveMarket(now());
      store.close();
    },
    status() {
      const isSilent = lastEventAt === null || now() - lastEventAt > SILENT_MS;
      const reason = failure ?? (isSilent ? 'The market is silent' : undefined);
      return reason === undefined ? { ok: true, lastEventAt } : { ok: false, lastEventAt, reason };
    },
    async setLeverage(symbol, leverage) {
      demandListed(symbol);
      return calls.setLeverage(symbol, leverage);
    },
    async symbols() {
      return market.symbols.map(({ spec }) => ({ ...spec }));
    },
    async candles(query) {
      demandListed(query.symbol);
      return market.candles(query);
    },
    setFaults: (faults) => exchange.setFaults(faults),
  };
}
