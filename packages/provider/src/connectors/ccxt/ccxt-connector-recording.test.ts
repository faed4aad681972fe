/** A real market of six minutes goes by, as fast as it can be played, while the account holds a position and its stop. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Order, validateEnvelope } from '@inspector/contract';
import { recordedLines } from '../replay/recorded-lines.ts';
import { accountEventsOf, connectedTo, venueFor } from './testing/connector-for-test.ts';
import { orderOf, stopOf } from './testing/order-for-test.ts';
import { until } from './testing/until.ts';

const RECORDING = fileURLToPath(new URL('../../../../../../shared/data/usdm_btcusdt_20240808.gz', import.meta.url));

async function* textOf(file: string): AsyncGenerator<string> {
  for await (const { text } of recordedLines(file)) yield text;
}

const skip = existsSync(RECORDING) ? false : 'the recording usdm_btcusdt_20240808.gz is not here';

it('every envelope of a recorded market is valid, no number is missing, and the stop that it reaches fills once', {
  skip,
}, async (t) => {
  const venue = await venueFor(t);
  venue.market.move('BTCUSDT', 61_800);
  const { connector, seen } = await connectedTo(t, venue);
  assert.equal((await connector.place(orderOf({ quantity: 0.05 }))).status, 'FILLED');
  // The recording goes from 61,800 down to 61,590.
  const stop = stopOf({ quantity: 0.05, stopPrice: 61_650 });
  assert.equal((await connector.place(stop)).status, 'NEW');

  const played = await venue.market.play(textOf(RECORDING), { symbol: 'BTCUSDT' });
  assert.ok(played.trades > 20_000);
  const ofStop = () => seen.filter(({ payload }) => (payload as Partial<Order>).clientOrderId === stop.clientOrderId);
  await until(() => ofStop().some(({ type }) => type === 'PROVIDER_ORDER_CLOSE'), 'the end of the stop is told');
  await until(
    () => accountEventsOf(seen).at(-1)?.options.positions?.[0]?.quantity === 0,
    'the position is told as gone',
  );

  const marketData = seen.filter(({ type }) => type.startsWith('PROVIDER_MARKETDATA'));
  assert.ok(marketData.length > 1_000, `${marketData.length} of public data`);
  for (const envelope of seen) assert.equal(validateEnvelope(envelope).ok, true, JSON.stringify(envelope));
  const numbers = seen.flatMap(({ seq }) => seq ?? []);
  numbers.forEach((seq, index) => {
    if (index > 0) assert.equal(seq, numbers[index - 1]! + 1);
  });

  const progress = ofStop().map(({ type, payload }) => [type, (payload as Order).quantityExecuted] as const);
  const growths = progress.flatMap(([type, executed]) => (type === 'PROVIDER_ORDER_CREATE' ? [executed] : []));
  assert.deepEqual(
    growths,
    [...new Set(growths)].toSorted((a, b) => a - b),
    'each quantity is told once, growing',
  );
  assert.equal(growths.at(-1), 0.05);
  assert.deepEqual(
    progress.filter(([type]) => type === 'PROVIDER_ORDER_CLOSE'),
    [['PROVIDER_ORDER_CLOSE', 0.05]],
  );
  const fill = (await connector.fills(0)).find(({ clientOrderId }) => clientOrderId === stop.clientOrderId);
  assert.ok(fill!.priceExecuted < 61_660 && fill!.priceExecuted > 61_500, String(fill?.priceExecuted));
  assert.deepEqual(venue.account().positions, []);
  assert.equal(connector.status().ok, true);
});
