import type { Trade } from 'ccxt';
import type { Venue } from '../venue.ts';
import type { SpotReading } from './binance-spot-words.ts';
import { entryFromTrades, type SpotTrade } from './spot-entry.ts';
import type { SpotMarket } from './spot-markets.ts';

/** Prices are older at most, for what comes without a fill. */
const PRICES_FOR_MS = 600_000;
/** Holdings whose trades are asked for in one reading; the others count at the present price. */
const ASKED_LIMIT = 30;
/** So many of them at a time, with so many trades of each market at most. */
const AT_ONCE = 5;
const TRADES_LIMIT = 1_000;

/**
 * Says what was paid for what is held and not known yet: the mean of the account's own trades, else the present price. An
 * order that fills meanwhile is in the trades already.
 */
export async function seeHoldings(venue: Venue, reading: SpotReading): Promise<void> {
  const { book, markets } = reading;
  if (venue.milliseconds() - reading.pricesAt > PRICES_FOR_MS) {
    const prices = await venue.fetchLastPrices();
    for (const { info } of Object.values(prices)) {
      const { symbol, price } = info as { symbol: string; price: string };
      if (markets.bySymbol(symbol) !== undefined) book.setPrice(symbol, Number(price));
    }
    reading.pricesAt = venue.milliseconds();
  }
  // Now that prices are known: what is too little to be sold is no position.
  const unseen = book.unseen();
  for (let from = 0; from < unseen.length; from += AT_ONCE) {
    const few = unseen.slice(from, from + AT_ONCE);
    const trades = await Promise.all(
      few.map(({ asset }, index) => (from + index < ASKED_LIMIT ? tradesIn(venue, markets.of(asset)) : [])),
    );
    few.forEach(({ asset, quantity }, index) => {
      const list = markets.of(asset);
      const dust = Math.max(...list.map(({ minQuantity, stepSize }) => Math.max(minQuantity, stepSize)));
      const priced = list.find(({ symbol }) => book.priceOf(symbol) !== undefined);
      const seen =
        entryFromTrades(trades[index]!, { quantity, dust }) ??
        (priced && { symbol: priced.symbol, entryPrice: book.priceOf(priced.symbol)! });
      if (seen !== undefined) book.see(asset, seen);
    });
  }
  book.begin();
}

/** Of all markets in which it was bought, oldest first. */
async function tradesIn(venue: Venue, markets: readonly SpotMarket[]): Promise<SpotTrade[]> {
  const trades: SpotTrade[] = [];
  for (const market of markets) {
    const shown = (await venue.fetchMyTrades(market.unified, undefined, TRADES_LIMIT)) as Trade[];
    trades.push(...shown.map((trade) => tradeOf(trade, market)));
  }
  return trades.sort((a, b) => a.time - b.time);
}

function tradeOf({ info }: Trade, { symbol, base }: SpotMarket): SpotTrade {
  const { qty, price, isBuyer, commission, commissionAsset, time } = info as Record<string, string> & {
    isBuyer: boolean;
  };
  const fee = commissionAsset === base ? Number(commission) : 0;
  const quantity = isBuyer ? Number(qty) - fee : Number(qty) + fee;
  return { symbol, side: isBuyer ? 'BUY' : 'SELL', quantity, price: Number(price), time: Number(time) };
}
