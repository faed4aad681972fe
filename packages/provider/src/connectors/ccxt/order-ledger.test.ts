import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Order } from '@inspector/contract';
import { createOrderLedger, type OrderLedger } from './order-ledger.ts';
import type { OrderWords } from './profiles/profile.ts';
import { orderOf, stopOf, T0, wordsOf } from './testing/order-for-test.ts';

const place = { connectorType: 'binance', marketType: 'futures' };
const ledgerOf = (): OrderLedger => createOrderLedger(place);

/** A ledger that sent an order, and what the venue says of that one. */
function sentOne(terms: Partial<Order> = {}): { ledger: OrderLedger; tell: (words?: Partial<OrderWords>) => Told } {
  const ledger = ledgerOf();
  const order = orderOf({ clientOrderId: 'client', quantity: 1, ...terms });
  ledger.sent(order);
  const { symbol, side, type, quantity } = order;
  return {
    ledger,
    tell: (words = {}) => ledger.told(wordsOf({ symbol, side, type, quantity, ...words })),
  };
}
type Told = Order | undefined;

describe('the order ledger', () => {
  it('knows what it sent, under the sender’s name, before the venue says anything', () => {
    const { ledger } = sentOne();
    const found = ledger.find({ clientOrderId: 'client' });
    assert.deepEqual([found?.status, found?.externalId, found?.source.type], ['NEW', '', 'inspector']);
    assert.deepEqual(
      ledger.open().map(({ clientOrderId }) => clientOrderId),
      ['client'],
    );
  });

  it('makes news of the first word, and none of the same word again', () => {
    const { tell, ledger } = sentOne();
    assert.equal(tell()?.externalId, '77');
    assert.equal(tell(), undefined);
    assert.equal(ledger.find({ externalId: '77' })?.clientOrderId, 'client');
  });

  it('takes growth only, with the mean price of the larger quantity', () => {
    const { tell, ledger } = sentOne();
    const half = { status: 'PARTIALLY_FILLED', quantityExecuted: 0.5, priceExecuted: 100 } as const;
    assert.equal(tell(half)?.quantityExecuted, 0.5);
    assert.equal(tell(half), undefined);
    assert.equal(tell({ ...half, quantityExecuted: 0.4, priceExecuted: 90 }), undefined);
    assert.equal(tell({ status: 'FILLED', quantityExecuted: 1, priceExecuted: 102 })?.priceExecuted, 102);
    const found = ledger.find({ clientOrderId: 'client' });
    assert.deepEqual([found?.status, found?.quantityExecuted, found?.priceExecuted], ['FILLED', 1, 102]);
  });

  it('never lets an order come back to life, and still counts what it filled before its end', () => {
    const { tell, ledger } = sentOne();
    tell({ status: 'CANCELED', quantityExecuted: 0.3, priceExecuted: 100 });
    assert.equal(tell({ status: 'NEW' }), undefined);
    assert.equal(tell({ status: 'PARTIALLY_FILLED', quantityExecuted: 0.3, priceExecuted: 100 }), undefined);
    assert.equal(tell({ status: 'EXPIRED', quantityExecuted: 0.3 }), undefined);
    const late = tell({ status: 'PARTIALLY_FILLED', quantityExecuted: 0.6, priceExecuted: 101 });
    assert.deepEqual([late?.status, late?.quantityExecuted], ['CANCELED', 0.6]);
    assert.deepEqual(ledger.open(), []);
  });

  it('keeps a part that has filled when the word of its placing comes late', () => {
    const { tell } = sentOne();
    assert.equal(tell({ status: 'PARTIALLY_FILLED', quantityExecuted: 0.3 })?.status, 'PARTIALLY_FILLED');
    assert.equal(tell({ status: 'NEW', quantityExecuted: 0.3 }), undefined);
    assert.equal(tell({ status: 'NEW' }), undefined);
  });

  it('does not believe an end that knows less of what filled', () => {
    const { tell } = sentOne();
    tell({ status: 'PARTIALLY_FILLED', quantityExecuted: 0.6 });
    assert.equal(tell({ status: 'CANCELED', quantityExecuted: 0.5 }), undefined);
    assert.equal(tell({ status: 'CANCELED', quantityExecuted: 0.6 })?.status, 'CANCELED');
  });

  it('learns nothing from a state that it cannot read', () => {
    const { tell } = sentOne();
    assert.equal(tell({ status: 'UNKNOWN' })?.status, 'NEW', 'but that the venue has it');
    assert.equal(tell({ status: 'UNKNOWN' }), undefined);
  });

  it('keeps the reason of a refusal', () => {
    const { tell } = sentOne();
    const told = tell({ status: 'REJECTED', reason: 'MARGIN', reasonText: 'no money' });
    assert.deepEqual([told?.status, told?.reason, told?.reasonText], ['REJECTED', 'MARGIN', 'no money']);
  });

  it('counts the fee of a trade once, also of one that is told with nothing else new', () => {
    const { ledger, tell } = sentOne();
    const trade = (tradeId: string, feeUsd: number, quantityExecuted: number): Told =>
      ledger.told(wordsOf({ quantity: 1, quantityExecuted, status: 'PARTIALLY_FILLED' }), { tradeId, feeUsd });
    tell();
    assert.equal(trade('1', 0.1, 0.3)?.fee, 0.1);
    assert.equal(trade('1', 0.1, 0.3), undefined);
    assert.ok(Math.abs(trade('3', 0.3, 0.9)!.fee! - 0.4) < 1e-12);
    assert.equal(trade('2', 0.2, 0.6), undefined, 'it comes late: its quantity is in what was told');
    assert.ok(Math.abs(ledger.find({ clientOrderId: 'client' })!.fee! - 0.6) < 1e-12);
  });

  it('takes the whole fee of an order for what it is', () => {
    const { ledger, tell } = sentOne();
    assert.equal(tell({ quantityExecuted: 0.5, fee: 0.2 })?.fee, 0.2);
    assert.equal(tell({ quantityExecuted: 1, fee: 0.4 })?.fee, 0.4);
    ledger.fee('client', 0.5);
    assert.equal(ledger.find({ clientOrderId: 'client' })?.fee, 0.5);
    ledger.fee('nobody', 1);
    assert.equal(ledger.find({ clientOrderId: 'nobody' }), undefined);
  });

  it('names what others placed by its client id, or by the venue’s where it has none, as the provider’s', () => {
    const ledger = ledgerOf();
    const named = ledger.told(wordsOf({ clientOrderId: 'web_1', externalId: '1' }));
    assert.deepEqual([named?.clientOrderId, named?.id, named?.source.type], ['web_1', 'web_1', 'provider']);
    const nameless = ledger.told(wordsOf({ clientOrderId: '', externalId: '2' }));
    assert.deepEqual([nameless?.clientOrderId, nameless?.connectorType], ['2', 'binance']);
    assert.equal(ledger.find({ externalId: '2' })?.clientOrderId, '2');
    assert.equal(ledger.find({ id: 'web_1' })?.externalId, '1');
  });

  it('hands out copies', () => {
    const { ledger, tell } = sentOne();
    tell()!.status = 'FILLED';
    ledger.find({ clientOrderId: 'client' })!.status = 'FILLED';
    ledger.open()[0]!.status = 'FILLED';
    assert.equal(ledger.find({ clientOrderId: 'client' })?.status, 'NEW');
  });
});

describe('a stop in the order ledger', () => {
  const stop = stopOf({ clientOrderId: 'client', quantity: 1 });
  const ofStop = { type: 'STOP_MARKET', side: 'SELL', quantity: 1 } as const;

  it('is one order with what it becomes, under its own client id', () => {
    const { ledger } = sentOne(stop);
    ledger.told(wordsOf({ ...ofStop, externalId: 'algo' }));
    assert.equal(ledger.told(wordsOf({ ...ofStop, externalId: 'algo', becomes: 'main' })), undefined);
    // The matching order that it became may have a name of its own.
    const main = {
      externalId: 'main',
      clientOrderId: 'autoclose-1',
      type: 'MARKET',
      side: 'SELL',
      quantity: 1,
    } as const;
    assert.equal(ledger.nameOf(main), 'client');
    assert.equal(ledger.told(wordsOf({ ...main, status: 'NEW' })), undefined, 'that it works is no news');
    const filled = ledger.told(wordsOf({ ...main, status: 'FILLED', quantityExecuted: 1, priceExecuted: 99 }));
    assert.deepEqual(
      [filled?.clientOrderId, filled?.type, filled?.status, filled?.externalId, filled?.priceExecuted],
      ['client', 'STOP_MARKET', 'FILLED', 'algo', 99],
    );
    assert.equal(
      ledger.told(wordsOf({ ...ofStop, externalId: 'algo', status: 'FILLED', quantityExecuted: 1 })),
      undefined,
    );
    assert.equal(ledger.find({ externalId: 'main' })?.clientOrderId, 'client');
  });

  it('is the same when the word of what it became comes after the fill, by its client id', () => {
    const { ledger } = sentOne(stop);
    ledger.told(wordsOf({ ...ofStop, externalId: 'algo' }));
    const main = wordsOf({ externalId: 'main', type: 'MARKET', side: 'SELL', quantity: 1 });
    assert.equal(ledger.told({ ...main, status: 'NEW' }), undefined);
    assert.equal(ledger.told({ ...main, status: 'FILLED', quantityExecuted: 1 })?.status, 'FILLED');
    assert.equal(ledger.told(wordsOf({ ...ofStop, externalId: 'algo', becomes: 'main', status: 'NEW' })), undefined);
    assert.equal([...ledger.all()].length, 1);
  });

  it('becomes nothing by an empty id', () => {
    const ledger = ledgerOf();
    ledger.told(wordsOf({ clientOrderId: 'a', externalId: '1', becomes: '' }));
    assert.equal(ledger.told(wordsOf({ clientOrderId: 'b', externalId: '' }))?.clientOrderId, 'b');
  });
});

describe('the memory of the order ledger', () => {
  const LIMIT = 10_000;
  const end = (ledger: OrderLedger, count: number): void => {
    const id = String(count);
    ledger.told(wordsOf({ clientOrderId: `c${id}`, externalId: id, status: 'CANCELED', updateTime: T0 + count }));
  };

  it('holds 10,000 that ended; past it the one that ended first is forgotten, and no open one', () => {
    const ledger = ledgerOf();
    ledger.told(wordsOf({ clientOrderId: 'open', externalId: 'x' }));
    for (let count = 0; count < LIMIT; count += 1) end(ledger, count);
    assert.equal([...ledger.all()].length, LIMIT + 1);
    assert.notEqual(ledger.find({ clientOrderId: 'c0' }), undefined);
    end(ledger, LIMIT);
    assert.equal([...ledger.all()].length, LIMIT + 1);
    assert.equal(ledger.find({ clientOrderId: 'c0' }), undefined);
    assert.equal(ledger.find({ externalId: '0' }), undefined);
    assert.notEqual(ledger.find({ clientOrderId: 'c1' }), undefined);
    assert.equal(ledger.find({ clientOrderId: 'open' })?.status, 'NEW');
  });

  it('counts one that ended by its end, not by its beginning', () => {
    const ledger = ledgerOf();
    ledger.told(wordsOf({ clientOrderId: 'old', externalId: 'x' }));
    for (let count = 0; count < LIMIT; count += 1) end(ledger, count);
    ledger.told(wordsOf({ clientOrderId: 'old', externalId: 'x', status: 'FILLED', quantityExecuted: 0.01 }));
    assert.notEqual(ledger.find({ clientOrderId: 'old' }), undefined);
    assert.equal(ledger.find({ clientOrderId: 'c0' }), undefined);
  });

  it('forgets with a stop the name of what it became', () => {
    const ledger = ledgerOf();
    const main = { externalId: 'main', clientOrderId: 'autoclose-1' };
    ledger.told(wordsOf({ clientOrderId: 'stop', externalId: 'algo', becomes: 'main', status: 'CANCELED' }));
    assert.equal(ledger.nameOf(main), 'stop');
    for (let count = 0; count < LIMIT; count += 1) end(ledger, count);
    assert.equal(ledger.nameOf(main), 'autoclose-1');
  });
});
