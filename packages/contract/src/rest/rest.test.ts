import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AuditQuerySchema,
  commandNames,
  commandSchemas,
  isCommandName,
  KillTriggerBodySchema,
  LeaseBodySchema,
  NewOrderSchema,
  PlaceOrderBodySchema,
  ProtectionBodySchema,
  PutOptionsBodySchema,
  RearmBodySchema,
  RegisterAppBodySchema,
  RiskCheckBodySchema,
  StanddownBodySchema,
} from '@inspector/contract';
import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';

const takes = (schema: TSchema, value: unknown) => assert.ok(Check(schema, value), JSON.stringify(value));
const refuses = (schema: TSchema, value: unknown) => assert.ok(!Check(schema, value), JSON.stringify(value));

test('the audit is asked for 1 to 5000 records, by known filters only', () => {
  for (const limit of [1, 5000]) takes(AuditQuerySchema, { limit });
  for (const limit of [0, 5001, 1.5, '200']) refuses(AuditQuerySchema, { limit });
  takes(AuditQuerySchema, {
    kind: 'POSITION_CLOSED',
    code: 'STOP_LOSS',
    symbol: 'BTCUSDT',
    from: 0,
    to: 1,
    afterSeq: 0,
  });
  refuses(AuditQuerySchema, { kind: 'POSITION' });
  refuses(AuditQuerySchema, { colour: 'red' });
});

test('a check judges the names of the request, and leaves its values to the engine', () => {
  takes(RiskCheckBodySchema, { request: { requestId: 7, side: 'UP', quantity: 'lots' } });
  refuses(RiskCheckBodySchema, { request: { amount: 1 } });
  refuses(RiskCheckBodySchema, { request: {}, extra: 1 });
  refuses(RiskCheckBodySchema, {});
});

test('a scope is global, an account, a symbol, a side or a detector; a kill has no side', () => {
  const scopes = ['global', 'account:paper:futures', 'symbol:paper:futures:BTCUSDT', 'detector:trend'];
  const side = 'side:paper:futures:BTCUSDT:LONG';
  for (const scope of scopes) {
    takes(KillTriggerBodySchema, { scope });
    takes(StanddownBodySchema, { enabled: true, scope });
    takes(RearmBodySchema, { code: 'DRAWDOWN', scope });
  }
  takes(StanddownBodySchema, { enabled: true, scope: side });
  refuses(KillTriggerBodySchema, { scope: side });
  for (const scope of ['', 'all', 'account:', 'side:paper:futures:BTCUSDT:UP', 'GLOBAL']) {
    refuses(KillTriggerBodySchema, { scope });
    refuses(StanddownBodySchema, { enabled: true, scope });
  }
});

test('a lease lasts from a millisecond to a day', () => {
  for (const ttlMs of [1, 86_400_000]) takes(LeaseBodySchema, { ttlMs });
  for (const ttlMs of [0, 86_400_001, 1.5, '1']) refuses(LeaseBodySchema, { ttlMs });
  takes(LeaseBodySchema, { ttlMs: 1000, onExpiry: 'close' });
  refuses(LeaseBodySchema, { ttlMs: 1000, onExpiry: 'pray' });
});

test('stop and target by hand are prices above 0', () => {
  takes(ProtectionBodySchema, { stopLoss: 1e-9 });
  for (const stopLoss of [0, -1, Number.NaN, null]) refuses(ProtectionBodySchema, { stopLoss });
});

test('an order to place has a quantity above 0, and no fields that only the Provider knows', () => {
  const order = {
    connectorType: 'paper',
    marketType: 'futures',
    symbol: { name: 'BTCUSDT' },
    side: 'BUY',
    type: 'MARKET',
    quantity: 1,
  };
  takes(PlaceOrderBodySchema, { order });
  refuses(PlaceOrderBodySchema, order);
  for (const quantity of [0, -1, Number.POSITIVE_INFINITY]) refuses(NewOrderSchema, { ...order, quantity });
  for (const extra of [
    { status: 'FILLED' },
    { quantityExecuted: 1 },
    { price: 0 },
    { side: 'LONG' },
    { type: 'limit' },
  ]) {
    refuses(NewOrderSchema, { ...order, ...extra });
  }
});

test('options are put as an object, whatever is in it', () => {
  takes(PutOptionsBodySchema, { options: { anything: 1 } });
  for (const options of [null, 1, 'x', []]) refuses(PutOptionsBodySchema, { options });
  refuses(PutOptionsBodySchema, { options: {}, extra: 1 });
});

test('an application registers with a key for a path and an origin', () => {
  takes(RegisterAppBodySchema, { appKey: 'inspector', url: 'http://127.0.0.1:8008' });
  for (const url of ['ftp://x', 'http://x/path', 'http://x?y', '127.0.0.1'])
    refuses(RegisterAppBodySchema, { appKey: 'a', url });
  for (const appKey of ['', '../x', 'a/b', '.x', 'a'.repeat(65)])
    refuses(RegisterAppBodySchema, { appKey, url: 'http://x' });
});

test('a command of a file takes the fields of its call, and a position by its place', () => {
  const place = { connectorType: 'paper', marketType: 'futures', symbol: 'SOLUSDT' };
  takes(commandSchemas.adopt, { command: 'adopt', actor: 'ops', reason: 'mine', positionId: place });
  takes(commandSchemas.close, { command: 'close', positionId: 'p1' });
  refuses(commandSchemas.close, { command: 'close' });
  takes(commandSchemas.lease, { command: 'lease', detectorSysname: 'trend', ttlMs: 1000, actor: 'ops', reason: 'x' });
  takes(commandSchemas['kill-switch/trigger'], {
    command: 'kill-switch/trigger',
    scope: 'global',
    confirm: true,
    reason: 'x',
    actor: 'ops',
  });
  for (const name of commandNames) refuses(commandSchemas[name], { command: name, colour: 'red' });
  assert.ok(isCommandName('rearm') && !isCommandName('__proto__') && !isCommandName('toString'));
});
