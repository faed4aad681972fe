/** What is asked of a venue beside orders and the account: settings of a symbol, its candles, the account's fills. */
import type { Trade } from 'ccxt';
import { type AccountFill, CANDLES_LIMIT, type Candle, type Connector, ConnectorError } from '../connector.ts';
import type { Connected } from './connection.ts';
import { type Instrument, rounded } from './instruments.ts';
import type { OrderLedger } from './order-ledger.ts';
import { demandInstrument, type OrderLookup } from './order-lookup.ts';
import type { VenueProfile } from './profiles/profile.ts';
import { raise } from './raise.ts';
import type { Venue } from './venue.ts';
import { type VenueCalls, VenueTrouble } from './venue-calls.ts';
import type { VenueClock } from './venue-clock.ts';
import type { Trouble } from './venue-trouble.ts';

/** Symbols whose trades are asked for when none is named: each is a call. */
const FILLS_SYMBOLS = 20;
/** Venues answer for a week at a time; older fills are in their own statements. */
const TRADES_KEPT_MS = 6 * 24 * 3_600_000;
/** Orders of an earlier run whose names are asked for in one go, the newest; others go by the venue's id. */
const NAMES_ASKED = 20;

export interface VenueQuestionsPorts {
  venue: Venue;
  profile: VenueProfile;
  calls: VenueCalls;
  clock: VenueClock;
  ledger: Pick<OrderLedger, 'find'>;
  look: OrderLookup['look'];
  ready: () => Promise<Connected>;
  /** Symbols that the account may have traded. */
  symbols: () => string[];
  feeUsdOf: (fee: number, asset: string) => number;
}

export function createVenueQuestions(
  ports: VenueQuestionsPorts,
): Pick<Connector, 'setLeverage' | 'symbols' | 'candles' | 'fills'> {
  const { venue, profile, calls, clock, ledger, look, ready, symbols, feeUsdOf } = ports;

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

  /** Trades name the order by the venue's id: what it was called here is asked for once. */
  async function learnNames(trades: readonly Trade[], symbol: string): Promise<void> {
    const unknown = new Set(
      trades.flatMap(({ order }) => (order && !ledger.find({ externalId: order }) ? [order] : [])),
    );
    for (const externalId of [...unknown].slice(-NAMES_ASKED)) await look({ externalId, symbol });
  }

  function fillsOf(trades: readonly Trade[], instrument: Instrument): AccountFill[] {
    const fills = new Map<string, AccountFill>();
    for (const { order: externalId = '', side, amount = 0, price = 0, timestamp, fee } of trades) {
      const before = fills.get(externalId);
      const quantity = rounded(amount * instrument.contractSize);
      const executed = rounded((before?.quantityExecuted ?? 0) + quantity);
      const notional = (before?.priceExecuted ?? 0) * (before?.quantityExecuted ?? 0) + price * quantity;
      fills.set(externalId, {
        clientOrderId: ledger.find({ externalId })?.clientOrderId ?? externalId,
        externalId,
        symbol: instrument.name,
        side: side === 'sell' ? 'SELL' : 'BUY',
        quantityExecuted: executed,
        priceExecuted: executed > 0 ? notional / executed : 0,
        fee: (before?.fee ?? 0) + feeUsdOf(Number(fee?.cost ?? 0), String(fee?.currency)),
        time: timestamp ?? before?.time ?? 0,
      });
    }
    return [...fills.values()];
  }

  return {
    async fills(since, symbol) {
      const { instruments } = await ready();
      const names = symbol === undefined ? symbols().slice(0, FILLS_SYMBOLS) : [symbol];
      const asked = names.map(async (name) => {
        const instrument = demandInstrument(instruments, name);
        const trades = await calls.trades(instrument.unified, Math.max(since, clock.now() - TRADES_KEPT_MS));
        await learnNames(trades, name);
        return fillsOf(trades, instrument);
      });
      const fills = await Promise.all(asked).catch(raise);
      return fills.flat().sort((a, b) => a.time - b.time);
    },
    async setLeverage(symbol, leverage, marginMode) {
      const { instruments } = await ready();
      const { unified } = demandInstrument(instruments, symbol);
      if (marginMode !== undefined && profile.hasMarginModeBySymbol)
        await setting(() => venue.setMarginMode(marginMode, unified));
      const parameters = profile.leverageParameters?.(leverage, symbol) ?? {};
      await setting(() => venue.setLeverage(leverage, unified, parameters));
      return { symbol, leverage };
    },
    async symbols() {
      return (await ready()).instruments.specs();
    },
    async candles({ symbol, interval, from, to }) {
      const { instruments } = await ready();
      const instrument = demandInstrument(instruments, symbol);
      if (venue.timeframes?.[interval] === undefined)
        throw new ConnectorError('INTERVAL_UNKNOWN', `The venue has no candles of ${interval}`);
      // Venues count from the beginning: the newest of a longer time begin later.
      const newest = (to ?? clock.now()) - CANDLES_LIMIT * 1_000 * venue.parseTimeframe(interval);
      const since = from === undefined && to === undefined ? undefined : Math.max(from ?? 0, newest);
      const asked = calls.market(() => venue.fetchOHLCV(instrument.unified, interval, since, CANDLES_LIMIT));
      const rows = await asked.catch(raise);
      return rows
        .map(([time = 0, open = 0, high = 0, low = 0, close = 0, volume = 0]): Candle => {
          const amount = Number(volume) * instrument.contractSize;
          const prices = { open: Number(open), high: Number(high), low: Number(low), close: Number(close) };
          return { time: Number(time), ...prices, volume: amount };
        })
        .filter(({ time }) => to === undefined || time < to);
    },
  };
}

const isRefusal = ({ meaning }: Trouble): boolean =>
  meaning === 'refused' || meaning === 'margin' || meaning === 'permission' || meaning === 'account-mode';
