import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '@inspector/provider/connectors';
import { exitDraft, openDraft } from './sensible-requests.ts';
import { addMark, type SymbolWatch, watchOf } from './symbol-watch.ts';
import { wrongDraft, wrongRequests } from './wrong-requests.ts';

const NOW = 1_723_118_400_000;

/** A symbol around `price` whose last marks rose, or fell, by `stepPct` a second. */
function watched(price: number, tickSize: number, stepPct = 0.005): SymbolWatch {
  const watch = watchOf({
    name: 'XUSDT',
    baseAsset: 'X',
    quoteAsset: 'USDT',
    status: 'TRADING',
    tickSize,
    stepSize: 0.001,
    minQuantity: 0.001,
    minNotional: 5,
  });
  for (let second = -60; second <= 0; second += 1)
    addMark(watch, price * (1 + (stepPct * second) / 100 + 0.0001 * (second % 2)));
  watch.bid = price;
  watch.ask = price + tickSize;
  return watch;
}

interface Terms {
  price?: number;
  stopLoss: number;
  takeProfit: number;
  sizePercent: number;
}

describe('a sensible request', () => {
  it('has its stop and target on the right sides, the target at least twice as far, whatever the tick', () => {
    for (const [price, tick] of [
      [64_000, 0.1],
      [0.12, 0.00001],
      [28, 0.001],
    ] as const)
      for (const stepPct of [-0.02, -0.002, 0.002, 0.02])
        for (let seed = 0; seed < 20; seed += 1) {
          const watch = watched(price, tick, stepPct);
          const { side, fields } = openDraft(watch, NOW, createRandom(seed));
          const terms = fields as unknown as Terms;
          const entry = terms.price ?? (side === 'LONG' ? watch.ask : watch.bid);
          const direction = side === 'LONG' ? 1 : -1;
          const risk = direction * (entry - terms.stopLoss);
          assert.ok(
            risk > 0 && (direction * (terms.takeProfit - entry)) / risk >= 2,
            JSON.stringify({ entry, ...terms }),
          );
          assert.ok(risk / entry < 0.0045);
          assert.ok(terms.sizePercent <= 5);
        }
  });

  it('follows a move', () => {
    assert.equal(openDraft(watched(100, 0.01, 0.005), NOW, createRandom(1)).side, 'LONG');
    assert.equal(openDraft(watched(100, 0.01, -0.005), NOW, createRandom(1)).side, 'SHORT');
  });

  it('leaves a position when the market has turned against it, and stays otherwise', () => {
    const held = { side: 'LONG' as const, quantity: 1, entryPrice: 100, since: NOW - 120_000 };
    const falling = { ...watched(100, 0.01, -0.02), held };
    const random = createRandom(1);
    const types = new Set(Array.from({ length: 300 }, () => exitDraft(falling, NOW, random)?.type));
    assert.deepEqual([...types].sort(), ['CLOSE', 'FLIP', undefined]);
    const stays = (watch: SymbolWatch) =>
      assert.equal(Array.from({ length: 300 }, () => exitDraft(watch, NOW, random)).find(Boolean), undefined);
    stays({ ...falling, busyUntil: NOW + 1 });
    stays({ ...watched(100, 0.01, 0.001), held });
  });
});

describe('a mistaken request', () => {
  const context = { watch: watched(100, 0.01), now: NOW, random: createRandom(1), lastRequestId: 'last' };
  const drafts = Object.entries(wrongRequests).map(([code, make]) => ({ code, draft: make(context)! }));
  const fieldsOf = (code: string) =>
    drafts.find((each) => each.code === code)!.draft.fields as unknown as Terms & Record<string, number>;

  it('is wrong in the way that its rule stops', () => {
    assert.ok(fieldsOf('POSITION_SIZE_MAX').sizePercent > 20);
    assert.ok((10_000 * fieldsOf('POSITION_SIZE_MIN').sizePercent) / 100 < 5);
    assert.ok(fieldsOf('REQUEST_EXPIRED').expiresAt! < NOW);
    assert.ok(fieldsOf('LEVERAGE').leverage! > 10);
    assert.ok(Math.abs(fieldsOf('PRICE_COLLAR').price! / 100 - 1) > 0.05);
    const { stopLoss, takeProfit } = fieldsOf('REQUEST_INVALID');
    assert.ok(stopLoss > 100 === takeProfit > 100);
    assert.ok(Math.abs(fieldsOf('RISK_REWARD').takeProfit - 100) < Math.abs(fieldsOf('RISK_REWARD').stopLoss - 100));
    assert.equal(drafts.find(({ code }) => code === 'REQUEST_DUPLICATE')!.draft.requestId, 'last');
  });

  it('is left out when it does not fit the moment', () => {
    const held = { side: 'LONG' as const, quantity: 1, entryPrice: 100, since: NOW };
    assert.equal(wrongRequests.NO_POSITION?.({ ...context, watch: { ...context.watch, held } }), undefined);
    assert.equal(wrongRequests.REQUEST_DUPLICATE?.({ ...context, lastRequestId: undefined }), undefined);
  });

  it('is drawn from all of them', () => {
    const random = createRandom(5);
    const symbols = new Set(Array.from({ length: 200 }, () => wrongDraft({ ...context, random })?.symbol));
    assert.deepEqual([...symbols].sort(), ['DOGEUSDT', 'LUNAUSDT', 'XUSDT']);
  });
});
