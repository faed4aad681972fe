import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Market } from 'ccxt';
import { readInstruments, rounded } from './instruments.ts';

type KnownMarket = NonNullable<Market>;

const futures = { marketType: 'futures' } as const;
const spot = { marketType: 'spot' } as const;

/** A linear perpetual of BTC in USDT, as ccxt lists it, unless told otherwise. */
const marketOf = (terms: Partial<Record<keyof KnownMarket, unknown>> = {}): Market =>
  ({
    id: 'BTCUSDT',
    symbol: 'BTC/USDT:USDT',
    base: 'BTC',
    quote: 'USDT',
    settle: 'USDT',
    swap: true,
    spot: false,
    linear: true,
    active: true,
    contractSize: 1,
    precision: { price: 0.1, amount: 0.001 },
    limits: { amount: { min: 0.002 }, cost: { min: 100 }, leverage: { max: 125 } },
    info: { maintMarginPercent: '2.5' },
    ...terms,
  }) as unknown as Market;

const named = (terms: Parameters<typeof marketOf>[0], profile: Parameters<typeof readInstruments>[1] = futures) =>
  readInstruments([marketOf(terms)], profile);

describe('the instruments of a venue', () => {
  it('are shown with what an order has to keep to, in base units', () => {
    assert.deepEqual(named({}).specs(), [
      {
        name: 'BTCUSDT',
        baseAsset: 'BTC',
        quoteAsset: 'USDT',
        status: 'TRADING',
        tickSize: 0.1,
        stepSize: 0.001,
        minQuantity: 0.002,
        minNotional: 100,
        maxLeverage: 125,
        maintenanceMarginPercent: 2.5,
      },
    ]);
  });

  it('are found by the venue’s name and by ccxt’s', () => {
    const instruments = named({});
    assert.equal(instruments.byName('BTCUSDT')?.unified, 'BTC/USDT:USDT');
    assert.equal(instruments.byUnified('BTC/USDT:USDT')?.name, 'BTCUSDT');
    assert.equal(instruments.byName('BTC/USDT:USDT'), undefined);
    assert.equal(instruments.byUnified(undefined), undefined);
  });

  it('count base units where the venue counts contracts', () => {
    const limits = { amount: { min: 0.1 }, cost: {}, leverage: {} };
    const instruments = named({ contractSize: 0.01, precision: { price: 0.1, amount: 0.1 }, limits });
    const [spec] = instruments.specs();
    assert.deepEqual([spec?.stepSize, spec?.minQuantity], [0.001, 0.001]);
    assert.equal(instruments.byName('BTCUSDT')?.contractSize, 0.01);
  });

  it('take the step for the least quantity where none is given, and leave out what is not said', () => {
    const [spec] = named({ limits: { amount: {}, cost: {}, leverage: {} }, info: {} }).specs();
    assert.equal(spec?.minQuantity, 0.001);
    for (const name of ['minNotional', 'maxLeverage', 'maintenanceMarginPercent']) assert.ok(!(name in spec!));
    const [empty] = named({ limits: { amount: {}, cost: { min: null }, leverage: { max: null } } }).specs();
    for (const name of ['minNotional', 'maxLeverage']) assert.ok(!(name in empty!));
  });

  it('say when one does not trade', () => {
    assert.equal(named({ active: false }).specs()[0]?.status, 'BREAK');
    assert.equal(named({ active: undefined }).specs()[0]?.status, 'TRADING');
  });

  for (const precision of [{ price: 0.1 }, { amount: 0.001 }, { price: 0, amount: 0.001 }, {}]) {
    it(`can be left and not entered with no more than ${JSON.stringify(precision)}`, () => {
      const instruments = named({ precision });
      assert.deepEqual([instruments.specs(), instruments.incomplete()], [[], ['BTCUSDT']]);
      assert.equal(instruments.byName('BTCUSDT')?.unified, 'BTC/USDT:USDT');
    });
  }

  it('are none of them incomplete when all is said', () => {
    assert.deepEqual(named({}).incomplete(), []);
  });
});

describe('the markets that are governed', () => {
  const isTaken = (terms: Parameters<typeof marketOf>[0], profile: Parameters<typeof readInstruments>[1]): boolean =>
    named(terms, profile).byName('BTCUSDT') !== undefined;

  it('are linear perpetuals that are settled in money, for futures', () => {
    assert.equal(isTaken({}, futures), true);
    assert.equal(isTaken({ settle: 'USDC' }, futures), true);
    assert.equal(isTaken({ settle: 'BTC' }, futures), false);
    assert.equal(isTaken({ linear: false }, futures), false);
    assert.equal(isTaken({ swap: false, future: true }, futures), false);
    assert.equal(isTaken({ swap: false, spot: true }, futures), false);
  });

  it('are what is quoted in money, for spot', () => {
    assert.equal(isTaken({ spot: true, swap: false }, spot), true);
    assert.equal(isTaken({ spot: true, swap: false, quote: 'EUR' }, spot), false);
    assert.equal(isTaken({}, spot), false);
  });

  it('are those that the profile leaves in', () => {
    assert.equal(isTaken({}, { ...futures, isMarket: () => false }), false);
    assert.equal(isTaken({}, { ...futures, isMarket: () => true }), true);
  });

  it('are none where ccxt lists a hole', () => {
    assert.deepEqual(readInstruments([undefined as unknown as Market], futures).specs(), []);
  });
});

describe('a rounded product', () => {
  it('is without the noise of binary fractions, to twelve digits', () => {
    assert.equal(rounded(0.01 * 0.1), 0.001);
    assert.equal(rounded(0.1 + 0.2), 0.3);
    assert.equal(rounded(1.000000000001), 1);
    assert.equal(rounded(1.00000000001), 1.00000000001);
  });
});
