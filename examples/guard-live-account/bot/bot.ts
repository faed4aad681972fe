/**
 * A bot as many are: it trades with a key of its own, at market, too often, too large and without stops. It has never heard of
 * Inspector, and only wonders.
 *
 *   BOT_VENUE_URL, BOT_API_KEY, BOT_SECRET   the account
 *   BOT_SYMBOL, BOT_QUANTITY                 what it trades
 */
import { setTimeout as wait } from 'node:timers/promises';
import { openMarket, type Side } from './binance-market.ts';

const { BOT_VENUE_URL = '', BOT_API_KEY = '', BOT_SECRET = '', BOT_SYMBOL = 'BTCUSDT', BOT_QUANTITY } = process.env;
const quantity = Number(BOT_QUANTITY ?? 0.6);
const market = openMarket(BOT_SYMBOL, { url: BOT_VENUE_URL, apiKey: BOT_API_KEY, secret: BOT_SECRET });

/** How far under the market it would like to buy. */
const DIP = 0.004;
const WAITS_FOR_DIP_MS = 1_500;
const HOLDS_MS = 1_500;
const RESTS_MS = 1_500;
/** After a refusal: who goes on asking a venue that has had enough is shut out. */
const RESTS_WHEN_REFUSED_MS = 10_000;

const say = (text: string): void => console.log(text);

/** A resting order under the market, taken back when nothing came of it. */
async function waitForDip(): Promise<void> {
  const price = Number(((await market.markPrice()) * (1 - DIP)).toFixed(1));
  const { orderId } = await market.place({ side: 'BUY', quantity, price });
  say(`rests an order to buy ${quantity} at ${price}`);
  await wait(WAITS_FOR_DIP_MS);
  const { status } = await market.order(orderId);
  if (status === 'CANCELED') say('its resting order is cancelled, and not by the bot');
  else if (status === 'NEW') await market.cancel(orderId);
}

async function trade(side: Side): Promise<void> {
  const { avgPrice } = await market.place({ side, quantity });
  say(`${side === 'BUY' ? 'buys' : 'sells'} ${quantity} at ${Number(avgPrice)}, without a stop`);
  await wait(HOLDS_MS);
  const held = await market.position();
  if (held === 0) {
    say('its position is gone, and not by the bot');
    return;
  }
  await market.place({ side: held > 0 ? 'SELL' : 'BUY', quantity: Math.abs(held), reduceOnly: true });
  say('closes');
}

// Whoever started it has gone.
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());

for (let turn = 0; ; turn += 1) {
  try {
    await waitForDip();
    await trade(turn % 2 === 0 ? 'BUY' : 'SELL');
  } catch (error) {
    say(`is refused: ${error instanceof Error ? error.message : String(error)}`);
    await wait(RESTS_WHEN_REFUSED_MS);
  }
  await wait(RESTS_MS);
}
