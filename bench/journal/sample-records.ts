/** Records as a busy Inspector writes them, with sequences of one's own. */
import type { AuditRecord } from '@inspector/contract';
import { createEngine, type EngineInput, step } from '@inspector/engine';
import { connectorType, ENTRY_PRICE, marketType, optionsOf, START_MS } from '../held-engine.ts';

/** What one entry leaves from its request to its protection, as the engine writes it. */
export function sampleRecords(): AuditRecord[] {
  const engine = createEngine({ options: optionsOf({ riskManagement: { maxTradesPerDay: 0 } }) });
  const records: AuditRecord[] = [];
  const place = { connectorType, marketType };
  const now = START_MS;
  const take = (input: EngineInput) => {
    const { records: written, effects } = step(engine, input);
    records.push(...written);
    return [...effects];
  };
  take({ kind: 'symbol-listed', now, symbol: 0, ...place, name: 'BTCUSDT' });
  const spec = { name: 'BTCUSDT', baseAsset: 'BTC', quoteAsset: 'USDT', status: 'TRADING' };
  take({ kind: 'symbols', now, ...place, symbols: [{ ...spec, tickSize: 0.01, stepSize: 0.001, minQuantity: 0.001 }] });
  take({ kind: 'account-start', now, ...place, walletBalance: 10_000, positions: [] });
  take({ kind: 'price', now, symbol: 0, price: ENTRY_PRICE, time: now, mark: true, seq: Number.NaN });
  for (const quantity of [1, 2, 1000]) {
    const request = { requestId: `r${quantity}`, ...place, symbol: { name: 'BTCUSDT' }, side: 'LONG', quantity };
    const input = { ...request, detectorSysname: 'detector' };
    const effects = take({
      kind: 'request',
      now,
      eventId: `q${quantity}`,
      type: 'open',
      source: 'DETECTOR',
      request: input,
    });
    for (const effect of effects) {
      if (effect.kind !== 'place') continue;
      const filled = { quantityExecuted: quantity, priceExecuted: ENTRY_PRICE, status: 'FILLED' as const };
      const order = { ...effect.order, ...filled };
      for (const next of take({ kind: 'order', now, eventId: `f${quantity}`, closed: false, order })) {
        if (next.kind !== 'place') continue;
        const working = { ...next.order, status: 'NEW' as const };
        take({ kind: 'order', now, eventId: working.clientOrderId, closed: false, order: working });
      }
    }
  }
  return records;
}

/** `count` of them, numbered from `firstSeq` without a hole. */
export function numbered(samples: readonly AuditRecord[], firstSeq: number, count: number): AuditRecord[] {
  const records = new Array<AuditRecord>(count);
  for (let index = 0; index < count; index++) {
    records[index] = { ...samples[(firstSeq + index) % samples.length]!, seq: firstSeq + index };
  }
  return records;
}
