import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AuditRecord, auditViolations, defaultOptions, mergeOptions, type Options } from '@inspector/contract';
import type { PaperFaults } from '@inspector/provider/connectors';
import { createPaperVenue } from './paper-venue.ts';
import { createSession } from './session.ts';

const START = 1_723_118_400_000;
const place = { connectorType: 'paper', marketType: 'futures' };
const spec = {
  name: 'ETHUSDT',
  baseAsset: 'ETH',
  quoteAsset: 'USDT',
  status: 'TRADING',
  tickSize: 0.01,
  stepSize: 0.001,
  minQuantity: 0.001,
};

function optionsWith(patch: object): Options {
  const off = { cooldownPeriod: 0, maxConsecutiveLosses: 0, enableStressPolicy: false };
  const merged = mergeOptions(defaultOptions, {
    riskManagement: { minRiskRewardRatio: 0, riskPerTradePercent: 0, stopLossPercent: 2, takeProfitPercent: 0 },
    tradeSettings: { trailingStopPercent: 0, maxPositionSizePercent: 0 },
    strategyLogic: off,
    ...patch,
  });
  if ('errors' in merged) throw new Error(JSON.stringify(merged.errors));
  return merged.options;
}

/** A session on the paper venue with faults; prices come every 250 ms while time passes. */
function open(faults: PaperFaults, { patch = {}, latencyMs = 0 }: { patch?: object; latencyMs?: number } = {}) {
  const records: AuditRecord[] = [];
  const terms = { balance: 50_000, makerFeePercent: 0, takerFeePercent: 0, faults };
  const session = createSession({
    options: optionsWith(patch),
    venue: createPaperVenue(terms),
    paperBalance: 50_000,
    latencyMs,
    onRecord: (record) => records.push(record),
  });
  let now = START;
  let ids = 0;
  let price = 2000;
  const event = (type: string, payload: object) => {
    const eventId = `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
    const message = { eventId, type, source: type.split('_')[0], timestamp: now, payload: { ...place, ...payload } };
    session.take({ kind: 'event', now, message });
  };
  const run = {
    records,
    session,
    at: (next: number) => {
      price = next;
      return run.wait(0);
    },
    wait(ms: number) {
      for (const until = now + ms; ; now = Math.min(until, now + 250)) {
        const symbol = { name: 'ETHUSDT' };
        const bids = [{ price: price - 0.01, volume: 1000 }];
        event('PROVIDER_MARKETDATA_ORDERBOOK', {
          symbol,
          bids,
          asks: [{ price: price + 0.01, volume: 1000 }],
          time: now,
        });
        event('PROVIDER_SYMBOL_PRICES', { prices: { ETHUSDT: { value: price, moment: now, mark: true } } });
        if (now === until) return run;
      }
    },
    open(quantity: number, more = {}) {
      const head = { requestId: `r${ids}`, symbol: { name: 'ETHUSDT' }, side: 'LONG', detectorSysname: 'det' };
      event('DETECTOR_POSITION_OPEN_REQUEST', { ...head, quantity, ...more });
      return run;
    },
    command(command: string, fields: object) {
      session.take({ kind: 'command', now, payload: { command, actor: 'operator', reason: 'a test', ...fields } });
      return run;
    },
    of: (kind: string, code?: string) =>
      records.filter((record) => record.kind === kind && (code ?? record.code) === record.code),
    /** Every record is as the contract says. */
    verify() {
      for (const record of records)
        assert.deepEqual(auditViolations(JSON.parse(JSON.stringify(record))), [], JSON.stringify(record));
    },
  };
  session.take({ kind: 'account', now, account: { ...place, walletBalance: 50_000, symbols: [spec] } });
  return run.wait(0);
}

const kill = { scope: 'global', confirm: true };

for (const latencyMs of [0, 60]) {
  const after = latencyMs === 0 ? '' : ` with a latency of ${latencyMs} ms`;

  test(`a stop that never works is placed three times more, then the position is closed${after}`, () => {
    const run = open({ orders: [{ kind: 'never-works', purpose: 'STOP' }] }, { latencyMs })
      .open(1)
      .wait(12_000);
    assert.deepEqual(
      run.of('NAKED_EXPOSURE').map(({ code }) => code),
      ['RETRY', 'RETRY', 'RETRY', 'CLOSE'],
    );
    assert.equal(run.of('POSITION_CLOSED')[0]?.code, 'NAKED_EXPOSURE');
    run.verify();
  });

  test(`a stop that is refused once works at the next try${after}`, () => {
    const run = open({ orders: [{ kind: 'reject', reason: 'MARGIN', purpose: 'STOP', times: 1 }] }, { latencyMs })
      .open(1)
      .wait(5000);
    assert.deepEqual(
      run.of('NAKED_EXPOSURE').map(({ code }) => code),
      ['RETRY'],
    );
    assert.equal(run.of('PROTECTION_PLACED', 'STOP').length, 1);
    assert.equal(run.of('POSITION_CLOSED').length, 0);
    run.verify();
  });

  test(`a stop that works and never fires is done in software${after}`, () => {
    const run = open({ orders: [{ kind: 'never-fires', purpose: 'STOP' }] }, { latencyMs })
      .open(1)
      .wait(1000)
      .at(1950)
      .wait(3000);
    assert.equal(run.of('POSITION_CLOSED')[0]?.code, 'STOP_LOSS');
    run.verify();
  });

  test(`a close that is refused five times is sent until the position is gone${after}`, () => {
    const run = open({ orders: [{ kind: 'reject', reason: 'RATE_LIMIT', purpose: 'CLOSE', times: 5 }] }, { latencyMs })
      .open(1)
      .wait(1000);
    run.command('kill-switch/trigger', kill).wait(20_000);
    assert.equal(run.of('POSITION_CLOSED')[0]?.code, 'KILL_SWITCH');
    assert.equal(run.of('KILL_SWITCH').at(-1)?.code, 'VERIFIED_FLAT');
    run.verify();
  });

  test(`a close in two parts is one trade${after}`, () => {
    const run = open({ orders: [{ kind: 'partial', fraction: 0.4, purpose: 'CLOSE' }] }, { latencyMs })
      .open(1)
      .wait(1000);
    run.command('kill-switch/trigger', kill).wait(5000);
    assert.equal(run.of('POSITION_CLOSED').length, 1);
    assert.equal(run.of('KILL_SWITCH').at(-1)?.code, 'VERIFIED_FLAT');
    run.verify();
  });

  test(`an entry in two parts is protected at each${after}`, () => {
    const run = open({ orders: [{ kind: 'partial', fraction: 0.4, purpose: 'ENTRY' }] }, { latencyMs })
      .open(1)
      .wait(2000);
    const stops = run
      .of('ORDER_SENT')
      .filter(({ data }) => data.purpose === 'STOP')
      .map(({ data }) => data.quantity);
    assert.deepEqual(stops, [0.4, 1]);
    const [position] = [...run.session.engine.positions.values()];
    assert.equal(run.session.engine.table.quantity[position!.slot], 1);
    run.verify();
  });

  test(`a time-out of an entry that arrived is found, not sent again${after}`, () => {
    const run = open({ orders: [{ kind: 'timeout', purpose: 'ENTRY', times: 1 }] }, { latencyMs })
      .open(1)
      .wait(8000);
    assert.equal(run.of('POSITION_OPENED').length, 1);
    assert.equal(run.of('ORDER_SENT').filter(({ data }) => data.purpose === 'ENTRY').length, 1);
    run.verify();
  });

  test(`an entry that was lost is sent again once its absence is proven${after}`, () => {
    const run = open({ orders: [{ kind: 'lost-request', purpose: 'ENTRY', times: 1 }] }, { latencyMs })
      .open(1)
      .wait(8000);
    assert.equal(run.of('ORDER_UNKNOWN').length, 1);
    const sent = run.of('ORDER_SENT').filter(({ data }) => data.purpose === 'ENTRY');
    assert.equal(sent.length, 2);
    assert.ok(sent[1]!.ts - START >= 5000);
    assert.equal(run.of('POSITION_OPENED').length, 1);
    run.verify();
  });

  test(`an order that cannot be cancelled keeps a kill from being verified${after}`, () => {
    const run = open({ orders: [{ kind: 'refuse-cancel', type: 'LIMIT' }] }, { latencyMs })
      .open(1, { price: 1900 })
      .wait(1000);
    run.command('kill-switch/trigger', kill).wait(15_000);
    assert.equal(run.of('KILL_SWITCH').at(-1)?.code, 'STUCK');
    run.verify();
  });

  test(`events that come twice change nothing twice${after}`, () => {
    const run = open({ events: [{ kind: 'duplicate' }] }, { latencyMs })
      .open(1)
      .wait(1000)
      .at(1950)
      .wait(3000);
    assert.equal(run.of('POSITION_OPENED').length, 1);
    assert.equal(run.of('POSITION_CLOSED').length, 1);
    assert.ok(Math.abs(Number(run.of('POSITION_CLOSED')[0]!.data.realizedPnlUsd) - (1949.99 - 2000.01)) < 1e-9);
    run.verify();
  });

  test(`events that are lost are made up for by what the venue shows${after}`, () => {
    const run = open({ events: [{ kind: 'drop', eventType: 'PROVIDER_ORDER_CREATE', times: 2 }] }, { latencyMs })
      .open(1)
      .wait(12_000);
    const [position] = [...run.session.engine.positions.values()];
    assert.ok(
      position === undefined || run.of('PROTECTION_PLACED', 'STOP').length > 0 || run.of('NAKED_EXPOSURE').length > 0,
    );
    run.verify();
  });
}
