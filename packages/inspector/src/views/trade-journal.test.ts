import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import { postTradeAnalysis } from './post-trade.ts';
import { auditRecord, positionState } from './test-records.ts';
import { createTradeJournal } from './trade-journal.ts';

const decided = (price: number): Partial<AuditRecord> => ({
  kind: 'REQUEST_DECIDED',
  code: 'OK',
  requestId: 'r1',
  data: { decision: 'ALLOW', sizing: { price } },
});
const opened = (given = {}): Partial<AuditRecord> => ({
  kind: 'POSITION_OPENED',
  positionId: 'p1',
  requestId: 'r1',
  data: positionState(given),
});
const updated = (given = {}): Partial<AuditRecord> => ({ ...opened(given), kind: 'POSITION_UPDATED' });
const closed = (code: string, exitPrice: number, given = {}): Partial<AuditRecord> => ({
  kind: 'POSITION_CLOSED',
  code,
  positionId: 'p1',
  data: { ...positionState(given), exitPrice, realizedPnlUsd: (exitPrice - 100) * 2, feesUsd: 0.2 },
});

function tradesOf(...records: Partial<AuditRecord>[]) {
  const journal = createTradeJournal();
  for (const [index, record] of records.entries()) journal.apply(auditRecord(index + 1, record));
  return journal.latest(10);
}

describe('trade journal', () => {
  test('tells slippage against the decided price and against the stop', () => {
    const [trade] = tradesOf(decided(99.9), opened(), closed('STOP_LOSS', 98.5));
    assert.ok(Math.abs((trade?.entrySlippagePct ?? 0) - 0.1001001) < 1e-6);
    assert.ok(Math.abs((trade?.exitSlippagePct ?? 0) - 0.5050505) < 1e-6);
  });

  test('of a short the signs are mirrored: a lower entry and a dearer exit are worse', () => {
    const short = { side: 'SHORT' as const, stopLoss: 101 };
    const [trade] = tradesOf(decided(101), opened(short), closed('STOP_LOSS', 102.01, short));
    assert.ok((trade?.entrySlippagePct ?? 0) > 0.99);
    assert.ok(Math.abs((trade?.exitSlippagePct ?? 0) - 1) < 1e-9);
  });

  test('has no slippage where no price was expected', () => {
    const [trade] = tradesOf({ ...opened(), requestId: undefined as never }, closed('OPERATOR', 101));
    assert.deepEqual([trade?.entrySlippagePct, trade?.exitSlippagePct], [null, null]);
  });

  test('adds up the times without a confirmed stop', () => {
    const naked = {
      protection: { ...positionState().protection, nakedQuantity: 2, coveredQuantity: 0, nakedSince: 1_500 },
    };
    const [trade] = tradesOf(
      decided(100),
      opened({ protection: naked.protection }), // at 2 s, naked since 1.5 s
      { kind: 'PROTECTION_PLACED', code: 'TARGET', positionId: 'p1' }, // protects nothing
      { kind: 'PROTECTION_PLACED', code: 'STOP', positionId: 'p1' }, // at 4 s
      { kind: 'NAKED_EXPOSURE', code: 'RETRY', positionId: 'p1', data: { nakedMs: 500 } }, // at 5 s, since 4.5 s
      closed('NAKED_EXPOSURE', 100), // at 6 s
    );
    assert.equal(trade?.nakedMs, 2_500 + 1_500);
  });

  test('tells how far the price went either way, as far as the records say', () => {
    const [trade] = tradesOf(
      opened(),
      updated({ markPrice: 97, quantity: 3 }),
      updated({ markPrice: 101, trailing: { armed: true, peak: 104, stop: 102 } }),
      closed('TRAILING_STOP', 102),
    );
    assert.equal(trade?.adverseExcursionPct, 3);
    assert.equal(trade?.favourableExcursionPct, 4);
    assert.equal(trade?.quantity, 3);
  });

  test('knows a trade whose beginning it never saw', () => {
    const [trade] = tradesOf(closed('TAKE_PROFIT', 106));
    assert.equal(trade?.favourableExcursionPct, 6);
    assert.equal(trade?.nakedMs, null);
    assert.ok((trade?.exitSlippagePct ?? 0) < 0);
  });
});

describe('post-trade analysis', () => {
  test('of no trades has no means', () => {
    const { total, byCode } = postTradeAnalysis([]);
    assert.deepEqual([total.trades, total.winRatePct, total.expectancyUsd, total.profitFactor], [0, null, null, null]);
    assert.deepEqual(byCode, {});
  });

  test('groups by why they ended; zero is neither win nor loss', () => {
    const trades = tradesOf(
      opened(),
      closed('TAKE_PROFIT', 105),
      opened(),
      closed('STOP_LOSS', 99),
      opened(),
      closed('STOP_LOSS', 100),
    );
    const { total, byCode, bySymbol, byDetector } = postTradeAnalysis(trades);
    assert.deepEqual([total.trades, total.wins, total.losses, total.realizedPnlUsd], [3, 1, 1, 8]);
    assert.deepEqual([total.meanWinUsd, total.meanLossUsd, total.profitFactor], [10, -2, 5]);
    assert.deepEqual([byCode.STOP_LOSS?.trades, byCode.TAKE_PROFIT?.trades], [2, 1]);
    assert.equal(bySymbol.BTCUSDT?.trades, 3);
    assert.equal(byDetector.none?.trades, 3);
  });
});
